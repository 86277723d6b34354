"""The judge's model: weights learnt by ``scripts/train_judge.py``, kept as plain numbers.

One table holds a row for each key with its weights in three places (of the clause or sentence
itself, of the one before, of the one behind) for three questions: the label of a sentence, the tag
of a clause, and the level of a row. Small tables hold what else counts. Weights are whole steps, so
sums over the wording are sums of whole numbers: the same in any order, on any machine.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from speechmine.errors import ReadError
from speechmine.judge.evidence import FEW
from speechmine.judge.links import Links
from speechmine.judge.weights import LANES, STEP, Matrix, Weights, in_steps
from speechmine.model import Discourse

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "AROUND",
    "LABELS",
    "ROW_LEVELS",
    "TAGS",
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
