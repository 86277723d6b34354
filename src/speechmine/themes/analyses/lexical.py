"""How varied the words of a text are."""

from __future__ import annotations

import pandas as pd

from speechmine.themes.corpus.counts import words_of
from speechmine.themes.corpus.groups import By, group_frame, grouping, slices_of
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.statistics.lexical import MEASURES, lexical_measures
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

__all__ = ["lexical_diversity"]


def lexical_diversity(
    corpus: CorpusLike, *, by: By = "year", vocabulary: Vocabulary | None = None
) -> pd.DataFrame:
    """Type-token measures of the content words, by group.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        by: grouping variables.
        vocabulary: of the words; the shipped one by default.

    Returns:
        Grouping columns, the measures of :func:`lexical_measures`, ``n_tokens``, ``n_types``,
        ``n_reports``, ``reason``.

    Example:
        >>> table = lexical_diversity({2024: "稳定就业，扩大就业。"})
        >>> table[["n_tokens", "n_types"]].values.tolist()
        [[4, 3]]
    """
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    names = list(grouping(by))
    found: dict[tuple[object, ...], list[str]] = {}
    for piece in slices_of(corpus, by):
        words = vocabulary.content(words_of(piece.text, vocabulary))
        found.setdefault(piece.key, []).extend(words)
    rows = [
        {**dict(zip(names, key, strict=True)), **lexical_measures(words)}
        | {"n_tokens": len(words), "n_types": len(set(words))}
        for key, words in found.items()
        if words
    ]
    groups = group_frame(corpus, by)
    columns = [*MEASURES, "n_tokens", "n_types"]
    frame = pd.DataFrame(rows, columns=[*names, *columns])
    types = {name: groups[name].dtype for name in names}
    types |= dict.fromkeys(["n_tokens", "n_types"], pd.Int64Dtype())
    table = groups.merge(frame.astype(types), on=names, how="left")
    method = "type-token measures of content words (Tweedie & Baayen 1998)"
    order = [*names, *columns, "n_reports", "reason"]
    return tidy(table[order], method, corpus=corpus, vocabulary=vocabulary, by=by)
