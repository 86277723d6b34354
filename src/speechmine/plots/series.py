"""Yearly series out of a tidy table: a missing year is a hole, never a zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from speechmine.errors import UsageError
from speechmine.plots.style import need
from speechmine.plots.words import has, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "SHARES",
    "Curve",
    "curves_of",
    "item_of",
    "label_of",
    "name_of",
    "note_left_out",
    "value_of",
]

#: Columns whose values are shares of a whole.
SHARES = (
    *("share", "prevalence", "share_of_hits", "repeated", "edited", "new"),
    *("share_party", "share_date", "share_measurable", "share_encouraged"),
)
Floats = npt.NDArray[np.float64]
_ITEMS = ("term", "label", "topic", "strength", "kind", "party", "place")
_VALUES = ("rate", "prevalence", "share", "value", "divergence", "novelty", "h", "theta")


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: a value or a hole (nan) for each year from the first to the last."""

    name: str
    years: Floats
    heights: Floats
    low: Floats | None = None
    high: Floats | None = None


def item_of(table: pd.DataFrame, given: str | None) -> str | None:
    """The column that names the series; None where the table is one series."""
    return given or next((name for name in _ITEMS if name in table.columns), None)


def value_of(table: pd.DataFrame, given: str | None) -> str:
    """The column that is drawn.

    Raises:
        UsageError: no column is known, and none is named.
    """
    found = given or next((name for name in _VALUES if name in table.columns), None)
    if found is None:
        have = ", ".join(map(str, table.columns))
        raise UsageError(f"name the column to draw: value=...; the table has: {have}")
    return found


def label_of(value: str, table: pd.DataFrame) -> str:
    """What an axis says."""
    per = table.attrs.get("params", {}).get("per")
    if value == "rate" and per == 10_000:
        base = "tokens" if table.attrs["params"].get("base") == "tokens" else "chars"
        return say("rate", unit=say(f"base.{base}"))
    return say(f"value.{value}") if has(f"value.{value}") else value


def name_of(item: object) -> str:
    """What a figure calls an item.

    Example:
        >>> name_of("weak"), name_of("就业")
        ('弱（鼓励、探索）', '就业')
    """
    return say(f"name.{item}") if has(f"name.{item}") else str(item)


def curves_of(
    table: pd.DataFrame,
    *,
    item: str | None,
    value: str,
    items: Sequence[object] | None = None,
    top: int = 8,
) -> list[Curve]:
    """The series of the items wanted, or of those with the highest mean.

    Raises:
        UsageError: an item has no row, or two in one year.
    """
    need(table, "year", value)
    known = table.dropna(subset=["year"])
    years = np.arange(int(known["year"].min()), int(known["year"].max()) + 1, dtype=float)
    if item is None:
        return [_one_curve(known, "", value, years)]
    need(known, item)
    chosen = list(items) if items is not None else _highest(known, item, value, top)
    parts = {name: known[known[item] == name] for name in chosen}
    absent = [str(name) for name, part in parts.items() if part.empty]
    if absent:
        raise UsageError(f"no row with {item} = {', '.join(absent)}")
    return [_one_curve(part, name_of(name), value, years) for name, part in parts.items()]


def note_left_out(table: pd.DataFrame, item: str | None, drawn: int) -> str:
    """What a caption says where not every item is drawn."""
    held = table[item].nunique() if item is not None else drawn
    return say("left_out", n=drawn, more=held - drawn, all=held) if held > drawn else ""


def _highest(table: pd.DataFrame, item: str, value: str, top: int) -> list[object]:
    means = table.groupby(item, sort=True)[value].mean().dropna()
    return list(means.sort_values(ascending=False, kind="stable").index[:top])


def _one_curve(part: pd.DataFrame, name: str, value: str, years: Floats) -> Curve:
    twice = part["year"][part["year"].duplicated()]
    if len(twice):
        what = f" of {name}" if name else ""
        raise UsageError(
            f"several rows{what} for {twice.iloc[0]}: select one place or part of the table first"
        )
    at = part["year"].to_numpy(dtype=int) - int(years[0])
    bounds = [_spread_out(part, column, at, len(years)) for column in ("ci_low", "ci_high")]
    values = _spread_out(part, value, at, len(years))
    if values is None:
        raise UsageError(f"the table has no column {value!r}")
    return Curve(name, years, values, *bounds)


def _spread_out(
    part: pd.DataFrame, column: str, at: npt.NDArray[np.int64], n: int
) -> Floats | None:
    if column not in part.columns:
        return None
    row = np.full(n, np.nan)
    row[at] = part[column].to_numpy(dtype=float, na_value=np.nan)
    return row
