"""Measures of how much a word belongs to one of two groups of texts; own formulas, with sources."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from speechmine.themes.statistics.arrays import Floats
from speechmine.themes.statistics.intervals import exact_interval

__all__ = [
    "Correction",
    "benjamini_hochberg",
    "conservative_log_ratio",
    "g2",
    "log_odds",
    "log_ratio",
    "percent_difference",
]

Correction = Literal["none", "yates", "williams"]


def _four_cells(
    k1: npt.ArrayLike, n1: npt.ArrayLike, k2: npt.ArrayLike, n2: npt.ArrayLike
) -> Floats:
    """The four cells: the word and the rest, in target and reference."""
    a, c = np.asarray(k1, dtype=float), np.asarray(k2, dtype=float)
    return np.stack(np.broadcast_arrays(a, np.asarray(n1) - a, c, np.asarray(n2) - c))


def _expected_cells(cells: Floats) -> Floats:
    a, b, c, d = cells
    total = a + b + c + d
    return np.stack(
        [
            (a + b) * (a + c) / total,
            (a + b) * (b + d) / total,
            (c + d) * (a + c) / total,
            (c + d) * (b + d) / total,
        ]
    )


def _yates(cells: Floats, expected: Floats) -> Floats:
    """Cells moved by one half towards independence, where a table is small and far from it."""
    a, b, c, d = cells
    apart = a * d - b * c
    shift = np.where(
        (np.abs(apart) >= cells.sum(axis=0) / 2) & (expected < 5).any(axis=0), np.sign(apart) / 2, 0
    )
    return np.stack([a - shift, b + shift, c + shift, d - shift])


def _williams(cells: Floats) -> Floats:
    """Williams' q (1976), 1 where a cell is empty."""
    a, b, c, d = cells
    total = cells.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        rows = total / (a + b) + total / (c + d) - 1
        columns = total / (a + c) + total / (b + d) - 1
        return np.where((cells == 0).any(axis=0), 1.0, 1 + rows * columns / (6 * total))


def g2(
    k1: npt.ArrayLike,
    n1: npt.ArrayLike,
    k2: npt.ArrayLike,
    n2: npt.ArrayLike,
    *,
    correction: Correction = "none",
    formula: Literal["dunning", "rayson"] = "dunning",
) -> Floats:
    """Signed log-likelihood ratio: positive where the word is more frequent in the target.

    ``2 * sum(O * ln(O / E))`` over four cells (Dunning 1993) or over the word's own two
    (Rayson & Garside 2000); 0 * ln 0 is 0.

    Args:
        k1: counts in the target.
        n1: size of the target.
        k2: counts in the reference.
        n2: size of the reference.
        correction: Yates' (small tables only) or Williams', for four cells.
        formula: ``dunning`` or ``rayson``.

    Example:
        >>> float(g2(7, 10, 2, 9).round(4)), float(g2(0, 1000, 10, 1000, formula="rayson").round(4))
        (4.5349, -13.8629)
    """
    cells = _four_cells(k1, n1, k2, n2)
    expected = _expected_cells(cells)
    sign = np.sign(cells[0] - expected[0])
    if formula == "rayson":
        picked = [0, 2]
        total = cells.sum(axis=0)
        both = cells[0] + cells[2]
        sizes = np.stack([cells[0] + cells[1], cells[2] + cells[3]])
        return _signed(
            2 * special.xlogy(cells[picked], _log_terms(cells[picked], both * sizes / total)), sign
        )
    observed = _yates(cells, expected) if correction == "yates" else cells
    value = 2 * special.xlogy(observed, _log_terms(observed, expected))
    q = _williams(cells) if correction == "williams" else 1.0
    return _signed(value, sign) / q


def _log_terms(observed: Floats, expected: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, observed / expected, 1.0)


def _signed(terms: Floats, sign: Floats) -> Floats:
    return np.asarray(np.abs(terms.sum(axis=0)) * sign)


def log_ratio(k1: npt.ArrayLike, n1: npt.ArrayLike, k2: npt.ArrayLike, n2: npt.ArrayLike) -> Floats:
    """Binary logarithm of the ratio of rates (Hardie 2014): 1 is twice as frequent; 0 counts 0.5.

    Example:
        >>> float(log_ratio(8, 1000, 2, 1000))
        2.0
    """
    a, c = np.asarray(k1, dtype=float), np.asarray(k2, dtype=float)
    first = np.where(a == 0, 0.5, a) / np.asarray(n1)
    return np.asarray(np.log2(first / (np.where(c == 0, 0.5, c) / np.asarray(n2))))


def conservative_log_ratio(
    k1: npt.ArrayLike,
    n1: npt.ArrayLike,
    k2: npt.ArrayLike,
    n2: npt.ArrayLike,
    *,
    candidates: int | None = None,
    level: float = 0.95,
) -> Floats:
    """The log ratio that is left when chance is taken off; 0 where nothing is (Evert 2022).

    The Clopper-Pearson interval of k1 among k1 + k2, at the level shared out over all candidates
    (Bonferroni); its bound nearer to none.

    Args:
        k1: counts in the target.
        n1: size of the target.
        k2: counts in the reference.
        n2: size of the reference.
        candidates: words tested; as many as are given by default.
        level: of confidence, two-sided.

    Example:
        >>> float(conservative_log_ratio(8, 1000, 2, 1000, candidates=100))
        0.0
    """
    lower, upper = exact_interval(k1, n1, k2, n2, candidates=candidates, level=level)
    return np.asarray(np.where(lower > 0, lower, np.where(upper < 0, upper, 0.0)))


def percent_difference(
    k1: npt.ArrayLike, n1: npt.ArrayLike, k2: npt.ArrayLike, n2: npt.ArrayLike
) -> Floats:
    """%DIFF, the difference of rates in percent of the reference's (Gabrielatos & Marchi 2011).

    inf where the reference has none.
    """
    first = np.asarray(k1, dtype=float) / np.asarray(n1)
    second = np.asarray(k2, dtype=float) / np.asarray(n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(first == second, 0.0, (first - second) / second * 100))


def log_odds(
    k1: npt.ArrayLike, k2: npt.ArrayLike, prior: npt.ArrayLike | float | None = None
) -> tuple[Floats, Floats, Floats]:
    """Log-odds ratio with Dirichlet prior: difference, variance, z (Monroe et al. 2008, 15-22).

    Args:
        k1: counts of all words in the target.
        k2: counts of the same words in the reference.
        prior: pseudo-counts a word; the pooled counts plus 0.01 by default. A small flat prior
            (0.01) puts words that are new or gone last; do not rank those by it.

    Example:
        >>> delta, variance, z = log_odds([40, 6, 954], [40, 0, 960])
        >>> z.round(2).tolist()
        [0.0, 1.39, -1.84]
    """
    a, c = np.asarray(k1, dtype=float), np.asarray(k2, dtype=float)
    alpha = np.broadcast_to(a + c + 0.01 if prior is None else np.asarray(prior, float), a.shape)
    total = alpha.sum()
    first, second = a + alpha, c + alpha
    delta = np.log(first / (a.sum() + total - first)) - np.log(second / (c.sum() + total - second))
    variance = 1 / first + 1 / second
    return delta, variance, delta / np.sqrt(variance)


def benjamini_hochberg(p: npt.ArrayLike) -> Floats:
    """P values adjusted for their number, controlling the false discovery rate (1995).

    Example:
        >>> benjamini_hochberg([0.01, 0.02, 0.5]).tolist()
        [0.03, 0.03, 0.5]
    """
    given = np.asarray(p, dtype=float)
    if not given.size:
        return given
    return np.asarray(stats.false_discovery_control(given, method="bh"))
