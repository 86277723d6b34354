"""A table of counts as the product of two smaller ones."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from speechmine.themes.statistics.arrays import Floats

__all__ = ["factorise"]


def factorise(
    table: npt.ArrayLike | sparse.csr_matrix,
    k: int,
    *,
    init: str = "nndsvd",
    seed: int = 0,
    steps: int = 200,
    tolerance: float = 1e-3,
) -> tuple[Floats, Floats]:
    """Non-negative W and H with ``table ~ W @ H``, by squared error.

    Args:
        table: one row a paragraph.
        k: number of topics.
        init: how it starts.
        seed: of what is random.
        steps: no more than that.
        tolerance: relative change at the end.

    Example:
        >>> w, h = factorise([[1.0, 0.0], [0.0, 2.0]], 2)
        >>> (w @ h).round(3).tolist()
        [[1.0, 0.0], [0.0, 2.0]]
    """
    import warnings

    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    model = NMF(k, init=init, random_state=seed, max_iter=steps, tol=tolerance)
    # What is left of an exact factorisation may round to less than nothing. The matrices are
    # small: threads would wait for one another longer than they compute.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"), threadpool_limits(1):
        warnings.simplefilter("ignore", ConvergenceWarning)
        w = model.fit_transform(sparse.csr_matrix(table, dtype=float))
    return np.asarray(w), np.asarray(model.components_)
