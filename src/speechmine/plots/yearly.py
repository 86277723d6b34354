"""Values by year: lines with gaps, and one small panel each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from speechmine.plots.series import Series, item_of, label_of, series_of, value_of
from speechmine.plots.style import (
    INK,
    PALETTE,
    caption_of,
    drawing,
    finish,
    gap_years,
    new_figure,
    number_axis,
    shade_gaps,
    shorten,
    spread,
    year_axis,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["lines", "small_multiples"]

_SHARES = ("share", "prevalence", "share_of_hits", "repeated", "edited", "new")
# With more years than this only lone years are dotted.
_MANY_YEARS = 30
_LABEL_GAP = 0.052
# More bands than this hide one another.
_BANDS = 4


def lines(
    table: pd.DataFrame,
    *,
    item: str | None = None,
    value: str | None = None,
    items: Sequence[object] | None = None,
    title: str | None = None,
) -> Figure:
    """Values by year; a line breaks where a year is missing, and the gap is shaded.

    Args:
        table: of :func:`term_frequency`, ``prevalence``, :func:`tone`, :func:`novelty` or any
            with ``year`` and a value; ``ci_low`` and ``ci_high`` give a band.
        item: column that names the lines; found by itself in the package's tables.
        value: column that is drawn; likewise.
        items: which lines, in this order; the eight highest by default.
        title: of the figure.

    Raises:
        UsageError: a column or an item is missing, or a year has two rows.

    Example:
        >>> from speechmine.themes import term_frequency
        >>> table = term_frequency({2021: "抓改革。", 2023: "稳就业。"}, ["改革", "就业"])
        >>> type(lines(table)).__name__
        'Figure'
    """
    item, value = item_of(table, item), value_of(table, value)
    drawn = series_of(table, item=item, value=value, items=items, top=len(PALETTE))
    with drawing():
        figure = new_figure(8, 4.4, title)
        axes = figure.add_subplot()
        for one, colour in zip(drawn, _colours(len(drawn)), strict=True):
            _draw(axes, one, colour, band=len(drawn) <= _BANDS)
        _frame(axes, table, value, drawn, bands=len(drawn) <= _BANDS)
        if any(one.name for one in drawn):
            _end_labels(axes, drawn)
        return finish(figure, _caption(table, value, drawn, bands=len(drawn) <= _BANDS))


def small_multiples(
    table: pd.DataFrame,
    *,
    item: str | None = None,
    value: str | None = None,
    items: Sequence[object] | None = None,
    columns: int = 4,
    title: str | None = None,
) -> Figure:
    """One small panel an item, all on the same scale.

    Args:
        table: as for :func:`lines`.
        item: column that names the panels.
        value: column that is drawn.
        items: which panels, in this order; the sixteen highest by default.
        columns: panels in a row.
        title: of the figure.

    Example:
        >>> from speechmine.themes import term_frequency
        >>> table = term_frequency({2021: "抓改革。", 2022: "稳就业。"}, ["改革", "就业"])
        >>> len(small_multiples(table).axes)
        2
    """
    item, value = item_of(table, item), value_of(table, value)
    drawn = series_of(table, item=item, value=value, items=items, top=16)
    columns = min(columns, len(drawn))
    rows = math.ceil(len(drawn) / columns)
    with drawing():
        figure = new_figure(max(2.1 * columns, 4.2), 1.45 * rows + 1.0, title)
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        for panel in grid.ravel()[len(drawn) :]:
            panel.remove()
        for panel, one in zip(grid.ravel(), drawn, strict=False):
            _draw(panel, one, PALETTE[0], band=True)
            _frame(panel, table, value, drawn, bands=True, most=4)
            panel.set_ylabel("")
            panel.set_title(shorten(one.name, 24), size=9, loc="left", pad=3)
        # The last panel of a column carries its years, also where the row below is not full.
        for panel in grid.ravel()[max(len(drawn) - columns, 0) : len(drawn)]:
            panel.tick_params(labelbottom=True)
        figure.supylabel(label_of(value, table), size=9, color=INK)
        return finish(figure, _caption(table, value, drawn, bands=True))


def _colours(n: int) -> list[str]:
    return [PALETTE[i % len(PALETTE)] for i in range(n)]


def _draw(axes: Axes, one: Series, colour: str, *, band: bool) -> None:
    axes.plot(one.years, one.heights, color=colour, lw=1.6, solid_capstyle="round", zorder=3)
    dotted = _alone(one.heights) if len(one.years) > _MANY_YEARS else np.isfinite(one.heights)
    axes.plot(one.years[dotted], one.heights[dotted], "o", color=colour, ms=3, zorder=4)
    if band and one.low is not None and one.high is not None:
        axes.fill_between(one.years, one.low, one.high, color=colour, alpha=0.13, lw=0, zorder=2)


def _alone(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray:
    """Years between two holes: no line would show them."""
    held = np.isfinite(values)
    before, after = np.roll(held, 1), np.roll(held, -1)
    before[0] = after[-1] = False
    return held & ~before & ~after


def _frame(  # what a frame is set by
    axes: Axes,
    table: pd.DataFrame,
    value: str,
    drawn: Sequence[Series],
    *,
    bands: bool,
    most: int = 12,
) -> None:
    first, last = int(drawn[0].years[0]), int(drawn[0].years[-1])
    rows = [one.heights for one in drawn]
    rows += [one.high for one in drawn if bands and one.high is not None]
    known = np.concatenate([row[np.isfinite(row)] for row in rows])
    year_axis(axes, first, last, most=most)
    number_axis(axes.yaxis, known.tolist(), share=value in _SHARES)
    axes.set_ylabel(label_of(value, table))
    if known.min() >= 0:
        axes.set_ylim(0, float(known.max()) * 1.05 or 1.0)
    axes.grid(axis="y", color="#EDEDED", lw=0.7, zorder=0)
    shade_gaps(axes, gap_years(table, value))


def _end_labels(axes: Axes, drawn: Sequence[Series]) -> None:
    """Names at the right end of the lines, moved apart, each with a thread to its line."""
    low, high = axes.get_ylim()
    ends = [np.flatnonzero(np.isfinite(one.heights)) for one in drawn]
    named = [(one, end[-1]) for one, end in zip(drawn, ends, strict=True) if end.size]
    places = [(one.heights[at] - low) / (high - low) for one, at in named]
    right = drawn[0].years[-1]
    for (one, at), place, colour in zip(
        named, spread(places, _LABEL_GAP, 0.0, 1.0), _colours(len(named)), strict=True
    ):
        axes.annotate(
            shorten(one.name, 30),
            (float(one.years[at]), float(one.heights[at])),
            xytext=(1.03, place),
            textcoords="axes fraction",
            va="center",
            color=colour,
            size=9,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "lw": 0.6, "alpha": 0.6}
            | ({"ls": ":"} if one.years[at] < right else {}),
        )


def _caption(table: pd.DataFrame, value: str, drawn: Sequence[Series], *, bands: bool) -> str:
    years = drawn[0].years
    parts = [f"{years[0]:.0f}—{years[-1]:.0f}年"]
    if gap_years(table, value):
        parts.append("灰带为没有文本的年份")
    if bands and drawn[0].low is not None:
        level = table.attrs.get("params", {}).get("level", 0.95)
        parts.append(f"色带为{level:.0%}区间")
    base = "基数：词典命中" if value == "share_of_hits" else None
    return caption_of(table, *parts, base=base)
