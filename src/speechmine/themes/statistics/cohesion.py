"""How firmly the words of a run belong together."""

from __future__ import annotations

import math

__all__ = ["Gram", "npmi", "pmi"]

#: A run of words.
Gram = tuple[str, ...]


def pmi(n_both: float, n_a: float, n_b: float, total: float) -> float:
    """Pointwise mutual information, natural logarithm (Church & Hanks 1990).

    Example:
        >>> round(pmi(1, 3, 2, 5), 6)
        -0.182322
    """
    return math.log(n_both * total / (n_a * n_b))


def npmi(n_both: float, n_a: float, n_b: float, total: float) -> float:
    """PMI as a share of its maximum, between -1 and 1 (Bouma 2009).

    Example:
        >>> round(npmi(1, 3, 2, 5), 6)
        -0.113283
    """
    if n_both >= total:
        return 1.0
    return pmi(n_both, n_a, n_b, total) / -math.log(n_both / total)
