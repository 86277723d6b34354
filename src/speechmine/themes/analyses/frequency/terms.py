"""How often words stand in texts, by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.counts import literal_counts, token_matrix, words_of
from speechmine.themes.corpus.groups import By, Slice, group_frame, grouping, slices_of
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.tables.checks import check_terms
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

__all__ = ["PER", "Base", "add_base", "term_frequency"]

#: What a count is divided by: Han characters, content words, or sentences.
Base = Literal["chars", "tokens", "sentences"]


PER: dict[str, int] = {"chars": 10_000, "tokens": 10_000, "sentences": 100}


def term_frequency(
    corpus: CorpusLike,
    terms: Sequence[str] | None = None,
    *,
    by: By = "year",
    base: Base = "chars",
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """How often terms occur, by group; a missing year is a row without numbers.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        terms: counted literally (nested occurrences too) and, beside that, as words of the
            partition: 改革 inside 深化改革 is a literal occurrence only. Without terms all
            content words are counted, as words, and those with no occurrence have no row.
        by: year, period (see :meth:`Corpus.in_periods`), place, level, section, discourse, or
            several.
        base: of the rate: ``chars`` (a 10,000 Han characters), ``tokens`` (a 10,000 content
            words; drifts with style), ``sentences`` (a 100).
        vocabulary: of the partition; the shipped one by default.

    Returns:
        Grouping columns, ``term``, ``n`` (literal for named terms), ``n_token``, ``docfreq``
        (reports that hold it), ``rate``, ``rank``, ``base``, ``n_reports``, ``n_chars``,
        ``n_base``, ``reason``.

    Example:
        >>> table = term_frequency({2022: "深化改革。", 2024: "抓改革，谈改革。"}, ["改革"])
        >>> table[["year", "n", "n_token"]].fillna(-1).values.tolist()
        [[2022, 1, 0], [2023, -1, -1], [2024, 2, 2]]
    """
    check_terms(terms)
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    slices = slices_of(corpus, by)
    cells = (
        _word_cells(slices, vocabulary)
        if terms is None
        else _term_cells(slices, list(dict.fromkeys(terms)), vocabulary)
    )
    names = list(grouping(by))
    counts = _summed(cells, slices, names)
    groups = add_base(group_frame(corpus, by), slices, base, vocabulary)
    if terms is not None:
        groups = groups.merge(pd.DataFrame({"term": list(dict.fromkeys(terms))}), how="cross")
        table = groups.merge(counts, on=[*names, "term"], how="left")
    else:
        table = groups.merge(counts, on=names, how="left")
    return _finished_table(table, names, corpus, vocabulary, base, by)


def _finished_table(
    table: pd.DataFrame,
    names: list[str],
    corpus: Corpus,
    vocabulary: Vocabulary,
    base: Base,
    by: By,
) -> pd.DataFrame:
    table["rate"] = table["n"] / table["n_base"] * PER[base]
    ranks = table.groupby(names, dropna=False)["rate"].rank(method="min", ascending=False)
    table["rank"] = ranks.astype("Int64")
    table["base"] = base
    order = ["term", "n", "n_token", "docfreq", "rate", "rank"]
    order += ["base", "n_reports", "n_chars", "n_base", "reason"]
    method = "literal count of named terms, jieba partition (HMM off) for words"
    return tidy(
        table[[*names, *order]],
        method,
        corpus=corpus,
        vocabulary=vocabulary,
        by=by,
        base=base,
        per=PER[base],
    )


def _term_cells(slices: Sequence[Slice], terms: list[str], vocabulary: Vocabulary) -> pd.DataFrame:
    literal = literal_counts([piece.text for piece in slices], terms)
    cut = [Counter(words_of(piece.text, vocabulary)) for piece in slices]
    token = np.array([[counter[term] for term in terms] for counter in cut], dtype=np.int64)
    rows = np.repeat(np.arange(len(slices)), len(terms))
    return pd.DataFrame(
        {"slice": rows, "term": terms * len(slices), "n": literal.ravel(), "n_token": token.ravel()}
    )


def _word_cells(slices: Sequence[Slice], vocabulary: Vocabulary) -> pd.DataFrame:
    matrix, words = token_matrix([piece.text for piece in slices], vocabulary)
    cells = matrix.tocoo()
    terms = np.array(words, dtype=object)[cells.col]
    return pd.DataFrame({"slice": cells.row, "term": terms, "n": cells.data, "n_token": cells.data})


def _summed(cells: pd.DataFrame, slices: Sequence[Slice], names: list[str]) -> pd.DataFrame:
    for position, name in enumerate(names):
        values = [piece.key[position] for piece in slices]
        column = pd.array(values, dtype="Int64" if name == "year" else "string")  # type: ignore[call-overload]
        cells[name] = column.take(cells["slice"].to_numpy())
    cells["held"] = (cells["n"] > 0).astype("int64")
    table = cells.groupby([*names, "term"], as_index=False, dropna=False).agg(
        n=("n", "sum"), n_token=("n_token", "sum"), docfreq=("held", "sum")
    )
    return table.astype({"n": "Int64", "n_token": "Int64", "docfreq": "Int64"})


def add_base(
    groups: pd.DataFrame, slices: Sequence[Slice], base: Base, vocabulary: Vocabulary
) -> pd.DataFrame:
    """The groups with ``n_base``, what their counts are divided by.

    Raises:
        UsageError: there is no such base.
    """
    if base not in PER:
        raise UsageError(f"base={base!r}: one of {', '.join(PER)} is expected")
    if base == "chars":
        return groups.assign(n_base=groups["n_chars"])
    names = [c for c in groups.columns if c not in ("n_reports", "n_chars", "reason")]
    rows = [(*piece.key, _base_size(piece, base, vocabulary)) for piece in slices]
    sizes = pd.DataFrame(rows, columns=[*names, "n_base"])
    sizes = sizes.astype({n: groups[n].dtype for n in names} | {"n_base": "Int64"})
    sizes = sizes.groupby(names, as_index=False, dropna=False).agg(n_base=("n_base", "sum"))
    return groups.merge(sizes, on=names, how="left")


def _base_size(piece: Slice, base: str, vocabulary: Vocabulary) -> int:
    if base == "tokens":
        return len(vocabulary.content(words_of(piece.text, vocabulary)))
    return sum(1 for _ in piece.text.sentences())
