"""Years in which the level of a series breaks."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from speechmine.themes.checks import need_columns
from speechmine.themes.result import tidy

__all__ = ["break_points", "changepoints"]

Floats = npt.NDArray[np.float64]
# A series that moves less than this, by its largest value, stands still.
_STILL = 1e-9
# Median absolute deviation to standard deviation, for differences of two values.
_SIGMA = 1.4826 / math.sqrt(2)


def changepoints(
    table: pd.DataFrame, *, item: str = "term", value: str = "rate", penalty: float | None = None
) -> pd.DataFrame:
    """Breaks in the mean of each item's yearly series; years without a value are left out.

    The split into pieces of two years or more that costs least, squared error plus a penalty a
    break, found exactly (optimal partitioning; Killick et al. 2012; Truong et al. 2020).

    Args:
        table: any with ``year``, an item and a value, such as :func:`term_frequency` gives.
        item: column that names the series.
        value: column of the values.
        penalty: of a break; ``2 * sigma**2 * ln(n)`` by default, sigma from the median absolute
            difference of neighbours, so that noise buys no break.

    Returns:
        The item, ``break_year`` (first year of the new level), ``previous_year`` (last one of
        the old), ``mean_before``, ``mean_after``, ``penalty``, ``n_years``.

    Example:
        >>> years = range(2010, 2020)
        >>> values = [1.0, 1.2, 0.9, 1.1, 1.0, 5.0, 5.2, 4.9, 5.1, 5.0]
        >>> table = pd.DataFrame({"year": years, "term": "就业", "rate": values})
        >>> changepoints(table)["break_year"].tolist()
        [2015]
    """
    need_columns(table, "year", item, value)
    known = table.dropna(subset=["year", value])
    rows = [
        row for name, group in known.groupby(item) for row in _breaks(name, group, value, penalty)
    ]
    columns = [
        "item",
        "break_year",
        "previous_year",
        "mean_before",
        "mean_after",
        "penalty",
        "n_years",
    ]
    frame = pd.DataFrame(rows, columns=columns).rename(columns={"item": item})
    return tidy(
        frame,
        "optimal partition by squared error (Killick et al. 2012)",
        value=value,
        penalty="2 * sigma^2 * ln(n)" if penalty is None else penalty,
        min_years=2,
    )


def _breaks(
    name: object, group: pd.DataFrame, value: str, penalty: float | None
) -> list[dict[str, object]]:
    group = group.sort_values("year")
    years = [int(year) for year in group["year"]]
    values = group[value].to_numpy(dtype=float)
    cost = _penalty(values) if penalty is None else penalty
    ends = break_points(values, penalty=cost)
    starts = [0, *ends[:-1]]
    means = [float(values[a:b].mean()) for a, b in zip(starts, ends, strict=True)]
    return [
        {
            "item": name,
            "break_year": years[at],
            "previous_year": years[at - 1],
            "mean_before": means[i],
            "mean_after": means[i + 1],
            "penalty": cost,
            "n_years": len(years),
        }
        for i, at in enumerate(ends[:-1])
    ]


def _penalty(values: Floats) -> float:
    """BIC penalty; a series that mostly stands still takes its standard deviation."""
    if len(values) < 2:
        return 0.0
    sigma = float(np.median(np.abs(np.diff(values)))) * _SIGMA or float(values.std())
    return 2 * sigma**2 * math.log(len(values))


def break_points(
    values: npt.ArrayLike | Sequence[float],
    *,
    penalty: float | None = None,
    breaks: int | None = None,
    min_size: int = 2,
) -> list[int]:
    """Ends of the pieces of the best partition, the last one the length of the series.

    Args:
        values: the series.
        penalty: cost of a break; or
        breaks: exactly so many of them.
        min_size: least length of a piece.

    Example:
        >>> break_points([1, 1, 1, 9, 9, 9], breaks=1)
        [3, 6]
    """
    given = np.asarray(values, dtype=float)
    costs = _piece_costs(given)
    n = len(given)
    if breaks is None and (n == 0 or np.ptp(given) <= _STILL * np.abs(given).max()):
        return [n]
    if breaks is not None:
        return _fixed(costs, n, breaks, min_size)
    best = np.full(n + 1, math.inf)
    best[0] = 0.0
    last = [0] * (n + 1)
    for end in range(1, n + 1):
        for start in [0, *range(min_size, end)] if end >= min_size else [0]:
            if end - start < min_size and n >= min_size:
                continue
            total = best[start] + costs[start, end] + (penalty or 0.0) * (start > 0)
            if total < best[end]:
                best[end], last[end] = total, start
    return _traced(last, n)


def _fixed(costs: Floats, n: int, breaks: int, min_size: int) -> list[int]:
    """The same with a fixed number of breaks."""
    best = costs[0].copy()
    back: list[list[int]] = []
    for _ in range(breaks):
        now, last = np.full(n + 1, math.inf), [0] * (n + 1)
        for end in range(2 * min_size, n + 1):
            for start in range(min_size, end - min_size + 1):
                if best[start] + costs[start, end] < now[end]:
                    now[end], last[end] = best[start] + costs[start, end], start
        best = now
        back.append(last)
    ends = [n]
    for pointers in reversed(back):
        ends.append(pointers[ends[-1]])
    return ends[::-1]


def _piece_costs(values: Floats) -> Floats:
    """Squared error of each piece from its mean."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    squares = np.concatenate([[0.0], np.cumsum(values**2)])
    lengths = np.arange(len(sums))[None, :] - np.arange(len(sums))[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        means = (sums[None, :] - sums[:, None]) ** 2 / lengths
        costs = squares[None, :] - squares[:, None] - means
    return np.asarray(np.where(lengths > 0, costs, 0.0))


def _traced(last: Sequence[int], n: int) -> list[int]:
    ends, at = [], n
    while at > 0:
        ends.append(at)
        at = last[at]
    return ends[::-1]
