"""Stretches of a text: how far they share it, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

__all__ = ["Spanned", "likeness", "likest", "overlap", "trimmed_span"]

# Marks that belong to no record: they part it from the next.
_MARKS = " \t\r\n\u3000，。；、：,;:"
#: From so much of likeness on, two stretches are the same thing read twice.
_SAME = 0.5


class Spanned(Protocol):
    """Has a place in the text."""

    @property
    def start(self) -> int | None:
        """Offset of its first character."""

    @property
    def end(self) -> int | None:
        """Offset behind its last one."""


_S = TypeVar("_S", bound=Spanned)


def overlap(one: Spanned, other: Spanned) -> int:
    """Number of characters that both cover."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def likeness(one: Spanned, other: Spanned) -> float:
    """Dice's coefficient of the characters covered."""
    lengths = sum((s.end or 0) - (s.start or 0) for s in (one, other))
    return 2 * overlap(one, other) / lengths if lengths else 0.0


def likest(wanted: Spanned, candidates: Iterable[_S]) -> _S | None:
    """The one that covers most nearly the same; None where none is near."""
    best = max(candidates, key=lambda c: likeness(wanted, c), default=None)
    return best if best is not None and likeness(wanted, best) >= _SAME else None


def trimmed_span(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the blanks and marks at its ends.

    Example:
        >>> trimmed_span("修好水渠，备足沙袋。", 4, 10)
        (5, 9)
    """
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return start, end
