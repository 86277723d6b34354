"""Where a sentence, a clause and a phrase end: the marks, named once, and the way to the next one.

Which marks part two clauses is one question with one answer for all who read a text; what they do
with the clause is theirs.
"""

from __future__ import annotations

import re

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
