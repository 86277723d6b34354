"""A page as its file gives it, and what of it is body: lines and tables in order of reading."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from speechmine.readers.paged.page_columns import column_blocks, gutter_of
from speechmine.readers.paged.page_glyphs import (
    Glyph,
    GlyphRun,
    glyph_extent,
    glyph_rows,
    glyph_runs,
    size_of,
)
from speechmine.readers.paged.page_lines import (
    Corners,
    Line,
    PrintedCell,
    PrintedTable,
    TextPage,
    spaced_line,
)
from speechmine.readers.paged.page_rules import RuledCell, RuledGrid, RuledLine, find_grids

__all__ = ["Sheet", "page_of", "pages_of"]

# In heights of a character: lines this close are one.
_NEAR = 0.3
# What is left free beside a frame by the text around it, and above and below it.
_PADDING, _MARGIN = 0.5, 1.2
# A frame larger than this share of the page is its border.
_BORDER = 0.6
# So many lines tell the margins of a column.
_COLUMN = 6
_RAISED, _SMALL = 0.15, 0.8
_MARK = re.compile(r"[①-⑳\d*]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page before anything is made of it.

    Attributes:
        number: counted from 1. width, height: in the unit of all places on it.
        glyphs: in the order of the file. rules: straight lines drawn on it.
        beside: texts that are no part of the body, by kind: a watermark, a stamp, a red head.
        recognised: whether the glyphs were recognised from a picture.
        vertical: whether its lines ran from top to bottom, or it lay on its side.
        lost: how many characters of it were too unclear to be kept.
        corners: where the upper left, upper right and lower left corner of the page as its file
            shows it lie on this one, which may have been turned.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[RuledLine, ...] = ()
    beside: tuple[tuple[str, str], ...] = field(default=())
    recognised: bool = False
    vertical: bool = False
    lost: int = 0
    corners: Corners | None = None


def pages_of(sheets: Sequence[Sheet]) -> list[TextPage]:
    """The lines and tables of each sheet in the order of reading.

    Where some pages are set in columns, the few lines that others have of them are too.

    Args:
        sheets: all pages of a file.
    """
    gutters = [gutter for sheet in sheets if (gutter := gutter_of(glyph_runs(sheet.glyphs)))]
    known = statistics.median(gutters) if gutters else None
    pages = [page_of(sheet, known) for sheet in sheets]
    if known is None:
        return pages
    counts = Counter(line.frame for page in pages for line in page.printed if line.frame)
    frames = [frame for frame, count in counts.most_common() if count >= _COLUMN]
    return [_settled(page, frames) for page in pages]


def _settled(page: TextPage, frames: Sequence[tuple[float, float]]) -> TextPage:
    """A few lines of a column have the margins that it has elsewhere."""
    return replace(
        page,
        lines=tuple(
            replace(item, frame=_wider(item, frames)) if isinstance(item, Line) else item
            for item in page.lines
        ),
    )


def _wider(line: Line, frames: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    if line.frame is None:
        return None
    left, right = line.frame
    slack = line.size
    around = (f for f in frames if f[0] - slack <= left and right <= f[1] + slack)
    return next(around, line.frame)


def page_of(sheet: Sheet, gutter: float | None = None) -> TextPage:
    """The lines and tables of a sheet in the order of reading.

    Args:
        sheet: a page.
        gutter: where the pages of its file that are set in columns have their first gutter.
    """
    runs = glyph_runs(sheet.glyphs)
    near = _NEAR * (size_of(sheet.glyphs) if sheet.glyphs else 1.0)
    grids = [grid for grid in find_grids(sheet.rules, near) if _is_table(grid, runs, sheet)]
    free = [run for run in runs if not any(_inside(run, grid) for grid in grids)]
    drawn = [_drawn(grid, runs) for grid in grids]
    items = _in_order(_around(list(_lines_of_runs(free, gutter)), drawn), drawn)
    corners = sheet.corners or ((0.0, 0.0), (sheet.width, 0.0), (0.0, sheet.height))
    return TextPage(sheet.number, sheet.height, items, corners, recognised=sheet.recognised)


def _around(lines: Sequence[Line], tables: Sequence[PrintedTable]) -> list[Line]:
    """Lines that run around a frame or a table have their margin there."""
    return [_beside_any(line, lines, tables) for line in lines]


def _beside_any(line: Line, lines: Sequence[Line], tables: Sequence[PrintedTable]) -> Line:
    for table in tables:
        near = _MARGIN * line.size
        if not table.top - near < line.top + line.size / 2 < table.bottom + near:
            continue
        if line.right <= table.xs[0]:
            left = min(other.left for other in lines)
            return replace(line, frame=(left, table.xs[0] - _PADDING * line.size))
        if line.left >= table.xs[-1]:
            right = max(other.right for other in lines)
            return replace(line, frame=(table.xs[-1] + _PADDING * line.size, right))
    return line


def _is_table(grid: RuledGrid, runs: Sequence[GlyphRun], sheet: Sheet) -> bool:
    """Whether lines are drawn around cells, or around a text beside the body; no page border."""
    inside = [run for run in runs if _inside(run, grid)]
    if not inside:
        return False
    if len(grid.cells) > 1:
        return True
    if grid.bottom - grid.top > _BORDER * sheet.height:
        return False
    return any(_lies_beside(run, grid) for run in runs)


def _lies_beside(run: GlyphRun, grid: RuledGrid) -> bool:
    top, bottom = glyph_extent(run)
    level = grid.top < (top + bottom) / 2 < grid.bottom
    return level and (run[-1].right <= grid.left or run[0].left >= grid.right)


def _inside(run: GlyphRun, grid: RuledGrid) -> bool:
    top, bottom = glyph_extent(run)
    return grid.holds((run[0].left + run[-1].right) / 2, (top + bottom) / 2)


def _lines_of_runs(runs: Iterable[GlyphRun], gutter: float | None) -> Iterator[Line]:
    for block in column_blocks(runs, gutter):
        rows = glyph_rows(block.runs)
        frame = _frame(rows) if block.column else None
        yield from (_spaced_row(row, frame) for row in rows)


def _frame(rows: Sequence[GlyphRun]) -> tuple[float, float]:
    """Margins of a column; a mark may hang over the right one."""
    rights = sorted(row[-1].right for row in rows)
    return min(row[0].left for row in rows), rights[min(len(rows) - 1, int(len(rows) * 0.9))]


def _spaced_row(
    row: GlyphRun, frame: tuple[float, float] | None = None, *, boxed: bool = False
) -> Line:
    size = size_of(row)
    base = sorted(glyph.bottom for glyph in row)[len(row) // 2]
    raised = {
        at
        for at, glyph in enumerate(row)
        if glyph.size < _SMALL * size
        and glyph.bottom < base - _RAISED * size
        and _MARK.fullmatch(glyph.text)
    }
    return spaced_line(row, size, base - size, raised=raised, frame=frame, boxed=boxed)


def _drawn(grid: RuledGrid, runs: Sequence[GlyphRun]) -> PrintedTable:
    """A grid with what stands in its cells; a frame of one cell holds boxed lines."""
    inside = [glyph for run in runs if _inside(run, grid) for glyph in run]
    by_cell: dict[RuledCell, list[Glyph]] = {cell: [] for cell in grid.cells}
    for glyph in inside:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        cell = next((cell for cell in grid.cells if cell.holds(x, y)), None)
        if cell is not None:
            by_cell[cell].append(glyph)
    alone = len(grid.cells) == 1
    cells = tuple(
        PrintedCell(
            cell.row,
            cell.column,
            cell.rows,
            cell.columns,
            tuple(
                _spaced_row(row, (cell.left, cell.right), boxed=alone)
                for row in glyph_rows(glyph_runs(held))
            ),
        )
        for cell, held in by_cell.items()
    )
    return PrintedTable(cells, grid.xs, grid.top, grid.bottom)


def _in_order(lines: list[Line], tables: Iterable[PrintedTable]) -> tuple[Line | PrintedTable, ...]:
    """Each table before the first line below it in its own column."""
    items: list[Line | PrintedTable] = list(lines)
    for table in tables:
        below = (
            i for i, item in enumerate(items) if isinstance(item, Line) and _below(item, table)
        )
        at = next(below, None)
        if at is None:
            above = [i for i, item in enumerate(items) if _over(item, table)]
            at = above[-1] + 1 if above else len(items)
        items[at:at] = _unframed(table)
    return tuple(items)


def _unframed(table: PrintedTable) -> Sequence[Line | PrintedTable]:
    """A table as it is; the lines of a frame that holds but one cell."""
    return [table] if len(table.cells) > 1 else table.cells[0].lines


def _below(line: Line, table: PrintedTable) -> bool:
    return line.top + line.size / 2 > table.top and _over(line, table)


def _over(item: Line | PrintedTable, table: PrintedTable) -> bool:
    """Whether they stand in one column."""
    left, right = (item.left, item.right) if isinstance(item, Line) else (item.xs[0], item.xs[-1])
    return left < table.xs[-1] and right > table.xs[0]
