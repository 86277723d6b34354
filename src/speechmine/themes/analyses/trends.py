"""Whether a series rises or falls over the years it has; missing years stay missing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.rates import rate_table
from speechmine.themes.declaring.analysis import Analysis
from speechmine.themes.declaring.run import FEW_YEARS, ComparisonRun
from speechmine.themes.declaring.views import both_ends
from speechmine.themes.statistics.arrays import Floats
from speechmine.themes.statistics.association import benjamini_hochberg
from speechmine.themes.statistics.trend import mann_kendall, theil_sen
from speechmine.themes.tables.checks import check_terms
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

__all__ = ["ANALYSES", "term_trends"]

_PEAK = 1.5
_ALPHA = 0.05


def term_trends(
    corpus: CorpusLike,
    terms: Sequence[str] | None = None,
    *,
    min_count: int = 20,
    min_years: int = 5,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """Whether each term's rate rises or falls over the years that have a report.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        terms: counted literally; by default the content words that are frequent enough.
        min_count: least occurrences in all, for words that are not named.
        min_years: least number of years that have one, for words that are not named.
        vocabulary: of the partition; the shipped one by default.

    Returns:
        ``term``, ``n``, ``n_years`` (with an occurrence), ``rate_first``, ``rate_last`` (of the
        first and last year), ``tau``, ``s``, ``z``, ``p``, ``p_adj`` (Mann-Kendall with ties;
        Benjamini & Hochberg), ``slope`` (Theil-Sen, rate a year), ``shape``: rising or falling
        (p_adj below .05), peak (the middle third of the years exceeds both others by half),
        level. Sorted by z.

    Example:
        >>> texts = {y: "稳增长。" * (y - 2014) + "抓改革。" * 5 for y in range(2015, 2024)}
        >>> table = term_trends(texts, ["稳增长", "改革"])
        >>> table[["term", "shape"]].values.tolist()
        [['稳增长', 'rising'], ['改革', 'falling']]
    """
    check_terms(terms)
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    rates, years, words, counts, _ = rate_table(corpus, terms, vocabulary)
    if terms is None:
        kept = (counts.sum(axis=0) >= min_count) & ((counts > 0).sum(axis=0) >= min_years)
        rates, counts = rates[:, kept], counts[:, kept]
        words = [word for word, keep in zip(words, kept, strict=True) if keep]
    trend = mann_kendall(rates)
    adjusted = benjamini_hochberg(trend.p)
    frame = pd.DataFrame(
        {
            "term": words,
            "n": counts.sum(axis=0),
            "n_years": (counts > 0).sum(axis=0),
            "rate_first": rates[0],
            "rate_last": rates[-1],
            "tau": trend.tau,
            "s": trend.s,
            "z": trend.z,
            "p": trend.p,
            "p_adj": adjusted,
            "slope": theil_sen(years, rates) if len(years) > 1 else np.nan,
            "shape": _shapes(rates, trend.s, adjusted),
        }
    ).sort_values(["z", "term"], ascending=[False, True])
    return tidy(
        frame,
        "Mann-Kendall with tie correction, Theil-Sen slope on true years",
        corpus=corpus,
        vocabulary=vocabulary,
        years=list(years),
        min_count=min_count,
        min_years=min_years,
    )


def _shapes(rates: Floats, s: Floats, adjusted: Floats) -> list[str]:
    thirds = [part.mean(axis=0) for part in np.array_split(rates, 3) if len(part)]
    if len(thirds) < 3:
        return ["level"] * rates.shape[1]
    peak = thirds[1] > _PEAK * np.maximum(thirds[0], thirds[2])
    moved = np.where(s > 0, "rising", "falling")
    return list(np.where(peak, "peak", np.where(adjusted < _ALPHA, moved, "level")))


def _long_enough(run: ComparisonRun) -> pd.DataFrame:
    """A trend needs five years at least to be told from chance."""
    table = term_trends(run.corpus)
    if len(table.attrs["params"]["years"]) < FEW_YEARS:
        raise UsageError("a trend needs five years with a report")
    return table


def _rise_and_fall(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    columns = ["term", "n", "n_years", "rate_first", "rate_last", "tau", "p_adj", "slope", "shape"]
    return both_ends(table, limit)[columns]


ANALYSES = (
    Analysis(
        "trends",
        _long_enough,
        view=_rise_and_fall,
        terminal=True,
    ),
)
