"""A table of weights by key, and their sums over many clauses at once.

A linear model adds one row of weights for each character, pair of characters and named key. Rows
are looked up for a whole text in one step, and added for each clause in another.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from speechmine.judge.grams import Grams, Whole, is_gram, numbers_of

__all__ = ["LANES", "LARGEST", "STEP", "Matrix", "Weights", "in_steps"]

#: Numbers of a row: ten labels, four tags and two levels, each once for the thing itself, the one
#: before and the one behind.
LANES = 3 * (10 + 4 + 2)
#: Weights are kept in steps of this size, up to LARGEST on either side (one byte).
STEP = 1 / 32
LARGEST = 127 * STEP

#: Numbers in rows and columns.
Matrix = NDArray[np.float64]
# Behind the numbers of all grams.
_NO_GRAM = np.iinfo(np.int64).max
# So many clauses are added at a time, so that a long text needs no more room than a short one.
_AT_ONCE = 256
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
        self._rows = _packed(np.concatenate([np.zeros((1, LANES), np.int8), rows]))
        self._at = {key: at for at, key in enumerate(keys, 1)}  # row 0: unknown keys
        grams = list(filter(is_gram, keys))
        numbers, rows_of = numbers_of(grams), np.array([self._at[gram] for gram in grams], np.int64)
        order = np.argsort(numbers)
        self._grams = np.append(numbers[order], _NO_GRAM)
        self._gram_rows = np.append(rows_of[order], 0)

    def __contains__(self, key: str) -> bool:
        return key in self._at

    def __getitem__(self, key: str) -> list[float]:
        """The weights of a key, none of them other than zero where it is unknown."""
        numbers: list[float] = _in_lanes(self._rows[[self._at.get(key, 0)]])[0].tolist()
        return numbers

    def of_keys(self, groups: Sequence[Sequence[str]]) -> Matrix:
        """For each group of keys the sum of their rows.

        Example:
            >>> weights = Weights(["甲"], in_steps([[0.5] * LANES]))
            >>> weights.of_keys([["甲", "甲"], ["乙"]])[:, 0].tolist()
            [1.0, 0.0]
        """
        keys = itertools.chain.from_iterable(groups)
        rows = np.fromiter(map(self._at.get, keys, itertools.repeat(0)), np.int64)
        owners = np.repeat(np.arange(len(groups)), np.fromiter(map(len, groups), np.int64))
        return self._summed(rows, owners, len(groups))

    def of_grams(self, grams: Grams) -> Matrix:
        """For each clause the sum of the rows of its grams.

        Example:
            >>> from speechmine.judge.grams import grams_of_clauses
            >>> weights = Weights(["甲", "甲$"], in_steps([[0.5] * LANES, [0.25] * LANES]))
            >>> weights.of_grams(grams_of_clauses(["甲甲"], ["甲"]))[:, 0].tolist()
            [1.75]
        """
        order = np.argsort(grams.numbers)  # one after the other they are found sooner
        numbers = grams.numbers[order]
        at = np.searchsorted(self._grams, numbers)
        rows = np.where(self._grams[at] == numbers, self._gram_rows[at], 0)
        return self._summed(rows, grams.clauses[order], len(grams.sizes))

    def _summed(self, rows: Whole, owners: Whole, count: int) -> Matrix:
        """The sum of the rows of each owner."""
        known = np.flatnonzero(rows)
        known = known[np.argsort(owners[known])]
        rows, owners = rows[known], owners[known]
        bounds = np.append(np.flatnonzero(np.diff(owners, prepend=-1)), len(rows))
        total = np.zeros((count, _COLUMNS), np.int64)
        for first in range(0, len(bounds) - 1, _AT_ONCE):
            starts = bounds[first : first + _AT_ONCE + 1]
            those = self._rows.take(rows[starts[0] : starts[-1]], axis=0)
            total[owners[starts[:-1]]] = np.add.reduceat(those, starts[:-1] - starts[0], axis=0)
        return _in_lanes(total)


def _packed(rows: NDArray[np.int8]) -> Whole:
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
