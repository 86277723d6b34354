"""Weights learnt from annotated texts as whole steps by key, so that sums are the same anywhere."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "WEIGHT_STEP",
    "lanes_bytes",
    "lanes_of",
    "read_lanes",
    "read_weights",
    "sum_of",
    "weights_bytes",
]

#: Weights are kept in steps of this size, one byte each.
WEIGHT_STEP = 1 / 16
_LARGEST = 127
_BETWEEN = b"\0"
# A file of weights never unpacks to more than this many bytes.
_MOST = 1 << 24
# Sums of several classes lie side by side in one number, so many bits each.
_LANE = 24
_LOW = (1 << _LANE) - 1
_HALF = 1 << (_LANE - 1)


def sum_of(keys: Iterable[str], weights: Mapping[str, int]) -> int:
    """The weights of some keys together, in steps.

    Example:
        >>> sum_of(["a", "b", "c"], {"a": 8, "b": -4})
        4
    """
    return sum(map(weights.get, keys, itertools.repeat(0)))


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


def read_lanes(packed: bytes, lanes: int) -> Mapping[str, int]:
    """Weights of several classes from their stored form, those of a key side by side in one number.

    Args:
        packed: what :func:`lanes_bytes` gave.
        lanes: how many classes there are.
    """
    keys, _, steps = zlib.decompressobj().decompress(packed, _MOST).partition(_BETWEEN)
    names = keys.decode("utf-8").split("\n") if keys else []
    every = memoryview(steps).cast("b")
    return {
        name: sum(every[n * lanes + lane] << (_LANE * lane) for lane in range(lanes))
        for n, name in enumerate(names)
    }


def lanes_of(weights: Iterable[int], lanes: int) -> list[int]:
    """The sums of each class.

    Args:
        weights: as :func:`read_lanes` gives them.
        lanes: how many classes there are.

    Example:
        >>> packed = lanes_bytes({"a": (0.5, -1.0), "b": (-1.5, 0.25)})
        >>> lanes_of(read_lanes(packed, 2).values(), 2)
        [-16, -12]
    """
    total, sums = sum(weights), []
    for _ in range(lanes):
        low = total & _LOW
        low -= (low & _HALF) << 1
        sums.append(low)
        total = (total - low) >> _LANE
    return sums


def lanes_bytes(weights: Mapping[str, Sequence[float]]) -> bytes:
    """The stored form of weights of several classes.

    Args:
        weights: by key, one of each class.
    """
    steps = {key: bytes(_step(weight) & 0xFF for weight in every) for key, every in weights.items()}
    kept = sorted(key for key, every in steps.items() if any(every) and key.isprintable())
    body = b"".join(steps[key] for key in kept)
    return zlib.compress("\n".join(kept).encode("utf-8") + _BETWEEN + body, 9)


def _step(weight: float) -> int:
    return max(-_LARGEST, min(_LARGEST, round(weight / WEIGHT_STEP)))
