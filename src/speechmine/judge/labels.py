"""Labels of sentences: what each says, in the light of those around it.

The first pass looks at a sentence with its neighbours' wording. The second looks at the chances
that the first gave to the sentences before and behind, of its line, its section, its part and the
whole text, because labels stand in runs: a duty among duties, a reason after a problem. (Stacked
learning of sequences: Cohen and Carvalho 2005, IJCAI.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from speechmine.judge.model import Model
from speechmine.judge.scoring import Sums, shifted
from speechmine.judge.weights import Matrix

__all__ = ["Chances", "Place", "first_pass", "neighbourhood", "second_pass", "softmax"]

#: A chance for each label, in the order of ``LABELS``.
Chances = tuple[float, ...]

# How much own chances count (as logarithms), those of neighbours at a distance, of groups, of all.
_OWN = 0.5
_LEAST = 1e-3
_NEAR, _FAR = 1.5, 0.7
_AMONG = 1.5
_WHOLE = 2.0


@dataclass(frozen=True, slots=True)
class Place:
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


def second_pass(chances: Matrix, places: Sequence[Place], model: Model) -> Matrix:
    """Chances in the light of those around; both passes have an equal say (geometric mean)."""
    features = neighbourhood(chances, places)
    # Plain sums: a fast product of matrices adds in another order on another machine.
    around = softmax(model.around_bias + np.einsum("sf,fl->sl", features, model.around))
    both = np.sqrt(chances * around)
    shares: Matrix = both / both.sum(axis=1, keepdims=True)
    return shares


def neighbourhood(chances: Matrix, places: Sequence[Place]) -> Matrix:
    """Features of the second pass for each sentence, in the order of ``AROUND``.

    Args:
        chances: of every sentence after the first pass.
        places: of every sentence.

    Returns:
        Own chances (logarithms), those of the sentences two and one before and behind, and the
        means of the other sentences of the same line, section and part, and of the whole text.

    Example:
        >>> one = np.array([[1.0] + [0.0] * 9])
        >>> features = neighbourhood(one, [Place(0, 0, 0)])[0]
        >>> float(features[0]), float(features[-10])
        (0.0, 2.0)
    """
    near, far = _NEAR * chances, _FAR * chances
    whole = np.broadcast_to(_WHOLE * chances.mean(axis=0), chances.shape)
    return np.hstack(
        [
            _OWN * np.log(np.maximum(chances, _LEAST)),
            shifted(far, 2),
            shifted(near, 1),
            shifted(near, -1),
            shifted(far, -2),
            _means_without(chances, [place.line for place in places]),
            _means_without(chances, [place.section for place in places]),
            _means_without(chances, [place.part for place in places]),
            whole,
        ]
    )


def _means_without(chances: Matrix, groups: Sequence[int]) -> Matrix:
    """Mean chances of the others of each sentence's group; nothing where it is alone."""
    _, at = np.unique(np.array(groups), return_inverse=True)
    sums = np.zeros((int(at.max()) + 1, chances.shape[1]))
    np.add.at(sums, at, chances)
    others = (np.bincount(at) - 1)[at][:, None]
    means: Matrix = _AMONG * (sums[at] - chances) / np.maximum(others, 1)
    return np.where(others > 0, means, 0.0)
