"""Axes of figures: years, numbers, and years without a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from speechmine.plots.style import LIGHT

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

__all__ = ["bare_axes", "gap_years", "number_axis", "shade_gaps", "year_axis"]


def bare_axes(axes: Axes) -> None:
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
