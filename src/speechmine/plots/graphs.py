"""Words that stand together as a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from speechmine.errors import UsageError
from speechmine.plots.axes import bare_axes
from speechmine.plots.captions import caption_of
from speechmine.plots.style import INK, PALETTE, drawing, finish, new_figure
from speechmine.plots.widths import shorten
from speechmine.plots.words import Lang, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["network"]

Floats = npt.NDArray[np.float64]
_SEED = 0
_OTHERS = "#BDBDBD"


def network(graph: nx.Graph, *, title: str | None = None, lang: Lang = "zh") -> Figure:
    """Words as circles, pairs as lines, communities as colours; the same graph, the same picture.

    Args:
        graph: of :func:`speechmine.themes.collocation_network`.
        title: of the figure.
        lang: of the figure's own words, ``zh`` or ``en``.

    Raises:
        UsageError: the graph is empty.

    Example:
        >>> from speechmine.themes import collocation_network, collocations
        >>> pairs = collocations({2024: "扩大就业增加收入。修建铁路公路。" * 20})
        >>> network(collocation_network(pairs)).axes[0].get_xticks().tolist()
        []
    """
    import networkx as nx
    import pandas as pd

    if not graph.number_of_nodes():
        raise UsageError("nothing to draw: the graph has no word")
    places = nx.spring_layout(graph, seed=_SEED, weight="weight", k=2.2 / len(graph) ** 0.5)
    names = list(graph.nodes)
    x, y = np.array([places[name] for name in names]).T
    sizes = np.sqrt([graph.nodes[name].get("n", 1) for name in names])
    with drawing(lang):
        figure = new_figure(8, 7, title)
        axes = figure.add_subplot()
        heaviest = max(weight for _, _, weight in graph.edges(data="weight", default=1.0))
        for a, b, weight in graph.edges(data="weight", default=1.0):
            ends = np.array([places[a], places[b]]).T
            axes.plot(*ends, color="#B8B8B8", lw=0.4 + 2.2 * weight / heaviest, zorder=1)
        colours = [_node_colour(graph.nodes[name].get("community", 0)) for name in names]
        axes.scatter(x, y, s=18 + 260 * (sizes / sizes.max()) ** 2, c=colours, lw=0, zorder=2)
        bare_axes(axes)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.margins(0.08)
        told = pd.DataFrame()
        told.attrs.update(graph.graph)
        counts = say("network", nodes=len(names), edges=graph.number_of_edges())
        finish(figure, caption_of(told, counts))
        _write_names(axes, names, x, y)
        return figure


def _write_names(axes: Axes, names: Sequence[str], x: Floats, y: Floats) -> None:
    """Each name near its circle, moved so that no two lie on one another."""
    from adjustText import adjust_text

    labels = [
        axes.text(left, low, shorten(name, 20), size=8, color=INK, zorder=3, ha="center")
        for name, left, low in zip(names, x, y, strict=True)
    ]
    adjust_text(
        labels,
        x=x,
        y=y,
        ax=axes,
        ensure_inside_axes=True,
        prevent_crossings=False,
        iter_lim=200,
        arrowprops={"arrowstyle": "-", "color": "#999999", "lw": 0.5},
    )


def _node_colour(community: int) -> str:
    """Small communities beyond the palette are grey: no colour stands for two."""
    return PALETTE[community] if community < len(PALETTE) else _OTHERS
