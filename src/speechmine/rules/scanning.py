"""Patterns searched through whole texts: only places that their gates let through are looked at.

All places of a text are weighed at once, a table of characters at a time, so that a pattern costs
what its likely places cost and not what the text is long.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from speechmine.rules.gates import PLANE, Gate, Needed, Ranges, gate_of

__all__ = ["WORTH", "Places", "find_all", "places_of_pairs"]

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

# So much of a text is weighed at a time.
_BLOCK = 1 << 15
#: In texts shorter than this plain searches are as quick.
WORTH = 400
_MIX = 40503
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
    return Places(Gate(anything, anything, (Needed(twos, ones, 0),), anything))


class Places:
    """The places of a text that a gate lets through.

    Args:
        gate: of a pattern.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._reach = max((needed.reach for needed in gate.needed), default=0)

    @functools.cached_property
    def _before(self) -> Flags | None:
        return _table(self._gate.before)

    @functools.cached_property
    def _first(self) -> Flags | None:
        return _table(self._gate.first)

    @functools.cached_property
    def _needed(self) -> Sequence[_Table]:
        return [_Table(needed) for needed in self._gate.needed]

    def few_within(self, text: str) -> Iterator[int] | None:
        """Their offsets; None where they are so many that nothing is gained."""
        found = self.within(text)
        first = list(itertools.takewhile(_BLOCK.__gt__, found))
        many = len(first) * _FEW > min(len(text), _BLOCK)
        return None if many else itertools.chain(first, self.within(text, _BLOCK))

    def within(self, text: str, since: int = 0) -> Iterator[int]:
        """Their offsets, in order, from the block on that begins at ``since``."""
        for start in range(since, len(text), _BLOCK):
            whole = text if len(text) <= _BLOCK else text[start : start + _BLOCK + self._reach + 2]
            before = text[start - 1] if start else ""
            for at in self._of_block(_coded(whole), before):
                if at >= _BLOCK:
                    break
                yield start + at

    def _of_block(self, block: _Codes, before: str) -> list[int]:
        likely = None
        if self._before is not None:
            likely = np.ones(len(block.own), np.bool_)
            likely[1:] = self._before[block.own[:-1]]
            likely[0] = not before or self._before[_code(before)]
        if self._first is not None:
            first = self._first[block.own]
            likely = first if likely is None else likely & first
        at_once = [table for table in self._needed if not table.reach]
        for table in at_once:
            here = table.of(block)
            likely = here if likely is None else likely & here
        places = np.arange(len(block.own)) if likely is None else np.flatnonzero(likely)
        for table in self._needed:
            if table.reach:
                places = _near(places, np.flatnonzero(table.of(block)), table.reach)
        found: list[int] = places.tolist()
        return found


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
        self.reach = needed.reach
        self._pairs = self._alone = None
        if needed.pairs:
            codes = _codes(needed.pairs)
            self._pairs = np.zeros(PLANE, np.bool_)
            self._pairs[_mixed(codes[::2], codes[1::2])] = True
        if needed.alone:
            self._alone = np.zeros(PLANE, np.bool_)
            self._alone[_codes(needed.alone)] = True

    def of(self, block: _Codes) -> Flags:
        if self._pairs is None:
            return self._alone[block.own] if self._alone is not None else block.own < 0
        found: Flags = self._pairs[block.mixed]
        return found if self._alone is None else found | self._alone[block.own]


class _Codes(NamedTuple):
    """Codes of the characters of a text, and of each with the one behind it."""

    own: Numbers
    mixed: Numbers


@functools.lru_cache(maxsize=8)
def _coded(text: str) -> _Codes:
    own = _codes(text)
    return _Codes(own, _mixed(own, np.append(own[1:], 0)))


def _mixed(firsts: Numbers, seconds: Numbers) -> Numbers:
    mixed: Numbers = (firsts * _MIX + seconds) & (PLANE - 1)
    return mixed


def _code(character: str) -> int:
    return min(ord(character), PLANE - 1)


def _codes(text: str) -> Numbers:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(codes, PLANE - 1).astype(np.int64)


def _table(ranges: Ranges) -> Flags | None:
    """A flag for each code; none where all are in."""
    found = np.zeros(PLANE, np.bool_)
    for first, last in ranges:
        found[first : last + 1] = True
    return None if found.all() else found
