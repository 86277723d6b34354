"""A table as a grid: which cell stands at a place, merged cells at all of theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from speechmine.model import Table, TableCell

__all__ = ["Grid"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by row and column, and how many places each row fills."""

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

    def begins(self, row: int, shape: re.Pattern[str]) -> bool:
        """Whether the first words of a row are of a shape."""
        first = next((said for i in range(self.width) if (said := self.said(row, i))), "")
        return shape.fullmatch(first) is not None
