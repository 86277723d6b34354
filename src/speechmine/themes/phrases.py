"""Multi-word formulations found in the texts themselves, and the measures that judge them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from speechmine.themes.corpus import CorpusLike, as_corpus
from speechmine.themes.counts import tokens_of
from speechmine.themes.result import tidy
from speechmine.themes.texts import Text
from speechmine.themes.vocabulary import Vocabulary, default_vocabulary

__all__ = [
    "c_values",
    "collocation",
    "mine_phrases",
    "nested_counts",
    "npmi",
    "phrase_score",
    "pmi",
]

Gram = tuple[str, ...]
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
    units = [(text, unit) for text in corpus.texts for unit in _units(text, vocabulary)]
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
        for row in _described(chosen, counts, units)
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


def _units(text: Text, vocabulary: Vocabulary) -> Iterator[list[str]]:
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


def nested_counts(units: Iterable[Sequence[str]], grams: Iterable[Gram]) -> dict[Gram, int]:
    """How many occurrences of each run of words stand inside an occurrence of a longer one.

    Args:
        units: words in order; no run reaches over a unit's end.
        grams: the runs.

    Example:
        >>> units = [["统一", "大", "市场"], ["大", "市场"]]
        >>> nested_counts(units, [("统一", "大", "市场"), ("大", "市场")])[("大", "市场")]
        1
    """
    listed = sorted(set(grams), key=lambda gram: (-len(gram), gram))
    found = dict.fromkeys(listed, 0)
    for unit in units:
        spans: list[tuple[int, int]] = []
        for gram in listed:
            n = len(gram)
            for i in range(len(unit) - n + 1):
                if tuple(unit[i : i + n]) == gram:
                    inside = any(a <= i and i + n <= b and n < b - a for a, b in spans)
                    found[gram] += inside
                    spans.append((i, i + n))
    return found


def _described(
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


def pmi(n_both: float, n_a: float, n_b: float, total: float) -> float:
    """Pointwise mutual information, natural logarithm (Church & Hanks 1990).

    Example:
        >>> round(pmi(1, 3, 2, 5), 6)
        -0.182322
    """
    return math.log(n_both * total / (n_a * n_b))


def npmi(n_both: float, n_a: float, n_b: float, total: float) -> float:
    """PMI as a share of its maximum, between -1 and 1 (Bouma 2009).

    Example:
        >>> round(npmi(1, 3, 2, 5), 6)
        -0.113283
    """
    if n_both >= total:
        return 1.0
    return pmi(n_both, n_a, n_b, total) / -math.log(n_both / total)


def phrase_score(n_both: float, n_a: float, n_b: float, words: int, *, min_count: int) -> float:
    """Discounted ratio of a pair to its parts, times the vocabulary (Mikolov et al. 2013).

    Args:
        n_both: occurrences of the pair.
        n_a: of its first word.
        n_b: of its second.
        words: entries of the vocabulary, pairs too.
        min_count: what is taken from the pair, so that rare ones score 0 or less.

    Example:
        >>> round(phrase_score(3, 4, 3, 31, min_count=1), 3)
        5.167
    """
    return (n_both - min_count) / n_a / n_b * words


def collocation(n11: float, n10: float, n01: float, n00: float) -> dict[str, float]:
    """Association of two neighbours: lambda, its standard error, Wald z, G2.

    Blaheta & Johnson 2001, with 0.5 added to each cell. z must not rank phrases alone: it
    collapses where the parts never occur apart.

    Args:
        n11: bigrams with both words in their places.
        n10: with the first only.
        n01: with the second only.
        n00: with neither.

    Example:
        >>> round(collocation(1, 3, 0, 13)["z"], 6)
        1.407472
    """
    cells = [n11 + 0.5, n10 + 0.5, n01 + 0.5, n00 + 0.5]
    strength = math.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    error = math.sqrt(sum(1 / cell for cell in cells))
    total = sum(cells)
    first, second = cells[0] + cells[1], cells[0] + cells[2]
    expected = [
        first * second / total,
        first * (total - second) / total,
        (total - first) * second / total,
        (total - first) * (total - second) / total,
    ]
    g2 = 2 * sum(o * math.log(o / e) for o, e in zip(cells, expected, strict=True))
    return {"lambda": strength, "se": error, "z": strength / error, "G2": g2}


def c_values(frequency: Mapping[str, int], separator: str = " ") -> dict[str, float]:
    """C-value of nested terms (Frantzi, Ananiadou & Mima 2000).

    ``log2|a| * (f(a) - t(a) / c(a))``: a term loses the mean frequency of the longer terms that
    hold it, where t counts an occurrence inside a longer term once, however deep it is nested.

    Args:
        frequency: count of each term, its words parted by the separator.
        separator: what parts the words.

    Example:
        >>> values = c_values({"a b c": 5, "b c": 11})
        >>> round(values["b c"], 6)
        6.0
    """
    terms = sorted(frequency, key=lambda term: -len(term.split(separator)))
    nested: dict[str, tuple[float, int]] = dict.fromkeys(terms, (0.0, 0))
    for place, term in enumerate(terms):
        free = frequency[term] - nested[term][0]
        for other in terms[place + 1 :]:
            if f"{separator}{other}{separator}" in f"{separator}{term}{separator}":
                total, holders = nested[other]
                nested[other] = (total + free, holders + 1)
    values = {}
    for term in frequency:
        total, holders = nested[term]
        own = frequency[term] - (total / holders if holders else 0.0)
        values[term] = math.log2(len(term.split(separator))) * own
    return values
