"""What is found in a text before its structure is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from speechmine.extractors.parties import behind_times, find_party_groups
from speechmine.extractors.quantities import DoubtfulQuantity, read_quantities
from speechmine.grammar.times import find_deadline_cues, find_times
from speechmine.model import Deadline, Document, PartyGroup, Quantity, TimeFrame
from speechmine.packed import Keep, held
from speechmine.rules.schema import RuleSet
from speechmine.segment.clauses import Skips

__all__ = ["Mentions", "see_mentions", "skips_of"]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Mentions that need no structure to be found; clauses look past ``skips``."""

    quantities: Sequence[Quantity]
    doubtful: Sequence[DoubtfulQuantity]
    groups: Sequence[PartyGroup]
    times: Sequence[Deadline]
    skips: Skips


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
    times = keep(_times_and_cues(text, frame, rules))
    found = find_party_groups(text, rules, level=document.level, date=document.date)
    groups = keep(behind_times(found, times, rules))
    del found  # as long as the text
    measures, doubtful = read_quantities(text, rules)
    return Mentions(
        quantities=keep(measures),
        doubtful=keep(doubtful),
        groups=groups,
        times=times,
        skips=skips_of(times, groups),
    )


def _times_and_cues(text: str, frame: TimeFrame, rules: RuleSet) -> tuple[Deadline, ...]:
    found = (*find_times(text, frame, rules), *find_deadline_cues(text, rules))
    return tuple(sorted(found, key=lambda t: (t.start or 0, -(t.end or 0))))


def skips_of(times: Iterable[Deadline], groups: Iterable[PartyGroup]) -> Skips:
    """Parties and times of a text by start; of one place the party.

    Args:
        times: those without a place are left out.
        groups: parties.

    Example:
        >>> from speechmine.extractors.parties import find_party_groups
        >>> from speechmine.rules.loader import default_rules
        >>> skips_of((), find_party_groups("区财政局要抓紧", default_rules()))
        {0: (4, True)}
    """
    found = {t.start: (t.end, False) for t in times if t.start is not None and t.end is not None}
    found.update((group.start, (group.end, True)) for group in groups)
    return found
