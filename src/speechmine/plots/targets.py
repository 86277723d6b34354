"""Targets of places side by side, year by year: the ladder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from speechmine.errors import UsageError
from speechmine.plots.axes import number_axis, year_axis
from speechmine.plots.captions import caption_of
from speechmine.plots.style import GREY, PALETTE, drawing, finish, need, new_figure
from speechmine.plots.widths import shorten
from speechmine.plots.words import Lang, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["target_ladder"]

_LEVELS = ("national", "province", "prefecture", "county", "township")
_LEGEND_YEARS = 8
_ARROWS = {">=": 1, ">": 1, "<=": -1, "<": -1}


def target_ladder(
    table: pd.DataFrame,
    *,
    indicator: str = "gdp_growth",
    title: str | None = None,
    lang: Lang = "zh",
) -> Figure:
    """Targets of one indicator by year and place: each place a line of steps, ranges as bars.

    More than eight places become rows, the years shades from pale to dark.

    Full points are single values, hollow ones those with 左右 or another soft word; bars are
    ranges, arrows bounds (以上 up, 以内 down). A cross at the bottom marks a year whose report says
    that it sets none; a year without a mark had no target that was found.

    Args:
        table: of :func:`speechmine.targets`.
        indicator: ``indicator_id`` that is drawn.
        title: of the figure.
        lang: of the figure's own words, ``zh`` or ``en``.

    Raises:
        UsageError: the table has no yearly target of the indicator.

    Example:
        >>> from speechmine.model import Document
        >>> from speechmine.pledges import targets
        >>> text = "今年的主要预期目标是：地区生产总值增长5%左右。"
        >>> panel = targets([Document(text, id="a", date="2024-01-08", place="东河县")])
        >>> target_ladder(panel).axes[0].get_ylabel()
        '地区生产总值（%）'
    """
    need(table, "year", "indicator_id", "comparator")
    with drawing(lang):
        known = _wanted_rows(table, indicator)
        places = _from_the_top(known)
        crowded = len(places) > len(PALETTE) or known["year"].nunique() < min(len(places), 2)
        draw = _rows_by_place if crowded else _rows_by_year
        figure = draw(known, places, title)
        n = known["doc_id"].nunique() if "doc_id" in known.columns else len(known)
        told = say("targets", n=len(known), reports=n, places=len(places))
        return finish(figure, caption_of(table, told, say("marks")))


def _rows_by_year(table: pd.DataFrame, places: Sequence[str], title: str | None) -> Figure:
    """Years to the right, a colour a place."""
    figure = new_figure(8, 4.6, title)
    axes = figure.add_subplot()
    for number, place in enumerate(places):
        shift = (number - (len(places) - 1) / 2) * min(0.14, 0.6 / len(places))
        rows = table[table["place"] == place].to_dict("records")
        _steps(axes, rows, shift, PALETTE[number])
    _frame_years(axes, table, places)
    return figure


def _rows_by_place(table: pd.DataFrame, places: Sequence[str], title: str | None) -> Figure:
    """A row a place, a shade a year: more places than colours can be told apart."""
    figure = new_figure(8, 0.26 * len(places) + 1.6, title)
    axes = figure.add_subplot()
    order = _by_last_value(table, places)
    years = sorted({int(year) for year in table["year"]})
    shades = dict(zip(years, _shades(len(years)), strict=True))
    for at, place in enumerate(order):
        rows = table[table["place"] == place].sort_values("year", kind="stable")
        held = sorted({int(year) for year in rows["year"]})
        for row in rows.to_dict("records"):
            # The same value in two years: one below the other.
            shift = (held.index(int(row["year"])) - (len(held) - 1) / 2) * 0.56 / len(held)
            _row_mark(axes, at + shift, row, shades[int(row["year"])])
    axes.set_yticks(range(len(order)), [shorten(place, 24) for place in order])
    axes.set_ylim(len(order) - 0.4, -0.6)
    axes.grid(axis="y", color="#EDEDED", lw=0.7, zorder=0)
    axes.tick_params(axis="y", length=0)
    number_axis(axes.xaxis, [])
    axes.margins(x=0.06)
    axes.set_xlabel(_unit_label(table))
    _shade_legend(axes, shades)
    return figure


def _by_last_value(table: pd.DataFrame, places: Sequence[str]) -> list[str]:
    """From the highest of the last targets down, those without one at the end."""
    known = table.dropna(subset=["low", "high"], how="all")
    value = known["low"].fillna(known["high"])
    last = known.assign(value=value).sort_values("year", kind="stable")
    heights = last.groupby("place")["value"].last().to_dict()
    return sorted(places, key=lambda place: (-heights.get(place, float("-inf")), place))


def _shades(n: int) -> list[str]:
    """Pale to dark: the last year stands out."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    blues = colormaps["Blues"]
    return [to_hex(blues(0.3 + 0.7 * (i + 1) / n)) for i in range(n)]


def _row_mark(axes: Axes, at: float, row: Mapping[Any, Any], colour: str) -> None:
    ends = [float(row[name]) for name in ("low", "high") if not pd.isna(row[name])]
    if not ends:
        axes.plot(0.01, at, "x", ms=5, mew=1.3, color=colour, transform=axes.get_yaxis_transform())
        return
    if ends[0] < ends[-1]:
        axes.plot(ends, [at, at], color=colour, lw=4, alpha=0.55, solid_capstyle="butt", zorder=3)
    soft = _soft(row)
    axes.plot(ends[0], at, "o", ms=5, mfc="white" if soft else colour, mec=colour, zorder=4)
    way = _ARROWS.get(str(row["comparator"]))
    if way:
        axes.annotate(
            "",
            (ends[0], at),
            xytext=(13 * way, 0),
            textcoords="offset points",
            arrowprops={"arrowstyle": "<-", "color": colour, "lw": 1.1, "shrinkA": 0, "shrinkB": 2},
        )


def _shade_legend(axes: Axes, shades: Mapping[int, str]) -> None:
    """Years and their shades above the rows; of many years the first, some between, the last."""
    from matplotlib.lines import Line2D

    years = list(shades)
    step = max(-(-len(years) // _LEGEND_YEARS), 1)
    shown = sorted({*years[::-step]})
    handles = [
        Line2D([], [], marker="o", ls="", color=shades[year], label=str(year)) for year in shown
    ]
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=len(handles),
        frameon=False,
        handletextpad=0.1,
        columnspacing=1.0,
    )


def _wanted_rows(table: pd.DataFrame, indicator: str) -> pd.DataFrame:
    known = table[table["indicator_id"].eq(indicator).fillna(value=False).astype(bool)]
    known = known.dropna(subset=["year"])
    if "horizon" in known.columns:
        known = known[known["horizon"].eq("annual").fillna(value=False).astype(bool)]
    told = known[["low", "high"]].notna().any(axis=1)
    if "explicitly_absent" in known.columns:
        told |= known["explicitly_absent"].fillna(value=False).astype(bool)
    known = known[told]
    if not len(known):
        have = ", ".join(sorted(table["indicator_id"].dropna().unique()))
        raise UsageError(f"no yearly target of {indicator!r}; the table has: {have or 'none'}")
    return known.assign(place=known["place"].astype(object).fillna(say("nameless")))


def _from_the_top(table: pd.DataFrame) -> list[str]:
    """Places from the nation down."""
    rank = {level: i for i, level in enumerate(_LEVELS)}
    levels = table["level"] if "level" in table.columns else table["place"]
    keys = {
        (rank.get(str(level), len(rank)), str(place))
        for level, place in zip(levels, table["place"], strict=True)
    }
    return list(dict.fromkeys(place for _, place in sorted(keys)))


def _steps(axes: Axes, rows: Sequence[Mapping[Any, Any]], shift: float, colour: str) -> None:
    """One place: a thin line through the lower ends, and a mark a target."""
    before: tuple[int, float] | None = None
    for row in sorted(rows, key=lambda row: int(row["year"])):
        ends = [float(row[name]) for name in ("low", "high") if not pd.isna(row[name])]
        if not ends:
            continue
        year = int(row["year"])
        if before and before[0] == year - 1:
            axes.plot(
                [year - 1 + shift, year + shift], [before[1], ends[0]], color=colour, lw=1, zorder=2
            )
        _mark(axes, year + shift, (ends[0], ends[-1]), row, colour)
        before = (year, ends[0])


def _soft(row: Mapping[Any, Any]) -> bool:
    return str(row.get("hardness")) == "soft" or row["comparator"] == "~"


def _mark(
    axes: Axes, x: float, ends: tuple[float, float], row: Mapping[Any, Any], colour: str
) -> None:
    soft = _soft(row)
    if ends[0] < ends[1]:
        axes.plot([x, x], ends, color=colour, lw=5, alpha=0.55, solid_capstyle="butt", zorder=3)
    axes.plot(x, ends[0], "o", ms=5, mfc="white" if soft else colour, mec=colour, mew=1.3, zorder=4)
    way = _ARROWS.get(str(row["comparator"]))
    if way:
        axes.annotate(
            "",
            (x, ends[0]),
            xytext=(0, 15 * way),
            textcoords="offset points",
            arrowprops={"arrowstyle": "<-", "color": colour, "lw": 1.2, "shrinkA": 0, "shrinkB": 2},
        )


def _frame_years(axes: Axes, table: pd.DataFrame, places: Sequence[str]) -> None:
    from matplotlib.lines import Line2D

    years = (int(table["year"].min()), int(table["year"].max()))
    year_axis(axes, *years)
    margin = max(0.4, (years[1] - years[0]) * 0.02)
    axes.set_xlim(years[0] - margin, years[1] + margin)
    values = table[["low", "high"]].to_numpy(dtype=float, na_value=float("nan")).ravel()
    number_axis(axes.yaxis, [])
    axes.margins(y=0.18)
    axes.autoscale(axis="y")
    _lines_cross(axes, table, places, empty=bool(pd.isna(values).all()))
    axes.set_ylabel(_unit_label(table))
    axes.grid(axis="y", color="#EDEDED", lw=0.7, zorder=0)
    handles = [
        Line2D([], [], marker="o", color=PALETTE[i % len(PALETTE)], label=shorten(place, 24))
        for i, place in enumerate(places)
    ]
    axes.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        frameon=False,
        handlelength=1.4,
    )


def _unit_label(table: pd.DataFrame) -> str:
    """The indicator with its unit; its id, in words, where the figure speaks English."""
    units = list(table["unit"].dropna().mode())
    names = list(table["indicator"].dropna().mode())
    known = str(table["indicator_id"].iloc[0])
    name = shorten(names[0] if names else known)
    key = "with_unit" if units else "without_unit"
    return say(key, name=name, id=known.replace("_", " "), unit=(units or [""])[0])


def _lines_cross(axes: Axes, table: pd.DataFrame, places: Sequence[str], *, empty: bool) -> None:
    """Where a report says that it sets no target."""
    if "explicitly_absent" not in table.columns:
        return
    none = table[table["explicitly_absent"].fillna(value=False).astype(bool)]
    for row in none.to_dict("records"):
        colour = PALETTE[places.index(row["place"]) % len(PALETTE)] if places else GREY
        x = int(row["year"]) + (places.index(row["place"]) - (len(places) - 1) / 2) * min(
            0.14, 0.6 / len(places)
        )
        axes.plot(
            x,
            0.03,
            "x",
            ms=6,
            mew=1.6,
            color=colour,
            transform=axes.get_xaxis_transform(),
            zorder=5,
        )
    if empty:
        axes.set_yticks([])
