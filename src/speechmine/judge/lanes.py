"""Rows of numbers packed into one integer each: adding two integers adds all their numbers.

A linear model adds one row of weights a feature. In pure Python a loop over labels inside the
loop over features costs most of the time; whole numbers of any length add in one step, and they
add to the same sum in any order on any machine.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

__all__ = ["LANE_BYTES", "ONE", "pack", "unpack"]

#: What 1.0 is packed as; numbers are kept to the nearest 2**-24.
ONE = 1 << 24
_BITS = 64
#: Bytes of a lane in the stored form.
LANE_BYTES = _BITS // 8
_HALF = 1 << (_BITS - 1)


def pack(row: Sequence[float]) -> int:
    """One integer that holds each number of a row in a lane of its own.

    Args:
        row: numbers below 2**15 in all sums to be made of them.

    Example:
        >>> unpack((pack((1.0, -0.5)) + pack((0.5, 0.25))) * ONE, 2)
        [1.5, -0.25]
    """
    return sum(round(number * ONE) << (_BITS * lane) for lane, number in enumerate(row))


def unpack(total: int, lanes: int) -> list[float]:
    """The numbers of a sum of packed rows, each row times a value in units of :data:`ONE`.

    Args:
        total: such a sum.
        lanes: how many numbers a row holds.

    Example:
        >>> unpack(pack((0.5, -2.0)) * (ONE // 2), 2)
        [0.25, -1.0]
    """
    # With half a lane added to each no lane is negative, so none borrows from the next.
    shift = sum(_HALF << (_BITS * lane) for lane in range(lanes))
    content = (total + shift).to_bytes(LANE_BYTES * lanes, "little")
    return [(lane - _HALF) / (ONE * ONE) for lane in struct.unpack(f"<{lanes}Q", content)]
