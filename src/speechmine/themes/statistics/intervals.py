"""Intervals of the log ratio: how large a difference of rates is when chance is taken off."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import stats

from speechmine.themes.statistics.arrays import Floats

__all__ = ["exact_interval"]


def exact_interval(
    k1: npt.ArrayLike,
    n1: npt.ArrayLike,
    k2: npt.ArrayLike,
    n2: npt.ArrayLike,
    *,
    candidates: int | None = None,
    level: float = 0.95,
) -> tuple[Floats, Floats]:
    """Bounds of the log ratio by Clopper & Pearson for k1 among k1 + k2 (Evert 2022).

    The error is shared out over all candidates (Bonferroni) and both sides; the lower bound at
    level 0.9 is the one-sided bound at 0.95.

    Args:
        k1: counts in the target.
        n1: size of the target.
        k2: counts in the reference.
        n2: size of the reference.
        candidates: words tested; as many as are given by default.
        level: of confidence.

    Example:
        >>> lower, upper = exact_interval(8, 1000, 2, 1000)
        >>> float(lower.round(3)), float(upper.round(3))
        (-0.325, 5.273)
    """
    a, c = np.asarray(k1, dtype=float), np.asarray(k2, dtype=float)
    size = np.asarray(n2, dtype=float) / np.asarray(n1, dtype=float)
    alpha = (1 - level) / 2 / (candidates or max(a.size, 1))
    # Clopper-Pearson bounds are quantiles of beta distributions; 0 and 1 at the ends.
    low = np.where(a == 0, 0.0, stats.beta.ppf(alpha, np.maximum(a, 0.5), c + 1))
    high = np.where(c == 0, 1.0, stats.beta.isf(alpha, a + 1, np.maximum(c, 0.5)))
    with np.errstate(divide="ignore"):
        lower, upper = np.log2(size * low / (1 - low)), np.log2(size * high / (1 - high))
    return np.asarray(lower), np.asarray(upper)
