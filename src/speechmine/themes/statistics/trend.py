"""Whether a series rises or falls, told from chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from speechmine.themes.statistics.arrays import Floats

__all__ = ["Trend", "mann_kendall", "theil_sen"]


@dataclass(frozen=True, slots=True)
class Trend:
    """Mann-Kendall test: ``s``, its variance, ``z``, two-sided ``p``, ``tau``, a value a series."""

    s: Floats
    variance: Floats
    z: Floats
    p: Floats
    tau: Floats


def mann_kendall(table: npt.ArrayLike) -> Trend:
    """Test for a monotone trend with tie correction (Mann 1945; Kendall 1975).

    Only the order of the years matters, so that gaps do no harm.

    Args:
        table: one row a year, one column a series.

    Example:
        >>> trend = mann_kendall([[value] for value in (8, 9, 12, 11, 15, 14, 18, 21, 20, 25)])
        >>> trend.s.tolist(), trend.z.round(4).tolist(), trend.p.round(6).tolist()
        ([39.0], [3.3988], [0.000677])
    """
    values = np.asarray(table, dtype=float)
    n = values.shape[0]
    upper = np.triu_indices(n, 1)
    s = np.sign(values[upper[1]] - values[upper[0]]).sum(axis=0)
    ties = np.array([_tie_term(column) for column in values.T])
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(variance > 0, (s - np.sign(s)) / np.sqrt(variance), 0.0)
    p = 2 * stats.norm.sf(np.abs(z))
    return Trend(s, variance, z, p, s / (n * (n - 1) / 2) if n > 1 else s * np.nan)


def _tie_term(column: Floats) -> float:
    counts = np.unique(column, return_counts=True)[1].astype(float)
    return float((counts * (counts - 1) * (2 * counts + 5)).sum())


def theil_sen(years: npt.ArrayLike, table: npt.ArrayLike) -> Floats:
    """Median of the slopes of all pairs, a true year (Theil 1950; Sen 1968).

    Args:
        years: of the rows.
        table: one row a year, one column a series.

    Example:
        >>> theil_sen([2000, 2001, 2005], [[1.0], [2.0], [6.0]]).tolist()
        [1.0]
    """
    when, values = np.asarray(years, dtype=float), np.asarray(table, dtype=float)
    upper = np.triu_indices(len(when), 1)
    apart = (when[upper[1]] - when[upper[0]])[:, None]
    return np.concatenate(
        [
            np.median((part[upper[1]] - part[upper[0]]) / apart, axis=0)
            for part in np.array_split(values, max(values.shape[1] // 500, 1), axis=1)
        ]
    )
