"""From when to when terms are used, or burst out, as bars along the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from speechmine.plots.axes import bare_axes, year_axis
from speechmine.plots.captions import caption_of, years_told
from speechmine.plots.style import GREY, INK, LIGHT, PALETTE, drawing, finish, need, new_figure
from speechmine.plots.widths import shorten
from speechmine.plots.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["timeline"]

_STATUS = {
    "new": PALETTE[2],
    "current": PALETTE[0],
    "pausing": PALETTE[5],
    "disappeared": GREY,
}


def timeline(
    table: pd.DataFrame, *, top: int = 30, title: str | None = None, lang: Lang = "zh"
) -> Figure:
    """From when to when terms are used, or in which years they burst.

    Args:
        table: of :func:`term_lifecycle`, :func:`disappeared_terms` (bars from first to last
            year, open ends where the corpus begins or ends) or :func:`bursts` (bars as strong as
            the burst).
        top: terms, the most frequent or strongest ones.
        title: of the figure.
        lang: of the figure's own words, ``zh`` or ``en``.

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
    with drawing(lang):
        figure = new_figure(8, 0.25 * len(terms) + 1.6, title)
        axes = figure.add_subplot()
        heaviest = float(known[strength].max())
        span = _years_shown(table, known, first, last)
        room = (span[1] - span[0]) * 0.05
        for row in known.to_dict("records"):
            at = terms.index(row["term"])
            alpha = 0.35 + 0.65 * float(row[strength]) / heaviest if spells else 1.0
            _draw_life(axes, row, at, _spells_of_years(row, int(row[first]), int(row[last])), alpha)
            starts = known[first][known["term"] == row["term"]] - row[last]
            if not starts.between(0.5, room).any():
                _write_count(axes, row["n"], int(row[last]), at)
        _years_in(axes, terms, span)
        if not spells:
            _legend(figure, known)
        caption = say("bursts" if spells else "lives")
        more = table["term"].nunique() - len(terms)
        cut = say("most", n=len(terms), more=more, all=len(terms) + more) if more else ""
        return finish(figure, caption_of(table, years_told(*span), cut, caption))


def _years_shown(
    table: pd.DataFrame, known: pd.DataFrame, first: str, last: str
) -> tuple[int, int]:
    years = table.attrs.get("params", {}).get("years")
    if years:
        return int(min(years)), int(max(years))
    return int(known[first].min()), int(known[last].max())


def _spells_of_years(row: Mapping[Any, Any], first: int, last: int) -> list[tuple[int, int]]:
    """Spells of years that have the term; one from first to last where the table has no more."""
    told = row.get("years")
    if not isinstance(told, str) or not told:
        return [(first, last)]
    ends = [run.split("-") for run in told.split(";")]
    return [(int(run[0]), int(run[-1])) for run in ends]


def _draw_life(
    axes: Axes, row: Mapping[Any, Any], at: int, runs: Sequence[tuple[int, int]], alpha: float
) -> None:
    """Thick where it is used, thin between."""
    colour = _STATUS.get(str(row.get("status")), PALETTE[0])
    start, end = runs[0][0] - 0.4, runs[-1][1] + 0.4
    if len(runs) > 1:
        axes.plot([start, end], [at, at], color=colour, lw=0.8, alpha=0.7, zorder=2)
    for first, last in runs:
        width = last - first + 0.8
        axes.barh(
            at, width, left=first - 0.4, height=0.5, color=colour, alpha=alpha, lw=0, zorder=3
        )
    for open_end, x in ((row.get("left_censored"), start), (row.get("right_censored"), end)):
        if open_end is True or open_end == 1:
            axes.plot(x, at, "o", ms=4.5, mfc="white", mec=colour, mew=1.2, zorder=4)


def _write_count(axes: Axes, n: object, year: int, at: int) -> None:
    axes.annotate(
        str(n),
        (year + 0.4, at),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        size=7.5,
        color=GREY,
    )


def _years_in(axes: Axes, terms: Sequence[str], span: tuple[int, int]) -> None:
    axes.set_yticks(range(len(terms)), [shorten(term, 30) for term in terms])
    axes.set_ylim(len(terms) - 0.4, -0.6)
    year_axis(axes, *span)
    right = (span[1] - span[0]) * 0.07 + 1
    axes.set_xlim(span[0] - 1, span[1] + right)
    axes.grid(axis="x", color=LIGHT, lw=0.7, zorder=0)
    bare_axes(axes)


def _legend(figure: Figure, table: pd.DataFrame) -> None:
    from matplotlib.patches import Patch

    if "status" not in table.columns:
        return
    held = set(table["status"])
    patches = [
        Patch(color=c, label=say(f"status.{key}")) for key, c in _STATUS.items() if key in held
    ]
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
