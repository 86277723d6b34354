"""Words that set one group of texts apart from another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from speechmine.errors import UsageError
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.counts import literal_counts, token_matrix
from speechmine.themes.corpus.groups import slices_of
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.declaring.analysis import EVERY, Analysis, Chart
from speechmine.themes.declaring.run import ComparisonRun
from speechmine.themes.declaring.views import both_ends
from speechmine.themes.statistics import association
from speechmine.themes.tables.checks import check_terms
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

__all__ = ["ANALYSES", "Group", "keyness"]

#: Part of a corpus: arguments of :meth:`Corpus.select`, such as ``{"year": (2018, 2022)}``.
Group = Mapping[str, Any]


# From this size on the conservative log ratio has something left to rank by.
_LARGE = 50_000


def keyness(
    corpus: CorpusLike,
    target: Group,
    reference: Group | None = None,
    *,
    terms: Sequence[str] | None = None,
    min_count: int = 3,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """How much each word belongs to the target rather than to the reference.

    Two single reports hardly ever differ beyond chance in single words: pool years
    (``{"year": (2018, 2022)}``) where an inference is wanted. ``attrs["note"]`` says so.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        target: what is looked at.
        reference: what it is compared with; all other texts by default.
        terms: counted literally against Han characters; by default all content words, as words,
            against content words.
        min_count: least count in both groups together, for words that are not named.
        vocabulary: of the partition; the shipped one by default.

    Returns:
        ``term``, ``n_target``, ``n_reference``, ``rate_target``, ``rate_reference`` (a 10,000),
        ``docs_target``, ``docs_reference``; ``G2`` signed (Dunning 1993), ``p``, ``p_adj``
        (Benjamini & Hochberg 1995), ``log_ratio`` (Hardie 2014), ``lrc`` (Evert 2022),
        ``log_odds`` and ``z`` with informative prior (Monroe et al. 2008), ``percent_diff``
        (Gabrielatos & Marchi 2011), ``direction``. Sorted by lrc where both groups are large
        (50,000 words), else by G2; ties by term.

    Raises:
        UsageError: a group has no text.

    Example:
        >>> texts = {2022: "稳定就业，扩大就业。", 2023: "发展数字经济，壮大数字经济。"}
        >>> table = keyness(texts, {"year": 2023}, terms=["数字经济", "就业"])
        >>> table[["term", "n_target", "n_reference", "direction"]].values.tolist()
        [['数字经济', 2, 0, 'target'], ['就业', 0, 2, 'reference']]
    """
    check_terms(terms)
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    first = corpus.part(target, "target")
    second = _reference(corpus, first, target, reference)
    counts = _group_counts(first, second, terms, min_count, vocabulary)
    table = _word_measures(counts)
    sizes = (int(counts["n1"].iloc[0]), int(counts["n2"].iloc[0])) if len(counts) else (0, 0)
    by = "lrc" if min(sizes) >= _LARGE else "G2"
    result = tidy(
        _by_measure(table, by),
        "keyness: G2 (Dunning), LogRatio (Hardie), LRC (Evert), log odds (Monroe et al.)",
        corpus=corpus,
        vocabulary=vocabulary,
        target=dict(target),
        reference=dict(reference) if reference is not None else "all other texts",
        size_target=sizes[0],
        size_reference=sizes[1],
        base="chars" if terms is not None else "tokens",
        sorted_by=by,
        min_count=min_count,
    )
    if min(len(first), len(second)) == 1:
        result.attrs["note"] = "single report: words cluster in it, p values are too small"
    return result


def _reference(corpus: Corpus, first: Corpus, target: Group, reference: Group | None) -> Corpus:
    if reference is not None:
        return corpus.part(reference, "reference")
    rest = _all_others(corpus, first, target)
    if not any(text.n_chars for text in rest.texts):
        raise UsageError("the reference has no text: the target is the whole corpus")
    return rest


def _all_others(corpus: Corpus, first: Corpus, target: Group) -> Corpus:
    """Texts that are not in the target, narrowed to the same parts."""
    inside = {text.id for text in first.texts}
    others = tuple(text for text in corpus.texts if text.id not in inside)
    parts = {name: target[name] for name in ("section", "discourse") if name in target}
    return Corpus(others, corpus.filters).select(**parts)


def _group_counts(
    first: Corpus,
    second: Corpus,
    terms: Sequence[str] | None,
    min_count: int,
    vocabulary: Vocabulary,
) -> pd.DataFrame:
    texts = [*first.texts, *second.texts]
    border = len(first)
    if terms is None:
        matrix, words = token_matrix(texts, vocabulary)
        held = (matrix > 0).astype(np.int64)
        sums = [np.asarray(m.sum(axis=0)).ravel() for m in _halves(matrix, border)]
        docs = [np.asarray(m.sum(axis=0)).ravel() for m in _halves(held, border)]
        sizes = [int(s.sum()) for s in sums]
    else:
        words = list(dict.fromkeys(terms))
        table = literal_counts(texts, words)
        sums = [part.sum(axis=0) for part in _halves(table, border)]
        docs = [(part > 0).sum(axis=0) for part in _halves(table, border)]
        sizes = [sum(text.n_chars for text in group.texts) for group in (first, second)]
    frame = pd.DataFrame(
        {"term": words, "k1": sums[0], "k2": sums[1], "d1": docs[0], "d2": docs[1]}
    ).assign(n1=sizes[0], n2=sizes[1])
    frame["z"], frame["log_odds"] = _odds(frame)
    enough = (frame["k1"] + frame["k2"] >= min_count) | (terms is not None)
    return frame[enough].reset_index(drop=True)


def _halves(table: Any, border: int) -> tuple[Any, Any]:
    return table[:border], table[border:]


def _odds(frame: pd.DataFrame) -> tuple[Any, Any]:
    """Log odds with the words that are not listed as one more cell."""
    rest = [max(int(frame[n].iloc[0] - frame[k].sum()), 0) for n, k in (("n1", "k1"), ("n2", "k2"))]
    delta, _, z = association.log_odds([*frame["k1"], rest[0]], [*frame["k2"], rest[1]])
    return z[:-1], delta[:-1]


def _word_measures(frame: pd.DataFrame) -> pd.DataFrame:
    cells = [frame[name].to_numpy() for name in ("k1", "n1", "k2", "n2")]
    score = association.g2(*cells)
    p = stats.chi2.sf(np.abs(score), 1)
    return pd.DataFrame(
        {
            "term": frame["term"],
            "n_target": frame["k1"],
            "n_reference": frame["k2"],
            "rate_target": frame["k1"] / frame["n1"] * 10_000,
            "rate_reference": frame["k2"] / frame["n2"] * 10_000,
            "docs_target": frame["d1"],
            "docs_reference": frame["d2"],
            "G2": score,
            "p": p,
            "p_adj": association.benjamini_hochberg(p),
            "log_ratio": association.log_ratio(*cells),
            "lrc": association.conservative_log_ratio(*cells),
            "log_odds": frame["log_odds"],
            "z": frame["z"],
            "percent_diff": association.percent_difference(*cells),
            "direction": np.where(score > 0, "target", np.where(score < 0, "reference", "even")),
        }
    )


def _by_measure(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """From what marks the target most to what marks the reference most."""
    second = "G2" if by == "lrc" else "log_ratio"
    return table.sort_values([by, second, "term"], ascending=[False, False, True])


_LEADING = 20


def _periods_apart(run: ComparisonRun) -> pd.DataFrame:
    """The periods against one another; by another grouping each group against the rest."""
    if run.plan.by != "year":
        return _each_apart(run.corpus, run.plan.by)
    target, reference = run.periods()
    return keyness(run.corpus, {"year": target}, {"year": reference})


def _each_apart(corpus: Corpus, by: str) -> pd.DataFrame:
    """The leading words of each group against all the others."""
    keys = sorted({str(p.key[0]) for p in slices_of(corpus, by) if p.key[0] is not None})
    rest = {key: {by: [other for other in keys if other != key]} for key in keys}
    found = [(key, keyness(corpus, {by: key}, rest[key])) for key in keys]
    tables = [table[table["G2"] > 0].head(_LEADING).assign(**{by: key}) for key, table in found]
    table = pd.concat(tables, ignore_index=True)
    table = table[[by, *[name for name in table.columns if name != by]]]
    attrs = found[0][1].attrs
    params = {k: v for k, v in attrs["params"].items() if k in ("base", "min_count")}
    result = tidy(table, attrs["method"], corpus=corpus, by=by, **params)
    result.attrs["vocabulary"] = attrs["vocabulary"]
    return result


def _both_sides(table: pd.DataFrame, by: str, limit: int) -> pd.DataFrame:
    columns = ["term", "n_target", "n_reference", "rate_target", "rate_reference"]
    columns += ["G2", "p_adj", "log_ratio", "lrc"]
    if by in table.columns:
        place = table.groupby(by, sort=False).cumcount()
        kept = table[place < max(limit // 3, 5)]
        return kept.reindex(columns=[by, *columns])
    ranked = table.sort_values(["G2", "term"], ascending=[False, True], kind="stable")
    return both_ends(ranked, limit)[columns]


ANALYSES = (
    Analysis(
        "keyness",
        _periods_apart,
        by=EVERY,
        view=_both_sides,
        charts=(Chart("diverging_bars"), Chart("volcano", name="volcano")),
        terminal=True,
    ),
)
