"""How far apart two distributions, rankings or sets are; own formulas, with sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import special

__all__ = [
    "align",
    "bag_jaccard",
    "containment",
    "jaccard",
    "jensen_shannon",
    "mean_ranks",
    "rank_turbulence",
    "shift",
]

Floats = npt.NDArray[np.float64]


def _shares(table: npt.ArrayLike) -> Floats:
    given = np.asarray(table, dtype=float)
    total = given.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(given, total, out=np.zeros_like(given), where=total > 0))


def jensen_shannon(p: npt.ArrayLike, q: npt.ArrayLike, base: float = 2.0) -> Floats:
    """Jensen-Shannon divergence of counts or shares (Lin 1991); 0 to 1 in base 2.

    Args:
        p: one distribution, or several as rows.
        q: another, or as many.
        base: of the logarithm.

    Example:
        >>> float(jensen_shannon([1, 0], [0, 1]))
        1.0
    """
    first, second = _shares(p), _shares(q)
    middle = (first + second) / 2
    parts = special.rel_entr(first, middle) + special.rel_entr(second, middle)
    return np.asarray(parts.sum(axis=-1) / 2 / np.log(base))


def shift(
    first: Mapping[str, float],
    second: Mapping[str, float],
    kind: str = "jsd",
    *,
    normalise: bool = True,
) -> tuple[float, dict[str, float]]:
    """What each word adds to the difference of two texts (Gallagher et al. 2021).

    Args:
        first: counts of one text.
        second: counts of the other.
        kind: ``jsd``, ``entropy`` (base 2) or ``proportion``.
        normalise: scale the parts so that their absolute values sum to 1.

    Returns:
        The difference, and each word's part of it. Positive parts
        make the second text's value larger; parts of ``jsd`` are all positive.

    Example:
        >>> total, parts = shift({"A": 1, "B": 1}, {"B": 1, "C": 1})
        >>> total, parts
        (0.5, {'A': 0.5, 'B': 0.0, 'C': 0.5})
    """
    words = sorted({*first, *second})
    p = _shares([first.get(word, 0.0) for word in words])
    q = _shares([second.get(word, 0.0) for word in words])
    measure = {"jsd": _jsd_parts, "entropy": _entropy_parts, "proportion": _proportion_parts}
    scores = measure[kind](p, q)
    size = float(np.abs(scores).sum())
    normed = scores / size if size and normalise else scores
    return float(scores.sum()), dict(zip(words, normed.tolist(), strict=True))


def _jsd_parts(p: Floats, q: Floats) -> Floats:
    middle = (p + q) / 2
    return np.asarray((special.rel_entr(p, middle) + special.rel_entr(q, middle)) / 2 / np.log(2))


def _entropy_parts(p: Floats, q: Floats) -> Floats:
    return np.asarray((special.entr(q) - special.entr(p)) / np.log(2))


def _proportion_parts(p: Floats, q: Floats) -> Floats:
    return q - p


def mean_ranks(counts: Mapping[str, float], words: Sequence[str]) -> Floats:
    """Ranks from 1, ties sharing their mean; absent words stand half their number behind."""
    values = np.array([counts.get(word, 0.0) for word in words])
    order = np.argsort(-values, kind="stable")
    ranks = np.empty(len(words))
    ranks[order] = np.arange(1, len(words) + 1)
    for value in np.unique(values):
        same = values == value
        ranks[same] = ranks[same].mean()
    absent = values == 0
    ranks[absent] = (~absent).sum() + absent.sum() / 2
    return ranks


def rank_turbulence(
    first: Mapping[str, float], second: Mapping[str, float], alpha: float = 1 / 3
) -> tuple[float, dict[str, float]]:
    """Rank-turbulence divergence and each word's part of it (Dodds et al. 2023).

    Args:
        first: counts of one text.
        second: counts of the other.
        alpha: weight of high ranks, above 0.

    Example:
        >>> rank_turbulence({"a": 2, "b": 1}, {"c": 2, "d": 1}, 1.0)[0]
        1.0
    """
    words = sorted({*first, *second})
    r, s = mean_ranks(first, words), mean_ranks(second, words)
    size = (alpha + 1) / alpha
    parts = size * np.abs(r**-alpha - s**-alpha) ** (1 / (alpha + 1))
    norm = _disjoint(first, second, alpha)
    return float(parts.sum() / norm), dict(zip(words, (parts / norm).tolist(), strict=True))


def _disjoint(first: Mapping[str, float], second: Mapping[str, float], alpha: float) -> float:
    """The value two texts with these counts would have if they shared no word.

    The paper puts the words that a text lacks at rank N1 + N2 / 2.
    """
    total = 0.0
    for own, other in ((first, second), (second, first)):
        words = [word for word, n in own.items() if n]
        last = len(words) + sum(1 for n in other.values() if n) / 2
        ranks = mean_ranks(own, words)
        total += float((np.abs(ranks**-alpha - last**-alpha) ** (1 / (alpha + 1))).sum())
    return (alpha + 1) / alpha * total


def jaccard(a: Collection[Hashable], b: Collection[Hashable]) -> float:
    """Shared by all distinct elements.

    Example:
        >>> jaccard([1, 2, 3], [2, 3, 4])
        0.5
    """
    first, second = set(a), set(b)
    return len(first & second) / len(first | second) if first | second else 0.0


def bag_jaccard(a: Collection[Hashable], b: Collection[Hashable]) -> float:
    """Shared elements with repeats by the length of both; at most one half.

    Example:
        >>> round(bag_jaccard("aaab", "aabbc"), 3)
        0.333
    """
    shared = (Counter(a) & Counter(b)).total()
    return shared / (len(a) + len(b)) if a or b else 0.0


def containment(a: Collection[Hashable], b: Collection[Hashable]) -> float:
    """Share of b's elements that a holds: what b took over from a.

    Example:
        >>> containment("abc", "cd")
        0.5
    """
    held = set(a)
    return sum(element in held for element in b) / len(b) if b else 0.0


def align(a: Sequence[str], b: Sequence[str], mark: str = "#") -> tuple[list[str], list[str]]:
    """The best matching stretch of two sequences (Smith & Waterman 1981).

    A match counts 2, a mismatch or a gap -1; where one sequence has no partner, marks as long as
    the other's element stand.

    Args:
        a: words or characters.
        b: words or characters.
        mark: filler.

    Example:
        >>> align("this is a match".split(), "this is a good match".split())[0]
        ['this', 'is', 'a', '####', 'match']
    """
    score = np.zeros((len(a) + 1, len(b) + 1), dtype=np.int64)
    for i, left in enumerate(a, start=1):
        for j, right in enumerate(b, start=1):
            pair = score[i - 1, j - 1] + (2 if left == right else -1)
            score[i, j] = max(pair, score[i - 1, j] - 1, score[i, j - 1] - 1, 0)
    i, j = (int(x) for x in np.unravel_index(int(score.argmax()), score.shape))
    first: list[str] = []
    second: list[str] = []
    while i and j and score[i, j] > 0:
        if score[i, j] == score[i - 1, j - 1] + (2 if a[i - 1] == b[j - 1] else -1):
            same = a[i - 1] == b[j - 1]
            first += [a[i - 1]] if same else [mark * len(b[j - 1]), a[i - 1]]
            second += [b[j - 1]] if same else [b[j - 1], mark * len(a[i - 1])]
            i, j = i - 1, j - 1
        elif score[i, j] == score[i - 1, j] - 1:
            first, second = [*first, a[i - 1]], [*second, mark * len(a[i - 1])]
            i -= 1
        else:
            first, second = [*first, mark * len(b[j - 1])], [*second, b[j - 1]]
            j -= 1
    return first[::-1], second[::-1]
