"""Labels of sentences, in the light of those around them.

The first pass looks at a sentence with its neighbours' wording. The second looks at the chances
that the first gave to the sentences before and behind, of its line, its section, its part and the
whole text, because labels stand in runs: a duty among duties, a reason after a problem. (Stacked
learning of sequences: Cohen and Carvalho 2005, IJCAI.)
"""

from __future__ import annotations

import numpy as np

from speechmine.judge.grams import Whole
from speechmine.judge.model import Model
from speechmine.judge.weights import Matrix
from speechmine.segment.outline import Structure

__all__ = ["Around", "places_of", "softmax"]

# How much own chances count (as logarithms), those of neighbours at a distance, of groups, of all.
_OWN = 0.5
_LEAST = 1e-3
_NEAR, _FAR = 1.5, 0.7
_AMONG = 1.5
_WHOLE = 2.0


def places_of(structure: Structure) -> Whole:
    """Where each sentence stands: the numbers of its line, its section and its main part."""
    lines = [piece.line for piece in structure.pieces]
    return np.column_stack([lines, structure.sections, structure.parts]).astype(np.int64)


def softmax(numbers: Matrix) -> Matrix:
    """Chances from log-odds, row by row.

    Example:
        >>> softmax(np.array([[0.0, 0.0]])).tolist()
        [[0.5, 0.5]]
    """
    odds = np.exp(numbers - numbers.max(axis=1, keepdims=True))
    shares: Matrix = odds / odds.sum(axis=1, keepdims=True)
    return shares


class Around:
    """What stands around each sentence: sums of its groups and of all, taken once for a text.

    Args:
        chances: of the labels of every sentence after the first pass.
        places: of every sentence, by :func:`places_of`.

    Example:
        >>> around = Around(np.array([[1.0] + [0.0] * 9]), np.array([[0, 0, 0]]))
        >>> features = around.features()[0]
        >>> float(features[0]), float(features[-10])
        (0.0, 2.0)
    """

    def __init__(self, chances: Matrix, places: Whole) -> None:
        self._chances = chances
        self._whole = _WHOLE * chances.mean(axis=0)
        self._groups = [_Group(chances, column) for column in places.T]

    def settled(self, model: Model, first: int = 0, last: int | None = None) -> Matrix:
        """What the second pass gives some sentences; both have an equal say (geometric mean).

        Args:
            model: the model.
            first: the first of them.
            last: the one behind the last; of the whole text by default.
        """
        features = self.features(first, last)
        # Plain sums: a fast product of matrices adds in another order on another machine.
        beside = softmax(model.around_bias + np.einsum("sf,fl->sl", features, model.around))
        both = np.sqrt(self._chances[first:last] * beside)
        shares: Matrix = both / both.sum(axis=1, keepdims=True)
        return shares

    def features(self, first: int = 0, last: int | None = None) -> Matrix:
        """What stands around those sentences, in the order of ``AROUND``.

        Own chances (logarithms), those of the sentences two and one before and behind, and the
        means of the other sentences of the same line, section and part, and of the whole text.
        """
        last = len(self._chances) if last is None else last
        chances = self._chances[first:last]
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
        found = np.zeros((last - first, self._chances.shape[1]))
        begin, end = max(first, 0), min(last, len(self._chances))
        if begin < end:
            found[begin - first : end - first] = self._chances[begin:end]
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
