"""A table as a grid: which cell stands at a place, what its columns hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from speechmine.model import Role, Table, TableCell
from speechmine.patterns import compiled

__all__ = ["ROLES", "Grid", "Layout", "TableColumn"]

#: Uses of columns that say who.
ROLES = frozenset(get_args(Role))
_YEAR = compiled(r"(?<!\d)20\d{2}")


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by row and column, merged ones at all of theirs, and how many places each row fills."""

    text: str
    places: Mapping[tuple[int, int], TableCell]
    widths: Mapping[int, int]
    height: int
    width: int

    @classmethod
    def of(cls, text: str, table: Table) -> Grid:
        """The grid of a table of a text."""
        places = {
            (row, column): cell
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        widths: dict[int, int] = {}
        for row, column in places:
            widths[row] = max(widths.get(row, 0), column + 1)
        height = max(widths, default=-1) + 1
        return cls(text, places, widths, height, max(widths.values(), default=0))

    def said(self, row: int, column: int) -> str:
        """What stands at a place; nothing where no cell is."""
        cell = self.places.get((row, column))
        return "" if cell is None else self.text[cell.start : cell.end]

    def row(self, row: int) -> list[str]:
        """What stands in a row, place by place."""
        return [self.said(row, column) for column in range(self.width)]

    def below(self, row: int, column: int) -> set[str]:
        """All that a column says from a row on."""
        return {self.said(below, column) for below in range(row, self.height)} - {""}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column.

    Attributes:
        heading: as written; behind the one that spans it, where it tells only which figure.
        use: what it holds. rank: how much it is the task.
        indicator: whether it names what the figures of a row are of.
        measure: which figure of the indicator it holds (增速), if its heading tells.
        unit: the one that its heading gives.
        bodies: whether it names bodies, whatever its heading says (考核项目).
    """

    heading: str
    use: str
    rank: int = 0
    indicator: bool = False
    measure: str = ""
    unit: str | None = None
    bodies: bool = False

    @property
    def year(self) -> int | None:
        """The year that its heading names."""
        named = _YEAR.search(self.heading)
        return int(named[0]) if named else None


@dataclass(frozen=True, slots=True)
class Layout:
    """A table with its header.

    Attributes:
        columns: by place; those without heading are of use ``other``.
        header: the row it begins with. body: the first row under the header.
        until: the row behind its last one.
        task: place of the column that says what is owed.
        unit: the one that stands above the table for its money.
    """

    grid: Grid
    columns: tuple[TableColumn, ...]
    header: int
    body: int
    until: int
    task: int
    unit: str | None = None

    def said(self, cell: TableCell | None) -> str:
        """What a cell says; nothing where none is."""
        return "" if cell is None else self.grid.text[cell.start : cell.end]

    def of(self, *uses: str) -> Iterator[int]:
        """Places of the columns with such uses."""
        return (i for i, column in enumerate(self.columns) if column.use in uses)
