"""Values by year: lines with gaps, and one small panel each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from speechmine.plots.axes import gap_years, number_axis, shade_gaps, year_axis
from speechmine.plots.captions import caption_of, years_told
from speechmine.plots.placing import spread
from speechmine.plots.series import (
    SHARES,
    Curve,
    curves_of,
    item_of,
    label_of,
    note_left_out,
    value_of,
)
from speechmine.plots.style import INK, PALETTE, drawing, finish, need, new_figure
from speechmine.plots.widths import shorten
from speechmine.plots.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["lines", "small_multiples"]

# With more years than this only lone years are dotted.
_MANY_YEARS = 30
_LABEL_GAP = 0.052
# More bands than this hide one another.
_BANDS = 4
Dashes = str | tuple[float, tuple[float, ...]]
_DASHES: tuple[Dashes, ...] = ("-", (0, (4, 1.5)), (0, (1, 1.2)), (0, (6, 1.5, 1, 1.5)))


def lines(
    table: pd.DataFrame,
    *,
    item: str | None = None,
    value: str | None = None,
    items: Sequence[object] | None = None,
    title: str | None = None,
    lang: Lang = "zh",
) -> Figure:
    """Values by year; a line breaks where a year is missing, and the gap is shaded.

    Args:
        table: of :func:`term_frequency`, ``prevalence``, :func:`tone`, :func:`novelty` or any
            with ``year`` and a value; ``ci_low`` and ``ci_high`` give a band.
        item: column that names the lines; found by itself in the package's tables.
        value: column that is drawn; likewise.
        items: which lines, in this order; the eight highest by default, and the caption says so.
            More than eight are told apart by colour and dashes.
        title: of the figure.
        lang: of the figure's own words, ``zh`` or ``en``.

    Raises:
        UsageError: a column or an item is missing, or a year has two rows.

    Example:
        >>> from speechmine.themes import term_frequency
        >>> table = term_frequency({2021: "抓改革。", 2023: "稳就业。"}, ["改革", "就业"])
        >>> type(lines(table)).__name__
        'Figure'
    """
    item, value = item_of(table, item), value_of(table, value)
    with drawing(lang):
        drawn = curves_of(table, item=item, value=value, items=items, top=len(PALETTE))
        figure = new_figure(8, max(4.4, 0.24 * len(drawn) + 1.4), title)
        axes = figure.add_subplot()
        for one, (colour, dashes) in zip(drawn, _styles(len(drawn)), strict=True):
            _draw(axes, one, colour, band=len(drawn) <= _BANDS, dashes=dashes)
        _frame_lines(axes, table, value, drawn, bands=len(drawn) <= _BANDS)
        if any(one.name for one in drawn):
            _end_labels(axes, drawn)
        return finish(
            figure, _caption_of_lines(table, item, value, drawn, bands=len(drawn) <= _BANDS)
        )


def small_multiples(  # noqa: PLR0913  # what a figure is told
    table: pd.DataFrame,
    *,
    item: str | None = None,
    value: str | None = None,
    items: Sequence[object] | None = None,
    columns: int = 4,
    title: str | None = None,
    lang: Lang = "zh",
) -> Figure:
    """One small panel an item, all on the same scale.

    Args:
        table: as for :func:`lines`.
        item: column that names the panels.
        value: column that is drawn.
        items: which panels, in this order; the sixteen highest by default.
        columns: panels in a row.
        title: of the figure.
        lang: of the figure's own words, ``zh`` or ``en``.

    Example:
        >>> from speechmine.themes import term_frequency
        >>> table = term_frequency({2021: "抓改革。", 2022: "稳就业。"}, ["改革", "就业"])
        >>> len(small_multiples(table).axes)
        2
    """
    item, value = item_of(table, item), value_of(table, value)
    with drawing(lang):
        drawn = curves_of(table, item=item, value=value, items=items, top=16)
        columns = min(columns, len(drawn))
        rows = math.ceil(len(drawn) / columns)
        figure = new_figure(max(2.1 * columns, 4.2), 1.45 * rows + 1.0, title)
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        for panel in grid.ravel()[len(drawn) :]:
            panel.remove()
        for panel, one in zip(grid.ravel(), drawn, strict=False):
            _draw(panel, one, PALETTE[0], band=True)
            _frame_lines(panel, table, value, drawn, bands=True, most=4)
            panel.set_ylabel("")
            panel.set_title(shorten(one.name, 24), size=9, loc="left", pad=3)
        # The last panel of a column carries its years, also where the row below is not full.
        for panel in grid.ravel()[max(len(drawn) - columns, 0) : len(drawn)]:
            panel.tick_params(labelbottom=True)
        figure.supylabel(label_of(value, table), size=9, color=INK)
        return finish(figure, _caption_of_lines(table, item, value, drawn, bands=True))


def _styles(n: int) -> list[tuple[str, Dashes]]:
    """A colour and dashes for each line: no two are the same up to 32."""
    return [
        (PALETTE[i % len(PALETTE)], _DASHES[i // len(PALETTE) % len(_DASHES)]) for i in range(n)
    ]


def _draw(axes: Axes, one: Curve, colour: str, *, band: bool, dashes: Dashes = "-") -> None:
    axes.plot(
        one.years, one.heights, color=colour, lw=1.6, ls=dashes, solid_capstyle="round", zorder=3
    )
    dotted = (
        _single_points(one.heights) if len(one.years) > _MANY_YEARS else np.isfinite(one.heights)
    )
    axes.plot(one.years[dotted], one.heights[dotted], "o", color=colour, ms=3, zorder=4)
    if band and one.low is not None and one.high is not None:
        axes.fill_between(one.years, one.low, one.high, color=colour, alpha=0.13, lw=0, zorder=2)


def _single_points(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray:
    """Years between two holes: no line would show them."""
    held = np.isfinite(values)
    before, after = np.roll(held, 1), np.roll(held, -1)
    before[0] = after[-1] = False
    return held & ~before & ~after


def _frame_lines(  # what a frame is set by
    axes: Axes,
    table: pd.DataFrame,
    value: str,
    drawn: Sequence[Curve],
    *,
    bands: bool,
    most: int = 12,
) -> None:
    first, last = int(drawn[0].years[0]), int(drawn[0].years[-1])
    rows = [one.heights for one in drawn]
    rows += [one.high for one in drawn if bands and one.high is not None]
    known = np.concatenate([row[np.isfinite(row)] for row in rows])
    year_axis(axes, first, last, most=most)
    number_axis(axes.yaxis, known.tolist(), share=value in SHARES)
    axes.set_ylabel(label_of(value, table))
    if known.min() >= 0:
        axes.set_ylim(0, float(known.max()) * 1.05 or 1.0)
    axes.grid(axis="y", color="#EDEDED", lw=0.7, zorder=0)
    shade_gaps(axes, gap_years(table, value))


def _end_labels(axes: Axes, drawn: Sequence[Curve]) -> None:
    """Names at the right end of the lines, moved apart, each with a thread to its line."""
    low, high = axes.get_ylim()
    ends = [np.flatnonzero(np.isfinite(one.heights)) for one in drawn]
    named = [(one, end[-1]) for one, end in zip(drawn, ends, strict=True) if end.size]
    places = [(one.heights[at] - low) / (high - low) for one, at in named]
    right = drawn[0].years[-1]
    gap = min(_LABEL_GAP, 1 / max(len(named) - 1, 1))
    colours = [colour for colour, _ in _styles(len(drawn))]
    for (one, at), place, colour in zip(
        named, spread(places, gap, 0.0, 1.0), _years_held(colours, ends), strict=True
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


def _years_held(colours: Sequence[str], ends: Sequence[np.ndarray]) -> list[str]:
    """Colours of the lines that have a value."""
    return [colour for colour, end in zip(colours, ends, strict=True) if end.size]


def _caption_of_lines(
    table: pd.DataFrame, item: str | None, value: str, drawn: Sequence[Curve], *, bands: bool
) -> str:
    years = drawn[0].years
    parts = [years_told(years[0], years[-1]), note_left_out(table, item, len(drawn))]
    if gap_years(table, value):
        parts.append(say("gaps"))
    if bands and drawn[0].low is not None:
        parts.append(say("band", level=table.attrs.get("params", {}).get("level", 0.95)))
    base = say("base", per="", name=say("base.hits")) if value == "share_of_hits" else None
    return caption_of(table, *parts, base=base)


def topic_choice(table: pd.DataFrame, *, title: str | None = None, lang: Lang = "zh") -> Figure:
    """What models with more and with fewer topics are worth, one panel a measure.

    Args:
        table: of :func:`speechmine.themes.topic_diagnostics`.
        title: of the figure.
        lang: of the figure's own words, ``zh`` or ``en``.

    Example:
        >>> import pandas as pd
        >>> numbers = {"coherence": [0.4, 0.3], "stability": [0.9, 0.6], "exclusivity": [0.9, 0.8]}
        >>> len(topic_choice(pd.DataFrame({"k": [5, 10], **numbers})).axes)
        3
    """
    measures = ("coherence", "stability", "exclusivity")
    need(table, "k", *measures)
    with drawing(lang):
        figure = new_figure(8, 3.2, title)
        for axes, name in zip(figure.subplots(1, len(measures)), measures, strict=True):
            axes.plot(table["k"], table[name], "o-", color=PALETTE[0], ms=4, lw=1.6)
            if f"{name}_min" in table.columns:
                axes.fill_between(
                    table["k"],
                    table[f"{name}_min"],
                    table[name],
                    color=PALETTE[0],
                    alpha=0.12,
                    lw=0,
                )
            axes.set_title(say(f"value.{name}"), size=9, loc="left")
            axes.set_xticks(table["k"].tolist())
            number_axis(axes.yaxis, table[name].tolist())
            axes.grid(axis="y", color="#EDEDED", lw=0.7)
        figure.axes[0].set_xlabel(say("topics"))
        return finish(figure, caption_of(table, say("choice")))
