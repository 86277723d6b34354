"""What was said for years and is not said any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.errors import UsageError
from speechmine.themes.analyses.terms.lifecycle import LEAST_SINCE, term_lifecycle
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.rates import rate_table
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["disappeared_terms"]


def disappeared_terms(
    corpus: CorpusLike,
    since: int,
    *,
    min_count: int = 5,
    min_years: int = 3,
    seen_from: int | None = None,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """Terms of earlier years that no text from a year on holds, two reports or more.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        since: first year without them.
        min_count: least occurrences before.
        min_years: least number of earlier years with one.
        seen_from: earlier years are those from this one on: what was said till lately.
        vocabulary: of the partition; the shipped one by default.

    Returns:
        As :func:`term_lifecycle`, with ``n_before`` (occurrences in the earlier years) and
        ``n_since`` (reports without it). Sorted by ``n_before``.

    Raises:
        UsageError: fewer than two years from then on have a report.

    Example:
        >>> texts = {2020: "抓改革", 2021: "抓改革", 2022: "稳就业", 2023: "稳就业"}
        >>> disappeared_terms(texts, 2022, min_count=2, min_years=2)["term"].tolist()
        ['改革']
    """
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    later = corpus.select(year=(since, 9999))
    if len(later.years) < LEAST_SINCE:
        raise UsageError(f"since={since}: two later years with a report are needed")
    earlier = corpus.select(year=(seen_from or 0, since - 1))
    recent = "\n".join(text.joined for text in later.texts)
    terms = sorted(t for t in _enough(earlier, min_count, min_years, vocabulary) if t not in recent)
    table = term_lifecycle(corpus, terms or ["\0"], vocabulary=vocabulary)
    _, _, held, counts, _ = rate_table(earlier, terms, vocabulary)
    lately = dict(zip(held, counts.sum(axis=0).tolist(), strict=True))
    table = table[table["term"].isin(terms)]
    table = table.assign(n_before=table["term"].map(lately).astype("Int64"), n_since=len(later))
    table = table.sort_values(["n_before", "term"], ascending=[False, True])
    return tidy(
        table,
        "no literal occurrence from a year on",
        corpus=corpus,
        vocabulary=vocabulary,
        since=since,
        min_count=min_count,
        min_years=min_years,
        seen_from=seen_from,
    )


def _enough(
    corpus: Corpus, min_count: int, min_years: int, vocabulary: Vocabulary
) -> frozenset[str]:
    """Words, and formulations by their letters, that are frequent in enough years."""
    found: set[str] = set()
    text = "\n".join(text.joined for text in corpus.texts)
    named = [term for term in vocabulary.terms if term in text]
    for terms in (None, named):
        _, _, words, counts, _ = rate_table(corpus, terms, vocabulary)
        kept = (counts.sum(axis=0) >= min_count) & ((counts > 0).sum(axis=0) >= min_years)
        found |= {word for word, keep in zip(words, kept.tolist(), strict=True) if keep}
    return frozenset(found)
