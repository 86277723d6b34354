"""What sets two groups apart: diverging bars and the volcano."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from speechmine.plots.axes import bare_axes, number_axis
from speechmine.plots.captions import caption_of, range_told
from speechmine.plots.labels import place_labels
from speechmine.plots.style import GREY, INK, PALETTE, drawing, finish, need, new_figure
from speechmine.plots.widths import shorten
from speechmine.plots.words import Lang, has, parts_joined, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["diverging_bars", "volcano"]

_TARGET, _REFERENCE = PALETTE[0], PALETTE[1]
_LEVEL = 0.05
_GROUP_WIDTH = 36


def diverging_bars(
    table: pd.DataFrame,
    *,
    value: str | None = None,
    top: int = 15,
    title: str | None = None,
    lang: Lang = "zh",
) -> Figure:
    """The words that mark the target most to the right, those of the reference to the left.

    Args:
        table: of :func:`keyness`.
        value: column of the bars; the one it is sorted by, by default (G2 where that is all 0).
        top: words on each side.
        title: of the figure.
        lang: of the figure's own words, ``zh`` or ``en``.

    Example:
        >>> from speechmine.themes import keyness
        >>> texts = {2022: "稳定就业，扩大就业。", 2023: "发展数字经济，壮大数字经济。"}
        >>> table = keyness(texts, {"year": 2023}, terms=["数字经济", "就业"])
        >>> len(diverging_bars(table).axes[0].patches)
        2
    """
    value = value or _measure_told(table)
    need(table, "term", value, "n_target", "n_reference")
    known = table[table[value].abs() > 0].sort_values(
        [value, "term"], ascending=[False, True], kind="stable"
    )
    need(known, "term")
    upper, lower = known[known[value] > 0].head(top), known[known[value] < 0].tail(top)
    rows = [*upper.to_dict("records"), *lower.to_dict("records")]
    with drawing(lang):
        figure = new_figure(8, 0.235 * len(rows) + 1.6, title)
        axes = figure.add_subplot()
        _draw_bars(axes, rows, value)
        _sides(axes, table)
        axes.set_xlabel(say(value) if has(value) else value)
        return finish(figure, _caption_of_bars(table, say("counts")))


def _measure_told(table: pd.DataFrame) -> str:
    chosen = str(table.attrs.get("params", {}).get("sorted_by", "G2"))
    return chosen if chosen in table.columns and table[chosen].abs().gt(0).sum() > 5 else "G2"


def _draw_bars(axes: Axes, rows: list[dict[Any, Any]], value: str) -> None:
    values = np.array([float(row[value]) for row in rows])
    at = np.arange(len(rows))
    axes.barh(at, values, height=0.72, color=np.where(values > 0, _TARGET, _REFERENCE))
    widest = float(np.abs(values).max())
    for i, row in enumerate(rows):
        left = values[i] < 0
        name = f"{shorten(row['term'], 24)} ({row['n_target']} : {row['n_reference']})"
        # Each name stands on the empty side of its bar, so that no bar is written over.
        axes.text(
            widest * (0.02 if left else -0.02), i, name, va="center", ha="left" if left else "right"
        )
    bare_axes(axes)
    axes.set_yticks([])
    axes.axvline(0, color=GREY, lw=0.7)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(-1.08 * widest, 1.08 * widest)
    number_axis(axes.xaxis, values.tolist())


def _sides(axes: Axes, table: pd.DataFrame) -> None:
    """Which colour is which group, above the bars."""
    params = table.attrs.get("params", {})
    for x, ha, colour, name in (
        (1.0, "right", _TARGET, say("target", name=_group_told(params.get("target")))),
        (0.0, "left", _REFERENCE, say("reference", name=_group_told(params.get("reference")))),
    ):
        axes.text(x, 1.01, name, transform=axes.transAxes, ha=ha, va="bottom", color=colour)


def _group_told(given: object) -> str:
    """What a group is, short enough to stand above one half of the bars."""
    if isinstance(given, Mapping):
        return shorten(parts_joined(*map(range_told, given.values()), listed=True), _GROUP_WIDTH)
    if given == "all other texts":
        return say("others")
    return shorten(given, _GROUP_WIDTH) if given else ""


def volcano(
    table: pd.DataFrame, *, labels: int = 24, title: str | None = None, lang: Lang = "zh"
) -> Figure:
    """Size of the difference against the evidence for it; words that pass are in colour.

    Args:
        table: of :func:`keyness`.
        labels: how many words are named, the strongest of each side first.
        title: of the figure.
        lang: of the figure's own words, ``zh`` or ``en``.

    Example:
        >>> from speechmine.themes import keyness
        >>> texts = {2022: "稳定就业，扩大就业。", 2023: "发展数字经济，壮大数字经济。"}
        >>> table = keyness(texts, {"year": 2023}, terms=["数字经济", "就业"])
        >>> volcano(table).axes[0].get_ylabel()
        '|G²|'
    """
    need(table, "term", "log_ratio", "G2", "p_adj")
    known = table[np.isfinite(table["log_ratio"]) & np.isfinite(table["G2"])]
    x, y = known["log_ratio"].to_numpy(dtype=float), known["G2"].abs().to_numpy(dtype=float)
    passed = (known["p_adj"] < _LEVEL).to_numpy()
    colours = np.where(x > 0, _TARGET, _REFERENCE)
    with drawing(lang):
        figure = new_figure(8, 5.6, title)
        axes = figure.add_subplot()
        axes.scatter(x[~passed], y[~passed], s=7, color="#C4C4C4", lw=0)
        axes.scatter(x[passed], y[passed], s=13, color=colours[passed], lw=0)
        axes.axvline(0, color=GREY, lw=0.7)
        number_axis(axes.xaxis, x.tolist())
        number_axis(axes.yaxis, y.tolist())
        axes.set_ylim(bottom=0, top=max(float(y.max()) * 1.08, 1.0))
        axes.margins(x=0.12)
        axes.set_xlabel(say("log_ratio.side"))
        axes.set_ylabel("|G²|")
        _sides(axes, table)
        told = say("passed", level=_LEVEL, n=int(passed.sum()), all=len(known))
        finish(figure, _caption_of_bars(table, told))
        named = _strongest(known, labels)
        names = [shorten(known["term"].iloc[i], 20) for i in named]
        place_labels(axes, x, y, dict(zip(named, names, strict=True)), colour=INK)
        return figure


def _strongest(table: pd.DataFrame, labels: int) -> list[int]:
    """Rows with most evidence, half of them on each side where there are so many."""
    order = np.argsort(-table["G2"].abs().to_numpy(dtype=float), kind="stable")
    right = [int(i) for i in order if table["G2"].iloc[i] > 0]
    left = [int(i) for i in order if table["G2"].iloc[i] < 0]
    half = max(labels // 2, labels - min(len(left), len(right)))
    return sorted([*right[:half], *left[:half]], key=lambda i: -abs(float(table["G2"].iloc[i])))


def _caption_of_bars(table: pd.DataFrame, *more: str) -> str:
    params = table.attrs.get("params", {})
    sizes = [f"{params[k]:,}" for k in ("size_target", "size_reference") if params.get(k)]
    return caption_of(table, say("size", sizes=" : ".join(sizes)) if sizes else "", *more)
