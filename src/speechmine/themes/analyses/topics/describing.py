"""What a topic is about and how far it can be trusted: terms, coherence, stability."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from speechmine.themes.statistics.arrays import Floats
from speechmine.themes.statistics.factorising import factorise

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["npmi_coherence", "stability_of", "terms_of", "topics_of"]

_TOP = 10


def terms_of(h: Floats, terms: Sequence[str]) -> pd.DataFrame:
    """The thirty heaviest words of each topic, with FREX (Bischof & Airoldi 2012)."""
    share = h / np.maximum(h.sum(axis=0, keepdims=True), 1e-12)
    rows: list[tuple[int, str, float, float]] = []
    for topic in range(len(h)):
        frex = 2 / (1 / _ranks(h[topic]) + 1 / _ranks(share[topic]))
        leading = np.argsort(-h[topic], kind="stable")[:30]
        rows += [(topic, terms[i], float(h[topic, i]), float(frex[i])) for i in leading]
    return pd.DataFrame(rows, columns=["topic", "term", "weight", "frex"])


def _ranks(values: Floats) -> Floats:
    """Empirical distribution: 1 for the largest."""
    order = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    return (order + 1) / len(values)


def topics_of(
    h: Floats,
    terms: Sequence[str],
    weights: Floats,
    paragraphs: pd.DataFrame,
    counts: sparse.csr_matrix,
) -> pd.DataFrame:
    """One row a topic: what it is about, and how much of all it is."""
    size = paragraphs["n_chars"].to_numpy(dtype=float)
    shares = (weights * size[:, None]).sum(axis=0) / size.sum()
    top = np.argsort(-h, axis=1, kind="stable")[:, :_TOP]
    return pd.DataFrame(
        {
            "topic": range(len(h)),
            "label": ["、".join(terms[i] for i in _label_words(row, terms)) for row in top],
            "top_terms": ["、".join(terms[i] for i in row) for row in top],
            "coherence": npmi_coherence(counts, top),
            "share": shares,
        }
    )


def _label_words(row: npt.NDArray[np.intp], terms: Sequence[str]) -> list[int]:
    """The three heaviest words, less those that stand inside another; one of a small topic."""
    first = [int(i) for i in row[:3]]
    if len(terms) < 3 * _TOP:
        return first[:1]
    return [i for i in first if not any(terms[i] in terms[j] and i != j for j in first)]


def npmi_coherence(counts: sparse.csr_matrix, top: npt.NDArray[np.intp]) -> list[float]:
    """Mean NPMI of all pairs of top words over paragraphs (Bouma 2009; Lau et al. 2014).

    Args:
        counts: one row a paragraph.
        top: columns of the top words, one row a topic.
    """
    held = (counts > 0).astype(float).tocsc()
    n = held.shape[0]
    return [
        float(np.mean([_pair_npmi(held, i, j, n) for i, j in itertools.combinations(row, 2)]))
        for row in top
    ]


def _pair_npmi(held: sparse.csc_matrix, i: int, j: int, n: int) -> float:
    from speechmine.themes.statistics.cohesion import npmi

    first, second = held[:, [i]], held[:, [j]]
    both = float(first.multiply(second).sum())
    return npmi(both, float(first.sum()), float(second.sum()), n) if both else -1.0


def stability_of(table: sparse.csr_matrix, h: Floats, seeds: int) -> list[float]:
    """How far each topic's top words come back when the start is random."""
    if not seeds:
        return [math.nan] * len(h)
    own = [set(row) for row in np.argsort(-h, axis=1, kind="stable")[:, :_TOP].tolist()]
    scores = np.zeros((seeds, len(h)))
    for seed in range(1, seeds + 1):
        other = factorise(table, len(h), init="random", seed=seed)[1]
        tops = [set(row) for row in np.argsort(-other, axis=1, kind="stable")[:, :_TOP].tolist()]
        scores[seed - 1] = [max(len(a & b) / len(a | b) for b in tops) for a in own]
    return [float(score) for score in scores.mean(axis=0)]
