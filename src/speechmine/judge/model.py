"""The judge's model: weights learnt by ``scripts/train_judge.py``, kept as plain numbers.

One table holds a row for each key with its weights in three places (of the clause or sentence
itself, of the one before, of the one behind) for two questions: the label of a sentence, and the
tag of a clause. Small tables hold what else counts. No library is needed to run it.
"""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from speechmine.judge.lanes import LANE_BYTES, pack

__all__ = ["LABELS", "TAGS", "Model", "Weights", "load_model", "model_bytes", "shipped_model"]

#: Order of the lanes: labels of a sentence, tags of a clause.
LABELS = (
    "heading",
    "opening",
    "review",
    "problem",
    "rationale",
    "directive",
    "assurance",
    "exhortation",
    "target",
    "closing",
)
#: No row; begins a requirement (level 1); begins a task (level 2 or 3); goes on with a row.
TAGS = ("O", "B1", "B2", "I")
#: Lanes of a row: each question once for the thing itself, the one before and the one behind.
LANES = 3 * (len(LABELS) + len(TAGS))
_LENGTH = 4

Row = tuple[float, ...]


class Weights:
    """Rows of weights by key, each packed into one integer when it is first asked for.

    Args:
        keys: in the order of the rows.
        content: the packed rows, one after the other.
    """

    def __init__(self, keys: Sequence[str], content: bytes) -> None:
        self._places = {key: at for at, key in enumerate(keys)}
        self._content = content
        self._rows: dict[str, int] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def __getitem__(self, key: str) -> int:
        row = self._rows.get(key)
        if row is None:
            size = LANE_BYTES * LANES
            start = self._places[key] * size
            row = int.from_bytes(self._content[start : start + size], "little", signed=True)
            self._rows[key] = row
        return row

    def total(self, keys: Iterable[str]) -> int:
        """The sum of the rows of those keys that are known."""
        places, row = self._places, self.__getitem__
        return sum([row(key) for key in keys if key in places])


@dataclass(frozen=True)
class Model:
    """All that was learnt.

    Attributes:
        weights: rows of :data:`LANES` numbers.
        labels_bias, tags_bias: one number a label, a tag.
        around: second pass over the labels: a row of labels for each feature.
        around_bias: one number a label.
        links: rows of tags for what is no key of the wording: place, tag before, label.
        scales: factors that turn log-odds into honest chances, by question.
        version: digest of what it was learnt from, as it stands in records.
    """

    weights: Weights
    labels_bias: Row
    tags_bias: Row
    around: Mapping[str, Row]
    around_bias: Row
    links: Mapping[str, Row]
    scales: Mapping[str, float] = field(default_factory=dict)
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
        {name: tuple(row) for name, row in head["around"].items()},
        tuple(head["around_bias"]),
        {name: tuple(row) for name, row in head["links"].items()},
        head["scales"],
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
