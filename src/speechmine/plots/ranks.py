"""Ranks by year as a bump chart, and the years of terms as a time line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from speechmine.plots.series import item_of
from speechmine.plots.style import (
    GREY,
    INK,
    LIGHT,
    PALETTE,
    bare,
    caption_of,
    drawing,
    finish,
    need,
    new_figure,
    shorten,
    year_axis,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["bump_chart", "timeline"]

# With more years than this there is no room for names inside the chart.
_FEW_YEARS = 20
_BURSTS = "颜色越深，突发越强；数字为突发期内次数；空心端：到语料末年仍未回落"
_LIVES = "数字为总次数；空心端：语料起止处已在使用，真实起止更早或更晚"

_STATUS = {
    "new": (PALETTE[2], "新出现"),
    "current": (PALETTE[0], "仍在使用"),
    "pausing": (PALETTE[5], "最近一篇未提"),
    "disappeared": (GREY, "不再出现"),
}


def bump_chart(
    table: pd.DataFrame, *, item: str | None = None, top: int = 10, title: str | None = None
) -> Figure:
    """Ranks by year; a line breaks where a year is missing or an item is outside the top.

    Args:
        table: of :func:`rank_table`.
        item: what is ranked; found by itself in the package's tables.
        top: ranks that are drawn.
        title: of the figure.

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
    with drawing():
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
        bare(axes)
        year_axis(axes, years[0], years[-1])
        caption = f"{years[0]}—{years[-1]}年，每年前{top}位；断线处为缺年或不在前{top}位"
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
            names = "、".join(shorten(name, 20) for name in group[item])
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
            text = shorten("、".join(names), 14)
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


def timeline(table: pd.DataFrame, *, top: int = 30, title: str | None = None) -> Figure:
    """From when to when terms are used, or in which years they burst.

    Args:
        table: of :func:`term_lifecycle`, :func:`disappeared_terms` (bars from first to last
            year, open ends where the corpus begins or ends) or :func:`bursts` (bars as strong as
            the burst).
        top: terms, the most frequent or strongest ones.
        title: of the figure.

    Example:
        >>> from speechmine.themes import term_lifecycle
        >>> texts = {2021: "抓改革", 2022: "稳就业", 2023: "稳就业"}
        >>> len(timeline(term_lifecycle(texts, ["改革", "就业"])).axes[0].patches)
        2
    """
    spells = "start" in table.columns
    first, last = ("start", "end") if spells else ("first_year", "last_year")
    need(table, "term", first, last, "n")
    known = table.dropna(subset=[first, last])
    strength = "weight" if spells else "n"
    leading = known.groupby("term")[strength].sum().sort_values(ascending=False, kind="stable")
    known = known[known["term"].isin(list(leading.index[:top]))]
    begin = known.groupby("term")[first].min()
    terms = sorted(begin.index, key=lambda term: (begin[term], term))
    with drawing():
        figure = new_figure(8, 0.25 * len(terms) + 1.6, title)
        axes = figure.add_subplot()
        heaviest = float(known[strength].max())
        span = _span(table, known, first, last)
        room = (span[1] - span[0]) * 0.05
        for row in known.to_dict("records"):
            at = terms.index(row["term"])
            alpha = 0.35 + 0.65 * float(row[strength]) / heaviest if spells else 1.0
            _bar(axes, row, at, (int(row[first]), int(row[last])), alpha)
            starts = known[first][known["term"] == row["term"]] - row[last]
            if not starts.between(0.5, room).any():
                _count(axes, row["n"], int(row[last]), at)
        _years(axes, terms, span)
        if not spells:
            _legend(figure, known)
        caption = _BURSTS if spells else _LIVES
        return finish(figure, caption_of(table, f"{span[0]}—{span[1]}年", caption))


def _span(table: pd.DataFrame, known: pd.DataFrame, first: str, last: str) -> tuple[int, int]:
    years = table.attrs.get("params", {}).get("years")
    if years:
        return int(min(years)), int(max(years))
    return int(known[first].min()), int(known[last].max())


def _bar(axes: Axes, row: Mapping[Any, Any], at: int, years: tuple[int, int], alpha: float) -> None:
    colour = _STATUS.get(str(row.get("status")), (PALETTE[0], ""))[0]
    start, end = years[0] - 0.4, years[1] + 0.4
    axes.barh(at, end - start, left=start, height=0.5, color=colour, alpha=alpha, lw=0, zorder=3)
    for open_end, x in ((row.get("left_censored"), start), (row.get("right_censored"), end)):
        if open_end is True or open_end == 1:
            axes.plot(x, at, "o", ms=4.5, mfc="white", mec=colour, mew=1.2, zorder=4)


def _count(axes: Axes, n: object, year: int, at: int) -> None:
    axes.annotate(
        str(n),
        (year + 0.4, at),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        size=7.5,
        color=GREY,
    )


def _years(axes: Axes, terms: Sequence[str], span: tuple[int, int]) -> None:
    axes.set_yticks(range(len(terms)), [shorten(term, 30) for term in terms])
    axes.set_ylim(len(terms) - 0.4, -0.6)
    year_axis(axes, *span)
    right = (span[1] - span[0]) * 0.07 + 1
    axes.set_xlim(span[0] - 1, span[1] + right)
    axes.grid(axis="x", color=LIGHT, lw=0.7, zorder=0)
    bare(axes)


def _legend(figure: Figure, table: pd.DataFrame) -> None:
    from matplotlib.patches import Patch

    if "status" not in table.columns:
        return
    held = set(table["status"])
    patches = [Patch(color=c, label=name) for key, (c, name) in _STATUS.items() if key in held]
    legend = figure.axes[0].legend(
        handles=patches,
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=len(patches),
        frameon=False,
        borderaxespad=0.2,
        handlelength=1.2,
    )
    for text in legend.get_texts():
        text.set_color(INK)
