"""What the judge's four fits see of annotated texts, and where their weights stand in a model.

The labels of sentences are fitted first, then what the labels around them add, then the tags of
clauses and the levels of rows, which see the labels' chances. Each fit has rows of named features,
the right answer and how much it counts; each feature has a place in the model's stored form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from speechmine.judge.arrangement import ARRANGED
from speechmine.judge.labels import Around
from speechmine.judge.model import AROUND, LABELS, ROW_LEVELS, TAGS
from speechmine.judge.weights import LANES, Matrix
from speechmine.learning.annotated import TaughtText
from speechmine.learning.columns import clause_features, row_features, sentence_features

__all__ = [
    "CLASSES",
    "Fitted",
    "LabelledFeatures",
    "WeightTable",
    "label_rows",
    "level_rows",
    "link_rows",
    "tag_rows",
]

#: Features, the right answer, its weight.
LabelledFeatures = list[tuple[Mapping[str, float], str, float]]
#: The answers of each fit, in the order of the weights.
CLASSES: Mapping[str, Sequence[str]] = MappingProxyType(
    {"labels": LABELS, "around": LABELS, "tags": TAGS, "levels": ROW_LEVELS}
)
# Where the lanes of a fit begin in a key's row, and the small table of what is no key.
_FIRST = {"labels": 0, "tags": 3 * len(LABELS), "levels": 3 * (len(LABELS) + len(TAGS))}
_SMALL = {"tags": "links", "levels": "level_links"}
_LINKS = ("after=", "label=", "clauses=", "size=", "opens", "closes", ARRANGED)


@dataclass(frozen=True)
class Fitted:
    """Weights by feature, in the order of the classes."""

    rows: Mapping[str, Sequence[float]]
    bias: Sequence[float]


def label_rows(texts: Sequence[TaughtText]) -> LabelledFeatures:
    """The pass that sees a sentence and its neighbours' wording."""
    return [
        (sentence_features(t.sentences, i), str(t.labels[i]), t.weight)
        for t in texts
        for i in t.known
    ]


def link_rows(texts: Sequence[TaughtText], chances: Sequence[Matrix]) -> LabelledFeatures:
    """The pass that sees the chances of the sentences around."""
    rows: LabelledFeatures = []
    for text, given in zip(texts, chances, strict=True):
        features = list(Around(given, text.places).features())
        named = (dict(zip(AROUND, features[i], strict=True)) for i in text.known)
        rows += [
            (each, str(text.labels[i]), text.weight)
            for each, i in zip(named, text.known, strict=True)
        ]
    return rows


def tag_rows(texts: Sequence[TaughtText], chances: Sequence[Matrix]) -> LabelledFeatures:
    """The tags of clauses, given the chances of the labels of their sentence."""
    rows: LabelledFeatures = []
    for text, given in zip(texts, chances, strict=True):
        for i in text.known:
            tags, before = text.tags[i], "S"
            named = dict(zip(LABELS, given[i], strict=True))
            for j, tag in enumerate(tags or ()):
                features = clause_features(text.sentences[i], j, named, before)
                rows.append((features, tag, text.weight))
                before = tag[0]
    return rows


def level_rows(texts: Sequence[TaughtText], chances: Sequence[Matrix]) -> LabelledFeatures:
    """The levels of rows, given the chances of the labels of their sentence."""
    rows: LabelledFeatures = []
    for text, given in zip(texts, chances, strict=True):
        for i in text.known:
            named = dict(zip(LABELS, given[i], strict=True))
            for first, last, level in _stretches(text.tags[i] or ()):
                features = row_features(text.sentences[i], first, last, named)
                rows.append((features, level, text.weight))
    return rows


def _stretches(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The rows of a sentence: the first clause, the one after the last, the level."""
    for first, tag in enumerate(tags):
        if tag[0] == "B":
            last = first + 1
            while last < len(tags) and tags[last] == "I":
                last += 1
            yield first, last, tag[1]


class WeightTable:
    """The weights of a model by what they are of, to be read and added to.

    Args:
        rows: by key, as :func:`speechmine.judge.model.weights_of_model` has them.
        small: the other fields.
    """

    def __init__(
        self,
        rows: Mapping[str, Sequence[float]] = MappingProxyType({}),
        small: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        none = {"around": {}, "links": {}, "level_links": {}, "scale": 1.0, "version": "0"}
        bias = {f"{part}_bias": [0.0] * len(names) for part, names in CLASSES.items()}
        self.rows = {key: list(row) for key, row in rows.items()}
        self.small: dict[str, Any] = {**none, **bias, **small}
        self.small["around"] = {k: list(row) for k, row in self.small["around"].items()}
        for name in _SMALL.values():
            self.small[name] = {k: list(row) for k, row in self.small[name].items()}

    def weights(self, part: str, names: Sequence[str]) -> Iterator[Sequence[float]]:
        """The weights of features of a part, one of :data:`CLASSES`."""
        width = len(CLASSES[part])
        none = [0.0] * width
        for name in names:
            home = self._small(part, name)
            if home is not None:
                yield home.get(name, none)
                continue
            key, at = _lane(part, name, width)
            yield self.rows[key][at : at + width] if key in self.rows else none

    def bias(self, part: str) -> list[float]:
        """What each class has of its own."""
        return list(self.small[f"{part}_bias"])

    def add(self, part: str, fitted: Fitted) -> None:
        """Add weights to those of a part."""
        width = len(fitted.bias)
        for name, weights in fitted.rows.items():
            home = self._small(part, name)
            if home is not None:
                whole = _sum(home[name], weights) if name in home else list(weights)
                home[name] = [round(w, 3) for w in whole] if part == "around" else whole
                continue
            key, at = _lane(part, name, width)
            row = self.rows.setdefault(key, [0.0] * LANES)
            row[at : at + width] = [a + b for a, b in zip(row[at:], weights, strict=False)]
        self.small[f"{part}_bias"] = _sum(self.bias(part), fitted.bias)

    def _small(self, part: str, name: str) -> dict[str, list[float]] | None:
        """The small table that a feature stands in; None: the one of keys."""
        if part == "around":
            return self.small["around"]  # type: ignore[no-any-return]
        linked = part in _SMALL and name.startswith(_LINKS)
        return self.small[_SMALL[part]] if linked else None


def _lane(part: str, name: str, width: int) -> tuple[str, int]:
    """The key of a feature and where its weights begin in the key's row."""
    aside = {"<": 1, ">": 2}.get(name[0], 0) if len(name) > 1 else 0
    return (name[1:] if aside else name), _FIRST[part] + aside * width


def _sum(these: Sequence[float], those: Sequence[float]) -> list[float]:
    return [a + b for a, b in zip(these, those, strict=True)]
