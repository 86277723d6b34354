"""Which figure goes with which table."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from speechmine.cli.compare_views import title
from speechmine.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from speechmine.themes import Comparison

__all__ = ["drawing", "figures", "png", "svg_uri"]

# With more lines or years than this they cross too often to be followed.
_FEW_LINES = 4
_FEW_YEARS = 15

Maker = Callable[["pd.DataFrame"], "Figure"]


def drawing() -> ModuleType:
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
    drawing()  # below, an error means that one table has no values
    makers = _yearly() if found.plan.by == "year" else _grouped(found.plan.by)
    for name, (table, make) in makers.items():
        if table not in found.tables:
            continue
        try:
            yield name, table, make(found.tables[table])
        except UsageError:
            # A table that has no value to draw is still a table.
            continue


def _yearly() -> Mapping[str, tuple[str, Maker]]:
    from speechmine import plots

    return {
        "frequency": ("frequency", _by_term),
        "ranks": ("ranks", lambda t: plots.bump_chart(_recent(t, 12), title=title("ranks"))),
        "keyness": ("keyness", lambda t: plots.diverging_bars(t, title=title("keyness"))),
        "volcano": ("keyness", lambda t: plots.volcano(t, title=title("keyness"))),
        "lifecycle": ("lifecycle", lambda t: plots.timeline(t, title=title("lifecycle"))),
        "bursts": ("bursts", lambda t: plots.timeline(t, title=title("bursts"))),
        "attention": (
            "attention",
            lambda t: plots.area(t, value="share_of_hits", title=title("attention")),
        ),
        "tone": ("tone", lambda t: plots.lines(t, title=title("tone"))),
        "prevalence": ("prevalence", lambda t: plots.small_multiples(t, title=title("prevalence"))),
        "likeness": ("likeness", lambda t: plots.heat_map(t, title=title("likeness"))),
        "novelty": ("novelty", lambda t: plots.lines(_novelty(t), title=title("novelty"))),
        "carry_summary": (
            "carry_summary",
            lambda t: plots.lines(_carried(t), value="share", title=title("carry_summary")),
        ),
        "tasks": (
            "tasks",
            lambda t: plots.lines(_flags(t), value="share", title=title("tasks")),
        ),
        "targets": ("targets", lambda t: plots.target_ladder(t, title=title("targets"))),
    }


def _grouped(by: str) -> Mapping[str, tuple[str, Maker]]:
    from speechmine import plots

    def crossed(name: str, item: str, value: str) -> Maker:
        return lambda t: plots.heat_map(t, rows=item, columns=by, value=value, title=title(name))

    return {
        "frequency": ("frequency", crossed("frequency", "term", "rate")),
        "attention": ("attention", crossed("attention", "topic", "share")),
        "tone": ("tone", crossed("tone", "strength", "share")),
        "prevalence": ("prevalence", crossed("prevalence", "label", "prevalence")),
        "likeness": ("likeness", lambda t: plots.heat_map(t, title=title("likeness"))),
        "targets": ("targets", lambda t: plots.target_ladder(t, title=title("targets"))),
    }


def _recent(table: pd.DataFrame, years: int) -> pd.DataFrame:
    first = int(table["year"].max()) - years + 1
    return table.loc[table["year"] >= first]


def _novelty(table: pd.DataFrame) -> pd.DataFrame:
    return _long(table, {"novelty": "新颖度（与前几年）", "transience": "易逝度（与后几年）"})


def _carried(table: pd.DataFrame) -> pd.DataFrame:
    """The mean of the places, where there are several."""
    names = {"repeated": "照搬", "edited": "改写", "new": "新写"}
    mean = table.groupby("year", as_index=False)[list(names)].mean()
    mean.attrs = dict(table.attrs)
    return _long(mean, names)


def _flags(table: pd.DataFrame) -> pd.DataFrame:
    names = {"share_party": "有责任单位", "share_date": "有时限", "share_measurable": "可量化"}
    return _long(table, names)


def _long(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Several columns as several series."""
    kept = table[["year", *names]].rename(columns=dict(names))
    value = "share" if "新颖度（与前几年）" not in kept.columns else "divergence"
    tidy = kept.melt("year", var_name="kind", value_name=value)
    tidy.attrs = dict(table.attrs)
    return tidy


def _by_term(table: pd.DataFrame) -> Figure:
    """Few terms in one chart; many lines over many years in a small chart each."""
    from speechmine import plots

    crowded = table["term"].nunique() > _FEW_LINES and table["year"].nunique() > _FEW_YEARS
    draw: Callable[..., Figure] = plots.small_multiples if crowded else plots.lines
    return draw(table, title=title("frequency"))


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
