"""What is found in a text before its structure is known."""

from __future__ import annotations

import itertools
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from speechmine.borders import Span
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
        skips=skips_of(times, groups, keep),
    )


def _times_and_cues(text: str, frame: TimeFrame, rules: RuleSet) -> tuple[Deadline, ...]:
    found = (*find_times(text, frame, rules), *find_deadline_cues(text, rules))
    return tuple(sorted(found, key=lambda t: (t.start or 0, -(t.end or 0))))


def skips_of(times: Iterable[Deadline], groups: Iterable[PartyGroup], keep: Keep = held) -> Skips:
    """Parties and times of a text by start; of one place the party.

    Args:
        times: those without a place are left out.
        groups: parties.
        keep: how records of the text are kept; a long text's stand in arrays.

    Example:
        >>> from speechmine.extractors.parties import find_party_groups
        >>> from speechmine.rules.loader import default_rules
        >>> skips_of((), find_party_groups("区财政局要抓紧", default_rules()))
        {0: (4, True)}
    """
    dated = ((t.start, t.end) for t in times if t.start is not None and t.end is not None)
    named = ((group.start, group.end) for group in groups)
    if keep is held:
        return {
            **{start: (end, False) for start, end in dated},
            **{start: (end, True) for start, end in named},
        }
    return _Arrays(dated, named)


class _Arrays(Mapping[int, tuple[int, bool]]):
    """Skips of a long text: starts in order, and the end of each; a party's stands negative."""

    def __init__(self, dated: Iterable[Span], named: Iterable[Span]) -> None:
        starts, ends = array("q"), array("q")
        for start, end in itertools.chain(dated, ((start, -end) for start, end in named)):
            starts.append(start)
            ends.append(end)
        order = sorted(range(len(starts)), key=starts.__getitem__)  # of one place the party last
        self._starts = array("q", map(starts.__getitem__, order))
        self._ends = array("q", map(ends.__getitem__, order))

    def get(self, start: int, default: object = None) -> object:  # type: ignore[override]
        """Without an exception where nothing begins: most places are such."""
        at = bisect_right(self._starts, start) - 1
        if at < 0 or self._starts[at] != start:
            return default
        end = self._ends[at]
        return abs(end), end < 0

    def __getitem__(self, start: int) -> tuple[int, bool]:
        found = self.get(start)
        if found is None:
            raise KeyError(start)
        return found  # type: ignore[return-value]

    def __contains__(self, start: object) -> bool:
        return self.get(start) is not None  # type: ignore[arg-type]

    def __bool__(self) -> bool:
        return bool(self._starts)  # without counting them

    def __iter__(self) -> Iterator[int]:
        return iter(dict.fromkeys(self._starts))

    def __len__(self) -> int:
        return sum(1 for _ in self)
