"""Years in which a term bursts out: Kleinberg's automaton for batches and for single events."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from scipy import stats

from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.rates import rate_table
from speechmine.themes.declaring.analysis import Analysis, Chart
from speechmine.themes.declaring.views import pick
from speechmine.themes.statistics.association import benjamini_hochberg
from speechmine.themes.statistics.bursting import burst_states
from speechmine.themes.tables.checks import check_terms
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.formulations import lexicon_terms
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["ANALYSES", "bursts"]

_COLUMNS = (
    "term",
    "start",
    "end",
    "level",
    "weight",
    "n_years",
    "n",
    "p",
    "p_adj",
    "right_censored",
)


def bursts(  # noqa: PLR0913  # the automaton's own settings and ours
    corpus: CorpusLike,
    terms: Sequence[str] | None = None,
    *,
    s: float = 2.0,
    gamma: float = 1.0,
    min_count: int = 5,
    level: float | None = 0.05,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """Spells of years in which a term is clearly more frequent than overall (Kleinberg 2002).

    Two states, batches of a year each; a year without a report is no batch, so that a spell may
    reach over it. Counts are literal, against the report's Han characters.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        terms: the shipped lexicon by default.
        s: how many times the overall rate a burst has.
        gamma: cost of going into a burst.
        min_count: least occurrences in all.
        level: spells whose ``p_adj`` is above are left out, for chance makes such spells among
            many terms; None keeps all that the automaton finds.
        vocabulary: only named in ``attrs``.

    Returns:
        ``term``, ``start``, ``end`` (years), ``level``, ``weight`` (what the burst saves against
        the overall rate: larger is stronger), ``n_years``, ``n`` in them; ``p``, at
        most the chance that any spell of years holds so many of a term's occurrences if they fall
        on the years by their length alone (binomial tail times the number of spells there are);
        ``p_adj`` (Benjamini & Hochberg over all terms that are frequent enough);
        ``right_censored`` (lasts to the end of the corpus). Sorted by weight.

    Example:
        >>> texts = {y: "抓生产。" * 30 for y in range(2015, 2025)}
        >>> texts |= {y: "抓生产。" * 30 + "抗疫情。" * 8 for y in (2020, 2021)}
        >>> bursts(texts, ["疫情"])[["term", "start", "end"]].values.tolist()
        [['疫情', 2020, 2021]]
    """
    check_terms(terms)
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    _, years, words, counts, chars = rate_table(corpus, terms or lexicon_terms(), vocabulary)
    frequent = [i for i in range(len(words)) if counts[:, i].sum() >= min_count]
    rows = [
        row
        for i in frequent
        for row in _spells(words[i], years, counts[:, i], chars, s=s, gamma=gamma)
    ]
    adjusted = _adjusted(rows, len(frequent))
    rows = [
        {**row, "p_adj": float(p_adj)}
        for row, p_adj in zip(rows, adjusted, strict=True)
        if level is None or p_adj <= level
    ]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    return tidy(
        frame.sort_values(["weight", "term", "start"], ascending=[False, True, True]),
        "two-state automaton for batches, Viterbi path (Kleinberg 2002)",
        corpus=corpus,
        vocabulary=vocabulary,
        s=s,
        gamma=gamma,
        min_count=min_count,
        level=level,
        n_terms=len(frequent),
    )


def _adjusted(rows: Sequence[Mapping[str, Any]], terms: int) -> npt.NDArray[np.float64]:
    """Adjusted p of the spells; terms without a spell were looked at as well."""
    without = terms - len({row["term"] for row in rows})
    p = [float(row["p"]) for row in rows] + [1.0] * without
    return benjamini_hochberg(p)[: len(rows)]


def _chance(counts: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64], at: list[int]) -> float:
    """How likely some spell of years holds as many as this one, at most."""
    n = len(counts)
    share = sizes[at].sum() / sizes.sum()
    tail = stats.binom.sf(counts[at].sum() - 1, counts.sum(), share)
    return min(float(tail) * n * (n + 1) / 2, 1.0)


def _spells(
    word: str,
    years: Sequence[int],
    counts: npt.NDArray[np.int64],
    sizes: npt.NDArray[np.int64],
    *,
    s: float,
    gamma: float,
) -> Iterator[dict[str, object]]:
    states, gains = burst_states(counts, sizes, s=s, gamma=gamma)
    for level, run in itertools.groupby(range(len(states)), key=lambda t: states[t]):
        at = list(run)
        if level:
            yield {
                "term": word,
                "start": years[at[0]],
                "end": years[at[-1]],
                "level": level,
                "weight": float(gains[at].sum()),
                "n_years": len(at),
                "n": int(counts[at].sum()),
                "p": _chance(counts, sizes, at),
                "right_censored": at[-1] == len(years) - 1,
            }


ANALYSES = (
    Analysis(
        "bursts",
        lambda run: bursts(run.corpus, run.plan.terms or None),
        view=pick("term", "start", "end", "weight", "n", "right_censored"),
        charts=(Chart("timeline"),),
        page="figure",
    ),
)
