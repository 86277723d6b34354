"""What a task says is owed, in the words and the order of its text.

Who answers and by when stand in columns of their own: what opens a clause and says no more than
that is left away, and so is a clause that only says who helps. Nothing else is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.ledger.layout import ledger_words
from speechmine.model import Task

__all__ = ["context_of", "owed_words"]

_OPEN, _CLOSE = "（(《“‘[【", "）)》”’]】"
_MARKS = "，,；;。、 \u3000\n"
_SHORTEST = 4
# Further back stands something else.
_FAR = 60


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
    reader = _Reader(task.text, tuple(_spans(task, dated=dated)))
    kept = "".join(reader.clauses()).strip(_MARKS)
    return kept if len(kept) >= _SHORTEST else task.text.strip(_MARKS)


def context_of(task: Task, text: str) -> str:
    """The clause before a task whose own object only counts something; empty for any other.

    Args:
        task: the task.
        text: of its document.

    Example:
        >>> import speechmine
        >>> text = "县应急局要逐村排查险户。6月底前全部办结。"
        >>> [context_of(task, text) for task in speechmine.extract(text).tasks]
        ['', '县应急局要逐村排查险户']
    """
    if not task.action or task.cells or not _words().counting.fullmatch(task.object):
        return ""
    before = text[max(0, task.start - _FAR) : task.start].rstrip(_MARKS)
    return re.split(r"[。；;\n]", before)[-1].strip(_MARKS)


def _spans(task: Task, *, dated: bool) -> Iterator[tuple[int, int]]:
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
def _words() -> _Words:
    said = ledger_words()["phrasing"]
    return _Words(**{name: re.compile(str(pattern)) for name, pattern in said.items()})


@dataclass(frozen=True, slots=True)
class _Reader:
    """A text with the names and times in it."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def clauses(self) -> Iterator[str]:
        """The text; its opening without names and times, later clauses whole or not at all."""
        opening = True
        for start, end in _clauses(self.text):
            at = self._behind_opening(start, end)
            bare = self.text[at:end].strip(_MARKS)
            if at > start and (not bare or _words().helping.fullmatch(bare)):
                continue
            yield self.text[at if opening else start : end]
            opening = False

    def _behind_opening(self, start: int, end: int) -> int:
        at = start
        while (after := self._behind_one(at, end)) > at:
            at = after
        return start if _words().bound.match(self.text, at, end) else at

    def _behind_one(self, at: int, end: int) -> int:
        """Behind a name or time here, with the words around it; ``at`` where none stands."""
        words = _words()
        begin = words.before.match(self.text, at, end)
        opening = begin.end() if begin else at
        stops = [stop for start, stop in self.spans if start == opening and stop <= end]
        if stops:
            behind = words.behind.match(self.text, max(stops), end)
            return behind.end() if behind else max(stops)
        return at
