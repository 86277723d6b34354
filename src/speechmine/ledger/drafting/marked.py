"""Words around names and times, and the clauses of what is owed."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.ledger.layout import ledger_words

__all__ = [
    "MARKS",
    "SHORTEST",
    "MarkedText",
    "MarkingWords",
    "clauses_of",
    "numberless",
    "phrasing_words",
]

_OPEN, _CLOSE = "（(《“‘[【", "）)》”’]】"
#: What may stand around a piece of text and is none of it.
MARKS = "，,；;。、：: —\u3000\n•●○■□▲△★☆◆◇→·"
#: Less than this says nothing.
SHORTEST = 4


def numberless(said: str) -> str:
    """Without the number of an article, of a point (二是, 另一条是) or of a paragraph (5.1.2).

    Args:
        said: the words.

    Example:
        >>> numberless("另一条是修好门前的路")
        '修好门前的路'
    """
    number = phrasing_words().number.match(said)
    return said[number.end() :] if number else said


def clauses_of(text: str) -> Iterator[tuple[int, int]]:
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
class MarkingWords:
    """Words around names and times, and those that open or limit what is owed.

    Attributes:
        before, behind: on either side of them. helping: what ends a clause that says no more.
        modal: what is left of an order behind a name.
        bound: what binds a name to the words behind it (的同志).
        counting: objects that only count. manner: what says how and where beside a deed.
        bare: how a sentence begins that names no subject (要继续…). subject: one that does.
        headless: those that fail, and no word of what they are (走读的召回).
        number: of an article or a point. limit: a clause that caps the order before it.
        case: a clause that says in what case the next is owed.
        scope: a clause before an order that says in what field or case. looking: a task that is
            no more than that; deed: the clause behind it.
        vague: a task about money or a list, and not what for. asked: a question (怎么办).
        disposal: a thing that something is done to, behind 将 or 把.
        towards: a clause that only says to what something is done; behind_what: behind what;
            which: what only says which things it is done to.
    """

    before: re.Pattern[str]
    behind: re.Pattern[str]
    helping: re.Pattern[str]
    bound: re.Pattern[str]
    modal: re.Pattern[str]
    counting: re.Pattern[str]
    manner: re.Pattern[str]
    bare: re.Pattern[str]
    subject: re.Pattern[str]
    headless: re.Pattern[str]
    number: re.Pattern[str]
    limit: re.Pattern[str]
    case: re.Pattern[str]
    scope: re.Pattern[str]
    looking: re.Pattern[str]
    deed: re.Pattern[str]
    vague: re.Pattern[str]
    asked: re.Pattern[str]
    disposal: re.Pattern[str]
    towards: re.Pattern[str]
    behind_what: re.Pattern[str]
    which: re.Pattern[str]


@functools.cache
def phrasing_words() -> MarkingWords:
    """What the shipped table ``phrasing`` says of them."""
    said = ledger_words()["phrasing"]
    return MarkingWords(**{name: re.compile(str(pattern)) for name, pattern in said.items()})


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with the names and times in it."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def clauses(self) -> Iterator[str]:
        """The text; its opening without names and times, later clauses whole or not at all."""
        opening = True
        for start, end in clauses_of(self.text):
            at = self.behind_opening(start, end)
            bare = self.text[at:end].strip(MARKS)
            if at > start and (not bare or phrasing_words().helping.fullmatch(bare)):
                continue
            yield self.text[at if opening else start : end]
            opening = False

    def behind_opening(self, start: int, end: int) -> int:
        """Behind the names and times that open a clause, with the words around them.

        Args:
            start: of the clause.
            end: of the clause.
        """
        at = start
        while (after := self._behind_one(at, end)) > at:
            at = after
        return start if phrasing_words().bound.match(self.text, at, end) else at

    def _behind_one(self, at: int, end: int) -> int:
        """Behind a name or time here, with the words around it; ``at`` where none stands."""
        words = phrasing_words()
        begin = words.before.match(self.text, at, end)
        opening = begin.end() if begin else at
        stops = [stop for start, stop in self.spans if start == opening and stop <= end]
        if stops:
            behind = words.behind.match(self.text, max(stops), end)
            return behind.end() if behind else max(stops)
        return at
