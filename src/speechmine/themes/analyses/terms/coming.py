"""What a year's reports say and no earlier one does."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.analyses.terms.lifecycle import example_of
from speechmine.themes.analyses.terms.phrases import mine_phrases
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.counts import words_of
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.rates import rate_table
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

__all__ = ["new_terms"]


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
            "example": example_of(corpus, term, year),
        }
        for term, n in enough.items()
        if _occurs_by_itself(term, enough, now)
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


def _occurs_by_itself(term: str, others: Iterable[str], now: Corpus) -> bool:
    """Whether it occurs once at least outside the longer terms that hold it."""
    longer = sorted((o for o in others if term in o and o != term), key=len, reverse=True)
    if not longer:
        return True
    hidden = re.compile("|".join(map(re.escape, longer)))
    return any(term in hidden.sub("\n", text.joined) for text in now.texts)
