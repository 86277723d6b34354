"""Weights learnt from annotated texts as whole steps by key, so that sums are the same anywhere."""

from __future__ import annotations

import functools
import itertools
import math
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

__all__ = [
    "WEIGHT_STEP",
    "ClassWeights",
    "class_weights_bytes",
    "likeliest",
    "read_class_weights",
    "read_weights",
    "shares_of",
    "shipped_classes",
    "shipped_weights",
    "sum_of",
    "weights_bytes",
]

#: Weights are kept in steps of this size, one byte each.
WEIGHT_STEP = 1 / 16
_LARGEST = 127
_BETWEEN = b"\0"
# A file of weights never unpacks to more than this many bytes.
_MOST = 1 << 24
# Steps of several classes lie side by side in one number, so many bytes each, and so much above
# what they are: none is negative, and so many keys as there are never fill a lane. Above the lanes
# stands a one, so that the sum tells how many keys it is of.
_LANE, _BIAS = 3, 128
_BITS = 8 * _LANE
_WHOLE = (1 << _BITS) - 1
_BIASED = bytes((step + _BIAS) % 256 for step in range(256))


def sum_of(keys: Iterable[str], weights: Mapping[str, int]) -> int:
    """The weights of some keys together, in steps.

    Example:
        >>> sum_of(["a", "b", "c"], {"a": 8, "b": -4})
        4
    """
    return sum(map(weights.get, keys, itertools.repeat(0)))


def likeliest(
    choices: Iterable[Collection[str]], weights: Mapping[str, int], none: int = 0, doubt: int = 0
) -> int:
    """Which of some choices the weights speak for most (conditional logit: McFadden 1974).

    Args:
        choices: the keys of each; a key counts once.
        weights: steps by key.
        none: which of them says that none is meant.
        doubt: so many steps more speak for that one.

    Example:
        >>> likeliest([["a"], ["b", "c"], ["b", "b"]], {"b": 2, "c": -1})
        2
    """
    sums = [sum_of(set(keys), weights) for keys in choices]
    sums[none] += doubt
    return max(range(len(sums)), key=sums.__getitem__)


@functools.cache
def shipped_weights(name: str) -> Mapping[str, int]:
    """Weights that come with the package.

    Args:
        name: of their file: ``holders``, ``subjects``, ``when``.

    Example:
        >>> len(shipped_weights("when")) > 1000
        True
    """
    return read_weights(_shipped_bytes(name))


@functools.cache
def shipped_classes(name: str, lanes: int) -> ClassWeights:
    """Weights of several classes that come with the package.

    Args:
        name: of their file: ``measures``, ``metrics``, ``parts``.
        lanes: how many classes there are.

    Example:
        >>> len(shipped_classes("measures", 2).steps) > 1000
        True
    """
    return read_class_weights(_shipped_bytes(name), lanes)


def _shipped_bytes(name: str) -> bytes:
    return (files("speechmine.learned") / f"{name}.bin").read_bytes()


def read_weights(packed: bytes) -> Mapping[str, int]:
    """Weights from their stored form.

    Args:
        packed: what :func:`weights_bytes` gave.
    """
    keys, _, steps = zlib.decompressobj().decompress(packed, _MOST).partition(_BETWEEN)
    if not keys:
        return {}
    return dict(zip(keys.decode("utf-8").split("\n"), memoryview(steps).cast("b"), strict=True))


def weights_bytes(weights: Mapping[str, float]) -> bytes:
    """The stored form of weights, those that round to nothing left out; same weights, same bytes.

    Args:
        weights: by key.

    Example:
        >>> dict(read_weights(weights_bytes({"a": 0.5, "b": -0.25, "c": 0.01})))
        {'a': 8, 'b': -4}
    """
    steps = {key: _step(weight) for key, weight in weights.items()}
    kept = sorted(key for key, step in steps.items() if step and key.isprintable())
    body = bytes(steps[key] & 0xFF for key in kept)
    return zlib.compress("\n".join(kept).encode("utf-8") + _BETWEEN + body, 9)


@dataclass(frozen=True, slots=True, eq=False)
class ClassWeights:
    """Weights of several classes by key, those of a key in one number, so that one sum adds all.

    Attributes:
        steps: by key.
        lanes: how many classes there are.
    """

    steps: Mapping[str, int]
    lanes: int

    def sums(self, keys: Iterable[str]) -> list[int]:
        """What the keys add up to for each class, in steps; a key counts once.

        Example:
            >>> stored = class_weights_bytes({"a": (0.5, -1.0), "b": (-1.5, 0.25)})
            >>> read_class_weights(stored, 2).sums(["a", "b", "a"])
            [-16, -12]
        """
        total = sum(map(self.steps.get, set(keys), itertools.repeat(0)))
        count = total >> (_BITS * self.lanes)
        lanes = range(0, _BITS * self.lanes, _BITS)
        return [(total >> at & _WHOLE) - _BIAS * count for at in lanes]


def shares_of(sums: Sequence[int], step: float = WEIGHT_STEP) -> list[float]:
    """How likely each class is (softmax of its sum).

    Args:
        sums: of each class, in steps.
        step: their size.

    Example:
        >>> shares_of([0, 0])
        [0.5, 0.5]
    """
    highest = max(sums)
    shares = [math.exp((total - highest) * step) for total in sums]
    whole = math.fsum(shares)
    return [share / whole for share in shares]


def read_class_weights(packed: bytes, lanes: int) -> ClassWeights:
    """Weights of several classes from their stored form.

    Args:
        packed: what :func:`class_weights_bytes` gave.
        lanes: how many classes there are.
    """
    keys, _, steps = zlib.decompressobj().decompress(packed, _MOST).partition(_BETWEEN)
    names, values = keys.decode("utf-8").split("\n") if keys else [], steps.translate(_BIASED)
    width = _LANE * lanes
    rows = bytearray(len(names) * width)
    for n in range(lanes):
        rows[n * _LANE :: width] = values[n * len(names) : (n + 1) * len(names)]
    one = 1 << (_BITS * lanes)
    places = range(0, len(rows), width)
    numbers = (one + int.from_bytes(rows[at : at + width], "little") for at in places)
    return ClassWeights(dict(zip(names, numbers, strict=True)), lanes)


def class_weights_bytes(weights: Mapping[str, Sequence[float]], step: float = WEIGHT_STEP) -> bytes:
    """The stored form of weights of several classes, those that round to nothing left out.

    Args:
        weights: by key, one of each class.
        step: what they are rounded to.

    Returns:
        Keys, then the steps of all of them for one class after the other; same weights, same bytes.
    """
    steps = {key: [_step(weight, step) for weight in row] for key, row in weights.items()}
    kept = sorted(key for key, row in steps.items() if any(row) and "\n" not in key)
    lanes = len(next(iter(steps.values()), ()))
    body = bytes(steps[key][n] & 0xFF for n in range(lanes) for key in kept)
    return zlib.compress("\n".join(kept).encode("utf-8") + _BETWEEN + body, 9)


def _step(weight: float, step: float = WEIGHT_STEP) -> int:
    return max(-_LARGEST, min(_LARGEST, round(weight / step)))
