"""How varied the words of a text are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence

import pandas as pd

from speechmine.themes.corpus import CorpusLike, as_corpus
from speechmine.themes.counts import words_of
from speechmine.themes.groups import By, group_frame, grouping, slices_of
from speechmine.themes.result import tidy
from speechmine.themes.vocabulary import Vocabulary, default_vocabulary

__all__ = ["lexical_diversity", "lexical_measures"]

_MEASURES = ("ttr", "cttr", "root_ttr", "herdan", "maas", "yule_i")


def lexical_measures(words: Sequence[Hashable]) -> dict[str, float]:
    """Type-token measures of one text (definitions as in Tweedie & Baayen 1998).

    Args:
        words: the text's words.

    Returns:
        ``ttr`` V / N, ``cttr`` V / sqrt(2 N) (Carroll), ``root_ttr`` V / sqrt(N) (Guiraud),
        ``herdan`` ln V / ln N, ``maas`` (a; base 10), ``yule_i``. All but maas and yule_i fall or
        rise with length: compare texts of like length.

    Example:
        >>> lexical_measures(["稳", "稳", "进", "进"])["ttr"]
        0.5
    """
    n, v = len(words), len(set(words))
    if n < 2:
        return dict.fromkeys(_MEASURES, math.nan)
    squares = sum(count**2 for count in Counter(words).values())
    return {
        "ttr": v / n,
        "cttr": v / math.sqrt(2 * n),
        "root_ttr": v / math.sqrt(n),
        "herdan": math.log(v) / math.log(n),
        "maas": math.sqrt((math.log10(n) - math.log10(v)) / math.log10(n) ** 2),
        "yule_i": v**2 / (squares - v) if squares > v else 0.0,
    }


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
    columns = [*_MEASURES, "n_tokens", "n_types"]
    frame = pd.DataFrame(rows, columns=[*names, *columns])
    types = {name: groups[name].dtype for name in names}
    types |= dict.fromkeys(["n_tokens", "n_types"], pd.Int64Dtype())
    table = groups.merge(frame.astype(types), on=names, how="left")
    method = "type-token measures of content words (Tweedie & Baayen 1998)"
    order = [*names, *columns, "n_reports", "reason"]
    return tidy(table[order], method, corpus=corpus, vocabulary=vocabulary, by=by)
