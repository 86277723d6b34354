"""Patterns by the characters that a match of theirs begins with."""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from speechmine.patterns import compiled
from speechmine.rules.edges import PLANE
from speechmine.rules.gates import gate_of
from speechmine.rules.scanning import Places, places_of_pairs
from speechmine.rules.schema import Rule
from speechmine.rules.searching import opening_characters, second_characters

__all__ = ["OpenedPattern", "OpenedPatterns", "PatternsByPair", "opened_patterns"]


class OpenedPattern:
    """A rule and its place in the file; compiled when a text has what it can begin with."""

    def __init__(self, order: int, rule: Rule) -> None:
        self.order = order
        self.rule = rule

    @functools.cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern: most of the time that a first text takes goes into these."""
        return compiled(self.rule.pattern or "")

    def prepare(self) -> None:
        """Work out now what is otherwise worked out on first use."""
        assert self.regex is not None  # noqa: S101
        if opening_characters(self.rule.pattern or "") is not None:
            assert self._seconds is not None  # noqa: S101
        else:
            gate_of(self.rule.pattern or "")

    def opens(self, pair: str) -> bool:
        """Whether a match may begin with two characters (one at the end of a text)."""
        seconds = self._seconds.get(pair[0], "")
        return seconds is None or (len(pair) > 1 and pair[1] in seconds)

    def first_class(self) -> str | None:
        """A class of the characters that a match begins with; None where it may be empty."""
        gate = gate_of(self.rule.pattern or "")
        if gate is None:
            return None
        beyond = sys.maxunicode - (PLANE - 1)  # what stands for all characters beyond the plane
        spans = ((a, b + beyond * (b == PLANE - 1)) for a, b in gate.first)
        return f"[{''.join(f'{re.escape(chr(a))}-{re.escape(chr(b))}' for a, b in spans)}]"

    def pairs(self, first: str) -> Iterable[str]:
        """The pairs that a match may begin with where it begins so; itself for any pair."""
        seconds = self._seconds.get(first, "")
        return (first,) if seconds is None else map(first.__add__, seconds)

    @functools.cached_property
    def _seconds(self) -> Mapping[str, str | None]:
        """What may stand behind each first character; None: anything, or nothing."""
        return second_characters(self.rule.pattern or "")


class PatternsByPair(dict[str, Sequence[OpenedPattern]]):
    """Patterns by the two characters that a match begins with, worked out when they come up."""

    def __init__(self, by_opener: Mapping[str, Sequence[OpenedPattern]]) -> None:
        super().__init__()
        self._by_opener = by_opener

    def pairs(self) -> Iterator[str]:
        """The pairs that any of them begins with; a single character for any pair."""
        for first, patterns in self._by_opener.items():
            for pattern in patterns:
                yield from pattern.pairs(first)

    def patterns(self) -> Iterator[OpenedPattern]:
        """All of them, each at least once."""
        for patterns in self._by_opener.values():
            yield from patterns

    def __missing__(self, pair: str) -> Sequence[OpenedPattern]:
        self[pair] = tuple(p for p in self._by_opener.get(pair[0], ()) if p.opens(pair))
        return self[pair]

    @functools.cached_property
    def places(self) -> Places:
        """Where any of the patterns can begin."""
        return places_of_pairs(self.pairs())


@dataclass(frozen=True, slots=True)
class OpenedPatterns:
    """Patterns by the characters that a match begins with; those that can begin with any."""

    anywhere: Sequence[OpenedPattern]
    by_pair: PatternsByPair
    openers: re.Pattern[str] | None

    @property
    def some(self) -> bool:
        """Whether there are any."""
        return bool(self.anywhere) or self.openers is not None

    def prepare(self) -> None:
        """Compile all of them now."""
        for pattern in (*self.anywhere, *self.by_pair.patterns()):
            pattern.prepare()


def opened_patterns(rules: Sequence[Rule]) -> OpenedPatterns:
    """The patterns of some rules.

    Args:
        rules: those without a pattern are left out.

    Example:
        >>> opened_patterns([Rule("a", "A", pattern="年底前?")]).by_pair["年底"][0].order
        0
    """
    anywhere: list[OpenedPattern] = []
    by_opener: dict[str, list[OpenedPattern]] = {}
    for order, rule in enumerate(rules):
        if rule.pattern is None:
            continue
        pattern = OpenedPattern(order, rule)
        characters = opening_characters(rule.pattern)
        if characters is None:
            anywhere.append(pattern)
        for character in characters or ():
            by_opener.setdefault(character, []).append(pattern)
    openers = compiled(f"[{re.escape(''.join(by_opener))}]") if by_opener else None
    return OpenedPatterns(anywhere, PatternsByPair(by_opener), openers)
