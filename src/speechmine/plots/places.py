"""One value a place, or a term: plain bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from speechmine.errors import UsageError
from speechmine.plots.axes import bare_axes, number_axis
from speechmine.plots.captions import caption_of
from speechmine.plots.series import SHARES, label_of, name_of, value_of
from speechmine.plots.style import GREY, PALETTE, drawing, finish, need, new_figure
from speechmine.plots.widths import shorten
from speechmine.plots.words import Lang, parts_joined, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["bar_chart"]

Floats = npt.NDArray[np.float64]


def bar_chart(  # what a figure is told
    table: pd.DataFrame,
    *,
    item: str = "place",
    value: str | None = None,
    top: int = 40,
    title: str | None = None,
    lang: Lang = "zh",
) -> Figure:
    """One bar a place (or another item), the longest first, each with its number.

    ``ci_low`` and ``ci_high`` give whiskers. What has no value is listed without a bar.

    Args:
        table: one row an item, such as ``term_frequency(corpus, ["就业"], by="place")`` or a
            year of :func:`speechmine.targets`.
        item: column of the names.
        value: column of the bars; found by itself in the package's tables.
        top: bars; the caption says if there are more.
        title: of the figure.
        lang: of the figure's own words, ``zh`` or ``en``.

    Raises:
        UsageError: a column is missing, or an item has several rows.

    Example:
        >>> import pandas as pd
        >>> table = pd.DataFrame({"place": ["甲县", "乙县"], "rate": [2.5, 4.0]})
        >>> [text.get_text() for text in bar_chart(table).axes[0].get_yticklabels()]
        ['乙县', '甲县']
    """
    value = value_of(table, value)
    need(table, item, value)
    known = table.dropna(subset=[item])
    twice = known[item][known[item].duplicated()]
    if len(twice):
        raise UsageError(f"several rows of {twice.iloc[0]}: select one year or term first")
    ranked = known.sort_values([value, item], ascending=[False, True], na_position="last")
    rows = ranked.head(top)
    with drawing(lang):
        figure = new_figure(8, 0.25 * len(rows) + 1.5, title)
        axes = figure.add_subplot()
        _draw_places(axes, rows, value)
        axes.set_yticks(range(len(rows)), [shorten(name_of(name), 28) for name in rows[item]])
        axes.set_xlabel(label_of(value, table))
        more = len(ranked) - len(rows)
        cut = say("most", n=len(rows), more=more, all=len(ranked)) if more else ""
        return finish(figure, caption_of(table, parts_joined(say("bars", n=len(ranked)), cut)))


def _draw_places(axes: Axes, rows: pd.DataFrame, value: str) -> None:
    heights = rows[value].to_numpy(dtype=float, na_value=np.nan)
    at = np.arange(len(rows))
    axes.barh(at, np.nan_to_num(heights), height=0.7, color=PALETTE[0], zorder=2)
    share = value in SHARES
    if {"ci_low", "ci_high"} <= set(rows.columns):
        low, high = (rows[c].to_numpy(dtype=float, na_value=np.nan) for c in ("ci_low", "ci_high"))
        axes.hlines(at, low, high, color=GREY, lw=1.2, zorder=3)
        ends = np.fmax(heights, high)
    else:
        ends = heights
    digits = _digits(heights)
    for i, (height, end) in enumerate(zip(heights, ends, strict=True)):
        told = f"{height:.1%}" if share else f"{height:,.{digits}f}"
        text = "—" if np.isnan(height) else told
        axes.annotate(
            text,
            (0 if np.isnan(height) else max(end, 0), i),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            size=8,
        )
    bare_axes(axes)
    axes.axvline(0, color=GREY, lw=0.7)
    number_axis(axes.xaxis, heights[np.isfinite(heights)].tolist(), share=share)
    axes.margins(x=0.1)
    axes.set_ylim(len(rows) - 0.4, -0.6)


def _digits(heights: Floats) -> int:
    """As many behind the point as the largest leaves room for; none where all are whole."""
    known = heights[np.isfinite(heights)]
    if not known.size or (known == known.round()).all():
        return 0
    return max(2 - int(np.log10(max(np.abs(known).max(), 1.0))), 0)
