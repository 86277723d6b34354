"""Names beside points, where there is room for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from speechmine.plots.widths import display_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["place_labels"]

Floats = npt.NDArray[np.float64]
LabelBox = tuple[float, float, float, float]
_SIZE = 8.5
_HEIGHT, _HALF_WIDTH, _APART = 1.25 * _SIZE, 0.53 * _SIZE, 3.5
# Where a name may stand: x in its own widths, y in its own heights, from the point.
_SPOTS = ((0.0, -0.5), (-1.0, -0.5), (-0.5, 0.25), (-0.5, -1.25), (0.0, 0.2), (-1.0, 0.2))


def place_labels(
    axes: Axes, x: Floats, y: Floats, names: Mapping[int, str], *, colour: str
) -> None:
    """Write names beside their points; one that has no free place is left out.

    Args:
        axes: settled, so that points on paper are known.
        x: of all points.
        y: of all points; names keep off those too.
        names: by number of the point, the most important first.
        colour: of the names.
    """
    to_points = 72 / axes.get_figure(root=True).dpi  # type: ignore[union-attr]
    dots = axes.transData.transform(np.column_stack([x, y])) * to_points
    left, bottom, right, top = (float(edge) * to_points for edge in axes.bbox.extents)
    frame = (left, bottom, right, top)
    taken: list[LabelBox] = [
        tuple(box) for box in np.hstack([dots[list(names)] - 2, dots[list(names)] + 2])
    ]
    for i, name in names.items():
        width = display_width(name) * _HALF_WIDTH
        spot = _free_spot(tuple(dots[i]), width, taken, frame)
        if spot is None:
            continue
        taken.append((spot[0], spot[1], spot[0] + width, spot[1] + _HEIGHT))
        label = axes.annotate(
            name,
            (float(x[i]), float(y[i])),
            xytext=(spot[0] - dots[i][0], spot[1] - dots[i][1] + _HEIGHT / 2),
            textcoords="offset points",
            va="center",
            ha="left",
            size=_SIZE,
            color=colour,
        )
        label.set_in_layout(False)


def _free_spot(
    dot: tuple[float, ...], width: float, taken: list[LabelBox], frame: tuple[float, ...]
) -> tuple[float, float] | None:
    for across, up in _SPOTS:
        side = _APART if across == 0 else (-_APART if across == -1 else 0.0)
        left, bottom = dot[0] + across * width + side, dot[1] + up * _HEIGHT
        box = (left, bottom, left + width, bottom + _HEIGHT)
        inside = box[0] >= frame[0] and box[2] <= frame[2] and box[3] <= frame[3] + _HEIGHT
        own = (dot[0] - 2, dot[1] - 2, dot[0] + 2, dot[1] + 2)
        if inside and not any(_boxes_meet(box, other) for other in taken if other != own):
            return left, bottom
    return None


def _boxes_meet(a: LabelBox, b: LabelBox) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
