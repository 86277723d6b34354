"""A table of weights by key, and their sums over many wordings at once.

A linear model adds one row of weights for each character, pair of characters and named key. Rows
are looked up for a whole text in one step, and added for each clause in another.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["LANES", "LARGEST", "STEP", "Matrix", "Weights", "Whole", "in_steps"]

#: Numbers of a row: ten labels, four tags and two levels, each once for the thing itself, the one
#: before and the one behind.
LANES = 3 * (10 + 4 + 2)
#: Weights are kept in steps of this size, up to LARGEST on either side (one byte).
STEP = 1 / 32
LARGEST = 127 * STEP

#: Numbers in rows and columns.
Matrix = NDArray[np.float64]
#: Whole numbers in rows and columns.
Whole = NDArray[np.int64]
# Characters beyond the basic plane are no keys.
_CODES = 1 << 16
_BETWEEN = "\0"
# Behind the codes of all pairs.
_NO_PAIR = np.iinfo(np.int64).max
_STROKE = "/"
# So many wordings are added at a time, so that a long text needs no more room than a short one.
_AT_ONCE = 256
# From so many rows on that were asked for they are all packed.
_OFTEN = 1 << 17
# Three steps lie side by side in one number, so many bits each: sums of thousands fit.
_SIDES, _BITS = 3, 21
_COLUMNS = LANES // _SIDES


def in_steps(rows: Sequence[Sequence[float]]) -> NDArray[np.int8]:
    """Weights as whole steps; what is larger than :data:`LARGEST` counts as that.

    Example:
        >>> in_steps([[1.0, -0.5, 99.0] + [0.0] * (LANES - 3)])[0, :3].tolist()
        [32, -16, 127]
    """
    numbers = np.array(rows, np.float64).reshape(len(rows), LANES)
    return np.rint(np.clip(numbers, -LARGEST, LARGEST) / STEP).astype(np.int8)


class Weights:
    """Rows of weights by key.

    Args:
        keys: in the order of the rows.
        rows: whole steps, :data:`LANES` a row.
    """

    def __init__(self, keys: Sequence[str], rows: NDArray[np.int8]) -> None:
        keys = keys[: len(rows)]
        self._rows = np.concatenate([np.zeros((1, LANES), np.int8), rows])  # row 0: unknown keys
        self._asked = 0
        self._at = dict(zip(keys, range(1, len(keys) + 1), strict=True))
        codes = _codes("".join((*keys, _BETWEEN)), beyond=True)
        lengths = np.fromiter(map(len, keys), np.int64, len(keys))
        begins = np.cumsum(lengths) - lengths
        placed = np.flatnonzero((codes[begins] == ord(_STROKE)) & (lengths > 0)).tolist()
        self._of_place = {keys[at][1:]: at + 1 for at in placed}
        self._characters = np.zeros(_CODES, np.int64)
        single = np.flatnonzero(lengths == 1)
        single = single[codes[begins[single]] < _CODES]
        self._characters[codes[begins[single]]] = single + 1
        double = np.flatnonzero(lengths == 2)
        pairs = codes[begins[double]] * _CODES + codes[begins[double] + 1]
        order = np.argsort(pairs)
        self._pairs = np.append(pairs[order], _NO_PAIR)
        self._pair_rows = np.append(double[order] + 1, 0)

    def __contains__(self, key: str) -> bool:
        return key in self._at

    def __getitem__(self, key: str) -> list[float]:
        """The weights of a key, none of them other than zero where it is unknown."""
        numbers: list[float] = (STEP * self._rows[self._at.get(key, 0)]).tolist()
        return numbers

    def of_keys(self, groups: Iterable[Sequence[str]]) -> Matrix:
        """For each group of keys the sum of their rows.

        Example:
            >>> weights = Weights(["甲"], in_steps([[0.5] * LANES]))
            >>> weights.of_keys([["甲", "甲"], ["乙"]])[:, 0].tolist()
            [1.0, 0.0]
        """
        return _in_lanes(self._of_groups(list(groups), self._at))

    def of_places(self, groups: Iterable[Sequence[str]]) -> Matrix:
        """The same for flags of a place, whose keys begin with a stroke."""
        return _in_lanes(self._of_groups(list(groups), self._of_place))

    def of_clauses(
        self,
        wordings: Sequence[str],
        shapes: Sequence[Sequence[str]],
        flags: Sequence[Sequence[str]],
        share: int,
    ) -> Matrix:
        """For each clause the sum of the rows of its wording and its keys.

        Args:
            wordings: their characters and pairs of neighbours count.
            shapes: keys of each.
            flags: further keys of each.
            share: so many times those count.

        Example:
            >>> weights = Weights(["甲", "乙"], in_steps([[0.5] * LANES, [0.25] * LANES]))
            >>> weights.of_clauses(["甲甲"], [["乙"]], [["乙"]], 2)[:, 0].tolist()
            [1.75]
        """
        total = share * self._of_groups(flags, self._at)
        total += self._of_groups(shapes, self._at)
        total += self._of_wordings(wordings)
        return _in_lanes(total)

    def _of_groups(self, groups: Sequence[Sequence[str]], at: Mapping[str, int]) -> Whole:
        keys = itertools.chain.from_iterable(groups)
        rows = np.fromiter(map(at.get, keys, itertools.repeat(0)), np.int64)
        return self._summed(rows, _running_ends(map(len, groups)))

    def _of_wordings(self, wordings: Sequence[str]) -> Whole:
        """For each wording the sum of the rows of its characters and its pairs of neighbours."""
        codes = _codes(_BETWEEN.join((*wordings, "")))
        pairs = codes[:-1] * _CODES + codes[1:]
        order = np.argsort(pairs)  # one after the other they are found three times as fast
        at = np.empty_like(order)
        at[order] = np.searchsorted(self._pairs, pairs[order])
        rows = np.zeros((len(codes), 2), np.int64)
        rows[:, 0] = self._characters.take(codes)
        rows[:-1, 1] = np.where(self._pairs[at] == pairs, self._pair_rows[at], 0)
        return self._summed(
            rows.ravel(), 2 * _running_ends(len(wording) + 1 for wording in wordings)
        )

    def _summed(self, rows: Whole, ends: Whole) -> Whole:
        """Sums of the rows up to each end, from the one before; unknown keys add nothing."""
        ends = np.concatenate([[0], ends])
        self._asked += len(rows)
        often = self._asked > _OFTEN
        total = np.zeros((len(ends) - 1, _COLUMNS), np.int64)
        for first in range(0, len(total), _AT_ONCE):
            starts = ends[first : first + _AT_ONCE + 1]
            some = np.flatnonzero(np.diff(starts))  # reduceat has no empty sums
            if len(some):
                those, begins = rows[starts[0] : starts[-1]], starts[some] - starts[0]
                if often:
                    sums = np.add.reduceat(self._packed_rows.take(those, axis=0), begins, axis=0)
                else:
                    table = self._rows.take(those, axis=0).astype(np.int32)
                    sums = _packed(np.add.reduceat(table, begins, axis=0))
                total[first + some] = sums
        return total

    @functools.cached_property
    def _packed_rows(self) -> Whole:
        """All rows packed: sooner added, and no work for one short text."""
        return _packed(self._rows)


def _packed(rows: NDArray[np.int8] | NDArray[np.int32]) -> Whole:
    """The steps of each row with several side by side in one number."""
    *others, last = (rows[:, at : at + _COLUMNS] for at in range(0, LANES, _COLUMNS))
    packed = last.astype(np.int64)
    for side in reversed(others):
        packed <<= _BITS
        packed += side
    return packed


def _in_lanes(sums: Whole) -> Matrix:
    """The numbers of each lane, from sums of packed rows."""
    half = 1 << (_BITS - 1)
    rest, lanes = sums, []
    for _ in range(_SIDES):
        low = ((rest + half) & (2 * half - 1)) - half
        lanes.append(low)
        rest = (rest - low) >> _BITS
    numbers: Matrix = STEP * np.concatenate(lanes, axis=1)
    return numbers


def _codes(text: str, *, beyond: bool = False) -> Whole:
    """Numbers of the characters; 0 for those that are no keys, unless they are asked for."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    return codes if beyond else np.where(codes < _CODES, codes, 0)


def _running_ends(lengths: Iterable[int]) -> Whole:
    return np.cumsum(np.fromiter(lengths, np.int64))
