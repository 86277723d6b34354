"""Topics of paragraphs: one model on all years, then how much of each report is which topic."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from speechmine.errors import UsageError
from speechmine.themes.corpus import Corpus, CorpusLike, as_corpus
from speechmine.themes.counts import token_table, tokens_of
from speechmine.themes.likeness import tf_idf
from speechmine.themes.result import tidy
from speechmine.themes.texts import Text, han_length
from speechmine.themes.topic_model import TopicModel
from speechmine.themes.vocabulary import Vocabulary, default_vocabulary

__all__ = ["factorise", "fit_topics", "npmi_coherence"]

Floats = npt.NDArray[np.float64]
_TOP = 10
_SEED = 0


def fit_topics(  # noqa: PLR0913  # what a topic model is tuned by
    corpus: CorpusLike,
    k: int = 20,
    *,
    vocabulary: Vocabulary | None = None,
    min_words: int = 8,
    min_paragraphs: int = 5,
    max_share: float = 0.1,
    seeds: int = 2,
) -> TopicModel:
    r"""Topics by non-negative factorisation of TF-IDF of paragraphs (Lee & Seung 1999).

    One model for all years; the words of the corpus as a whole, sublinear counts. The start is
    deterministic (NNDSVD), so that the same corpus gives the same topics in any input order.

    An added year may change every topic: compare years within one model, never across two. How
    much a topic owes to the start is its ``stability``: models from ``seeds`` random starts are
    fitted too, and its ten top terms compared with the most similar topic of each (mean Jaccard
    similarity; below a half, do not build on it). What the choice of paragraphs moves is in the
    intervals of :meth:`TopicModel.prevalence`.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        k: number of topics.
        vocabulary: the shipped one with the verbs that every task carries left out, by default.
        min_words: least number of content words of a paragraph that is used.
        min_paragraphs: least number of paragraphs that hold a word.
        max_share: largest share of paragraphs that hold a word.
        seeds: models from other starts that stability is measured with; 0 for none.

    Returns:
        The model: ``topics`` (a row a topic, ``attrs`` with method and parameters),
        ``paragraphs``, ``terms``, ``weights``, and its methods for groups and examples.

    Raises:
        UsageError: fewer paragraphs or words than topics.

    Example:
        >>> text = "修建铁路公路。\n扩大就业稳定就业。\n公路铁路联网。\n就业创业。"
        >>> texts = {2023: text, 2024: text}
        >>> model = fit_topics(texts, 2, min_words=2, min_paragraphs=2, max_share=0.9, seeds=0)
        >>> sorted(model.topics["label"])
        ['公路', '就业']
    """
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or Vocabulary(
        default_vocabulary().terms, stop=("function", "report", "verbs")
    )
    units = [unit for unit in _paragraphs(corpus, vocabulary) if len(unit[2]) >= min_words]
    counts, words = token_table(words for _, _, words in units)
    held = np.asarray((counts > 0).sum(axis=0)).ravel()
    kept = np.flatnonzero((held >= min_paragraphs) & (held <= max_share * len(units)))
    if min(len(units), kept.size) <= k:
        raise UsageError(
            f"k={k}: more paragraphs ({len(units)}) and words ({kept.size}) are needed"
        )
    terms = [words[i] for i in kept]
    counts = counts[:, kept]
    table = _sublinear(counts)
    w, h = factorise(table, k)
    order = np.argsort(-w.sum(axis=0), kind="stable")
    w, h = w[:, order], h[order]
    weights = _rows_to_one(w)
    paragraphs = _paragraph_frame(units, weights)
    listed = _terms(h, terms)
    topics = _topics(h, terms, weights, paragraphs, counts)
    topics["stability"] = _stability(table, h, seeds)
    result = tidy(
        topics,
        "NMF of TF-IDF of paragraphs, NNDSVD start (Lee & Seung 1999)",
        corpus=corpus,
        vocabulary=vocabulary,
        k=k,
        min_words=min_words,
        min_paragraphs=min_paragraphs,
        max_share=max_share,
        words=len(terms),
        n_paragraphs=len(units),
        seeds=seeds,
    )
    return TopicModel(corpus, vocabulary, result, paragraphs, listed, weights)


def factorise(
    table: npt.ArrayLike | sparse.csr_matrix,
    k: int,
    *,
    init: str = "nndsvd",
    seed: int = _SEED,
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


def _paragraphs(
    corpus: Corpus, vocabulary: Vocabulary
) -> Iterator[tuple[Text, tuple[int, int], list[str]]]:
    """Each paragraph with its content words."""
    for text in corpus.texts:
        words, starts = tokens_of(text.source, vocabulary)
        at = 0
        for start, end in text.spans:
            while at < len(starts) and starts[at] < start:
                at += 1
            first = at
            while at < len(starts) and starts[at] < end:
                at += 1
            found = vocabulary.content(words[first:at])
            yield text, (start, end), found


def _sublinear(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    damped = counts.astype(float)
    damped.data = 1 + np.log(damped.data)
    return tf_idf(damped)


def _rows_to_one(w: Floats) -> Floats:
    total = w.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(w, total, out=np.zeros_like(w), where=total > 0))


def _paragraph_frame(
    units: Sequence[tuple[Text, tuple[int, int], list[str]]], weights: Floats
) -> pd.DataFrame:
    rows = []
    for i, (text, span, _) in enumerate(units):
        start, end = text.source.view.place(*span)
        topic = int(weights[i].argmax()) if weights[i].any() else pd.NA
        rows.append(
            {
                "paragraph": i,
                "doc_id": text.id,
                "year": text.year,
                "place": text.source.document.place,
                "start": start,
                "end": end,
                "n_chars": han_length(text.source.view.text[span[0] : span[1]]),
                "topic": topic,
                "weight": float(weights[i].max()),
            }
        )
    return pd.DataFrame(rows).astype({"year": "Int64", "topic": "Int64"})


def _terms(h: Floats, terms: Sequence[str]) -> pd.DataFrame:
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


def _topics(
    h: Floats,
    terms: Sequence[str],
    weights: Floats,
    paragraphs: pd.DataFrame,
    counts: sparse.csr_matrix,
) -> pd.DataFrame:
    size = paragraphs["n_chars"].to_numpy(dtype=float)
    shares = (weights * size[:, None]).sum(axis=0) / size.sum()
    top = np.argsort(-h, axis=1, kind="stable")[:, :_TOP]
    return pd.DataFrame(
        {
            "topic": range(len(h)),
            "label": ["、".join(terms[i] for i in _label(row, terms)) for row in top],
            "top_terms": ["、".join(terms[i] for i in row) for row in top],
            "coherence": npmi_coherence(counts, top),
            "share": shares,
        }
    )


def _label(row: npt.NDArray[np.intp], terms: Sequence[str]) -> list[int]:
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
        float(np.mean([_pair(held, i, j, n) for i, j in itertools.combinations(row, 2)]))
        for row in top
    ]


def _pair(held: sparse.csc_matrix, i: int, j: int, n: int) -> float:
    from speechmine.themes.phrases import npmi

    first, second = held[:, [i]], held[:, [j]]
    both = float(first.multiply(second).sum())
    return npmi(both, float(first.sum()), float(second.sum()), n) if both else -1.0


def _stability(table: sparse.csr_matrix, h: Floats, seeds: int) -> list[float]:
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
