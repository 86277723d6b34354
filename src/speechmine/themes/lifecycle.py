"""When a term comes and goes: first and last year, gaps, and what the corpus cannot tell."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.checks import check_terms
from speechmine.themes.corpus import Corpus, CorpusLike, as_corpus
from speechmine.themes.counts import words_of
from speechmine.themes.evidence import snippet
from speechmine.themes.lexicons import lexicon_terms
from speechmine.themes.phrases import mine_phrases
from speechmine.themes.result import tidy
from speechmine.themes.trends import rate_table
from speechmine.themes.vocabulary import Vocabulary, default_vocabulary

__all__ = ["disappeared_terms", "new_terms", "term_lifecycle"]

Ints = npt.NDArray[np.int64]
# So many later reports without it make a term gone; one alone is a pause.
_LEAST_SINCE = 2
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
        row["example"] = _example(corpus, str(row["term"]), row.get("first_year"))
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
        "status": _status(first, last, end),
        "first_year": years[first],
        "last_year": years[last],
        "absent_before": years[first - 1] if first else None,
        "absent_after": years[last + 1] if last < end else None,
        "n_years": int(held.size),
        "n_gaps": last - first + 1 - int(held.size),
        "years": _runs([years[int(i)] for i in held], years),
        "peak_year": years[peak],
        "n": int(counts.sum()),
        "left_censored": first == 0,
        "right_censored": last == end,
    }


def _runs(held: Sequence[int], years: Sequence[int]) -> str:
    """Spells of reports that follow one another; a year without any report parts none."""
    place = {year: i for i, year in enumerate(years)}
    runs: list[list[int]] = []
    for year in held:
        if runs and place[year] == place[runs[-1][-1]] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ";".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)


def _status(first: int, last: int, end: int) -> str:
    if last < end:
        return "disappeared" if end - last >= _LEAST_SINCE else "pausing"
    return "new" if first == end and end > 0 else "current"


def _example(corpus: Corpus, term: str, year: object) -> str | None:
    for text in corpus.texts:
        if text.year == year and year is not None:
            at = text.joined.find(term)
            if at >= 0:
                return snippet(text.joined, at, at + len(term))
    return None


def new_terms(
    corpus: CorpusLike,
    year: int,
    *,
    min_count: int = 2,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """What a year's reports say and no earlier one in the corpus does.

    Candidates are the lexicon's formulations, the year's content words, and phrases found in the
    year itself; each is checked literally against all earlier texts. A candidate that never
    stands outside longer new ones is left out.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        year: whose new terms are wanted.
        min_count: least occurrences in the year, for words and phrases; a formulation needs one.
        vocabulary: of the partition; the shipped one by default.

    Returns:
        ``term``, ``kind`` (formulation, word, phrase), ``n`` and ``rate`` in the year,
        ``docfreq``, ``absent_before`` (the last earlier year with a report), ``n_later``
        (reports after it that hold it), ``example``. Sorted by count.

    Raises:
        UsageError: the corpus has no text of the year, or none before it.

    Example:
        >>> texts = {2023: "稳就业。", 2024: "发展数字经济。稳就业。"}
        >>> new_terms(texts, 2024)["term"].tolist()
        ['数字经济']
    """
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    now, before = corpus.select(year=year), corpus.select(year=(0, year - 1))
    if not now.texts or not before.texts:
        raise UsageError(f"year={year}: texts of that year and of earlier ones are needed")
    kinds = _candidates(now, min_count, vocabulary)
    old = "\n".join(text.joined for text in before.texts)
    # A word of the partition stands there; only the others are looked for letter by letter.
    known = {word for text in before.texts for word in words_of(text, vocabulary)}
    fresh = [term for term in kinds if term not in known and term not in old]
    rates, years, terms, counts, _ = rate_table(corpus, fresh, vocabulary)
    at = years.index(year)
    found = {term: int(counts[at, i]) for i, term in enumerate(terms)}
    enough = {t: n for t, n in found.items() if n >= _least(kinds[t], min_count)}
    rows = [
        {
            "term": term,
            "kind": kinds[term],
            "n": n,
            "rate": rates[at, terms.index(term)],
            "docfreq": sum(term in text.joined for text in now.texts),
            "absent_before": years[at - 1],
            "n_later": int((counts[at + 1 :, terms.index(term)] > 0).sum()),
            "example": _example(corpus, term, year),
        }
        for term, n in enough.items()
        if _stands_alone(term, enough, now)
    ]
    columns = ["term", "kind", "n", "rate", "docfreq", "absent_before", "n_later", "example"]
    frame = pd.DataFrame(rows, columns=columns).sort_values(["n", "term"], ascending=[False, True])
    return tidy(
        frame,
        "no literal occurrence in any earlier text",
        corpus=corpus,
        vocabulary=vocabulary,
        year=year,
        min_count=min_count,
        earlier_years=years[:at],
    )


def _candidates(now: Corpus, min_count: int, vocabulary: Vocabulary) -> dict[str, str]:
    """Terms by kind: a formulation is one even where the partition cuts it."""
    _, _, words, counts, _ = rate_table(now, None, vocabulary)
    frequent = (counts.sum(axis=0) >= min_count).tolist()
    # 实施制造业 is cut from 实施制造业重点产业链…: what a verb governs is no name with its verb.
    named = dataclasses.replace(vocabulary, stop=tuple(dict.fromkeys([*vocabulary.stop, "verbs"])))
    phrases = mine_phrases(
        now, vocabulary=named, min_count=max(min_count, 3), min_cohesion=0.5, min_entropy=0.6
    )
    kinds = dict.fromkeys(phrases["phrase"], "phrase")
    kinds |= dict.fromkeys((w for w, many in zip(words, frequent, strict=True) if many), "word")
    return kinds | dict.fromkeys(vocabulary.terms, "formulation")


def _least(kind: str, min_count: int) -> int:
    """A formulation has a name: one occurrence is no chance."""
    return 1 if kind == "formulation" else min_count


def _stands_alone(term: str, others: Iterable[str], now: Corpus) -> bool:
    """Whether it occurs once at least outside the longer terms that hold it."""
    longer = sorted((o for o in others if term in o and o != term), key=len, reverse=True)
    if not longer:
        return True
    hidden = re.compile("|".join(map(re.escape, longer)))
    return any(term in hidden.sub("\n", text.joined) for text in now.texts)


def disappeared_terms(
    corpus: CorpusLike,
    since: int,
    *,
    min_count: int = 5,
    min_years: int = 3,
    seen_from: int | None = None,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """Terms of earlier years that no text from a year on holds, two reports or more.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        since: first year without them.
        min_count: least occurrences before.
        min_years: least number of earlier years with one.
        seen_from: earlier years are those from this one on: what was said till lately.
        vocabulary: of the partition; the shipped one by default.

    Returns:
        As :func:`term_lifecycle`, with ``n_before`` (occurrences in the earlier years) and
        ``n_since`` (reports without it). Sorted by ``n_before``.

    Raises:
        UsageError: fewer than two years from then on have a report.

    Example:
        >>> texts = {2020: "抓改革", 2021: "抓改革", 2022: "稳就业", 2023: "稳就业"}
        >>> disappeared_terms(texts, 2022, min_count=2, min_years=2)["term"].tolist()
        ['改革']
    """
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    later = corpus.select(year=(since, 9999))
    if len(later.years) < _LEAST_SINCE:
        raise UsageError(f"since={since}: two later years with a report are needed")
    earlier = corpus.select(year=(seen_from or 0, since - 1))
    recent = "\n".join(text.joined for text in later.texts)
    terms = sorted(t for t in _enough(earlier, min_count, min_years, vocabulary) if t not in recent)
    table = term_lifecycle(corpus, terms or ["\0"], vocabulary=vocabulary)
    _, _, held, counts, _ = rate_table(earlier, terms, vocabulary)
    lately = dict(zip(held, counts.sum(axis=0).tolist(), strict=True))
    table = table[table["term"].isin(terms)]
    table = table.assign(n_before=table["term"].map(lately).astype("Int64"), n_since=len(later))
    table = table.sort_values(["n_before", "term"], ascending=[False, True])
    return tidy(
        table,
        "no literal occurrence from a year on",
        corpus=corpus,
        vocabulary=vocabulary,
        since=since,
        min_count=min_count,
        min_years=min_years,
        seen_from=seen_from,
    )


def _enough(
    corpus: Corpus, min_count: int, min_years: int, vocabulary: Vocabulary
) -> frozenset[str]:
    """Words, and formulations by their letters, that are frequent in enough years."""
    found: set[str] = set()
    text = "\n".join(text.joined for text in corpus.texts)
    named = [term for term in vocabulary.terms if term in text]
    for terms in (None, named):
        _, _, words, counts, _ = rate_table(corpus, terms, vocabulary)
        kept = (counts.sum(axis=0) >= min_count) & ((counts > 0).sum(axis=0) >= min_years)
        found |= {word for word, keep in zip(words, kept.tolist(), strict=True) if keep}
    return frozenset(found)
