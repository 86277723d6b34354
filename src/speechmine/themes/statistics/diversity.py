"""How evenly a whole is shared out."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

__all__ = ["diversity"]


def diversity(values: npt.ArrayLike | Iterable[float]) -> tuple[float, float, float]:
    """Shannon's H, H by the logarithm of the number of values, inverse Herfindahl.

    Example:
        >>> [round(x, 4) for x in diversity([0.5, 0.25, 0.125, 0.125, 0])]
        [1.213, 0.7537, 2.9091]
    """
    given = np.asarray(list(np.atleast_1d(np.asarray(values, dtype=float))), dtype=float)
    total = given.sum() if given.size else 0.0
    if not total:
        return float("nan"), float("nan"), float("nan")
    shares = given / total
    known = shares[shares > 0]
    h = float(-(known * np.log(known)).sum())
    norm = h / float(np.log(given.size)) if given.size > 1 else float("nan")
    return h, norm, float(1 / (shares**2).sum())
