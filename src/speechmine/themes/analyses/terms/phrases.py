"""Multi-word formulations found in the texts themselves, and the measures that judge them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from speechmine.themes.corpus.counts import tokens_of
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.texts import Text
from speechmine.themes.statistics.cohesion import Gram, npmi
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

__all__ = ["mine_phrases"]

_EDGE = "|"
_NESTED = 0.8


def mine_phrases(
    corpus: CorpusLike,
    *,
    vocabulary: Vocabulary | None = None,
    min_count: int = 4,
    min_cohesion: float = 0.35,
    min_entropy: float = 1.0,
) -> pd.DataFrame:
    """Recurrent runs of two to five words that belong together and stand free.

    Cohesion is the smallest normalised pointwise mutual information over all ways to split the
    phrase (Bouma 2009); freedom is the smaller of the entropies of what stands left and right
    of it (Jin & Tanaka-Ishii 2006), each border of a unit counting as a neighbour of its own.
    A phrase that occurs nearly only inside a longer one is dropped. Nothing rarer than
    ``min_count`` is found: the youngest formulations need a lexicon.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        vocabulary: of the words that are put together.
        min_count: least number of occurrences.
        min_cohesion: least NPMI of the weakest split.
        min_entropy: least entropy of the neighbours.

    Returns:
        ``phrase``, ``parts``, ``n``, ``n_reports``, ``first_year``, ``last_year``, ``cohesion``,
        ``entropy``, sorted by count.

    Example:
        >>> text = "全区抓项目管家。各镇抓项目管家！要项目管家；项目管家好。"
        >>> mine_phrases({2024: text}, min_cohesion=0.2)["phrase"].tolist()
        ['项目管家']
    """
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    units = [(text, unit) for text in corpus.texts for unit in _runs_of_words(text, vocabulary)]
    counts = _grams([unit for _, unit in units], min_count)
    total = sum(len(unit) for _, unit in units)
    chosen = {
        gram: score
        for gram, n in counts.items()
        if len(gram) > 1
        and n >= min_count
        and vocabulary.carries(gram[0])
        and vocabulary.carries(gram[-1])
        and (score := _cohesion(gram, counts, total)) >= min_cohesion
    }
    chosen = _without_nested(chosen, counts)
    rows = [
        row
        for row in _phrase_rows(chosen, counts, units)
        if isinstance(row["entropy"], float) and row["entropy"] >= min_entropy
    ]
    columns = [
        "phrase",
        "parts",
        "n",
        "n_reports",
        "first_year",
        "last_year",
        "cohesion",
        "entropy",
    ]
    frame = pd.DataFrame(rows, columns=columns).astype(
        {"first_year": "Int64", "last_year": "Int64"}
    )
    return tidy(
        frame.sort_values(["n", "phrase"], ascending=[False, True]),
        "n-grams by smallest split NPMI (Bouma 2009) and branching entropy (Jin & Tanaka-Ishii)",
        corpus=corpus,
        vocabulary=vocabulary,
        min_count=min_count,
        min_cohesion=min_cohesion,
        min_entropy=min_entropy,
    )


def _runs_of_words(text: Text, vocabulary: Vocabulary) -> Iterator[list[str]]:
    """Runs of words with no mark between them."""
    words, starts = tokens_of(text.source, vocabulary)
    bounds = {start for start, _ in text.spans}
    unit: list[str] = []
    free = -1
    allowed = iter(text.spans)
    span = next(allowed, None)
    for word, start in zip(words, starts, strict=True):
        while span is not None and start >= span[1]:
            span = next(allowed, None)
        if span is None:
            break
        if start < span[0]:
            continue
        if unit and (start != free or start in bounds):
            yield unit
            unit = []
        unit.append(word)
        free = start + len(word)
    if unit:
        yield unit


def _grams(units: Sequence[Sequence[str]], min_count: int) -> Counter[Gram]:
    """Counts of runs of one to five words; longer ones only where their parts are frequent."""
    counts: Counter[Gram] = Counter((word,) for unit in units for word in unit)
    for length in range(2, 6):
        found: Counter[Gram] = Counter()
        for unit in units:
            for i in range(len(unit) - length + 1):
                gram = tuple(unit[i : i + length])
                if counts[gram[:-1]] >= min_count and counts[gram[1:]] >= min_count:
                    found[gram] += 1
        counts.update({gram: n for gram, n in found.items() if n >= min_count})
    return counts


def _cohesion(gram: Gram, counts: Mapping[Gram, int], total: int) -> float:
    return min(
        npmi(counts[gram], counts[gram[:cut]], counts[gram[cut:]], total)
        for cut in range(1, len(gram))
    )


def _without_nested(chosen: Mapping[Gram, float], counts: Mapping[Gram, int]) -> dict[Gram, float]:
    """Phrases that do not stand nearly always inside a longer one."""
    inside: set[Gram] = set()
    for gram in chosen:
        for length in range(2, len(gram)):
            for i in range(len(gram) - length + 1):
                part = gram[i : i + length]
                if counts[gram] >= _NESTED * counts[part]:
                    inside.add(part)
    return {gram: score for gram, score in chosen.items() if gram not in inside}


def _phrase_rows(
    chosen: Mapping[Gram, float],
    counts: Mapping[Gram, int],
    units: Iterable[tuple[Text, list[str]]],
) -> Iterator[dict[str, object]]:
    sides: dict[Gram, tuple[Counter[str], Counter[str]]] = {
        gram: (Counter(), Counter()) for gram in chosen
    }
    where: dict[Gram, dict[str, int | None]] = {gram: {} for gram in chosen}
    for number, (text, unit) in enumerate(units):
        for length in range(2, min(5, len(unit)) + 1):
            for i in range(len(unit) - length + 1):
                gram = tuple(unit[i : i + length])
                if gram in sides:
                    edge = f"{_EDGE}{number}"
                    after = i + length
                    sides[gram][0][unit[i - 1] if i else edge] += 1
                    sides[gram][1][unit[after] if after < len(unit) else edge] += 1
                    where[gram][text.id] = text.year
    for gram, score in chosen.items():
        years = [year for year in where[gram].values() if year is not None]
        yield {
            "phrase": "".join(gram),
            "parts": "/".join(gram),
            "n": counts[gram],
            "n_reports": len(where[gram]),
            "first_year": min(years, default=None),
            "last_year": max(years, default=None),
            "cohesion": score,
            "entropy": min(_entropy(side) for side in sides[gram]),
        }


def _entropy(counts: Counter[str]) -> float:
    total = sum(counts.values())
    return -sum(n / total * math.log(n / total) for n in counts.values())
