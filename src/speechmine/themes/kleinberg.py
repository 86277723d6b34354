"""Years in which a term bursts out: Kleinberg's automaton for batches and for single events."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special, stats

from speechmine.themes.association import benjamini_hochberg
from speechmine.themes.checks import check_terms
from speechmine.themes.corpus import CorpusLike, as_corpus
from speechmine.themes.lexicons import lexicon_terms
from speechmine.themes.result import tidy
from speechmine.themes.trends import rate_table
from speechmine.themes.vocabulary import Vocabulary, default_vocabulary

__all__ = ["burst_states", "bursts", "event_bursts"]

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


def burst_states(
    counts: npt.ArrayLike, sizes: npt.ArrayLike, *, s: float = 2.0, gamma: float = 1.0
) -> tuple[list[int], npt.NDArray[np.float64]]:
    """The cheapest path through two states, and what state 1 saves in each batch.

    Args:
        counts: relevant events a batch.
        sizes: all events a batch.
        s: ratio of the two states' rates.
        gamma: cost of a step up, times the logarithm of the number of batches.

    Example:
        >>> burst_states([0, 9, 9, 0, 0, 0], [99] * 6)[0]
        [0, 1, 1, 0, 0, 0]
    """
    r, d = np.asarray(counts, dtype=float), np.asarray(sizes, dtype=float)
    base = r.sum() / d.sum()
    rates = np.clip([base, s * base], 1e-12, 0.9999)
    # The binomial coefficient is the same in both states and cancels out.
    costs = -(special.xlogy(r[:, None], rates) + special.xlog1py((d - r)[:, None], -rates))
    step = gamma * math.log(len(r)) if len(r) else 0.0
    total = np.array([0.0, math.inf])
    back = []
    for cost in costs:
        moves = total[:, None] + np.array([[0.0, step], [0.0, 0.0]])
        back.append(moves.argmin(axis=0))
        total = moves.min(axis=0) + cost
    return _path(total, back), costs[:, 0] - costs[:, 1]


def _path(total: npt.NDArray[np.float64], back: Sequence[npt.NDArray[np.intp]]) -> list[int]:
    if not back:
        return []
    path = [int(total.argmin())]
    for pointers in reversed(back[1:]):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def event_bursts(
    offsets: Sequence[float], *, s: float = 2.0, gamma: float = 1.0
) -> list[tuple[int, float, float]]:
    """Nested bursts of single events in time: level, start, end (Kleinberg 2002).

    Args:
        offsets: times of the events, no two the same.
        s: ratio of the rates of neighbouring levels.
        gamma: cost of a step up.

    Example:
        >>> event_bursts([0, 50, 51, 52, 53, 100])
        [(1, 0, 100), (2, 50, 53), (3, 50, 53)]
    """
    times = sorted(offsets)
    gaps = np.diff(np.asarray(times, dtype=float))
    if not gaps.size:
        return [(1, times[0], times[0])] if times else []
    levels = math.ceil(1 + math.log(gaps.sum(), s) + math.log(1 / gaps.min(), s))
    rates = s ** np.arange(levels) * len(gaps) / gaps.sum()
    costs = gaps[:, None] * rates - np.log(rates)
    steps = np.maximum(np.arange(levels) - np.arange(levels)[:, None], 0)
    moves = steps * gamma * math.log(len(gaps))
    total = np.where(np.arange(levels) == 0, 0.0, math.inf)
    back = []
    for cost in costs:
        reached = total[:, None] + moves
        back.append(reached.argmin(axis=0))
        total = reached.min(axis=0) + cost
    return _nested(_path(total, back), times)


def _nested(path: Sequence[int], times: Sequence[float]) -> list[tuple[int, float, float]]:
    """Each level is open from the gap that climbs to it to the gap that falls below it."""
    opened: list[tuple[int, int]] = [(1, 0)]
    found: list[tuple[int, float, float, int]] = []
    for t, level in enumerate([*path, -1]):
        while opened and opened[-1][0] > level + 1:
            number, start = opened.pop()
            found.append((number, times[start], times[t], start))
        while level >= 0 and opened[-1][0] < level + 1:
            opened.append((opened[-1][0] + 1, t))
    found.sort(key=lambda burst: (burst[3], burst[0]))
    return [(level, start, end) for level, start, end, _ in found]
