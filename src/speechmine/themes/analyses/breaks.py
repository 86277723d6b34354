"""Years in which the level of a series breaks, told from chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.statistics.arrays import Floats
from speechmine.themes.statistics.association import benjamini_hochberg
from speechmine.themes.statistics.splitting import DRAWS, SHORTEST_PIECE, strongest_break
from speechmine.themes.tables.checks import need_columns
from speechmine.themes.tables.result import tidy

__all__ = ["changepoints"]

_COLUMNS = {
    "break_year": "Int64",
    "previous_year": "Int64",
    "mean_before": "float64",
    "mean_after": "float64",
    "p": "float64",
    "p_adj": "float64",
    "n_years": "int64",
}


@dataclass(frozen=True, slots=True)
class _Break:
    """Where the right-hand piece begins, and how often chance gives as much."""

    at: int
    p: float


def changepoints(
    table: pd.DataFrame, *, item: str = "term", value: str = "rate", level: float = 0.05
) -> pd.DataFrame:
    """Breaks in the mean of each item's yearly series; years without a value are left out.

    Of each series the split into two pieces of two years or more that takes most squared error
    away; it counts if no more than ``level`` of all orders of the same values give as much
    (permutation test, so that it holds for series of mostly zeros, too), after a correction for
    the number of series. The pieces of a series that has a break are looked at again.

    The test takes the values of a series to be independent of each other but for the break (any
    order is as likely as any other). Values of overlapping windows, such as :func:`novelty` gives,
    moving averages and running sums are not: neighbours share years, runs arise by themselves, and
    ``p`` comes out too small. Ask it of yearly values, or take every ``window``-th one.

    A steady rise is split as well, for its halves differ: :func:`term_trends` tells it. Of fewer
    than eight years no order is rare enough to be told from chance.

    Args:
        table: any with ``year``, an item and a value, such as :func:`term_frequency` gives.
        item: column that names the series.
        value: column of the values.
        level: of ``p_adj``: at most this share of what is listed is expected to be chance.

    Returns:
        The item, ``break_year`` (first year of the new level), ``previous_year`` (last one of
        the old), ``mean_before``, ``mean_after``, ``p`` (of the permutation test), ``p_adj``
        (Benjamini & Hochberg over the first breaks of all series; a later break has at least
        that of the one before), ``n_years``. ``attrs["params"]`` has how many series were
        looked at.

    Raises:
        UsageError: a column is missing, a year of an item occurs twice, or the level is none.

    Source:
        Binary segmentation: Vostrikova (1981). Permutation: Matteson & James (2014), Journal of
        the American Statistical Association 109.

    Example:
        >>> years = range(2010, 2020)
        >>> values = [1.0, 1.2, 0.9, 1.1, 1.0, 5.0, 5.2, 4.9, 5.1, 5.0]
        >>> table = pd.DataFrame({"year": years, "term": "就业", "rate": values})
        >>> changepoints(table)["break_year"].tolist()
        [2015]
    """
    need_columns(table, "year", item, value)
    if not 0 < level < 1:
        raise UsageError(f"level={level!r}: a share between 0 and 1 is expected, such as 0.05")
    known = table.dropna(subset=["year", value]).sort_values([item, "year"], kind="stable")
    _check_once(known, item)
    series = dict(iter(known.groupby(item)))
    values = {name: group[value].to_numpy(dtype=float) for name, group in series.items()}
    first = {name: strongest_break(row) for name, row in values.items()}
    adjusted = benjamini_hochberg([1.0 if found is None else found[1] for found in first.values()])
    rows = [
        {item: name, **row}
        for (name, group), p_adj in zip(series.items(), adjusted, strict=True)
        if p_adj <= level
        for row in _break_rows(group["year"].tolist(), values[name], float(p_adj), level)
    ]
    frame = pd.DataFrame(rows, columns=[item, *_COLUMNS]).astype(_COLUMNS)
    return tidy(
        frame,
        "binary segmentation by squared error, permutation test (Matteson & James 2014)",
        value=value,
        level=level,
        draws=DRAWS,
        min_years=SHORTEST_PIECE,
        n_series=len(series),
    )


def _check_once(known: pd.DataFrame, item: str) -> None:
    twice = known[known.duplicated([item, "year"])]
    if len(twice):
        name, year = twice[item].iloc[0], int(twice["year"].iloc[0])
        raise UsageError(
            f"several rows of {name} for {year}: select one place or part of the table first"
        )


def _break_rows(
    years: list[int], values: Floats, first: float, level: float
) -> Iterator[dict[str, object]]:
    """The breaks of a series that has one, by year."""
    found = sorted(_breaks_in(values, 0, len(values), level), key=lambda one: one.at)
    ends = [0, *(one.at for one in found), len(values)]
    for number, one in enumerate(found, 1):
        yield {
            "break_year": int(years[one.at]),
            "previous_year": int(years[one.at - 1]),
            "mean_before": float(values[ends[number - 1] : one.at].mean()),
            "mean_after": float(values[one.at : ends[number + 1]].mean()),
            "p": one.p,
            "p_adj": max(first, one.p),
            "n_years": len(years),
        }


def _breaks_in(values: Floats, first: int, last: int, level: float) -> Iterator[_Break]:
    found = strongest_break(values[first:last])
    # The whole series has passed the stricter test of all series together.
    if found is None or found[1] > level:
        return
    at = first + found[0]
    yield _Break(at, found[1])
    yield from _breaks_in(values, first, at, level)
    yield from _breaks_in(values, at, last, level)
