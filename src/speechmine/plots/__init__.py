"""Figures of the tables that compare reports: light, fit for print, with gaps and a caption.

Each takes a table of :mod:`speechmine.themes` (or ``speechmine.targets``) and returns a
``matplotlib.figure.Figure``, whose caption states the base and n. Needs matplotlib:
``pip install speechmine[plots]``.

    >>> from speechmine import plots
    >>> from speechmine.themes import term_frequency
    >>> table = term_frequency({2022: "深化改革。", 2024: "深化改革，扩大就业。"}, ["改革", "就业"])
    >>> figure = plots.lines(table, title="改革与就业")
    >>> figure.savefig("terms.png", dpi=200)  # doctest: +SKIP

Names are loaded when they are first used.
"""

from typing import TYPE_CHECKING

from speechmine.declared import lazily
from speechmine.errors import UsageError

if TYPE_CHECKING:
    from speechmine.plots.areas import area, heat_map
    from speechmine.plots.bars import diverging_bars, volcano
    from speechmine.plots.fonts import FontWarning, chinese_font
    from speechmine.plots.graphs import network
    from speechmine.plots.lives import timeline
    from speechmine.plots.places import bar_chart
    from speechmine.plots.ranks import bump_chart
    from speechmine.plots.targets import target_ladder
    from speechmine.plots.yearly import lines, small_multiples, topic_choice

_HOME = {
    "areas": ("area", "heat_map"),
    "bars": ("diverging_bars", "volcano"),
    "fonts": ("FontWarning", "chinese_font"),
    "graphs": ("network",),
    "lives": ("timeline",),
    "places": ("bar_chart",),
    "ranks": ("bump_chart",),
    "targets": ("target_ladder",),
    "yearly": ("lines", "small_multiples", "topic_choice"),
}
_load = lazily(__name__, _HOME)

__all__ = [
    "FontWarning",
    "area",
    "bar_chart",
    "bump_chart",
    "chinese_font",
    "diverging_bars",
    "heat_map",
    "lines",
    "network",
    "small_multiples",
    "target_ladder",
    "timeline",
    "topic_choice",
    "volcano",
]


def __getattr__(name: str) -> object:
    try:
        return _load(name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        raise UsageError("figures need matplotlib: pip install 'speechmine[plots]'") from error


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
