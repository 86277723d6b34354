"""Kleinberg's automaton, for batches and for single events."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import special

__all__ = ["burst_states"]


def burst_states(
    counts: npt.ArrayLike, sizes: npt.ArrayLike, *, s: float = 2.0, gamma: float = 1.0
) -> tuple[list[int], npt.NDArray[np.float64]]:
    """The cheapest path through two states, and what state 1 saves in each batch.

    Args:
        counts: relevant events a batch.
        sizes: all events a batch.
        s: ratio of the two states' rates.
        gamma: cost of a step up, times the logarithm of the number of batches.

    Example:
        >>> burst_states([0, 9, 9, 0, 0, 0], [99] * 6)[0]
        [0, 1, 1, 0, 0, 0]
    """
    r, d = np.asarray(counts, dtype=float), np.asarray(sizes, dtype=float)
    base = r.sum() / d.sum()
    rates = np.clip([base, s * base], 1e-12, 0.9999)
    # The binomial coefficient is the same in both states and cancels out.
    costs = -(special.xlogy(r[:, None], rates) + special.xlog1py((d - r)[:, None], -rates))
    step = gamma * math.log(len(r)) if len(r) else 0.0
    total = np.array([0.0, math.inf])
    back = []
    for cost in costs:
        moves = total[:, None] + np.array([[0.0, step], [0.0, 0.0]])
        back.append(moves.argmin(axis=0))
        total = moves.min(axis=0) + cost
    return _best_path(total, back), costs[:, 0] - costs[:, 1]


def _best_path(total: npt.NDArray[np.float64], back: Sequence[npt.NDArray[np.intp]]) -> list[int]:
    if not back:
        return []
    path = [int(total.argmin())]
    for pointers in reversed(back[1:]):
        path.append(int(pointers[path[-1]]))
    return path[::-1]
