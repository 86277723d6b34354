"""The discourse model: two linear passes over a document's segments.

The first pass gives each open segment a chance for every label, from its own features and
wording. The second looks at these chances in the segment, its neighbours, its line, its section
and its part, because labels stand in runs: a duty among duties, a reason after a problem. (Stacked
learning of sequences: Cohen and Carvalho 2005, IJCAI.) Both passes are tables of weights in
``discourse_model.json``, learnt by ``scripts/train_discourse.py``; no library is needed to run.
"""

from __future__ import annotations

import functools
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, get_args

from speechmine.model import Discourse
from speechmine.judge.lanes import ONE, pack, unpack
from speechmine.segment.wording import Wording, gram_weights

__all__ = [
    "WORDING",
    "Chances",
    "Linear",
    "Model",
    "Place",
    "load_model",
    "neighbourhood",
    "shipped_model",
]

#: How much the wording counts beside the named features (chosen by cross-validation).
WORDING = 5.0
# How much the neighbours' chances count, and a segment's own, which come as logarithms.
_AROUND = 1.5
_OWN = 0.5
_LEAST = 1e-3

Row = tuple[float, ...]
#: Label to probability; those left out are zero.
Chances = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a segment stands: numbers of its line, section and main part; whether a heading."""

    line: int
    section: int
    part: int
    heading: bool = False


@dataclass(frozen=True)
class Linear:
    """Multinomial logistic regression: ``bias`` and ``weights`` hold one number a label."""

    labels: tuple[str, ...]
    bias: Row
    weights: Mapping[str, Row]

    @functools.cached_property
    def _packed(self) -> Mapping[str, int]:
        return {name: pack(row) for name, row in self.weights.items()}

    def sums(self, features: Mapping[str, float]) -> list[float]:
        """What the features add to the log-odds of each label, the bias left out."""
        packed = self._packed
        rows = (packed[name] * int(features[name] * ONE) for name in features if name in packed)
        return unpack(sum(rows), len(self.labels))

    def chances(self, features: Mapping[str, float]) -> dict[str, float]:
        """Probability of each label.

        Example:
            >>> Linear(("a", "b"), (0.0, 0.0), {"x": (1.0, -1.0)}).chances({"y": 1.0})
            {'a': 0.5, 'b': 0.5}
        """
        return self.softmax(self.sums(features))

    def softmax(self, *parts: Sequence[float]) -> dict[str, float]:
        """Probability of each label from the bias and log-odds in one or several parts."""
        sums = [sum(terms) for terms in zip(self.bias, *parts, strict=True)]
        top = max(sums)
        odds = [math.exp(total - top) for total in sums]
        whole = sum(odds)
        return {label: odd / whole for label, odd in zip(self.labels, odds, strict=True)}


@dataclass(frozen=True)
class Model:
    """Both passes, and the rarity of each gram that the first knows."""

    first: Linear
    second: Linear
    rarity: Mapping[str, float]

    def first_pass(self, text: str, features: Mapping[str, float]) -> dict[str, float]:
        """Chances of one segment from what stands in it: those of :func:`with_wording`."""
        return self.first.softmax(self.first.sums(features), self._wording.sums(text))

    @functools.cached_property
    def _wording(self) -> Wording:
        none = (0.0,) * len(self.first.labels)
        weights = self.first.weights
        rows = {
            gram: [rarity * weight for weight in weights.get(f"~{gram}", none)]
            for gram, rarity in self.rarity.items()
        }
        return Wording(rows, self.rarity, labels=len(none), factor=WORDING)

    def second_pass(
        self, chances: Sequence[Chances], places: Sequence[Place], wanted: Sequence[int]
    ) -> Iterator[tuple[int, dict[str, float]]]:
        """Chances of the wanted segments in the light of those around them.

        Both passes have an equal say: the geometric mean of their chances, up to one factor.
        """
        for i, features in neighbourhood(chances, places, wanted):
            around = self.second.chances(features)
            yield i, {label: math.sqrt(around[label] * chances[i][label]) for label in around}


def with_wording(
    text: str, features: Mapping[str, float], rarity: Mapping[str, float]
) -> dict[str, float]:
    """The features and the wording, ready for the first pass."""
    grams = gram_weights(text, rarity)
    return {**features, **{f"~{gram}": WORDING * weight for gram, weight in grams.items()}}


def neighbourhood(
    chances: Sequence[Chances], places: Sequence[Place], wanted: Sequence[int]
) -> Iterator[tuple[int, dict[str, float]]]:
    """Features of the second pass for each wanted segment.

    Args:
        chances: of every segment after the first pass; a settled label has chance one.
        places: of every segment.
        wanted: indices to give features for.

    Yields:
        Index and features: ``own`` (logarithms), ``before`` and ``after``, and the means of the
        other segments of the same ``line``, ``section`` and ``part``. Headings take no part.
    """
    groups = [_Group(name, chances, places) for name in ("line", "section", "part")]
    own = _keys("own")
    for i in wanted:
        features = {
            own[label]: _OWN * math.log(max(chance, _LEAST)) for label, chance in chances[i].items()
        }
        for name, j in (("before", i - 1), ("after", i + 1)):
            if 0 <= j < len(places) and not places[j].heading:
                keys = _keys(name)
                features.update({keys[label]: _AROUND * c for label, c in chances[j].items()})
        for group in groups:
            features.update(group.means_without(i))
        yield i, features


@functools.cache
def _keys(name: str) -> Mapping[str, str]:
    """Names of features by label: joined once, as there are many more segments than labels."""
    return {label: f"{name}={label}" for label in get_args(Discourse)}


class _Group:
    """Sums of chances by line, section or part, so that each mean is taken in one step."""

    def __init__(self, name: str, chances: Sequence[Chances], places: Sequence[Place]) -> None:
        self._names = _keys(name)
        self._keys: Sequence[int] = [getattr(place, name) for place in places]
        self._chances = chances
        self._sums: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._sizes: dict[int, int] = defaultdict(int)
        for key, given, place in zip(self._keys, chances, places, strict=True):
            if not place.heading:
                self._sizes[key] += 1
                sums = self._sums[key]
                for label, chance in given.items():
                    sums[label] += chance

    def means_without(self, i: int) -> dict[str, float]:
        """Mean chances of the group of segment ``i``, itself (no heading) left out, by feature."""
        key = self._keys[i]
        others = self._sizes[key] - 1
        if others < 1:
            return {}
        scale, own, names = _AROUND / others, self._chances[i], self._names
        return {
            names[label]: (total - own.get(label, 0.0)) * scale
            for label, total in self._sums[key].items()
        }


@functools.cache
def shipped_model() -> Model:
    """The model that comes with the package."""
    content = (files("speechmine.segment") / "discourse_model.json").read_text(encoding="utf-8")
    return load_model(json.loads(content))


def load_model(data: Mapping[str, Any]) -> Model:
    """A model from its stored form: labels, rarity, and a table of weights for each pass."""
    labels = tuple(data["labels"])
    first, second = (
        Linear(
            labels,
            tuple(data[name]["bias"]),
            {feature: tuple(row) for feature, row in data[name]["weights"].items()},
        )
        for name in ("first", "second")
    )
    return Model(first, second, data["rarity"])
