"""The tree of sections that the headings make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.model import Section
from speechmine.segment.enumerators import UNRANKED
from speechmine.segment.headings import Piece

__all__ = ["Placed", "place_headings", "section_ids", "sections_of"]

_TOPIC = "topic"
_LINE = "line"


@dataclass(frozen=True, slots=True)
class Placed:
    """A heading in the tree: the piece it is, its depth and its parent's place in the list."""

    piece: int
    depth: int
    parent: int | None
    style: str
    number: int


def place_headings(pieces: Sequence[Piece], flags: Sequence[bool]) -> tuple[Placed, ...]:
    """Nest headings: fixed ranks first (一、 over （一） over 1.), free styles where they stand.

    一是 after a heading of the same list is its sibling; 一是 that starts again at one
    inside such a list is a list of its own one level deeper.
    """
    placed: list[Placed] = []
    stack: list[int] = []
    for i, piece in enumerate(pieces):
        if not flags[i]:
            continue
        style, rank, number = _kind(piece)
        _unwind(stack, placed, pieces, (style, rank, number))
        placed.append(Placed(i, len(stack) + 1, stack[-1] if stack else None, style, number))
        stack.append(len(placed) - 1)
    return tuple(placed)


def _kind(piece: Piece) -> tuple[str, int, int]:
    mark = piece.enumerator
    if mark is not None:
        return mark.style, mark.rank, mark.number
    if piece.first and piece.last and piece.text[-1] not in "。：:":
        return _LINE, 1, 0
    return _TOPIC, UNRANKED + 1, 0


def _unwind(
    stack: list[int], placed: Sequence[Placed], pieces: Sequence[Piece], kind: tuple[str, int, int]
) -> None:
    """Take off the stack what the new heading does not stand under."""
    style, rank, number = kind
    if rank == UNRANKED:
        keep = _free_depth(stack, placed, pieces, style, number)
    else:
        keep = sum(1 for j in stack if _rank(pieces[placed[j].piece]) < rank)
    del stack[keep:]


def _free_depth(
    stack: Sequence[int], placed: Sequence[Placed], pieces: Sequence[Piece], style: str, number: int
) -> int:
    for depth in range(len(stack) - 1, -1, -1):
        other = placed[stack[depth]]
        if other.style == style and other.number == number - 1:
            return depth
    same = [d for d, j in enumerate(stack) if placed[j].style == style]
    if same and number != 1:
        return same[-1]
    ranked = [d for d, j in enumerate(stack) if _rank(pieces[placed[j].piece]) <= UNRANKED]
    return ranked[-1] + 1 if ranked else 0


def _rank(piece: Piece) -> int:
    return _kind(piece)[1]


def sections_of(pieces: Sequence[Piece], placed: Sequence[Placed], end: int) -> tuple[Section, ...]:
    """Sections with their extents: from the heading to the next one at its depth or above."""
    sections = []
    for n, heading in enumerate(placed):
        piece = pieces[heading.piece]
        following = next((h for h in placed[n + 1 :] if h.depth <= heading.depth), None)
        mark = piece.enumerator
        sections.append(
            Section(
                id=f"s{n + 1}",
                parent=None if heading.parent is None else f"s{heading.parent + 1}",
                depth=heading.depth,
                label=mark.label if mark else None,
                title=piece.body.strip(" 　").rstrip("。：:"),
                start=piece.start,
                end=pieces[following.piece].start if following else end,
            )
        )
    return tuple(sections)


def section_ids(count: int, placed: Sequence[Placed]) -> list[str | None]:
    """For each piece the id of the innermost section it stands in."""
    ids: list[str | None] = [None] * count
    bounds = [*(h.piece for h in placed), count]
    for n, (start, stop) in enumerate(zip(bounds, bounds[1:], strict=False)):
        ids[start:stop] = [f"s{n + 1}"] * (stop - start)
    return ids
