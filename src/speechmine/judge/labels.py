"""Labels of sentences: what each says, in the light of those around it.

The first pass looks at a sentence with its neighbours' wording. The second looks at the chances
that the first gave to the sentences before and behind, of its line, its section, its part and the
whole text, because labels stand in runs: a duty among duties, a reason after a problem. (Stacked
learning of sequences: Cohen and Carvalho 2005, IJCAI.)
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from speechmine.judge.model import LABELS, Model, Row
from speechmine.judge.scoring import Sums

__all__ = ["Chances", "Place", "first_pass", "neighbourhood", "second_pass", "softmax"]

#: A chance for each label, in the order of :data:`LABELS`.
Chances = tuple[float, ...]

# How much own chances count (as logarithms), those of neighbours at a distance, of groups, of all.
_OWN = 0.5
_LEAST = 1e-3
_BESIDE = {-2: 0.7, -1: 1.5, 1: 1.5, 2: 0.7}
_AMONG = 1.5
_WHOLE = 2.0
_GROUPS = ("line", "section", "part")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: numbers of its line, its section and its main part."""

    line: int
    section: int
    part: int


def softmax(numbers: Sequence[float], scale: float = 1.0) -> Chances:
    """Chances from log-odds.

    Example:
        >>> softmax([0.0, 0.0])
        (0.5, 0.5)
    """
    top = max(numbers)
    odds = [math.exp(scale * (number - top)) for number in numbers]
    whole = sum(odds)
    return tuple(odd / whole for odd in odds)


def first_pass(sums: Sequence[Sums]) -> list[Chances]:
    """Chances of every sentence from its own words and those beside it."""
    return [softmax(each.labels) for each in sums]


def second_pass(chances: Sequence[Chances], places: Sequence[Place], model: Model) -> list[Chances]:
    """Chances in the light of those around; both passes have an equal say (geometric mean)."""
    found = []
    for own, features in zip(chances, neighbourhood(chances, places), strict=True):
        around = softmax(_linear(features, model.around, model.around_bias))
        both = [math.sqrt(a * b) for a, b in zip(own, around, strict=True)]
        whole = sum(both)
        found.append(tuple(number / whole for number in both))
    return found


def _linear(features: Mapping[str, float], rows: Mapping[str, Row], bias: Row) -> list[float]:
    sums = list(bias)
    for name, value in features.items():
        row = rows.get(name)
        if row is not None:
            sums = [total + value * weight for total, weight in zip(sums, row, strict=True)]
    return sums


def neighbourhood(
    chances: Sequence[Chances], places: Sequence[Place]
) -> Iterator[dict[str, float]]:
    """Features of the second pass for each sentence.

    Args:
        chances: of every sentence after the first pass.
        places: of every sentence.

    Yields:
        ``own`` (logarithms), those one and two before and behind, and the means of the other
        sentences of the same line, section and part, and of the whole text.

    Example:
        >>> one = tuple([1.0] + [0.0] * 9)
        >>> (features,) = neighbourhood([one], [Place(0, 0, 0)])
        >>> features["own=heading"], features["whole=heading"]
        (0.0, 2.0)
    """
    groups = [(name, _Group(chances, [getattr(p, name) for p in places])) for name in _GROUPS]
    whole = [_WHOLE * sum(column) / len(chances) for column in zip(*chances, strict=True)]
    for i, own in enumerate(chances):
        found = {
            _KEYS["own"][n]: _OWN * math.log(max(chance, _LEAST)) for n, chance in enumerate(own)
        }
        for step, weight in _BESIDE.items():
            if 0 <= i + step < len(chances):
                _put(found, f"{step:+}", [weight * chance for chance in chances[i + step]])
        for name, group in groups:
            _put(found, name, group.means_without(i))
        _put(found, "whole", whole)
        yield found


#: Names of features by what they tell of, joined once.
_KEYS = {
    name: [f"{name}={label}" for label in LABELS]
    for name in ("own", "whole", *_GROUPS, *(f"{step:+}" for step in _BESIDE))
}


def _put(found: dict[str, float], name: str, numbers: Sequence[float]) -> None:
    found.update(zip(_KEYS[name], numbers, strict=False))


class _Group:
    """Sums of chances by line, section or part, so that each mean is taken in one step."""

    def __init__(self, chances: Sequence[Chances], keys: Sequence[int]) -> None:
        self._chances = chances
        self._keys = keys
        self._sums: dict[int, list[float]] = defaultdict(lambda: [0.0] * len(LABELS))
        self._sizes: dict[int, int] = defaultdict(int)
        for key, given in zip(keys, chances, strict=True):
            self._sizes[key] += 1
            self._sums[key] = [a + b for a, b in zip(self._sums[key], given, strict=True)]

    def means_without(self, i: int) -> list[float]:
        """Mean chances of the group of sentence ``i``, itself left out; empty where it is alone."""
        key = self._keys[i]
        others = self._sizes[key] - 1
        if others < 1:
            return []
        pairs = zip(self._sums[key], self._chances[i], strict=True)
        return [_AMONG * (total - own) / others for total, own in pairs]
