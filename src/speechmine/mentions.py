"""What is found in a text before its structure is known: numbers, parties, times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.extractors.parties import behind_times, find_party_groups
from speechmine.extractors.quantities import find_quantities
from speechmine.grammar.times import find_deadline_cues, find_times
from speechmine.judge import Sign, signs_of
from speechmine.model import Deadline, Document, PartyGroup, Quantity, TimeFrame
from speechmine.packed import Keep, held
from speechmine.rules.schema import RuleSet
from speechmine.segment.clause_reader import ClauseReader
from speechmine.segment.skips import skips_of

__all__ = ["Mentions", "see_mentions"]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Mentions that need no structure to be found, and the clauses that look past them."""

    quantities: Sequence[Quantity]
    groups: Sequence[PartyGroup]
    times: Sequence[Deadline]
    clauses: ClauseReader

    def signs(self, date: str | None) -> Sequence[Sign]:
        """What was found, as the judge sees it; times before ``date`` lie in the past."""
        return signs_of(self.times, self.groups, self.quantities, date)


def see_mentions(
    text: str, document: Document, frame: TimeFrame, rules: RuleSet, keep: Keep = held
) -> Mentions:
    """Quantities, parties and times of a text, found before its structure is known.

    Args:
        text: the matching view's text.
        document: whose text it is.
        frame: what 今年 means.
        rules: the rule set.
        keep: keeps what is found.
    """
    times = keep(_times(text, frame, rules))
    found = find_party_groups(text, rules, level=document.level, date=document.date)
    groups = keep(behind_times(found, times, rules))
    del found  # as long as the text
    return Mentions(
        quantities=keep(find_quantities(text, rules)),
        groups=groups,
        times=times,
        clauses=ClauseReader(text, rules, skips_of(times, groups, keep)),
    )


def _times(text: str, frame: TimeFrame, rules: RuleSet) -> tuple[Deadline, ...]:
    found = (*find_times(text, frame, rules), *find_deadline_cues(text, rules))
    return tuple(sorted(found, key=lambda t: (t.start or 0, -(t.end or 0))))
