"""The figures of a comparison, as its analyses declare them."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from speechmine.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from speechmine.themes import Comparison
    from speechmine.themes.declaring.analysis import Chart

__all__ = ["drawing_module", "figures", "png", "svg_uri"]


def drawing_module() -> ModuleType:
    """The module that draws; a ``matplotlibrc`` of the working directory is not heeded.

    It may have labels set by a program, LaTeX, with what else that runs.

    Raises:
        UsageError: matplotlib is not installed.
    """
    from speechmine import plots

    _ = plots.lines  # asks for matplotlib
    import matplotlib as mpl

    if Path(mpl.matplotlib_fname()).resolve().parent == Path.cwd():
        mpl.rcdefaults()
    return plots


def figures(found: Comparison) -> Iterator[tuple[str, str, Figure]]:
    """Name, table and figure of all that can be drawn.

    Raises:
        UsageError: matplotlib is not installed.
    """
    drawing_module()  # below, an error means that one table has no values
    for name, table in found.tables.items():
        analysis = found.analyses[name]
        for chart in analysis.charts:
            if found.plan.by not in chart.by:
                continue
            try:
                yield chart.name or name, name, _drawn(chart, table, analysis.title, found.plan.by)
            except UsageError:
                # A table that has no value to draw is still a table.
                continue


def _drawn(chart: Chart, table: pd.DataFrame, title: str, by: str) -> Figure:
    from speechmine import plots

    draw: Callable[..., Figure] = getattr(plots, chart.kind_for(table))
    return draw(chart.prepare(table), title=title, **chart.options(by))


def png(figure: Figure, dpi: int = 200) -> bytes:
    """The figure for print."""
    return _saved(figure, format="png", dpi=dpi)


def svg_uri(figure: Figure) -> str:
    """The figure as an address that holds all of it, for the page."""
    content = _saved(figure, format="svg", metadata={"Date": None})
    return f"data:image/svg+xml;base64,{base64.b64encode(content).decode('ascii')}"


def _saved(figure: Figure, **options: Any) -> bytes:
    import matplotlib as mpl

    settings: Any = {"svg.hashsalt": "speechmine", "axes.unicode_minus": False}
    out = io.BytesIO()
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(out, **options)
    return out.getvalue()
