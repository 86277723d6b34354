"""What all figures share: light, fit for print and for colour-blind readers, with a caption."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure

from speechmine.errors import UsageError
from speechmine.plots.fonts import families
from speechmine.plots.widths import wrapped
from speechmine.plots.words import Lang, speaking

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["GREY", "INK", "LIGHT", "PALETTE", "drawing", "finish", "need", "new_figure"]

# Okabe & Ito (2008), told apart by colour-blind readers and in grey; without the pale yellow.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#5B4A8A", "#8C6D46")


INK, GREY, LIGHT = "#222222", "#767676", "#E4E4E4"


_CAPTION_SIZE, _TITLE_SIZE = 7.5, 13.0


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
        figure.suptitle(wrapped(title, width, _TITLE_SIZE), x=0.01, ha="left", size=_TITLE_SIZE)
    return figure


def finish(figure: Figure, caption: str) -> Figure:
    """Put the caption below and settle the layout while our settings hold."""
    width = float(figure.get_size_inches()[0])
    text = wrapped(caption, width, _CAPTION_SIZE)
    figure.supxlabel(text, x=0.01, ha="left", size=_CAPTION_SIZE, color=GREY, linespacing=1.35)
    with warnings.catch_warnings():
        # Without a Chinese font there was one clear warning; not one more for each character.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.draw_without_rendering()
    # Settled: names were moved apart for these places, and each saving is quicker.
    figure.set_layout_engine("none")
    return figure
