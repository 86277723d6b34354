"""Topics of paragraphs: one model on all years, then how much of each report is which topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.analyses.topics.describing import stability_of, terms_of, topics_of
from speechmine.themes.analyses.topics.model import TopicModel
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.counts import token_table, tokens_of
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.texts import Text, han_length
from speechmine.themes.statistics.arrays import Floats
from speechmine.themes.statistics.factorising import factorise
from speechmine.themes.statistics.weighting import tf_idf
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["fit_topics"]


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
    units = [unit for unit in _words_of_paragraphs(corpus, vocabulary) if len(unit[2]) >= min_words]
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
    listed = terms_of(h, terms)
    topics = topics_of(h, terms, weights, paragraphs, counts)
    topics["stability"] = stability_of(table, h, seeds)
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


def _words_of_paragraphs(
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
