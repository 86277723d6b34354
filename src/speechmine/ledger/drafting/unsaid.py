"""Clauses of a sentence that no row says: they go with the row that stands beside them.

A sentence owes more than its tasks say: an aim (确保…), an exception (…除外), a case, a deed that
is no task of its own. Of a sentence with rows every clause stands in one of them, or in a remark.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile
from typing import Self

from speechmine.borders import Span, start_before
from speechmine.ledger.drafting.bareness import opens_as_order
from speechmine.ledger.drafting.marked import (
    MARKS,
    MarkedText,
    clauses_of,
    numberless,
)
from speechmine.ledger.drafting.phrasing import measure_spans
from speechmine.ledger.layout import ledger_words
from speechmine.model import Task
from speechmine.patterns import compiled

__all__ = ["Unsaid", "UnsaidClauses"]

#: What ends a sentence for good; what semicolons part belongs together.
_STOP = compiled("[。！？!?\n]")
_SEMICOLON = compiled("[；;]")
_HAN = compiled(r"[\u4e00-\u9fff\d]")
# Nobody reads a cell of more.
_LONGEST = 200
_LONGEST_OPENING = 160
# 不要争 says something, 其中 does not.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What goes with one row, though no task says it.

    Attributes:
        begun: where the row begins with the clauses before it; None where it begins by itself.
        more: clauses behind it that its cell says. above: clauses before it, for its remark.
        beside: clauses behind it, for its remark.
    """

    begun: int | None = None
    more: tuple[str, ...] = ()
    above: str = ""
    beside: str = ""

    def opened(self, task: Task, text: str) -> Task:
        """The task with the clauses that its row begins with."""
        if self.begun is None:
            return task
        return replace(task, text=text[self.begun : task.end], start=self.begun)


@dataclass(frozen=True, slots=True)
class UnsaidClauses:
    """Clauses without a row, by the identifier of the row that they go with."""

    text: str
    found: Mapping[str, Unsaid] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Task], text: str) -> Self:
        """Find them.

        Args:
            rows: tasks as their rows say them, in order; those of tables do not count.
            text: of the document.

        Example:
            >>> import speechmine
            >>> text = "县文旅局要开设节日专栏，多讲乡里的事。"
            >>> found = speechmine.extract(text)
            >>> UnsaidClauses.of(found.tasks, text).beside(found.tasks[0]).more
            ('多讲乡里的事',)
        """
        spoken = sorted((row for row in rows if not row.cells), key=lambda row: row.start)
        by_sentence = groupby(spoken, key=lambda row: start_before(_STOP, text, row.start))
        found: dict[str, Unsaid] = {}
        for begun, here in by_sentence:
            stop = _STOP.search(text, begun)
            end = stop.start() if stop else len(text)
            found.update(_SentenceRows(text, begun, end, tuple(here)).unsaid())
        return cls(text, found)

    def beside(self, task: Task) -> Unsaid:
        """What goes with a row.

        Args:
            task: of the row.
        """
        return self.found.get(task.id, Unsaid())


@dataclass(frozen=True, slots=True)
class _SentenceRows:
    """A sentence with its rows."""

    text: str
    start: int
    end: int
    rows: tuple[Task, ...]

    def unsaid(self) -> Iterator[tuple[str, Unsaid]]:
        pieces = list(self._pieces())
        if not pieces:
            return
        bounds = [(row.start, row.end) for row in self.rows]
        for nth, row in enumerate(self.rows):
            reached = max((end for _, end in bounds[:nth]), default=self.start)
            ahead = bounds[nth + 1][0] if nth + 1 < len(bounds) else self.end
            before = [p for p in pieces if reached <= p[0] and p[1] <= row.start]
            behind = [p for p in pieces if row.end <= p[0] and p[1] <= ahead]
            mine = before if not nth else self._forward(before, row)
            taken = self._forward(behind, self.rows[nth + 1]) if nth + 1 < len(bounds) else []
            rest = [p for p in behind if p not in taken]
            if mine or rest:
                yield row.id, self._given(row, mine, rest)

    def _given(self, row: Task, before: Sequence[Span], behind: Sequence[Span]) -> Unsaid:
        begun = self._begun(row, before) if before else None
        above = "" if begun is not None else self._said(before)
        held = list(takewhile(lambda piece: self._fits_behind(row, piece), behind))
        more = tuple(self.text[a:b] for a, b in held)
        return Unsaid(begun, more, above, self._said(behind[len(held) :]))

    def _fits_behind(self, row: Task, piece: Span) -> bool:
        """Whether a clause goes on with a row: not too long, no point, no subject of its own."""
        anew = _unsaid_words()["point"].match(self.text, *piece)
        other = _unsaid_words()["subject"].match(self.text, *piece)
        if other is not None and self.text[piece[0] - 1] in "；;":
            return False
        return anew is None and piece[1] - row.end + len(row.text) <= _LONGEST

    def _said(self, pieces: Sequence[Span]) -> str:
        return "，".join(self._bare_words(piece) for piece in pieces)

    def _begun(self, row: Task, before: Sequence[Span]) -> int | None:
        """Where the row begins with them; None where they are no part of its own words."""
        begun = self._behind_name(before[0])
        opening = self.text[begun : before[0][1]]
        named = any(begun <= p.start <= row.start for p in row.parties)
        fits = begun > before[0][0] or opens_as_order(opening) or _is_owed(opening)
        short = row.end - begun <= _LONGEST_OPENING
        return begun if fits and short and not named else None

    def _behind_name(self, piece: Span) -> int:
        start, end = piece
        reader = MarkedText(self.text[start:end], tuple(self._named(start, end)))
        return start + reader.behind_opening(0, end - start)

    def _forward(self, gap: Sequence[Span], row: Task) -> list[Span]:
        """Those of some clauses between two rows that belong to the second."""
        semicolons = [
            m.end()
            for a, b in gap
            for m in _SEMICOLON.finditer(self.text, a, min(b + 1, row.start))
        ]
        parted = (
            [m.end() for m in _SEMICOLON.finditer(self.text, gap[0][0] - 1, row.start)]
            if gap
            else []
        )
        border = max([*semicolons, *parted], default=-1)
        first = len(gap)
        while first and self._binds(gap[first - 1], border):
            first -= 1
        return list(gap[first:])

    def _binds(self, piece: Span, border: int) -> bool:
        if 0 <= border <= piece[0]:
            return True
        return (
            _unsaid_words()["forward"].match(self.text[piece[0] : piece[1]].strip(MARKS))
            is not None
        )

    def _pieces(self) -> Iterator[Span]:
        """What no row says, clause by clause."""
        taken = sorted(self._taken())
        for a, b in clauses_of(self.text[self.start : self.end]):
            for start, end in _parts_outside(self.start + a, self.start + b, taken):
                if self._says_more(start, end):
                    yield self._trimmed(start, end)

    def _taken(self) -> Iterator[Span]:
        for row in self.rows:
            yield row.start, row.end
            yield from measure_spans(row, self.text)

    def _trimmed(self, start: int, end: int) -> Span:
        while start < end and self.text[start] in MARKS:
            start += 1
        while end > start and self.text[end - 1] in MARKS:
            end -= 1
        return start, end

    def _says_more(self, start: int, end: int) -> bool:
        """Whether it says more than who acts and when."""
        said = self.text[start:end]
        for a, b in sorted(self._named(start, end), reverse=True):
            said = said[:a] + said[b:]
        left = _unsaid_words()["acting"].sub(
            "", numberless(_numbering().sub("", said.strip(MARKS)))
        )
        return len(_HAN.findall(left)) >= _FEWEST

    def _bare_words(self, piece: Span) -> str:
        return numberless(_numbering().sub("", self.text[piece[0] : piece[1]].strip(MARKS)))

    def _named(self, start: int, end: int) -> Iterator[Span]:
        """Where a stretch names those who answer for a row, and its time, from its beginning."""
        for row in self.rows:
            spans = [(p.start, p.end) for p in row.parties]
            when = row.deadline
            if when.start is not None and when.end is not None:
                spans.append((when.start, when.end))
            yield from ((a - start, b - start) for a, b in spans if start <= a and b <= end)


def _is_owed(clause: str) -> bool:
    """Whether a clause sets what for or how, or how far: 为扩大供给, 覆盖率达到九成以上."""
    words = _unsaid_words()
    told = words["told"].search(clause)
    return any(words[n].match(clause) for n in ("forward", "goal")) and told is None


def _parts_outside(start: int, end: int, taken: Sequence[Span]) -> Iterator[Span]:
    """The parts of a stretch that no other one takes."""
    at = start
    for a, b in taken:
        if b <= at or a >= end:
            continue
        if a > at:
            yield at, a
        at = max(at, b)
    if at < end:
        yield at, end


@functools.cache
def _numbering() -> re.Pattern[str]:
    return re.compile(str(ledger_words()["above"]["bullet"]))


@functools.cache
def _unsaid_words() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(str(said)) for name, said in ledger_words()["unsaid"].items()}
