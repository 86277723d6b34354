"""What all figures share: light, fit for print and for colour-blind readers, with a caption."""

from __future__ import annotations

import contextlib
import unicodedata
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from speechmine.errors import UsageError
from speechmine.plots.fonts import families
from speechmine.plots.words import Lang, has, joined, say, speaking

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

__all__ = [
    "GREY",
    "INK",
    "LIGHT",
    "PALETTE",
    "bare",
    "caption_of",
    "display_width",
    "drawing",
    "finish",
    "gap_years",
    "need",
    "new_figure",
    "number_axis",
    "range_told",
    "shade_gaps",
    "shorten",
    "spans_told",
    "spread",
    "year_axis",
    "years_told",
]

# Okabe & Ito (2008), told apart by colour-blind readers and in grey; without the pale yellow.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#5B4A8A", "#8C6D46")
INK, GREY, LIGHT = "#222222", "#767676", "#E4E4E4"
_CAPTION_SIZE, _TITLE_SIZE = 7.5, 13.0
_POINTS = 72
_RC: Mapping[str, Any] = {
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.labelsize": 9,
    "axes.grid": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.7,
    "axes.unicode_minus": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "text.color": INK,
    "text.usetex": False,
    # Terms of a text are no formulas: a dollar sign is a dollar sign.
    "text.parse_math": False,
    "font.size": 9,
    "svg.hashsalt": "speechmine",
    "pdf.fonttype": 42,
}


@contextlib.contextmanager
def drawing(lang: Lang = "zh") -> Iterator[None]:
    """Settings of our figures, for as long as one is made; the user's own are put back."""
    settings: Any = {**_RC, "font.family": families()}
    with speaking(lang), mpl.rc_context(settings):
        yield


def need(table: pd.DataFrame, *columns: str) -> None:
    """Refuse a table that lacks a column, or that has no rows to draw.

    Raises:
        UsageError: either of these.
    """
    missing = [name for name in columns if name not in table.columns]
    if missing:
        have = ", ".join(map(str, table.columns))
        raise UsageError(f"the table has no column {missing[0]!r}; it has: {have}")
    if not len(table) or not table[list(columns)].notna().all(axis=1).any():
        raise UsageError(f"nothing to draw: no row has {', '.join(columns)}")


def new_figure(width: float, height: float, title: str | None) -> Figure:
    """A figure of so many inches with its title at the left."""
    figure = Figure(figsize=(width, height), layout="constrained")
    if title:
        figure.suptitle(_wrapped(title, width, _TITLE_SIZE), x=0.01, ha="left", size=_TITLE_SIZE)
    return figure


def finish(figure: Figure, caption: str) -> Figure:
    """Put the caption below and settle the layout while our settings hold."""
    width = float(figure.get_size_inches()[0])
    text = _wrapped(caption, width, _CAPTION_SIZE)
    figure.supxlabel(text, x=0.01, ha="left", size=_CAPTION_SIZE, color=GREY, linespacing=1.35)
    with warnings.catch_warnings():
        # Without a Chinese font there was one clear warning; not one more for each character.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.draw_without_rendering()
    # Settled: names were moved apart for these places, and each saving is quicker.
    figure.set_layout_engine("none")
    return figure


def caption_of(table: pd.DataFrame, *more: str, base: str | None = None) -> str:
    """What the numbers are shares of, of how many reports, and by what method.

    Args:
        table: with its ``attrs``; those of the table that it was made from count too.
        more: what else is said, before the method.
        base: instead of the table's own.

    Example:
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"n": [1]})
        >>> frame.attrs.update(method="count", n_reports=3, params={"base": "chars", "per": 10000})
        >>> caption_of(frame, "2020—2024年")
        '基数：每万汉字；n = 3篇；2020—2024年；方法：count'
    """
    own = table.attrs
    of = own.get("params", {}).get("of") or {}
    params = {**of.get("params", {}), **own.get("params", {})}
    attrs = {**of, **own}
    told = [base or _base(table, params), _reports(attrs), *more]
    told += [_filters(attrs.get("filters") or {})]
    for name, key in (
        ("note", "note"),
        ("note", "warning"),
        ("method", "method"),
        ("vocabulary", "vocabulary"),
    ):
        told += [say(name, text=attrs[key])] if attrs.get(key) else []
    return joined(*told)


def years_told(first: float, last: float) -> str:
    """From when to when.

    Example:
        >>> years_told(1990, 2026)
        '1990—2026年'
    """
    return say("years", first=f"{first:.0f}", last=f"{last:.0f}")


def _base(table: pd.DataFrame, params: Mapping[str, Any]) -> str:
    stated = list(table["base"].dropna()) if "base" in table.columns else []
    base = stated[0] if stated else params.get("base")
    if base is None:
        return ""
    per = say(f"per.{params['per']}") if has(f"per.{params.get('per')}") else ""
    name = say(f"base.{base}") if has(f"base.{base}") else str(base)
    return say("base", per=per, name=name)


def _reports(attrs: Mapping[Any, Any]) -> str:
    return say("reports", n=attrs["n_reports"]) if attrs.get("n_reports") else ""


def _filters(filters: Mapping[str, Any]) -> str:
    told = [
        f"{say(f'filter.{name}') if has(f'filter.{name}') else name} {range_told(value)}"
        for name, value in filters.items()
    ]
    return say("scope", filters=joined(*told, listed=True)) if told else ""


# A list of names longer than this is told by its length.
_FEW_NAMES = 6


def range_told(value: object) -> str:
    """A selection in a few words: years that follow one another as a span.

    Example:
        >>> range_told((2018, 2022)), range_told([2001, 2002, 2003, 2010]), range_told("清溪县")
        ('2018—2022', '2001—2003、2010', '清溪县')
    """
    if isinstance(value, tuple) and len(value) == 2:
        return say("range").join(dict.fromkeys(map(str, value)))
    if not isinstance(value, (list, tuple, set, frozenset)):
        return str(value)
    listed = sorted(value, key=str)
    if listed and all(isinstance(one, int) for one in listed):
        return joined(*spans_told(sorted(listed)), listed=True)
    more = f" …（{len(listed)}）" if len(listed) > _FEW_NAMES else ""
    return joined(*map(str, listed[:_FEW_NAMES]), listed=True) + more


def spans_told(years: Sequence[int]) -> list[str]:
    """Runs of years that follow one another, the years ascending."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [str(r[0]) if len(r) == 1 else f"{r[0]}{say('range')}{r[-1]}" for r in runs]


def _wrapped(text: str, inches: float, size: float) -> str:
    """Lines that fit a width; Chinese has no blanks to break at."""
    most = int(inches * _POINTS / size * 2 * 0.94)
    lines, line, width = [], "", 0
    for piece in _breakable(text):
        if line and width + display_width(piece) > most:
            lines.append(line.rstrip())
            line, width = "", 0
        line, width = line + piece, width + display_width(piece)
    return "\n".join([*lines, line])


def _breakable(text: str) -> Iterator[str]:
    """Pieces that stay whole: a wide character with the marks after it, a Latin word."""
    piece = ""
    for char in text:
        starts = _wide(char) and char not in "，；。：、）】」—"
        if piece and (starts or piece[-1] == " " or (_wide(piece[-1]) and not _wide(char))):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFA"


def display_width(text: str) -> int:
    """Columns that a text takes, two a Chinese character."""
    return sum(2 if _wide(char) else 1 for char in text)


def shorten(text: object, most: int = 28) -> str:
    """A label on one line, cut with a mark where it is too long.

    Example:
        >>> shorten("高质量发展的首要任务", 12)
        '高质量发展…'
    """
    plain = " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())
    if display_width(plain) <= most:
        return plain
    kept = ""
    for char in plain:
        if display_width(kept + char) > most - 1:
            break
        kept += char
    return kept + "…"


def bare(axes: Axes) -> None:
    """Axes without a frame and ticks, for figures that are read by their labels."""
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def number_axis(axis: Axis, values: Sequence[float], *, share: bool = False) -> None:
    """Ticks of few digits; percent where the values are shares."""
    whole = not share and len(values) > 0 and all(float(v).is_integer() for v in values)
    axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10], integer=whole))
    # Percent with as many digits as the steps between ticks need, so that 2.5 is not 2.
    percent = FuncFormatter(lambda value, _: f"{round(value * 100, 6):g}%")
    axis.set_major_formatter(
        percent if share else FuncFormatter(lambda value, _: f"{round(value, 9):g}")
    )


def year_axis(axes: Axes, first: int, last: int, *, most: int = 12) -> None:
    """Years as whole numbers, no more than fit."""
    step = next((s for s in (1, 2, 5, 10, 20, 50) if (last - first) / s <= most), 100)
    ticks = [year for year in range(first, last + 1) if year % step == 0 or step == 1]
    axes.xaxis.set_major_locator(FixedLocator(ticks or [first]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    margin = max((last - first) * 0.015, 0.3)
    axes.set_xlim(first - margin, last + margin)


def gap_years(table: pd.DataFrame, value: str) -> list[int]:
    """Years that have rows and no value in any of them."""
    known = table.dropna(subset=["year"])
    empty = known.groupby("year")[value].apply(lambda column: column.isna().all())
    return [int(year) for year, none in empty.items() if none]  # type: ignore[call-overload]


def shade_gaps(axes: Axes, years: Sequence[int]) -> None:
    """A pale band over each year without a text."""
    for year in years:
        axes.axvspan(year - 0.5, year + 0.5, color=LIGHT, alpha=0.55, lw=0, zorder=0)


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places moved apart so that labels do not lie on one another, as little as it takes.

    Example:
        >>> spread([1.0, 1.1, 5.0], 1.0, 0.0, 10.0)
        [0.55, 1.55, 5.0]
    """
    order = np.argsort(places, kind="stable")
    groups: list[tuple[float, int]] = []  # middle, members
    for i in order:
        groups.append((float(places[i]), 1))
        while len(groups) > 1 and _touch(groups[-2], groups[-1], gap):
            (a, n), (b, m) = groups[-2:]
            groups[-2:] = [((a * n + b * m) / (n + m), n + m)]
    moved = [m + (k - (n - 1) / 2) * gap for m, n in groups for k in range(n)]
    moved = _within(moved, gap, low, high)
    result = [0.0] * len(moved)
    for place, i in zip(moved, order, strict=True):
        result[int(i)] = round(place, 6)
    return result


def _touch(a: tuple[float, int], b: tuple[float, int], gap: float) -> bool:
    return b[0] - a[0] < gap * (a[1] + b[1]) / 2


def _within(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Pushed up from the bottom, then down from the top."""
    for i in range(len(places)):
        places[i] = max(places[i], low + i * gap)
    for i in range(len(places)):
        j = len(places) - 1 - i
        places[j] = min(places[j], high - i * gap)
    return places
