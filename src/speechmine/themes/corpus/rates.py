"""How often terms are said in each year: the counts that trends, lives and bursts share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from speechmine.themes.corpus.counts import literal_counts, token_matrix
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.statistics.arrays import Floats
from speechmine.themes.words.vocabulary import Vocabulary

__all__ = ["rate_table"]


def rate_table(
    corpus: CorpusLike, terms: Sequence[str] | None, vocabulary: Vocabulary
) -> tuple[Floats, list[int], list[str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Rates a 10,000 Han characters by year: one row a year with text, one column a term.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        terms: counted literally; all content words, as words, by default.
        vocabulary: of the partition.

    Returns:
        Rates, years, terms, counts, Han characters a year.
    """
    corpus = as_corpus(corpus)
    texts = [text for text in corpus.texts if text.year is not None and text.n_chars]
    years = sorted({text.year for text in texts if text.year is not None})
    if terms is None:
        matrix, words = token_matrix(texts, vocabulary)
    else:
        words = list(dict.fromkeys(terms))
        matrix = literal_counts(texts, words)
    place = {year: i for i, year in enumerate(years)}
    rows = np.array([place[text.year] for text in texts if text.year is not None], dtype=np.int64)
    picker = np.zeros((len(years), len(texts)), dtype=np.int64)
    picker[rows, np.arange(len(texts))] = 1
    counts = np.asarray((matrix.T @ picker.T).T)
    chars = picker @ np.array([text.n_chars for text in texts], dtype=np.int64)
    return counts / chars[:, None] * 10_000, years, words, counts, chars
