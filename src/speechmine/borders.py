"""Where a sentence, a clause and a phrase end: the marks, named once, and the way to the next one.

Which marks part two clauses is one question with one answer for all who read a text; what they do
with the clause is theirs. A text is cut at them into blocks, segments and clauses (GUIDELINE U1 to
U3), quotes and brackets kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from speechmine.patterns import compiled

__all__ = [
    "CLAUSE",
    "CLAUSES",
    "FULL_STOP",
    "NAME",
    "PHRASE",
    "SENTENCE",
    "STATEMENT",
    "UTTERANCE",
    "Span",
    "closed_end",
    "end_behind",
    "split_blocks",
    "split_clauses",
    "split_segments",
    "start_before",
]

#: Where something stands: from a character on, up to another.
Span = tuple[int, int]

#: What ends a sentence for good, or a line.
FULL_STOP = compiled("[。\n]")
#: What ends a sentence, or one of the requirements that semicolons part.
SENTENCE = compiled("[。！？；;\n]")
#: What ends a sentence with all of its requirements.
UTTERANCE = compiled("[。！？\n]")
#: What ends a clause: a comma and a colon, too.
CLAUSE = compiled("[，。；：！？\n]")
#: What stands between two ends of clauses.
CLAUSES = compiled("[^，。；：！？\n]+")
#: What ends one of several phrases of a clause.
PHRASE = compiled("[，。；：、！？\n]")
#: What a case and what is owed in it do not reach over; a comma they do.
STATEMENT = compiled(r"[。；：！？\n“”（）()\ufffc]")
# Of these none is part of what a clause says.
_CLOSING = frozenset("。！？；;!?、，,： ")
#: What no name reaches over: any mark, quote, bracket or blank, and what a quote was blanked with.
NAME = compiled(r"[，。；：、！？\s“”（）()《》\ufffc]")
# All up to the last mark: it is looked for from the end on, and stands near it in most clauses.
_UP_TO_LAST = {
    border: compiled(f"(?s:.*){border.pattern}")
    for border in (FULL_STOP, SENTENCE, UTTERANCE, CLAUSE, PHRASE, STATEMENT, NAME)
}


def start_before(border: re.Pattern[str], text: str, at: int, floor: int = 0) -> int:
    """Where the stretch begins in which a place stands.

    Args:
        border: what ends a stretch.
        text: in which it stands.
        at: the place.
        floor: where to look no further back.

    Example:
        >>> start_before(CLAUSE, "经费到位，6月底前完成", 9), start_before(SENTENCE, "甲。乙", 1)
        (5, 0)
    """
    up_to_last = _UP_TO_LAST.get(border)
    if up_to_last is None:
        return max((mark.end() for mark in border.finditer(text, floor, at)), default=floor)
    last = up_to_last.match(text, floor, at)
    return last.end() if last else floor


def closed_end(text: str, start: int, end: int) -> int:
    """Where a stretch ends without the marks that close it.

    Example:
        >>> closed_end("抓好落实。；", 0, 6)
        4
    """
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return end


def end_behind(border: re.Pattern[str], text: str, at: int) -> int:
    """Where the stretch ends in which a place stands, without its border.

    Example:
        >>> end_behind(CLAUSE, "经费到位，6月底前完成", 1), end_behind(CLAUSE, "甲", 0)
        (4, 1)
    """
    mark = border.search(text, at)
    return mark.start() if mark else len(text)


_BLOCK = compiled(r"[^\n]+")
_OPENERS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "（": "）",
    "(": ")",
    "「": "」",
    "『": "』",
    "【": "】",
    "[": "]",
    "［": "］",
    "〔": "〕",
}
_SENTENCE_ENDS = frozenset("。！？；;!?")
# Where something happens, so that the characters between are passed over in one step.
_AT_SENTENCE_END = compiled("[" + re.escape("".join(_OPENERS)) + "。！？；;!?]")
_FULL_STOPS = frozenset("。！？!?")
_QUOTES = frozenset("“「")
# A point between Chinese characters is a full stop typed on a Latin keyboard.
_POINT = r"(?<=[\u4e00-\u9fff”）])\.(?= *[\u4e00-\u9fff“（])"
_AT_CLAUSE_END = compiled("[" + re.escape("".join(_OPENERS)) + "，：,:]|" + _POINT)
_LAST_POINT = compiled(r"(?<=[\u4e00-\u9fff”）])\. *$")
# A quotation longer than this is quoted speech with sentences of its own, or a quote mark
# that was never closed; its sentences are cut like any others.
_LONGEST_NAME = 60
# Twice the longest ones of 300 reports and speeches.
_LONGEST_SEGMENT, _LONGEST_CLAUSE = 1000, 400


def split_blocks(text: str) -> Iterator[Span]:
    r"""Lines that hold more than white space, stripped of it.

    Example:
        >>> list(split_blocks(" 一、要点\n\n二、做法"))
        [(1, 5), (7, 11)]
    """
    for match in _BLOCK.finditer(text):
        yield from _non_empty(text, match.start(), match.end())


def split_segments(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Cut a block after 。！？；, never inside a quoted or bracketed name.

    Example:
        >>> t = "要抓紧。“早谋划；早动手”要落实；好"
        >>> [t[a:b] for a, b in split_segments(t)]
        ['要抓紧。', '“早谋划；早动手”要落实；', '好']
    """
    stop = len(text) if end is None else end
    at = start
    for mark in _cuts(text, start, stop, _AT_SENTENCE_END):
        if mark <= at:  # one of the marks that the last cut has passed
            continue
        cut = _after_closers(text, mark, stop)
        yield from _cut_to_length(text, at, cut, _LONGEST_SEGMENT, "，：,:、")
        at = cut
    yield from _cut_to_length(text, at, stop, _LONGEST_SEGMENT, "，：,:、")


def _cut_to_length(text: str, start: int, end: int, most: int, marks: str) -> Iterator[Span]:
    """A stretch in parts of a length at most, each cut behind the last mark that it holds.

    A text without a full stop is no sentence, and who reads it must not look at it whole for
    each of its words.
    """
    while end - start > most:
        floor, stop = start + most // 2, start + most
        cut = max(text.rfind(mark, floor, stop) for mark in marks) + 1 or stop
        yield from _non_empty(text, start, cut)
        start = cut
    yield from _non_empty(text, start, end)


def _after_closers(text: str, at: int, stop: int) -> int:
    """Past further marks and the closers of a quotation that ends with its sentence."""
    while at < stop and (text[at] in _SENTENCE_ENDS or text[at] in "”’）)」』】]］〕"):
        at += 1
    return at


def split_clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut a segment at ，and ：(half-width ones too), without the mark itself.

    Example:
        >>> t = "一是强化领导，抓“早，快”：落实到位。"
        >>> [t[a:b] for a, b in split_clauses(t, 0, len(t))]
        ['一是强化领导', '抓“早，快”', '落实到位']
    """
    at = start
    for cut in _cuts(text, start, end, _AT_CLAUSE_END):
        mark = cut - 1
        if text[mark] in ",:" and _inside_number(text, mark):
            continue
        if mark - at <= _LONGEST_CLAUSE:
            yield from _non_empty(text, at, mark)
        else:
            yield from _cut_to_length(text, at, mark, _LONGEST_CLAUSE, "、")
        at = cut
    while end > at and text[end - 1] in "。！？；;!? ":
        end -= 1
    last = _LAST_POINT.search(text, at, end) if text.find(".", at, end) >= 0 else None
    yield from _cut_to_length(text, at, last.start() if last else end, _LONGEST_CLAUSE, "、")


def _cuts(text: str, start: int, stop: int, marks: re.Pattern[str]) -> Iterator[int]:
    """Offsets after each mark that stands outside quotes and brackets."""
    at = start
    while (found := marks.search(text, at, stop)) is not None:
        at = found.end()
        if text[at - 1] not in _OPENERS:
            yield at
            continue
        at = _closing(text, at - 1, stop)
        if marks is _AT_SENTENCE_END and _is_told_speech(text, found.start(), at):
            yield at


def _is_told_speech(text: str, opened: int, after: int) -> bool:
    """他说：“……。”: a quotation after a colon that ends in its own full stop ends the sentence."""
    quoted = text[opened] in _QUOTES and text[opened - 1 : opened] in ("：", ":")
    return quoted and after - 2 > opened and text[after - 2] in _FULL_STOPS


def _closing(text: str, at: int, stop: int) -> int:
    """Offset after the closer of the opener at ``at``; just after it where none is near."""
    closer, depth = _OPENERS[text[at]], 0
    for i in range(at, min(stop, at + _LONGEST_NAME)):
        if text[i] == text[at]:
            depth += 1
        elif text[i] == closer:
            depth -= 1
            if depth == 0:
                return i + 1
    return at + 1


def _inside_number(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def _strip(text: str, start: int, end: int) -> Span:
    if start < end and not (text[start].isspace() or text[end - 1].isspace()):
        return start, end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _non_empty(text: str, start: int, end: int) -> Sequence[Span]:
    span = _strip(text, start, end)
    return (span,) if span[0] < span[1] else ()
