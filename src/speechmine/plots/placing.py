"""Labels moved apart so that none lies on another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["spread"]


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
    moved = _pushed_inside(moved, gap, low, high)
    result = [0.0] * len(moved)
    for place, i in zip(moved, order, strict=True):
        result[int(i)] = round(place, 6)
    return result


def _touch(a: tuple[float, int], b: tuple[float, int], gap: float) -> bool:
    return b[0] - a[0] < gap * (a[1] + b[1]) / 2


def _pushed_inside(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Pushed up from the bottom, then down from the top."""
    for i in range(len(places)):
        places[i] = max(places[i], low + i * gap)
    for i in range(len(places)):
        j = len(places) - 1 - i
        places[j] = min(places[j], high - i * gap)
    return places
