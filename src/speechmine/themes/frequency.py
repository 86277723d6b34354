"""How often words stand in documents, by year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from speechmine.model import Document
from speechmine.rules.loader import default_rules
from speechmine.rules.schema import RuleSet

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["term_frequency", "tokenizer"]

_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9]+")
_PER = 10_000


def tokenizer(rules: RuleSet | None = None) -> Callable[[str], list[str]]:
    """A tokenizer of its own: jieba without guessed words, with the theme table's terms kept whole.

    Args:
        rules: the rule set whose themes are words; the shipped one by default.

    Returns:
        Text to its words of two characters or more; no global state of jieba is touched.

    Example:
        >>> tokenizer()("加快老旧小区改造")
        ['加快', '老旧小区', '改造']
    """
    import jieba

    cutter = jieba.Tokenizer()
    cutter.cache_file = None
    jieba.setLogLevel("ERROR")
    for term in sorted((rules or default_rules()).terms("themes")):
        cutter.add_word(term)
    return lambda text: [word for word in cutter.lcut(text, HMM=False) if _WORD.fullmatch(word)]


def term_frequency(
    documents: Iterable[Document], *, vocabulary: Sequence[str] | None = None
) -> pd.DataFrame:
    """Counts of words by year, each beside its rate.

    Args:
        documents: dated documents; one without a date counts under the year ``None``.
        vocabulary: the words to count; by default all that occur.

    Returns:
        One row a year and word: ``year``, ``term``, ``count``, ``documents`` (that hold it),
        ``tokens`` (words of the year), ``per_10k`` (count a 10,000 of them). ``attrs`` names
        the method and the vocabulary.

    Example:
        >>> table = term_frequency([Document("加快老旧小区改造", date="2024-01-05")])
        >>> table[["year", "term", "count"]].values.tolist()
        [[2024, '加快', 1], [2024, '改造', 1], [2024, '老旧小区', 1]]
    """
    import pandas as pd
    from sklearn.feature_extraction.text import CountVectorizer

    texts = list(documents)
    if not texts:
        return _empty()
    cut = tokenizer()
    vectorizer = CountVectorizer(analyzer=cut, vocabulary=vocabulary)
    counts = vectorizer.fit_transform([document.text for document in texts]).tocoo()
    terms = vectorizer.get_feature_names_out()
    years = [int(d.date[:4]) if d.date else None for d in texts]
    cells = pd.DataFrame(
        {
            "year": pd.array([years[i] for i in counts.row], dtype="Int64"),
            "term": [terms[j] for j in counts.col],
            "count": counts.data,
        }
    )
    lengths = pd.DataFrame(
        {
            "year": pd.array(years, dtype="Int64"),
            "tokens": [len(cut(document.text)) for document in texts],
        }
    )
    tokens = lengths.groupby("year", dropna=False, as_index=False).sum()
    table = cells.groupby(["year", "term"], dropna=False, as_index=False).agg(
        count=("count", "sum"), documents=("count", "size")
    )
    table = table.merge(tokens, on="year", how="left")
    table["per_10k"] = table["count"] / table["tokens"] * _PER
    table.attrs = {"method": "jieba, HMM off, own tokenizer", "vocabulary": len(terms)}
    return table.sort_values(["year", "term"], ignore_index=True)


def _empty() -> pd.DataFrame:
    import pandas as pd

    columns = {"year": "Int64", "term": "object", "count": "int64", "documents": "int64"}
    columns |= {"tokens": "int64", "per_10k": "float64"}
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in columns.items()})
