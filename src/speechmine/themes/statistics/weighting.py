"""Counts weighted by how few documents hold a word."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

__all__ = ["tf_idf"]


def tf_idf(counts: sparse.csr_matrix | npt.ArrayLike, *, smooth: bool = True) -> sparse.csr_matrix:
    """TF-IDF with rows of length one; smooth adds one document that holds every word.

    Args:
        counts: one row a document.
        smooth: ``ln((1 + n) / (1 + df)) + 1``, else ``ln(n / df) + 1``.

    Example:
        >>> tf_idf([[3, 0, 1], [2, 0, 0]]).toarray().round(3)[1].tolist()
        [1.0, 0.0, 0.0]
    """
    table = sparse.csr_matrix(counts, dtype=float)
    held = np.asarray((table > 0).sum(axis=0)).ravel()
    extra = 1 if smooth else 0
    with np.errstate(divide="ignore"):
        idf = np.log((table.shape[0] + extra) / (held + extra)) + 1
    idf[~np.isfinite(idf)] = 0
    weighted = table.multiply(idf).tocsr()
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    length[length == 0] = 1
    return sparse.csr_matrix(sparse.diags(1 / length) @ weighted)
