"""Rows of small numbers packed into one integer each: adding two integers adds all their numbers.

A linear model adds one row of weights a feature. In pure Python a loop over labels inside the
loop over features costs most of the time; whole numbers of any length add in one step, and they
add to the same sum in any order on any machine.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Sequence

__all__ = ["LANE_BYTES", "MOST", "STEP", "pack", "unpack"]

#: Numbers are kept in steps of this size, up to LARGEST on either side.
STEP = 1 / 32
LARGEST = 4.0
#: So many rows may be added before a lane could run over into the next.
MOST = 255
_BITS = 16
_HALF = 1 << (_BITS - 1)
#: Bytes of a lane in the stored form.
LANE_BYTES = _BITS // 8


def pack(row: Sequence[float]) -> int:
    """One integer that holds each number of a row in a lane of its own.

    Args:
        row: numbers; what is larger than :data:`LARGEST` counts as that.

    Example:
        >>> unpack(pack((1.0, -0.5)) + pack((0.5, 0.25)), 2)
        [1.5, -0.25]
    """
    steps = (round(max(-LARGEST, min(LARGEST, number)) / STEP) for number in row)
    return sum(step << (_BITS * lane) for lane, step in enumerate(steps))


def unpack(total: int, lanes: int, factor: float = 1.0) -> list[float]:
    """The numbers of a sum of at most :data:`MOST` packed rows, times a factor.

    Args:
        total: such a sum.
        lanes: how many numbers a row holds.
        factor: what each number counts.

    Example:
        >>> unpack(pack((0.5, -2.0)), 2)
        [0.5, -2.0]
    """
    shift, reader = _constants(lanes)
    # With half a lane added to each no lane is negative, so none borrows from the next.
    numbers = reader.unpack((total + shift).to_bytes(LANE_BYTES * lanes, "little"))
    scale = STEP * factor
    return [(lane - _HALF) * scale for lane in numbers]


@functools.cache
def _constants(lanes: int) -> tuple[int, struct.Struct]:
    shift = sum(_HALF << (_BITS * lane) for lane in range(lanes))
    return shift, struct.Struct(f"<{lanes}H")
