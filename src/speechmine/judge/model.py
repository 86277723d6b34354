"""The judge's model: weights learnt by ``scripts/train_judge.py``, kept as plain numbers.

One table holds a row for each key with its weights in three places (of the clause or sentence
itself, of the one before, of the one behind) for three questions: the label of a sentence, the tag
of a clause, and the level of a row. Small tables hold what else counts. Weights are whole steps, so
sums over the wording are sums of whole numbers: the same in any order, on any machine.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
import zlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from speechmine.errors import ReadError
from speechmine.judge.evidence import (
    FEW,
    LINKS,
    MANY,
    Sentence,
    link_features,
    place_features,
    stretch_features,
)
from speechmine.judge.keys import ClauseKeys
from speechmine.judge.weights import LANES, STEP, Matrix, Weights, in_steps
from speechmine.model import Discourse

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "AROUND",
    "BEFORE",
    "LABELS",
    "ROW_LEVELS",
    "TAGS",
    "Links",
    "Model",
    "load_model",
    "model_bytes",
    "open_model",
    "shipped_bytes",
    "shipped_model",
    "weights_of_model",
]

#: Order of the lanes: labels of a sentence, tags of a clause, levels of a row.
LABELS: tuple[Discourse, ...] = get_args(Discourse)
#: No row; begins a requirement (level 1); begins a task (level 2 or 3); goes on with a row.
TAGS = ("O", "B1", "B2", "I")
#: A requirement; a task.
ROW_LEVELS = ("1", "2")
_LENGTH = 4
# A file of weights never unpacks to more than this many bytes.
_LARGEST = 1 << 28
#: What the second pass sees, each with a number a label: own chances, those at a distance, means.
RELATIONS = ("own", "-2", "-1", "+1", "+2", "line", "section", "part", "whole")
AROUND = tuple(f"{relation}={label}" for relation in RELATIONS for label in LABELS)


@dataclass(frozen=True)
class Model:
    """All that was learnt.

    Attributes:
        weights: rows of :data:`LANES` numbers.
        labels_bias, tags_bias, levels_bias: one number a label, a tag, a level.
        around: second pass over the labels: a row for each of :data:`AROUND`, a column a label.
        around_bias: one number a label.
        links: what is no key of the wording, for the tags: place, tag before, label.
        level_links: the same for the levels: place, label.
        scale: factor that turns log-odds of tags into honest chances.
        version: digest of what it was learnt from, as it stands in records.
        brief: gives the model for a text of a few sentences, whose words have little around them;
            None where this one judges those too.
    """

    weights: Weights
    labels_bias: Matrix
    tags_bias: Matrix
    levels_bias: Matrix
    around: Matrix
    around_bias: Matrix
    links: Links
    level_links: Links
    scale: float = 1.0
    version: str = "0"
    brief: Callable[[], Model] | None = None

    def fitting(self, sentences: int) -> Model:
        """The model for a text of so many sentences."""
        return self.brief() if self.brief and sentences <= FEW else self


@functools.cache
def shipped_model() -> Model:
    """The model that comes with the package.

    Example:
        >>> "完成" in shipped_model().weights
        True
    """
    return dataclasses.replace(load_model(shipped_bytes()), brief=_brief_model)


@functools.cache
def _brief_model() -> Model:
    """What comes with the package for texts of a few sentences."""
    return load_model((files("speechmine.judge") / "brief.bin").read_bytes())


def shipped_bytes() -> bytes:
    """The stored form of :func:`shipped_model`."""
    return (files("speechmine.judge") / "model.bin").read_bytes()


def load_model(content: bytes | Path) -> Model:
    """A model from its stored form.

    Args:
        content: what :func:`model_bytes` gave, or the file that holds it.
    """
    head, rows = _unpacked(content.read_bytes() if isinstance(content, Path) else content)
    none = [0.0] * len(LABELS)
    return Model(
        Weights(head["keys"].split("\n"), rows),
        np.array(head["labels_bias"]),
        np.array(head["tags_bias"]),
        np.array(head["levels_bias"]),
        np.array([head["around"].get(name, none) for name in AROUND]),
        np.array(head["around_bias"]),
        Links(head["links"], LABELS, len(TAGS)),
        Links(head["level_links"], LABELS, len(ROW_LEVELS)),
        head["scale"],
        head["version"],
    )


def open_model(file: Path) -> Model:
    """A model that somebody made, from its file.

    Raises:
        ReadError: it is no model.
    """
    try:
        return load_model(file)
    except OSError as error:
        raise ReadError(str(file), error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        remedy = "give a file that speechmine learn wrote"
        raise ReadError(str(file), "this is no model (模型)", remedy) from error


def _unpacked(packed: bytes) -> tuple[dict[str, Any], NDArray[np.int8]]:
    unzip = zlib.decompressobj()
    plain = unzip.decompress(packed, _LARGEST)
    end = _LENGTH + int.from_bytes(plain[:_LENGTH], "little")
    return json.loads(plain[_LENGTH:end]), np.frombuffer(plain[end:], np.int8).reshape(-1, LANES)


def weights_of_model(content: bytes) -> tuple[dict[str, list[float]], dict[str, Any]]:
    """What :func:`model_bytes` was given: the weights by key, and the other fields."""
    head, rows = _unpacked(content)
    keys = head.pop("keys").split("\n")
    return dict(zip(keys, (STEP * rows).tolist(), strict=True)), head


def model_bytes(rows: Mapping[str, Sequence[float]], small: Mapping[str, Any]) -> bytes:
    """The stored form of a model: the same numbers give the same bytes.

    Args:
        rows: weights by key, :data:`LANES` numbers each.
        small: the other fields of :class:`Model`, ready for JSON.
    """
    keys = sorted(rows)
    body = in_steps([rows[key] for key in keys])
    head = json.dumps({**small, "keys": "\n".join(keys)}, ensure_ascii=False, sort_keys=True)
    coded = head.encode("utf-8")
    return zlib.compress(len(coded).to_bytes(_LENGTH, "little") + coded + body.tobytes(), 9)


#: The tags that may stand before a clause: none (it opens its sentence), no row, begins, goes on.
BEFORE = "SOBI"


class Links:
    """Small tables of weights, each combination summed once, when it first comes up.

    Args:
        rows: weights of the tags, or of the levels, by feature.
        labels: names of the labels in their order.
        tags: how many tags or levels there are.
    """

    def __init__(
        self, rows: Mapping[str, Sequence[float]], labels: Sequence[str], tags: int
    ) -> None:
        self._rows = {name: np.array(row) for name, row in rows.items()}
        self._none = np.zeros(tags)
        self._places, self._stretches, self._joined = _Rows(), _Rows(), _Rows()
        #: A row for each label, a column for each tag or level.
        self.labels = np.array([self._rows.get(f"label={label}", self._none) for label in labels])

    def places(self, sentences: Sequence[Sentence]) -> Matrix:
        """What the place of each clause in its sentence adds to each tag."""
        counts = [len(sentence.clauses) for sentence in sentences]
        numbers = {count: self._places_among(count) for count in set(counts)}
        found = list(itertools.chain.from_iterable(map(numbers.__getitem__, counts)))
        return self._places.of(found).reshape(-1, len(self._none))

    def joined(self, clauses: Sequence[ClauseKeys]) -> Matrix:
        """What each tag before (:data:`BEFORE`) adds to each tag of every clause."""
        found = [self._of_clause(keys) for keys in clauses]
        return self._joined.of(found).reshape(-1, len(BEFORE), len(self._none))

    def stretches(self, rows: Iterable[tuple[int, int, int]]) -> Matrix:
        """What the place of each row adds.

        Args:
            rows: the first clause of each, the one behind its last, how many its sentence has.
        """
        found = [self._stretch(first, last, count) for first, last, count in rows]
        return self._stretches.of(found).reshape(-1, len(self._none))

    def _places_among(self, count: int) -> list[int]:
        """The numbers of the places in a sentence of so many clauses."""
        most = min(count, MANY)
        return [self._place(j == 0, j + 1 == count, most) for j in range(count)]

    def _place(self, opens: bool, closes: bool, count: int) -> int:
        key = (opens, closes, count)
        return self._places.number(key, lambda: self.summed(place_features(*key)))

    def _stretch(self, first: int, last: int, count: int) -> int:
        key = (first == 0, last == count, min(count, MANY), min(last - first, MANY))
        return self._stretches.number(
            key, lambda: self.summed(stretch_features(first, last, count))
        )

    def _of_clause(self, keys: ClauseKeys) -> int:
        key = (keys.clause.verb, *filter(LINKS.__contains__, keys.flags))
        return self._joined.number(
            key, lambda: np.array([self.summed(link_features(keys, before)) for before in BEFORE])
        )

    def summed(self, features: Mapping[str, float]) -> Matrix:
        """What features add to each tag or level."""
        total = self._none
        for name, value in features.items():
            total = total + value * self._rows.get(name, self._none)
        return total


class _Rows:
    """Numbers by what they are of, worked out when that first comes up, and given many at once."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._rows: list[Matrix] = []
        self._table = np.zeros(0)

    def number(self, key: Hashable, make: Callable[[], Matrix]) -> int:
        """Under which number they stand."""
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self._rows)
            self._rows.append(make())
        return found

    def of(self, numbers: Sequence[int]) -> Matrix:
        """Those under each of some numbers."""
        table = self._table
        if len(table) < len(self._rows):
            table = self._table = np.array(self._rows)
        return table[numbers] if numbers else np.zeros(0)
