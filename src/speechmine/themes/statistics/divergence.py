"""How far apart two distributions, rankings or sets are; own formulas, with sources."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from speechmine.themes.statistics.arrays import Floats

__all__ = ["jensen_shannon"]


def _as_shares(table: npt.ArrayLike) -> Floats:
    given = np.asarray(table, dtype=float)
    total = given.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(given, total, out=np.zeros_like(given), where=total > 0))


def jensen_shannon(p: npt.ArrayLike, q: npt.ArrayLike, base: float = 2.0) -> Floats:
    """Jensen-Shannon divergence of counts or shares (Lin 1991); 0 to 1 in base 2.

    Args:
        p: one distribution, or several as rows.
        q: another, or as many.
        base: of the logarithm.

    Example:
        >>> float(jensen_shannon([1, 0], [0, 1]))
        1.0
    """
    first, second = _as_shares(p), _as_shares(q)
    middle = (first + second) / 2
    parts = special.rel_entr(first, middle) + special.rel_entr(second, middle)
    return np.asarray(parts.sum(axis=-1) / 2 / np.log(base))
