"""When a term comes and goes: first and last year, gaps, and what the corpus cannot tell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.rates import rate_table
from speechmine.themes.corpus.spots import snippet
from speechmine.themes.statistics.arrays import Ints
from speechmine.themes.tables.checks import check_terms
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.formulations import lexicon_terms
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

__all__ = ["LEAST_SINCE", "example_of", "term_lifecycle"]

# So many later reports without it make a term gone; one alone is a pause.
LEAST_SINCE = 2
_COLUMNS = (
    *("term", "status", "first_year", "last_year", "absent_before", "absent_after", "n_years"),
    *("n_gaps", "years", "peak_year", "n", "left_censored", "right_censored", "example"),
)


_WHOLE = ("first_year", "last_year", "absent_before", "absent_after", "peak_year")


def term_lifecycle(
    corpus: CorpusLike, terms: Sequence[str] | None = None, *, vocabulary: Vocabulary | None = None
) -> pd.DataFrame:
    """First and last year of terms, counted literally.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        terms: the shipped lexicon by default.
        vocabulary: only named in ``attrs``.

    Returns:
        ``term``; ``status``: new (first in the last report), current, pausing (only the last
        report lacks it), disappeared (two or more later reports lack it), absent;
        ``first_year``, ``last_year``; ``absent_before``, ``absent_after`` (the nearest years
        with a report that lacks it: the true turn lies between, which matters at gaps);
        ``n_years`` with it, ``n_gaps`` (reports between first and last without it),
        ``years`` (runs of neighbouring reports with it: ``1960;1985-1987``), ``peak_year`` (highest
        rate), ``n``; ``left_censored`` (already in the first report),
        ``right_censored`` (still in the last), ``example``.

    Example:
        >>> texts = {2021: "抓改革", 2022: "稳就业", 2023: "稳就业"}
        >>> table = term_lifecycle(texts, ["改革", "就业"])
        >>> table[["term", "status", "first_year", "last_year"]].values.tolist()
        [['改革', 'disappeared', 2021, 2021], ['就业', 'current', 2022, 2023]]
    """
    check_terms(terms)
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    rates, years, words, counts, _ = rate_table(corpus, terms or lexicon_terms(), vocabulary)
    rows = [
        _life(word, years, counts[:, i], int(rates[:, i].argmax()) if years else 0)
        for i, word in enumerate(words)
    ]
    for row in rows:
        row["example"] = example_of(corpus, str(row["term"]), row.get("first_year"))
    frame = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(dict.fromkeys(_WHOLE, "Int64"))
    return tidy(
        frame,
        "first and last literal occurrence; disappeared: two or more later reports without it",
        corpus=corpus,
        vocabulary=vocabulary,
        years=years,
    )


def _life(word: str, years: Sequence[int], counts: Ints, peak: int) -> dict[str, object]:
    held = np.flatnonzero(counts)
    if not held.size:
        return {"term": word, "status": "absent", "n_years": 0, "n_gaps": 0, "n": 0}
    first, last, end = int(held[0]), int(held[-1]), len(years) - 1
    return {
        "term": word,
        "status": _status_of_life(first, last, end),
        "first_year": years[first],
        "last_year": years[last],
        "absent_before": years[first - 1] if first else None,
        "absent_after": years[last + 1] if last < end else None,
        "n_years": int(held.size),
        "n_gaps": last - first + 1 - int(held.size),
        "years": _runs_told([years[int(i)] for i in held], years),
        "peak_year": years[peak],
        "n": int(counts.sum()),
        "left_censored": first == 0,
        "right_censored": last == end,
    }


def _runs_told(held: Sequence[int], years: Sequence[int]) -> str:
    """Spells of reports that follow one another; a year without any report parts none."""
    place = {year: i for i, year in enumerate(years)}
    runs: list[list[int]] = []
    for year in held:
        if runs and place[year] == place[runs[-1][-1]] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ";".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)


def _status_of_life(first: int, last: int, end: int) -> str:
    if last < end:
        return "disappeared" if end - last >= LEAST_SINCE else "pausing"
    return "new" if first == end and end > 0 else "current"


def example_of(corpus: Corpus, term: str, year: object) -> str | None:
    """A short stretch around the first place of a term in a year."""
    for text in corpus.texts:
        if text.year == year and year is not None:
            at = text.joined.find(term)
            if at >= 0:
                return snippet(text.joined, at, at + len(term))
    return None
