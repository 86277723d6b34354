"""What a task says is owed, in the words and the order of its text.

Who answers and by when stand in columns of their own: what opens a clause and says no more than
that is left away, and so is a clause that only says who helps. Nothing else is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from speechmine.ledger.cells import squeezed
from speechmine.ledger.layout import ledger_words
from speechmine.model import Task

__all__ = ["owed_words", "phrasing_of", "whole_task"]

_OPEN, _CLOSE = "（(《“‘[【", "）)》”’]】"
_SHORT_WORD = 2
_LAST_WORD = re.compile(r"[，,；;。：:]([\u4e00-\u9fff]{1,2})$")
# Marks between two clauses that stay as they are.
_BETWEEN = ("，", ",", "；", ";", "、")
_MARKS = "，,；;。、：: —\u3000\n"
_SHORTEST = 4
# Longer ones say what they are about.
_LONG_ENOUGH = 12
# Further back stands something else; a remark is short.
_FAR, _MOST_CONTEXT = 120, 40
_SENTENCE = re.compile(r"[。；;！？\n]")
# A list's number, and a bracket in front that says who answers for the sentence before.
_BULLET = re.compile(
    r"^[^（(]*[）)]|^（[^）]*）|^[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[）)]|[.、．](?!\d))\s*"
)


def owed_words(task: Task, *, dated: bool) -> str:
    """The text of a task without what its other columns say.

    Args:
        task: the task.
        dated: whether its deadline is a time, and stands in its own column.

    Example:
        >>> import speechmine
        >>> text = "县水利局要在6月底前完成水库加固，做好蓄水准备，县财政局等部门配合。"
        >>> [owed_words(task, dated=True) for task in speechmine.extract(text).tasks]
        ['完成水库加固，做好蓄水准备']
    """
    reader = _MarkedText(task.text, tuple(_named_spans(task, dated=dated)))
    kept = "".join(reader.clauses()).strip(_MARKS)
    return kept if len(kept) >= _SHORTEST else task.text.strip(_MARKS)


def whole_task(task: Task, text: str, *, dated: bool) -> str:
    """What is owed with its measures, in the order of the text.

    Args:
        task: the task.
        text: of its document; empty where only records are there, then the measures follow.
        dated: as for :func:`owed_words`.
    """
    own = owed_words(task, dated=dated)
    more = [m for m in task.measures if squeezed(m) not in squeezed(own)]
    if not text:
        return "；".join((own, *more))
    start = text.rfind("\n", 0, task.start) + 1
    end = text.find("\n", task.end)
    paragraph = text[start : end if end >= 0 else len(text)]
    at = task.start - start
    # Where each piece stands in the paragraph, with what is said of it.
    pieces = [(at, at + len(task.text), own)]
    for measure in more:
        place = _nearest(paragraph, measure, at)
        begun = _clause_start(paragraph, place)
        pieces.append((begun, place + len(measure), paragraph[begun:place] + measure))
    return _rejoined(sorted(pieces, key=lambda piece: piece[0]), paragraph)


def _rejoined(pieces: Sequence[tuple[int, int, str]], paragraph: str) -> str:
    """The pieces; between two that follow each other, the mark that the text has there."""
    said = pieces[0][2]
    for (_, end, _), (start, _, words) in pairwise(pieces):
        between = paragraph[end:start].strip()
        said += (between if between in _BETWEEN else "；") + words
    return said


def _nearest(paragraph: str, words: str, at: int) -> int:
    """Where words stand that are next to a place; behind everything where they do not."""
    found = [match.start() for match in re.finditer(re.escape(words), paragraph)]
    return min(found, key=lambda place: abs(place - at), default=len(paragraph))


def _clause_start(paragraph: str, place: int) -> int:
    """Where the clause begins, if only a word (将, 确保) stands before the place."""
    before = paragraph[max(0, place - _SHORT_WORD - 1) : place]
    word = _LAST_WORD.search(before)
    return place - len(word[1]) if word else place


def phrasing_of(task: Task, text: str) -> str:
    """What a sentence begins with, for a short task further inside it (…，年内全部办结).

    Args:
        task: the task.
        text: of its document.

    Example:
        >>> import speechmine
        >>> text = "青石桥改建工程3月底前开工，9月底前完成主桥六成。"
        >>> [phrasing_of(task, text) for task in speechmine.extract(text).tasks]
        ['', '青石桥改建工程3月底前开工']
    """
    whole = whole_task(task, text, dated=True)
    if task.cells or len(whole) > _LONG_ENOUGH:
        return ""
    before = _SENTENCE.split(text[max(0, task.start - _FAR) : task.start])
    begun = before[-1].strip(_MARKS)
    counts = task.action and task.object and _phrasing_words().counting.fullmatch(task.object)
    if not begun and counts:
        begun = next((part.strip(_MARKS) for part in before[-2::-1] if part.strip(_MARKS)), "")
    found = _beginning(_BULLET.sub("", begun))
    return "" if found in {party.text for party in task.parties} else found


def _beginning(sentence: str) -> str:
    """As many of its clauses as a remark has room for, at least a piece of the first."""
    clauses = [sentence[start:end] for start, end in _clauses(sentence)]
    said = ""
    for clause in clauses:
        if said and len(said) + len(clause) > _MOST_CONTEXT:
            break
        said += clause
    bare = said.strip(_MARKS)
    return bare if len(bare) <= _MOST_CONTEXT else f"{bare[:_MOST_CONTEXT]}…"


def _named_spans(task: Task, *, dated: bool) -> Iterator[tuple[int, int]]:
    """Where the text names those who answer, and the time."""
    for party in task.parties:
        if party.role in _SAID and task.start <= party.start and party.end <= task.end:
            yield party.start - task.start, party.end - task.start
    when = task.deadline
    once = dated and when.kind not in _KEPT_TIMES
    if once and when.start is not None and when.end is not None and task.start <= when.start:
        yield when.start - task.start, when.end - task.start


#: 每月调度一次 without its 每月, or 查清后 without its event, would say something else.
_KEPT_TIMES = frozenset(("recurring", "after_event"))
#: Roles that have a column.
_SAID = frozenset(("lead", "responsible", "cooperate", "supervise", "leader", "person"))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Clauses with the mark behind them; marks inside brackets and quotes part nothing."""
    start = depth = 0
    for at, mark in enumerate(text):
        depth = max(0, depth + (mark in _OPEN) - (mark in _CLOSE))
        after = text[at + 1 : at + 2]
        if mark in "，,；;。" and not depth and after not in "，,；;。":
            yield start, at + 1
            start = at + 1
    if start < len(text):
        yield start, len(text)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words around names and times.

    Attributes:
        before, behind: on either side of them. helping: what ends a clause that says no more.
        bound: what binds a name to the words behind it (的同志).
        counting: objects that only count.
    """

    before: re.Pattern[str]
    behind: re.Pattern[str]
    helping: re.Pattern[str]
    bound: re.Pattern[str]
    counting: re.Pattern[str]


@functools.cache
def _phrasing_words() -> _Words:
    said = ledger_words()["phrasing"]
    return _Words(**{name: re.compile(str(pattern)) for name, pattern in said.items()})


@dataclass(frozen=True, slots=True)
class _MarkedText:
    """A text with the names and times in it."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def clauses(self) -> Iterator[str]:
        """The text; its opening without names and times, later clauses whole or not at all."""
        opening = True
        for start, end in _clauses(self.text):
            at = self._behind_opening(start, end)
            bare = self.text[at:end].strip(_MARKS)
            if at > start and (not bare or _phrasing_words().helping.fullmatch(bare)):
                continue
            yield self.text[at if opening else start : end]
            opening = False

    def _behind_opening(self, start: int, end: int) -> int:
        at = start
        while (after := self._behind_one(at, end)) > at:
            at = after
        return start if _phrasing_words().bound.match(self.text, at, end) else at

    def _behind_one(self, at: int, end: int) -> int:
        """Behind a name or time here, with the words around it; ``at`` where none stands."""
        words = _phrasing_words()
        begin = words.before.match(self.text, at, end)
        opening = begin.end() if begin else at
        stops = [stop for start, stop in self.spans if start == opening and stop <= end]
        if stops:
            behind = words.behind.match(self.text, max(stops), end)
            return behind.end() if behind else max(stops)
        return at
