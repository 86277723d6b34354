"""Labels of sentences: what each says, in the light of those around it.

The first pass looks at a sentence with its neighbours' wording. The second looks at the chances
that the first gave to the sentences before and behind, of its line, its section, its part and the
whole text, because labels stand in runs: a duty among duties, a reason after a problem. (Stacked
learning of sequences: Cohen and Carvalho 2005, IJCAI.)
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.judge.model import LABELS, Model
from speechmine.judge.scoring import Sums

__all__ = ["Chances", "Place", "first_pass", "neighbourhood", "second_pass", "softmax"]

#: A chance for each label, in the order of :data:`LABELS`.
Chances = tuple[float, ...]

# How much own chances count (as logarithms), those of neighbours at a distance, of groups, of all.
_OWN = 0.5
_LEAST = 1e-3
_NEAR, _FAR = 1.5, 0.7
_AMONG = 1.5
_WHOLE = 2.0
_GROUPS = ("line", "section", "part")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: numbers of its line, its section and its main part."""

    line: int
    section: int
    part: int


def softmax(numbers: Sequence[float]) -> Chances:
    """Chances from log-odds.

    Example:
        >>> softmax([0.0, 0.0])
        (0.5, 0.5)
    """
    top = max(numbers)
    odds = [math.exp(number - top) for number in numbers]
    whole = sum(odds)
    return tuple([odd / whole for odd in odds])


def first_pass(sums: Sequence[Sums]) -> list[Chances]:
    """Chances of every sentence from its own words and those beside it."""
    return [softmax(each.labels) for each in sums]


def second_pass(chances: Sequence[Chances], places: Sequence[Place], model: Model) -> list[Chances]:
    """Chances in the light of those around; both passes have an equal say (geometric mean)."""
    found = []
    for own, features in zip(chances, neighbourhood(chances, places), strict=True):
        around = softmax(model.around.sums(features))
        both = [math.sqrt(a * b) for a, b in zip(own, around, strict=True)]
        whole = sum(both)
        found.append(tuple([number / whole for number in both]))
    return found


def neighbourhood(chances: Sequence[Chances], places: Sequence[Place]) -> Iterator[list[float]]:
    """Features of the second pass for each sentence, in the order of ``AROUND``.

    Args:
        chances: of every sentence after the first pass.
        places: of every sentence.

    Yields:
        Own chances (logarithms), those of the sentences two and one before and behind, and the
        means of the other sentences of the same line, section and part, and of the whole text.

    Example:
        >>> one = tuple([1.0] + [0.0] * 9)
        >>> (features,) = neighbourhood([one], [Place(0, 0, 0)])
        >>> features[0], features[-10]
        (0.0, 2.0)
    """
    groups = [_Group(chances, [getattr(p, name) for p in places]) for name in _GROUPS]
    whole = [_WHOLE * sum(column) / len(chances) for column in zip(*chances, strict=True)]
    near = [[_NEAR * chance for chance in each] for each in chances]
    far = [[_FAR * chance for chance in each] for each in chances]
    none = [0.0] * len(LABELS)
    for i, own in enumerate(chances):
        found = [_OWN * math.log(max(chance, _LEAST)) for chance in own]
        found += far[i - 2] if i > 1 else none
        found += near[i - 1] if i else none
        found += near[i + 1] if i + 1 < len(near) else none
        found += far[i + 2] if i + 2 < len(far) else none
        for group in groups:
            found += group.means_without(i) or none
        yield found + whole


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
