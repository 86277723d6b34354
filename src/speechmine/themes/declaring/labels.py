"""What readers see for the names of columns and the values in them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from speechmine.themes.words.entries import shipped

__all__ = [
    "CODED",
    "SHARES",
    "cell_told",
    "column_title",
    "said",
    "series",
    "table_question",
    "table_title",
]

CODED = ("status", "shape", "kind", "strength", "section", "level", "hardness")
SHARES = (
    *("share", "share_of_hits", "prevalence", "repeated", "edited", "new", "rare_share"),
    *("share_party", "share_date", "share_measurable", "share_encouraged"),
)
_YEARS = (
    *("year", "first_year", "last_year", "absent_before", "absent_after", "peak_year"),
    *("prev_year", "previous_year", "year_a", "year_b", "report_year", "start", "end"),
)
_NONE = "—"
_LEAST_P = 0.001


@functools.cache
def _catalogue() -> Mapping[str, str]:
    return {entry["id"]: entry["value"] for entry in shipped("labels.csv")}


def column_title(column: object) -> str:
    """Heading of a column."""
    return _catalogue().get(f"column.{column}", str(column))


def table_title(name: str) -> str:
    """What readers see for the name of a table."""
    return _catalogue().get(f"table.{name}", name)


def table_question(name: str) -> str:
    """What a table answers."""
    return _catalogue().get(f"question.{name}", "")


def said(what: str, **values: object) -> str:
    """What readers are told beside the tables.

    Example:
        >>> said("by", by=column_title("year"))
        '按年份比较'
    """
    return _catalogue()[f"said.{what}"].format(**values)


def series(column: str) -> str:
    """Name of a column that is drawn as a line of its own, where lines are told apart."""
    return _catalogue().get(f"series.{column}", column_title(column))


def cell_told(column: str, value: Any, *, share: bool = False) -> str:
    """One cell as a reader sees it.

    Example:
        >>> cell_told("share", 0.256), cell_told("n", 1234), cell_told("year", 2024)
        ('25.6%', '1,234', '2024')
        >>> cell_told("p", 0.00001)
        '<0.001'
    """
    import pandas as pd

    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return _NONE
    if isinstance(value, bool) or str(value) in ("True", "False"):
        return _catalogue()[f"truth.{value}"]
    if isinstance(value, str):
        return _catalogue().get(f"value.{value}", value) if column in CODED else value
    return _number_told(column, float(value), share=share or column in SHARES)


def _number_told(column: str, value: float, *, share: bool) -> str:
    if column in _YEARS:
        return f"{value:.0f}"
    if share:
        return f"{value:.1%}"
    if column in ("p", "p_adj"):
        return f"<{_LEAST_P}" if value < _LEAST_P else f"{value:.3f}"
    if value == int(value) and abs(value) < 1e15:
        return f"{value:,.0f}"
    return f"{value:,.2f}"
