"""What stands above holds below: values with the stretch of a text for which they hold."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

__all__ = ["Reach", "Scopes", "until_next"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reach(Generic[T]):
    """From where to where a value holds."""

    start: int
    end: int
    value: T


class Scopes(Generic[T]):
    """A stack of values: the last one begun that has not ended is the one that holds.

    Built in one walk over the text, so that a look at a place costs the same wherever it is.

    Args:
        reaches: in any order; of those that begin at one place the last one given is on top.

    Example:
        >>> said = Scopes([Reach(0, 90, "三月底前"), Reach(10, 20, "本周内")])
        >>> [said.at(place) for place in (5, 15, 20, 90)]
        ['三月底前', '本周内', '三月底前', None]
    """

    def __init__(self, reaches: Iterable[Reach[T]]) -> None:
        pending = sorted((r for r in reaches if r.start < r.end), key=lambda r: r.start)
        pending.reverse()
        self._edges = sorted({edge for r in pending for edge in (r.start, r.end)})
        self._holding: list[T | None] = []
        stack: list[Reach[T]] = []
        for edge in self._edges:
            while pending and pending[-1].start == edge:
                stack.append(pending.pop())
            while stack and stack[-1].end <= edge:
                stack.pop()
            self._holding.append(stack[-1].value if stack else None)

    def at(self, place: int) -> T | None:
        """What holds at a place, or nothing."""
        index = bisect_right(self._edges, place) - 1
        return self._holding[index] if index >= 0 else None


def until_next(starts: Sequence[int], values: Sequence[T], end: int) -> Scopes[T]:
    """Values of which each holds until the next one begins.

    Args:
        starts: where they begin, ascending.
        values: as many.
        end: of the text.

    Example:
        >>> until_next([0, 6], ["回顾", "任务"], 9).at(7)
        '任务'
    """
    stops = (stop for _, stop in pairwise([*starts, end + 1]))
    return Scopes(map(Reach, starts, stops, values))
