"""The judge's model: weights learnt by ``scripts/train_judge.py``, kept as plain numbers.

One table holds a row for each key with its weights in three places (of the clause or sentence
itself, of the one before, of the one behind) for two questions: the label of a sentence, and the
tag of a clause. Small tables hold what else counts. No library is needed to run it.
"""

from __future__ import annotations

import functools
import json
import operator
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from speechmine.judge.lanes import LANE_BYTES, MOST, pack, unpack
from speechmine.judge.links import Links
from speechmine.model import Discourse

__all__ = [
    "AROUND",
    "LABELS",
    "TAGS",
    "Around",
    "Model",
    "Weights",
    "load_model",
    "model_bytes",
    "shipped_model",
]

#: Order of the lanes: labels of a sentence, tags of a clause.
LABELS: tuple[Discourse, ...] = get_args(Discourse)
#: No row; begins a requirement (level 1); begins a task (level 2 or 3); goes on with a row.
TAGS = ("O", "B1", "B2", "I")
#: Lanes of a row: each question once for the thing itself, the one before and the one behind.
LANES = 3 * (len(LABELS) + len(TAGS))
_LENGTH = 4
#: What the second pass sees, each with a number a label: own chances, those at a distance, means.
RELATIONS = ("own", "-2", "-1", "+1", "+2", "line", "section", "part", "whole")
AROUND = tuple(f"{relation}={label}" for relation in RELATIONS for label in LABELS)

Row = tuple[float, ...]


class Weights:
    """Rows of weights by key, each packed into one integer.

    Args:
        keys: in the order of the rows.
        content: the packed rows, one after the other.
    """

    def __init__(self, keys: Sequence[str], content: bytes) -> None:
        size = LANE_BYTES * LANES
        rows = (content[at : at + size] for at in range(0, size * len(keys), size))
        self._rows = {
            key: int.from_bytes(row, "little", signed=True)
            for key, row in zip(keys, rows, strict=True)
        }

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def __getitem__(self, key: str) -> int:
        return self._rows[key]

    def total(
        self, keys: Sequence[str], twice: Sequence[str] = (), factor: float = 1.0
    ) -> list[float]:
        """The sum of the rows of those keys that are known, some counted twice, times a factor."""
        known = list(filter(None, map(self._rows.get, (*keys, *twice, *twice))))
        if len(known) <= MOST:
            return unpack(sum(known), LANES, factor)
        starts = range(0, len(known), MOST)
        parts = [unpack(sum(known[at : at + MOST]), LANES, factor) for at in starts]
        return [sum(column) for column in zip(*parts, strict=True)]


class Around:
    """The second pass over the labels: a row for each feature, in their fixed order.

    Args:
        rows: numbers of labels by feature.
        bias: one number a label.
    """

    def __init__(self, rows: Mapping[str, Row], bias: Row) -> None:
        none = (0.0,) * len(LABELS)
        self._columns = list(zip(*(rows.get(name, none) for name in AROUND), strict=True))
        self._bias = bias

    def sums(self, features: Sequence[float]) -> list[float]:
        """Log-odds of each label.

        Args:
            features: values in the order of :data:`AROUND`.
        """
        return [
            bias + sum(map(operator.mul, features, column))
            for bias, column in zip(self._bias, self._columns, strict=True)
        ]


@dataclass(frozen=True)
class Model:
    """All that was learnt.

    Attributes:
        weights: rows of :data:`LANES` numbers.
        labels_bias, tags_bias: one number a label, a tag.
        around: second pass over the labels.
        links: what is no key of the wording: place, tag before, label.
        scale: factor that turns log-odds of tags into honest chances.
        version: digest of what it was learnt from, as it stands in records.
    """

    weights: Weights
    labels_bias: Row
    tags_bias: Row
    around: Around
    links: Links
    scale: float = 1.0
    version: str = "0"


@functools.cache
def shipped_model() -> Model:
    """The model that comes with the package.

    Example:
        >>> "完成" in shipped_model().weights
        True
    """
    return load_model((files("speechmine.judge") / "model.bin").read_bytes())


def load_model(content: bytes | Path) -> Model:
    """A model from its stored form.

    Args:
        content: what :func:`model_bytes` gave, or the file that holds it.
    """
    packed = content.read_bytes() if isinstance(content, Path) else content
    plain = zlib.decompress(packed)
    end = _LENGTH + int.from_bytes(plain[:_LENGTH], "little")
    head = json.loads(plain[_LENGTH:end])
    return Model(
        Weights(head["keys"].split("\n"), plain[end:]),
        tuple(head["labels_bias"]),
        tuple(head["tags_bias"]),
        Around(head["around"], head["around_bias"]),
        Links(head["links"], LABELS, len(TAGS)),
        head["scale"],
        head["version"],
    )


def model_bytes(rows: Mapping[str, Sequence[float]], small: Mapping[str, Any]) -> bytes:
    """The stored form of a model: the same numbers give the same bytes.

    Args:
        rows: weights by key, :data:`LANES` numbers each.
        small: the other fields of :class:`Model`, ready for JSON.
    """
    keys = sorted(rows)
    size = LANE_BYTES * LANES
    body = b"".join(pack(rows[key]).to_bytes(size, "little", signed=True) for key in keys)
    head = json.dumps({**small, "keys": "\n".join(keys)}, ensure_ascii=False, sort_keys=True)
    coded = head.encode("utf-8")
    return zlib.compress(len(coded).to_bytes(_LENGTH, "little") + coded + body, 9)
