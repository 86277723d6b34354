"""Whether a series rises or falls over the years it has; missing years stay missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from speechmine.themes.association import benjamini_hochberg
from speechmine.themes.checks import check_terms
from speechmine.themes.corpus import CorpusLike, as_corpus
from speechmine.themes.counts import literal_counts, token_matrix
from speechmine.themes.result import tidy
from speechmine.themes.vocabulary import Vocabulary, default_vocabulary

__all__ = ["Trend", "mann_kendall", "rate_table", "term_trends", "theil_sen"]

Floats = npt.NDArray[np.float64]
_PEAK = 1.5
_ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Trend:
    """Mann-Kendall test of one series: ``s``, its variance, ``z``, two-sided ``p``, ``tau``."""

    s: float
    variance: float
    z: float
    p: float
    tau: float


def mann_kendall(values: npt.ArrayLike) -> Trend:
    """Test for a monotone trend with tie correction (Mann 1945; Kendall 1975).

    Only the order of the years matters, so that gaps do no harm.

    Example:
        >>> trend = mann_kendall([8, 9, 12, 11, 15, 14, 18, 21, 20, 25])
        >>> trend.s, round(trend.z, 4), round(trend.p, 6)
        (39.0, 3.3988, 0.000677)
    """
    table = np.asarray(values, dtype=float)[:, None]
    return Trend(*(float(part[0]) for part in _mann_kendall(table)))


def _mann_kendall(table: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """The same for each column."""
    n = table.shape[0]
    upper = np.triu_indices(n, 1)
    s = np.sign(table[upper[1]] - table[upper[0]]).sum(axis=0)
    ties = np.array([_tie_term(column) for column in table.T])
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(variance > 0, (s - np.sign(s)) / np.sqrt(variance), 0.0)
    p = 2 * stats.norm.sf(np.abs(z))
    return s, variance, z, p, s / (n * (n - 1) / 2) if n > 1 else s * np.nan


def _tie_term(column: Floats) -> float:
    counts = np.unique(column, return_counts=True)[1].astype(float)
    return float((counts * (counts - 1) * (2 * counts + 5)).sum())


def theil_sen(years: npt.ArrayLike, values: npt.ArrayLike) -> float:
    """Median of the slopes of all pairs, a true year (Theil 1950; Sen 1968).

    Example:
        >>> theil_sen([2000, 2001, 2005], [1.0, 2.0, 6.0])
        1.0
    """
    return float(_slopes(np.asarray(years, float), np.asarray(values, float)[:, None])[0])


def _slopes(years: Floats, table: Floats) -> Floats:
    upper = np.triu_indices(len(years), 1)
    apart = (years[upper[1]] - years[upper[0]])[:, None]
    return np.concatenate(
        [
            np.median((part[upper[1]] - part[upper[0]]) / apart, axis=0)
            for part in np.array_split(table, max(table.shape[1] // 500, 1), axis=1)
        ]
    )


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
    s, _, z, p, tau = _mann_kendall(rates)
    adjusted = benjamini_hochberg(p)
    frame = pd.DataFrame(
        {
            "term": words,
            "n": counts.sum(axis=0),
            "n_years": (counts > 0).sum(axis=0),
            "rate_first": rates[0],
            "rate_last": rates[-1],
            "tau": tau,
            "s": s,
            "z": z,
            "p": p,
            "p_adj": adjusted,
            "slope": _slopes(np.array(years, float), rates) if len(years) > 1 else np.nan,
            "shape": _shapes(rates, s, adjusted),
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
