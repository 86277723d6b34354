"""Shares by year as stacked areas, and tables of values as heat maps."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from speechmine.errors import UsageError
from speechmine.plots.axes import bare_axes, gap_years, number_axis, shade_gaps, year_axis
from speechmine.plots.captions import caption_of, years_told
from speechmine.plots.placing import spread
from speechmine.plots.series import SHARES, Curve, curves_of, item_of, label_of, value_of
from speechmine.plots.style import INK, PALETTE, drawing, finish, need, new_figure
from speechmine.plots.widths import display_width, shorten
from speechmine.plots.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["area", "heat_map"]

Floats = npt.NDArray[np.float64]
_REST_COLOUR = "#D2D2D2"
# Shares of one whole may be off by rounding, no more.
_WHOLE = 1.005
_HALF = 0.5
_MANY_CELLS = 16
# Inches of a row, and of a character on the axes.
_ROW, _EM = 0.25, 0.125


def area(
    table: pd.DataFrame,
    *,
    item: str | None = None,
    value: str | None = None,
    top: int = 7,
    title: str | None = None,
    lang: Lang = "zh",
) -> Figure:
    """Shares stacked by year; a missing year leaves a hole, what is small is put together.

    Args:
        table: of :func:`attention`, or ``prevalence`` of a topic model.
        item: column that names the areas; found by itself in the package's tables.
        value: column that is drawn; likewise.
        top: areas; all others make one, ``其余`` (all others).
        title: of the figure.
        lang: of the figure's own words, ``zh`` or ``en``.

    Raises:
        UsageError: parts overlap: they sum to more than a whole.

    Example:
        >>> from speechmine.themes import attention
        >>> words = {"就业": ["就业"], "生态": ["污染"]}
        >>> table = attention({2023: "稳定就业。", 2024: "治理污染，稳定就业。"}, words)
        >>> area(table).axes[0].get_ylabel()
        '占比'
    """
    item, value = item_of(table, item), value_of(table, value)
    with drawing(lang):
        drawn = _with_rest(curves_of(table, item=item, value=value, top=10_000), top)
        heights = np.nan_to_num(np.array([one.heights for one in drawn]))
        total = _top_of_axis(heights, value)
        rest = say("rest")
        colours = [_REST_COLOUR if one.name == rest else PALETTE[i] for i, one in enumerate(drawn)]
        years = drawn[0].years
        figure = new_figure(8, 4.6, title)
        axes = figure.add_subplot()
        held = np.isfinite(np.array([one.heights for one in drawn])).any(axis=0)
        for run in _runs_of_years(held):
            _stack(axes, years[run], heights[:, run], colours)
        axes.set_ylim(0, total)
        year_axis(axes, int(years[0]), int(years[-1]))
        number_axis(axes.yaxis, [total], share=True)
        axes.set_ylabel(label_of(value, table))
        shade_gaps(axes, gap_years(table, value))
        _name_areas(axes, drawn, heights[:, np.flatnonzero(held)[-1]], colours)
        parts = "base" in table.columns and (table["base"] == "sentences").any()
        more = [say("overlap")] if parts else []
        more += [say("gaps")] if gap_years(table, value) else []
        base = say("base", per="", name=say("base.hits")) if value == "share_of_hits" else None
        return finish(figure, caption_of(table, years_told(years[0], years[-1]), *more, base=base))


def _top_of_axis(heights: Floats, value: str) -> float:
    """The top of the axis: 1 for parts of a whole, a little more than the highest sum of others.

    Raises:
        UsageError: parts overlap, so that they make more than the whole.
    """
    total = float(heights.sum(axis=0).max())
    if total > _WHOLE:
        raise UsageError(
            f"the {value} of a year sum to {total:.0%}: they overlap and cannot be stacked; "
            "draw lines or small_multiples, or shares of one whole such as share_of_hits"
        )
    return 1.0 if total > 1 - (_WHOLE - 1) else total * 1.02 or 1.0


def _with_rest(drawn: list[Curve], top: int) -> list[Curve]:
    """The largest, and one for what is left."""
    if len(drawn) <= min(top, len(PALETTE)):
        return drawn
    kept, others = drawn[:top], np.array([one.heights for one in drawn[top:]])
    held = np.isfinite(others).any(axis=0)
    rest = np.where(held, np.nan_to_num(others).sum(axis=0), np.nan)
    return [*kept, Curve(say("rest"), drawn[0].years, rest)]


def _runs_of_years(held: npt.NDArray[np.bool_]) -> list[npt.NDArray[np.intp]]:
    groups = itertools.groupby(range(len(held)), key=lambda i: bool(held[i]))
    return [np.array(list(run)) for there, run in groups if there]


def _stack(axes: Axes, years: Floats, heights: Floats, colours: Sequence[str]) -> None:
    """One unbroken run; a lone year becomes a bar as wide as it is long."""
    if len(years) == 1:
        years = np.array([years[0] - 0.4, years[0] + 0.4])
        heights = np.repeat(heights, 2, axis=1)
    axes.stackplot(years, heights, colors=colours, lw=0.5, edgecolor="white", zorder=3)


def _name_areas(axes: Axes, drawn: Sequence[Curve], last: Floats, colours: Sequence[str]) -> None:
    """Names at the right, beside the areas of the last year."""
    middles = (np.cumsum(last) - last / 2) / axes.get_ylim()[1]
    names = [f"{shorten(one.name, 30)} {share:.1%}" for one, share in zip(drawn, last, strict=True)]
    for name, place, colour in zip(
        names, spread(middles.tolist(), 0.055, 0, 1), colours, strict=True
    ):
        axes.annotate(
            "■",
            (1.02, place),
            xycoords="axes fraction",
            va="center",
            color=colour,
            annotation_clip=False,
        )
        axes.annotate(
            name, (1.05, place), xycoords="axes fraction", va="center", annotation_clip=False
        )


def heat_map(
    table: pd.DataFrame,
    *,
    rows: str | None = None,
    columns: str | None = None,
    value: str | None = None,
    title: str | None = None,
    lang: Lang = "zh",
) -> Figure:
    """Values of two groupings as colours; what is missing stays white and hatched.

    Args:
        table: of :func:`similarity` (``pairs="all"``: report by report), or any table with the
            three columns, such as topics by year.
        rows: column of the rows; for pairs of reports not needed.
        columns: column of the columns; ``year`` by default.
        value: column of the colours; ``cosine`` for pairs.
        title: of the figure.
        lang: of the figure's own words, ``zh`` or ``en``.

    Example:
        >>> from speechmine.themes import similarity
        >>> texts = {2022: "扩大就业。", 2023: "扩大就业。", 2024: "修建铁路。"}
        >>> heat_map(similarity(texts, "all")).axes[0].get_xticklabels()[0].get_text()
        '2022'
    """
    pairs = rows is None and "report_a" in table.columns
    value = value or ("cosine" if pairs else value_of(table, None))
    if pairs:
        names, grid = _square(table, value)
        across = names
    else:
        names, across, grid = _oblong(table, rows or item_of(table, None), columns or "year", value)
    with drawing(lang):
        figure = new_figure(*_inches_for(names, across), title)
        axes = figure.add_subplot()
        _paint(figure, axes, grid, label_of(value, table), share=value in SHARES)
        _ticks(axes, names, across)
        if grid.size and grid.shape[1] <= _MANY_CELLS:
            _write_numbers(axes, grid, share=value in SHARES)
        return finish(figure, caption_of(table, say("hatched")))


def _square(table: pd.DataFrame, value: str) -> tuple[list[str], Floats]:
    """Report by report, with nothing on the diagonal."""
    need(table, "report_a", "report_b", value)
    order: dict[str, tuple[object, ...]] = {}
    for end in ("a", "b"):
        for row in table[[f"report_{end}", f"year_{end}", f"place_{end}"]].to_dict("records"):
            place = row[f"place_{end}"]
            key = "" if place is None or place != place else str(place)  # noqa: PLR0124  # NaN
            order[str(row[f"report_{end}"])] = (key, row[f"year_{end}"])
    ids = sorted(order, key=lambda name: (order[name][0], str(order[name][1]), name))
    several = len({place for place, _ in order.values()}) > 1
    names = [" ".join(str(part) for part in (order[i] if several else order[i][1:])) for i in ids]
    at = {name: i for i, name in enumerate(ids)}
    grid = np.full((len(ids), len(ids)), np.nan)
    for a, b, score in zip(table["report_a"], table["report_b"], table[value], strict=True):
        grid[at[a], at[b]] = grid[at[b], at[a]] = score
    return names, grid


def _oblong(
    table: pd.DataFrame, rows: str | None, columns: str, value: str
) -> tuple[list[str], list[str], Floats]:
    if rows is None:
        raise UsageError("name the column of the rows: rows=...")
    need(table, rows, columns, value)
    known = table.dropna(subset=[rows, columns])
    if known.duplicated([rows, columns]).any():
        raise UsageError(f"several rows for one {rows} and {columns}: select a part first")
    whole = known.pivot_table(
        index=rows, columns=columns, values=value, aggfunc="first", dropna=False, sort=True
    )
    order = whole.mean(axis=1).sort_values(ascending=False, kind="stable").index
    whole = whole.reindex(order)
    names = [shorten(name, 30) for name in whole.index]
    return names, [shorten(name, 20) for name in whole.columns], whole.to_numpy(dtype=float)


def _paint(figure: Figure, axes: Axes, grid: Floats, label: str, *, share: bool) -> None:
    known = grid[np.isfinite(grid)]
    low = 0.0 if share else float(known.min())
    axes.set_facecolor("white")
    axes.patch.set(hatch="////", edgecolor="#DDDDDD")
    image = axes.imshow(
        grid, cmap="Blues", vmin=low, vmax=float(known.max()), aspect="auto", interpolation="none"
    )
    bar = figure.colorbar(image, ax=axes, shrink=0.7, pad=0.02, aspect=25)
    bar.ax.spines[:].set_visible(False)
    number_axis(bar.ax.yaxis, known.tolist(), share=share)
    # Away from the numbers, whose width is only known when they are drawn.
    bar.set_label(label, labelpad=12)
    bare_axes(axes)


def _inches_for(names: Sequence[str], across: Sequence[str]) -> tuple[float, float]:
    """Inches that hold every name, those of the columns upright where they are wide."""
    wide = max((display_width(name) for name in across), default=0) * _EM / 2
    flat = wide * len(across) <= 6.0
    height = _ROW * len(names) + (1.9 if flat else 1.7 + wide)
    return max(8.0, _ROW * 0.8 * len(across) + 2.8), height


def _ticks(axes: Axes, names: Sequence[str], across: Sequence[str]) -> None:
    """Every row and column has its name: a reader cannot count cells."""
    for axis, labels in ((axes.yaxis, names), (axes.xaxis, across)):
        axis.set_ticks(range(len(labels)), labels)
    wide = max((display_width(name) for name in across), default=0) * _EM / 2
    if wide * len(across) > 6.0:
        axes.tick_params(axis="x", labelrotation=90)
    if len(names) > _MANY_CELLS * 2 or len(across) > _MANY_CELLS * 2:
        axes.tick_params(labelsize=7)


def _write_numbers(axes: Axes, grid: Floats, *, share: bool) -> None:
    """The numbers themselves, where there are few."""
    low, high = float(np.nanmin(grid)), float(np.nanmax(grid))
    for (i, j), score in np.ndenumerate(grid):
        if np.isfinite(score):
            dark = high > low and (score - low) / (high - low) > _HALF
            text = f"{score:.1%}" if share else f"{score:.2f}"
            axes.text(
                j, i, text, ha="center", va="center", size=7.5, color="white" if dark else INK
            )
