"""How far each row stands from those before it and from those after it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from speechmine.themes.statistics.arrays import Floats
from speechmine.themes.statistics.divergence import jensen_shannon

__all__ = ["novelty_resonance"]


def novelty_resonance(
    table: npt.ArrayLike, window: int, base: float = 2.0
) -> tuple[Floats, Floats, Floats]:
    """Novelty, transience and resonance of rows in time order; missing at incomplete windows.

    Args:
        table: one distribution a row.
        window: rows before and after.
        base: of the logarithm.

    Example:
        >>> novelty_resonance([[1, 0], [0, 1], [0, 1]], 1)[0].tolist()
        [nan, 1.0, 0.0]
    """
    rows = np.asarray(table, dtype=float)
    n = len(rows)
    new, gone = np.full(n, np.nan), np.full(n, np.nan)
    for t in range(n):
        if t >= window:
            new[t] = jensen_shannon(rows[t], rows[t - window : t], base).mean()
        if t + window < n:
            gone[t] = jensen_shannon(rows[t], rows[t + 1 : t + 1 + window], base).mean()
    return new, gone, new - gone
