"""Where a series is best split in two, told from chance."""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

from speechmine.themes.statistics.arrays import Floats

__all__ = ["DRAWS", "SHORTEST_PIECE", "strongest_break"]

DRAWS = 9_999
_SEED = 0
# A level holds for two years at least: one odd report is no break.
SHORTEST_PIECE = 2
# Gains of two orders of the same values differ by rounding.
_ROUNDING = 1e-9


def strongest_break(values: npt.ArrayLike) -> tuple[int, float] | None:
    """Where a series is best split in two, and how often chance gives as good a split.

    Args:
        values: the series in order, without holes.

    Returns:
        The first place of the second piece and its p; None where the series is too short or
        stands still.

    Example:
        >>> strongest_break([0, 0, 0, 0, 0, 9, 9, 9, 9, 9])[0]
        5
        >>> strongest_break([3, 3, 3, 3, 3, 3]) is None
        True
    """
    given = np.asarray(values, dtype=float)
    if len(given) < 2 * SHORTEST_PIECE or np.ptp(given) <= _ROUNDING * np.abs(given).max():
        return None
    given = (given - given.mean()) / given.std()
    gains = _gains(given[None, :])[0]
    orders = _gains(given[_random_orders(len(given))]).max(axis=1)
    as_good = int((orders >= gains.max() - _ROUNDING).sum())
    return int(gains.argmax()) + SHORTEST_PIECE, (1 + as_good) / (1 + DRAWS)


def _gains(rows: Floats) -> Floats:
    """What each split takes off the squared error, one row a series of mean 0."""
    n = rows.shape[1]
    left = np.arange(SHORTEST_PIECE, n - SHORTEST_PIECE + 1)
    sums = rows.cumsum(axis=1)[:, left - 1]
    return np.asarray(sums**2 * (1 / left + 1 / (n - left)))


@functools.lru_cache(maxsize=64)
def _random_orders(n: int) -> npt.NDArray[np.int16]:
    """The same orders for every series of a length: no result hangs on the other series."""
    places = np.tile(np.arange(n, dtype=np.int16), (DRAWS, 1))
    return np.random.default_rng(_SEED).permuted(places, axis=1)
