"""Ruled lines of a page to grids of cells, as tables are drawn.

Libraries that find tables in PDF files read the whole file a second time and tell nothing of
merged cells; here the lines may come from any kind of page.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

__all__ = ["RuledCell", "RuledGrid", "RuledLine", "find_grids"]


@dataclass(frozen=True, slots=True)
class RuledLine:
    """A straight line; ``at`` is its height (of an upright one: its distance from the left)."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell of a grid: its place among rows and columns, how many it takes, and its edges."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    right: float
    top: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x < self.right and self.top <= y < self.bottom


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """A table as drawn: cells in reading order, edges of its columns and rows."""

    cells: tuple[RuledCell, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def left(self) -> float:
        """Left edge."""
        return self.xs[0]

    @property
    def right(self) -> float:
        """Right edge."""
        return self.xs[-1]

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.ys[-1]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x < self.right and self.top <= y < self.bottom


def find_grids(rules: Iterable[RuledLine], near: float) -> list[RuledGrid]:
    """Grids of a page, from top to bottom.

    Args:
        rules: its straight lines.
        near: lines this close to one another are one, and meet.

    Example:
        >>> lines = [RuledLine(False, y, 0, 100) for y in (0, 20, 40)]
        >>> lines += [RuledLine(True, x, 0, 40) for x in (0, 50, 100)]
        >>> [len(grid.cells) for grid in find_grids(lines, 2)]
        [4]
    """
    found = (_ruled_grid(group, near) for group in _connected(_mended_lines(rules, near), near))
    return sorted((grid for grid in found if grid), key=lambda grid: (grid.top, grid.left))


def _mended_lines(rules: Iterable[RuledLine], near: float) -> list[RuledLine]:
    """Pieces of the same line as one."""
    listed = sorted(rules, key=lambda rule: rule.start)
    done: list[RuledLine] = []
    for upright in (False, True):
        some = [rule for rule in listed if rule.upright == upright]
        for at in _levels((rule.at for rule in some), near):
            done += _pieced([rule for rule in some if 0 <= rule.at - at <= near], at, near)
    return done


def _pieced(pieces: Iterable[RuledLine], at: float, near: float) -> list[RuledLine]:
    """Pieces at one height, in order of their beginnings, where they touch as one."""
    done: list[RuledLine] = []
    for piece in pieces:
        if done and piece.start <= done[-1].end + near:
            end = max(done[-1].end, piece.end)
            done[-1] = RuledLine(piece.upright, at, done[-1].start, end)
        else:
            done.append(RuledLine(piece.upright, at, piece.start, piece.end))
    return done


def _connected(rules: Sequence[RuledLine], near: float) -> Iterator[list[RuledLine]]:
    """Lines that meet, directly or by way of others."""
    left = list(rules)
    while left:
        group, todo = [], [left.pop()]
        while todo:
            rule = todo.pop()
            group.append(rule)
            met = [other for other in left if _meet(rule, other, near)]
            left = [other for other in left if other not in met]
            todo += met
        yield group


def _meet(one: RuledLine, other: RuledLine, near: float) -> bool:
    if one.upright == other.upright:
        return False
    return (
        other.start - near <= one.at <= other.end + near
        and one.start - near <= other.at <= one.end + near
    )


def _ruled_grid(rules: Sequence[RuledLine], near: float) -> RuledGrid | None:
    """The grid that lines make; one open at its sides is closed where its lines end."""
    flat = [rule for rule in rules if not rule.upright]
    upright = [rule for rule in rules if rule.upright]
    if len(flat) < 2 or not upright:
        return None
    ys = _levels((rule.at for rule in flat), near)
    ends = (min(rule.start for rule in flat), max(rule.end for rule in flat))
    xs = _levels([*(rule.at for rule in upright), *ends], near)
    if len(ys) < 2 or len(xs) < 2:
        return None
    return RuledGrid(tuple(_ruled_cells(xs, ys, flat, upright, near)), tuple(xs), tuple(ys))


def _levels(values: Iterable[float], near: float) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > near:
            found.append(value)
    return found


def _ruled_cells(
    xs: Sequence[float],
    ys: Sequence[float],
    flat: Sequence[RuledLine],
    upright: Sequence[RuledLine],
    near: float,
) -> Iterator[RuledCell]:
    """Cells in reading order: places with no line between them are one."""
    taken: set[tuple[int, int]] = set()
    for row, column in itertools.product(range(len(ys) - 1), range(len(xs) - 1)):
        if (row, column) in taken:
            continue
        columns = _places_taken(upright, xs[column + 1 : -1], (ys[row], ys[row + 1]), near)
        rows = _places_taken(flat, ys[row + 1 : -1], (xs[column], xs[column + 1]), near)
        taken.update(itertools.product(range(row, row + rows), range(column, column + columns)))
        edges = xs[column], xs[column + columns], ys[row], ys[row + rows]
        yield RuledCell(row, column, rows, columns, *edges)


def _places_taken(
    rules: Sequence[RuledLine], edges: Sequence[float], stretch: tuple[float, float], near: float
) -> int:
    """How many places a cell takes up: to the first edge that is drawn."""
    drawn = (_is_drawn(rules, edge, stretch, near) for edge in edges)
    return 1 + sum(1 for _ in itertools.takewhile(lambda found: not found, drawn))


def _is_drawn(
    rules: Sequence[RuledLine], at: float, stretch: tuple[float, float], near: float
) -> bool:
    """Whether a line is drawn there, over the middle of the stretch."""
    middle = sum(stretch) / 2
    return any(abs(rule.at - at) <= near and rule.start <= middle <= rule.end for rule in rules)
