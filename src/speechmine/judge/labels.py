"""Labels of sentences, in the light of those around them.

The first pass looks at a sentence with its neighbours' wording. The second looks at the chances
that the first gave to the sentences before and behind, of its line, its section, its part and the
whole text, because labels stand in runs: a duty among duties, a reason after a problem. (Stacked
learning of sequences: Cohen and Carvalho 2005, IJCAI.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from speechmine.changes import quickly_made
from speechmine.judge.grams import Whole
from speechmine.judge.model import Model
from speechmine.judge.scoring import Sums
from speechmine.judge.weights import Matrix

__all__ = [
    "Around",
    "Chances",
    "SentencePlace",
    "first_pass",
    "neighbourhood",
    "second_pass",
    "softmax",
]

#: A chance for each label, in the order of ``LABELS``.
Chances = tuple[float, ...]

# How much own chances count (as logarithms), those of neighbours at a distance, of groups, of all.
_OWN = 0.5
_LEAST = 1e-3
_NEAR, _FAR = 1.5, 0.7
_AMONG = 1.5
_WHOLE = 2.0


@quickly_made
@dataclass(frozen=True, slots=True)
class SentencePlace:
    """Where a sentence stands: numbers of its line, its section and its main part."""

    line: int
    section: int
    part: int


def softmax(numbers: Matrix) -> Matrix:
    """Chances from log-odds, row by row.

    Example:
        >>> softmax(np.array([[0.0, 0.0]])).tolist()
        [[0.5, 0.5]]
    """
    odds = np.exp(numbers - numbers.max(axis=1, keepdims=True))
    shares: Matrix = odds / odds.sum(axis=1, keepdims=True)
    return shares


def first_pass(sums: Sums) -> Matrix:
    """Chances of every sentence from its own words and those beside it."""
    return softmax(sums.labels)


def second_pass(chances: Matrix, places: Sequence[SentencePlace], model: Model) -> Matrix:
    """Chances in the light of those around; both passes have an equal say (geometric mean)."""
    return Around(chances, places).settled(0, len(chances), model)


def neighbourhood(chances: Matrix, places: Sequence[SentencePlace]) -> Matrix:
    """Features of the second pass for each sentence, in the order of ``AROUND``.

    Args:
        chances: of every sentence after the first pass.
        places: of every sentence.

    Returns:
        Own chances (logarithms), those of the sentences two and one before and behind, and the
        means of the other sentences of the same line, section and part, and of the whole text.

    Example:
        >>> one = np.array([[1.0] + [0.0] * 9])
        >>> features = neighbourhood(one, [SentencePlace(0, 0, 0)])[0]
        >>> float(features[0]), float(features[-10])
        (0.0, 2.0)
    """
    return Around(chances, places).features(0, len(chances))


class Around:
    """What stands around each sentence: sums of its groups and of all, taken once for a text."""

    def __init__(self, chances: Matrix, places: Sequence[SentencePlace]) -> None:
        self.chances = chances
        self._whole = _WHOLE * chances.mean(axis=0)
        self._groups = [
            _Group(chances, np.array([getattr(place, name) for place in places]))
            for name in ("line", "section", "part")
        ]

    def settled(self, first: int, last: int, model: Model) -> Matrix:
        """What the second pass gives the sentences from the first up to the last."""
        features = self.features(first, last)
        # Plain sums: a fast product of matrices adds in another order on another machine.
        beside = softmax(model.around_bias + np.einsum("sf,fl->sl", features, model.around))
        both = np.sqrt(self.chances[first:last] * beside)
        shares: Matrix = both / both.sum(axis=1, keepdims=True)
        return shares

    def features(self, first: int, last: int) -> Matrix:
        """What stands around those sentences, as :func:`neighbourhood` gives it."""
        chances = self.chances[first:last]
        return np.hstack(
            [
                _OWN * np.log(np.maximum(chances, _LEAST)),
                _FAR * self._shifted(first - 2, last - 2),
                _NEAR * self._shifted(first - 1, last - 1),
                _NEAR * self._shifted(first + 1, last + 1),
                _FAR * self._shifted(first + 2, last + 2),
                *(group.means(first, last) for group in self._groups),
                np.broadcast_to(self._whole, chances.shape),
            ]
        )

    def _shifted(self, first: int, last: int) -> Matrix:
        """Chances of those sentences; nothing before the first one and behind the last."""
        found = np.zeros((last - first, self.chances.shape[1]))
        begin, end = max(first, 0), min(last, len(self.chances))
        if begin < end:
            found[begin - first : end - first] = self.chances[begin:end]
        return found


class _Group:
    """Mean chances of the others of each sentence's group; nothing where it is alone."""

    def __init__(self, chances: Matrix, groups: Whole) -> None:
        self._chances = chances
        _, self._at = np.unique(groups, return_inverse=True)
        self._sums = np.zeros((int(self._at.max()) + 1, chances.shape[1]))
        np.add.at(self._sums, self._at, chances)
        self._counts = np.bincount(self._at)

    def means(self, first: int, last: int) -> Matrix:
        """Of the sentences from the first up to the last."""
        at = self._at[first:last]
        others = (self._counts - 1)[at][:, None]
        rest = self._sums[at] - self._chances[first:last]
        means: Matrix = _AMONG * rest / np.maximum(others, 1)
        return np.where(others > 0, means, 0.0)
