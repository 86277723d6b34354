"""Grids of cells to text: what a reader of tables (sheets, Word, PDF, HTML) gives its cells to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from speechmine.limits import LIMITS, tick
from speechmine.model import Notice, Table, TableCell
from speechmine.readers.common.invisible import visible

__all__ = ["Content", "GridCell", "lay_out"]


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its text, the tables that stand in it, what could not be settled."""

    text: str
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its place in the grid, before it has a place in a text."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


def lay_out(cells: Iterable[GridCell], at: int = 0) -> tuple[str, Table]:
    r"""Write cells as text, a row a line, and note where each stands.

    Args:
        cells: in reading order; a merged cell once, where it begins. Blanks around its text go.
        at: where the text will begin in the document.

    Example:
        >>> cells = [GridCell(0, 0, "任务"), GridCell(1, 0, "修路"), GridCell(1, 1, "9月")]
        >>> text, table = lay_out(cells)
        >>> text, text[table.cells[2].start : table.cells[2].end]
        ('任务\n修路\t9月\n', '9月')
    """
    pieces: list[str] = []
    placed: list[TableCell] = []
    free = at
    for _, row in groupby(cells, key=lambda cell: cell.row):
        tick()
        LIMITS["CELLS"].check(len(placed))
        for mark, cell in _cells_with_marks(list(row)):
            text = visible(cell.text).strip()
            end = free + len(text)
            placed.append(TableCell(cell.row, cell.column, free, end, cell.rows, cell.columns))
            pieces += [text, mark]
            free = end + len(mark)
    return "".join(pieces), Table(at, free, tuple(placed))


def _cells_with_marks(row: list[GridCell]) -> Iterable[tuple[str, GridCell]]:
    """Each cell with what parts it from the next one."""
    return zip(["\t"] * (len(row) - 1) + ["\n"], row, strict=True)
