"""What the extractors saw in one document, gathered for the rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.extractors.assignments import Assignment
from speechmine.grammar.lexicon import lexicon_of
from speechmine.model import (
    AdministrativeLevel,
    Clause,
    Deadline,
    DeadlineKind,
    Metric,
    Party,
    PartyGroup,
    Quantity,
    Section,
    Segment,
    TaskMention,
)
from speechmine.packed import Keep, held
from speechmine.rules.schema import RuleSet
from speechmine.text import TextView, starting_in

__all__ = ["FIRM_KINDS", "Draft", "Findings", "SegmentFindings", "Span", "times_between"]

Span = tuple[int, int]

#: Kinds that count as an own deadline for level 3 (flag a).
FIRM_KINDS: frozenset[DeadlineKind] = frozenset(
    ("by", "within", "at", "before_event", "after_event", "recurring", "immediate")
)


@dataclass(frozen=True, slots=True)
class SegmentFindings:
    """One segment with its clauses and the rows they make."""

    segment: Segment
    clauses: tuple[Clause, ...]
    mentions: tuple[TaskMention, ...]

    @property
    def start(self) -> int:
        """Where the segment begins."""
        return self.segment.start


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the extractors saw in one document, in offsets of the matching view.

    ``keep`` keeps what is made of it. Of rows below ``least_level``, which the result leaves out,
    only the wording is needed.
    """

    view: TextView
    document_id: str
    segments: Sequence[SegmentFindings]
    groups: Sequence[PartyGroup]
    times: Sequence[Deadline]
    metrics: Sequence[Metric]
    assignments: Sequence[Assignment]
    figures: Sequence[int]
    rules: RuleSet
    year: int | None = None
    date: dt.date | None = None
    quantities: Sequence[Quantity] = ()
    level: AdministrativeLevel | None = None
    sections: tuple[Section, ...] = ()
    keep: Keep = held
    least_level: int = 1

    @property
    def text(self) -> str:
        """The matching view's text."""
        return self.view.text

    def pattern(self, name: str) -> re.Pattern[str]:
        """What stands around times, by its name in the table ``time_parts``."""
        return lexicon_of(self.rules).parts[name]


@dataclass(frozen=True, slots=True)
class Draft:
    """A row with its parties and its time, before it is numbered and ranked.

    ``given``: the time is not its own, a heading or a stage gives it.
    """

    mention: TaskMention
    segment: Segment
    parties: tuple[Party, ...]
    deadline: Deadline
    given: bool = False


def times_between(times: Sequence[Deadline], start: int, end: int) -> list[Deadline]:
    """The times that begin in ``start`` to ``end``, in order."""
    return list(starting_in(times, start, end))
