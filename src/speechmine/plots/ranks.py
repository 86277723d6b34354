"""Ranks by year as a bump chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from speechmine.plots.axes import bare_axes, year_axis
from speechmine.plots.captions import caption_of
from speechmine.plots.series import item_of
from speechmine.plots.style import GREY, PALETTE, drawing, finish, need, new_figure
from speechmine.plots.widths import shorten
from speechmine.plots.words import Lang, parts_joined, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["bump_chart"]

# With more years than this there is no room for names inside the chart.
_FEW_YEARS = 20


def bump_chart(
    table: pd.DataFrame,
    *,
    item: str | None = None,
    top: int = 10,
    title: str | None = None,
    lang: Lang = "zh",
) -> Figure:
    """Ranks by year; a line breaks where a year is missing or an item is outside the top.

    Args:
        table: of :func:`rank_table`.
        item: what is ranked; found by itself in the package's tables.
        top: ranks that are drawn.
        title: of the figure.
        lang: of the figure's own words, ``zh`` or ``en``.

    Example:
        >>> from speechmine.themes import rank_table, term_frequency
        >>> texts = {2023: "改革改革开放", 2024: "开放开放改革"}
        >>> ranks = rank_table(term_frequency(texts, ["改革", "开放"]))
        >>> len(bump_chart(ranks).axes[0].lines)
        2
    """
    item = item_of(table, item)
    need(table, item or "term", "year", "rank")
    item = item or "term"
    known = table[table["rank"] <= top]
    value = table.attrs.get("params", {}).get("value")
    if value in table.columns:
        known = known[known[value] != 0]  # what is absent has a rank in the table, and no place
    need(known, item)
    top = int(known["rank"].max())
    years = sorted({int(year) for year in known["year"]})
    colours = _by_presence(known, item)
    with drawing(lang):
        figure = new_figure(8, 0.36 * top + 1.3, title)
        axes = figure.add_subplot()
        for name, colour in colours.items():
            part = known[known[item] == name]
            _climb(axes, dict(zip(part["year"], part["rank"], strict=True)), years, colour)
        _both_ends(axes, known, item, years, colours)
        if len(years) <= _FEW_YEARS:
            _passing(axes, known, item, years, colours)
        axes.set_ylim(top + 0.6, 0.4)
        axes.set_yticks(range(1, top + 1))
        axes.tick_params(axis="y", labelleft=False)
        bare_axes(axes)
        year_axis(axes, years[0], years[-1])
        caption = say("ranks", first=years[0], last=years[-1], top=top)
        return finish(figure, caption_of(table, caption))


def _by_presence(table: pd.DataFrame, item: str) -> dict[Any, str]:
    """Colours for what stays longest at the top; the passing ones are grey."""
    counts = table.groupby(item)["rank"].agg(["size", "mean"]).reset_index()
    counts = counts.sort_values(["size", "mean", item], ascending=[False, True, True])
    names = list(counts[item])
    return {name: PALETTE[i] if i < len(PALETTE) else "#BDBDBD" for i, name in enumerate(names)}


def _climb(axes: Axes, ranks: Mapping[Any, Any], years: Sequence[int], colour: str) -> None:
    span = np.arange(years[0], years[-1] + 1)
    places = np.array([float(ranks.get(int(year), np.nan)) for year in span])
    passing = colour not in PALETTE
    size = 4.5 if len(years) <= 30 else 2.5
    axes.plot(
        span,
        places,
        "o-",
        color=colour,
        ms=size,
        lw=1.2 if passing else 2.0,
        zorder=2 if passing else 3,
    )


def _both_ends(
    axes: Axes,
    table: pd.DataFrame,
    item: str,
    years: Sequence[int],
    colours: Mapping[Any, str],
) -> None:
    """Names at both ends, with the rank; ties share a line."""
    for year, x, ha in ((years[0], -0.015, "right"), (years[-1], 1.015, "left")):
        part = table[table["year"] == year].sort_values(["rank", item])
        for rank, group in part.groupby("rank"):
            names = parts_joined(*(shorten(name, 20) for name in group[item]), listed=True)
            text = f"{names} {rank}" if ha == "right" else f"{rank} {names}"
            colour = colours[group[item].iloc[0]]
            axes.text(
                x,
                float(rank),  # type: ignore[arg-type]
                shorten(text, 34),
                transform=axes.get_yaxis_transform(),
                ha=ha,
                va="center",
                color=colour if colour in PALETTE else GREY,
            )


def _passing(
    axes: Axes,
    table: pd.DataFrame,
    item: str,
    years: Sequence[int],
    colours: Mapping[Any, str],
) -> None:
    """Names of the grey ones below the point where each comes in; ties share a line."""
    for (year, rank), names in _entries(table, item, colours).items():
        if year not in (years[0], years[-1]):
            text = shorten(parts_joined(*names, listed=True), 14)
            axes.text(year, rank + 0.2, text, size=6.5, color=GREY, ha="center", va="top")


def _entries(
    table: pd.DataFrame, item: str, colours: Mapping[Any, str]
) -> dict[tuple[int, float], list[str]]:
    """Grey names by the year and rank of each entry into the top."""
    found: dict[tuple[int, float], list[str]] = {}
    for name, part in table.groupby(item):
        ranks = {int(y): float(r) for y, r in zip(part["year"], part["rank"], strict=True)}
        for year, rank in ranks.items():
            if colours[name] not in PALETTE and year - 1 not in ranks:
                found.setdefault((year, rank), []).append(str(name))
    return found
