"""Patterns searched through whole texts: only places that their gates let through are looked at.

All places of a text are weighed at once, a table of characters at a time, so that a pattern costs
what its likely places cost and not what the text is long.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from speechmine.rules.edges import PLANE, Ranges
from speechmine.rules.gates import Gate, Needed, gate_of

__all__ = ["WORTH", "Places", "find_all", "places_of_pairs"]

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

# So much of a text is weighed at a time.
_BLOCK = 1 << 15
#: In texts shorter than this plain searches are as quick.
WORTH = 400
_MIX = 40503
# Which codes of a text.
_OWN, _BEFORE = 0, 2
# One in so many places is worth a look by itself.
_FEW = 6


def find_all(
    pattern: re.Pattern[str], text: str, start: int = 0, stop: int | None = None
) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text, start, stop)`` gives, of a whole text sooner.

    Example:
        >>> [m.span() for m in find_all(re.compile("年底|(?<=月)底"), "3月底前、年底前")]
        [(2, 3), (5, 7)]
    """
    stop = len(text) if stop is None else stop
    places = None if start or stop < len(text) or stop < WORTH else _places_of(pattern)
    likely = None if places is None else places.few_within(text)
    return pattern.finditer(text, start, stop) if likely is None else _at(likely, pattern, text)


def _at(likely: Iterable[int], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    free = 0
    for at in likely:
        if at >= free:
            found = pattern.match(text, at)
            if found is not None:
                free = found.end()
                yield found


@functools.lru_cache(maxsize=512)
def _places_of(pattern: re.Pattern[str]) -> Places | None:
    gate = gate_of(pattern.pattern) if pattern.flags == re.UNICODE else None
    return None if gate is None else Places(gate)


def places_of_pairs(pairs: Iterable[str]) -> Places:
    """Where one of some pairs begins, or a single character that is among them.

    Example:
        >>> list(places_of_pairs(["年底", "月"]).within("3月底、年底、年初"))
        [1, 4]
    """
    found = {pair[:2] for pair in pairs}
    twos = "".join(pair for pair in found if len(pair) > 1)
    ones = "".join(one for one in found if len(one) == 1)
    anything = [[0, PLANE - 1]]
    return Places(Gate(anything, anything, (Needed(twos, ones, 0),)))


class Places:
    """The places of a text that a gate lets through.

    Args:
        gate: of a pattern.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._reach = max((needed.reach for needed in gate.needed), default=0)

    @functools.cached_property
    def _openings(self) -> Sequence[_Table]:
        """What begins at such a place."""
        return [_Table(needed) for needed in self._gate.needed if not needed.reach]

    @functools.cached_property
    def _edges(self) -> Sequence[tuple[Flags, int]]:
        """The characters that may stand before such a place, and at it; with the codes of which."""
        before, first = _table(self._gate.before), _table(self._gate.first)
        before[PLANE] = True  # a text's beginning
        asked = ((before, _BEFORE), (first, _OWN))
        return [(table, which) for table, which in asked if not table[:PLANE].all()]

    @functools.cached_property
    def _further(self) -> Sequence[tuple[_Table, int]]:
        """What has to be found further on, and how far at most."""
        return [(_Table(needed), needed.reach) for needed in self._gate.needed if needed.reach]

    def few_within(self, text: str) -> Iterable[int] | None:
        """Their offsets; None where they are so many that nothing is gained."""
        first = self._of_first(text)
        if len(first) * _FEW > min(len(text), _BLOCK):
            return None
        return first if len(text) <= _BLOCK else itertools.chain(first, self._behind_first(text))

    def within(self, text: str) -> Iterable[int]:
        """Their offsets, in order."""
        first = self._of_first(text)
        return first if len(text) <= _BLOCK else itertools.chain(first, self._behind_first(text))

    def _of_first(self, text: str) -> list[int]:
        """Those in the first block of a text, which is all of most."""
        if len(text) <= _BLOCK:
            return self._of_block(_coded(text, ""))
        return self._of_part(text, 0)

    def _behind_first(self, text: str) -> Iterator[int]:
        for start in range(_BLOCK, len(text), _BLOCK):
            yield from self._of_part(text, start)

    def _of_part(self, text: str, start: int) -> list[int]:
        """Those in the block that begins at a place."""
        whole = text[start : start + _BLOCK + self._reach + 2]
        found = self._of_block(_coded(whole, text[start - 1] if start else ""))
        return [start + at for at in found[: bisect_left(found, _BLOCK)]]

    def _of_block(self, block: _Codes) -> list[int]:
        places: Numbers | None = None
        for opening in self._openings:
            begun = np.flatnonzero(opening.of(block))
            places = begun if places is None else np.intersect1d(places, begun, assume_unique=True)
        for table, reach in self._further:
            needed = np.flatnonzero(table.of(block))
            places = _up_to(needed, reach) if places is None else _near(places, needed, reach)
        found = np.arange(len(block.own)) if places is None else places
        for characters, which in self._edges:
            found = found.compress(characters.take(block[which].take(found)))
        some: list[int] = found.tolist()
        return some


def _up_to(needed: Numbers, reach: int) -> Numbers:
    """The places from which something needed is at most so far behind."""
    if not len(needed):
        return needed
    starts = needed - reach
    starts[0] = max(starts[0], 0)
    np.maximum(starts[1:], needed[:-1] + 1, out=starts[1:])
    counts = needed - starts + 1
    ends = counts.cumsum()
    places: Numbers = np.arange(ends[-1]) + (starts - ends + counts).repeat(counts)
    return places


def _near(places: Numbers, needed: Numbers, reach: int) -> Numbers:
    """The places with something needed at most so far behind them."""
    if not len(needed):
        return needed
    at = np.searchsorted(needed, places)
    behind = needed[np.minimum(at, len(needed) - 1)]
    return places[(at < len(needed)) & (behind <= places + reach)]


class _Table:
    """Where one of some pairs, or of some single characters begins; rarely elsewhere too."""

    def __init__(self, needed: Needed) -> None:
        self._pairs = self._alone = None
        if needed.pairs:
            codes = _codes(needed.pairs)
            self._pairs = np.zeros(PLANE, np.bool_)
            self._pairs[_mixed(codes[::2], codes[1::2])] = True
        if needed.alone:
            self._alone = np.zeros(PLANE, np.bool_)
            self._alone[_codes(needed.alone)] = True

    def of(self, codes: _Codes) -> Flags:
        """Whether one begins at each of some places."""
        if self._pairs is None:
            return codes.own < 0 if self._alone is None else self._alone.take(codes.own)
        found: Flags = self._pairs.take(codes.mixed)
        return found if self._alone is None else found | self._alone.take(codes.own)


class _Codes(NamedTuple):
    """Codes of characters, of each with the one behind it, and of the one before it."""

    own: Numbers
    mixed: Numbers
    before: Numbers


@functools.lru_cache(maxsize=8)
def _coded(text: str, before: str) -> _Codes:
    own = _codes(text)
    first = _codes(before) if before else [PLANE]
    return _Codes(own, _mixed(own, np.append(own[1:], 0)), np.append(first, own[:-1]))


def _mixed(firsts: Numbers, seconds: Numbers) -> Numbers:
    mixed: Numbers = (firsts * _MIX + seconds) & (PLANE - 1)
    return mixed


def _codes(text: str) -> Numbers:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(codes, PLANE - 1).astype(np.int64)


def _table(ranges: Ranges) -> Flags:
    """A flag for each code, and one for no character at all."""
    found = np.zeros(PLANE + 1, np.bool_)
    for first, last in ranges:
        found[first : last + 1] = True
    return found
