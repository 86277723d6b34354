"""The tree of sections that the headings make."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.model import Section
from speechmine.segment.enumerators import UNRANKED
from speechmine.segment.headings import Piece

__all__ = ["Placed", "place_headings", "section_ids", "sections_of"]

_TOPIC = "topic"
_LINE = "line"
_LEAD = "lead"
_TOPIC_RANK = UNRANKED + 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A heading in the tree: the piece it is, its depth and its parent's place in the list.

    ``rank`` orders kinds that nest in a fixed way, smaller is higher.
    """

    piece: int
    depth: int
    parent: int | None
    style: str
    rank: float
    number: int


def place_headings(pieces: Sequence[Piece], flags: Sequence[bool]) -> tuple[Placed, ...]:
    """Nest headings: fixed ranks first (一、 over （一） over 1.), free styles where they stand.

    一是 after a heading of the same list is its sibling; 一是 that starts again at one
    inside such a list is a list of its own one level deeper. A line that only announces a
    list (重点抓好以下工作：) stands just under the numbered heading above it.
    """
    placed: list[Placed] = []
    stack: list[int] = []
    for i, piece in enumerate(pieces):
        if not flags[i]:
            continue
        style, rank, number = _kind(piece, [placed[j].rank for j in stack])
        above = [placed[j] for j in stack]
        if rank == UNRANKED:
            keep = _free_depth(above, style, number)
        else:
            keep = sum(1 for other in above if other.rank < rank)
        del stack[keep:]
        parent = stack[-1] if stack else None
        placed.append(Placed(i, len(stack) + 1, parent, style, rank, number))
        stack.append(len(placed) - 1)
    return tuple(placed)


def _kind(piece: Piece, above: Sequence[float]) -> tuple[str, float, int]:
    mark = piece.enumerator
    if mark is not None:
        return mark.style, mark.rank, mark.number
    if not (piece.first and piece.last):
        return _TOPIC, _TOPIC_RANK, 0
    if piece.text[-1] in "。：:":
        numbered = [rank for rank in above if rank < UNRANKED]
        return _LEAD, max(numbered, default=1) + 0.5, 0
    return _LINE, 1, 0


def _free_depth(above: Sequence[Placed], style: str, number: int) -> int:
    """Where 一是 and its like belong: after the number before it, else under what is numbered."""
    for depth in range(len(above) - 1, -1, -1):
        if above[depth].style == style and above[depth].number == number - 1:
            return depth
    same = [depth for depth, other in enumerate(above) if other.style == style]
    if same and number != 1:
        return same[-1]
    numbered = [depth for depth, other in enumerate(above) if other.rank < _TOPIC_RANK]
    return numbered[-1] + 1 if numbered else 0


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
    for n, (start, stop) in enumerate(itertools.pairwise(bounds)):
        ids[start:stop] = [f"s{n + 1}"] * (stop - start)
    return ids
