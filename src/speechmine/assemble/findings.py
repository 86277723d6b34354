"""What the extractors saw in a text, gathered for the rows, and what its parts gave together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from speechmine.changes import quickly_made
from speechmine.extractors.assignment_lists import Assignment
from speechmine.grammar.lexicon import time_lexicon_of
from speechmine.mentions import Mentions
from speechmine.model import (
    Clause,
    Deadline,
    DeadlineKind,
    Document,
    Metric,
    Notice,
    Party,
    PartyGroup,
    Quantity,
    Role,
    Section,
    Segment,
    Task,
    TaskMention,
    TimeFrame,
)
from speechmine.packed import Keep, held, in_order
from speechmine.rules.schema import RuleSet
from speechmine.text import TextView

__all__ = ["FIRM_KINDS", "INHERITED_ROLES", "Draft", "Findings", "Part", "SegmentFindings"]

#: Kinds that count as an own deadline for level 3 (flag a).
FIRM_KINDS: frozenset[DeadlineKind] = frozenset(
    ("by", "within", "at", "before_event", "after_event", "recurring", "immediate")
)
#: Parts that carry over to the next task.
INHERITED_ROLES: frozenset[Role] = frozenset(("lead", "responsible"))


@quickly_made
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

    ``groups`` are those of ``seen`` and the places that act; ``keep`` keeps what is made of it. Of
    rows below ``least_level``, which the result leaves out, only the wording is needed.
    """

    view: TextView
    document: Document
    frame: TimeFrame
    rules: RuleSet
    seen: Mentions
    groups: Sequence[PartyGroup]
    sections: tuple[Section, ...] = ()
    segments: Sequence[SegmentFindings] = ()
    metrics: Sequence[Metric] = ()
    assignments: Sequence[Assignment] = ()
    keep: Keep = held
    least_level: int = 1

    @property
    def text(self) -> str:
        """The matching view's text."""
        return self.view.text

    def shows(self, mention: TaskMention) -> bool:
        """Whether a row may stand in the result, so that more than its wording is asked for."""
        return mention.checkable or self.least_level == 1

    def pattern(self, name: str) -> re.Pattern[str]:
        """What stands around times, by its name in the table ``time_parts``."""
        return time_lexicon_of(self.rules).parts[name]


@quickly_made
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


@dataclass(frozen=True, slots=True)
class Part:
    """Records of one part of a document, in document order."""

    tasks: Sequence[Task] = ()
    metrics: Sequence[Metric] = ()
    sections: Sequence[Section] = ()
    segments: Sequence[Segment] = ()
    times: Sequence[Deadline] = ()
    quantities: Sequence[Quantity] = ()
    notices: Sequence[Notice] = ()

    def joined(self, others: Iterable[Part], keep: Keep = held) -> Part:
        """It and others as one, in document order; ``keep`` keeps their records."""
        parts = [self, *others]
        if len(parts) == 1:
            return self
        return Part(
            **{
                field.name: keep(in_order(*(getattr(part, field.name) for part in parts)))
                for field in fields(Part)
            }
        )
