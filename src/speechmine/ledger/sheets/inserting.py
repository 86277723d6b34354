"""Rows put into a sheet: all that stands below moves, as when a clerk inserts them.

openpyxl's own ``insert_rows`` moves cells alone; formulas, merged cells, heights, print areas,
lists and colours stay behind.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["insert_rows"]

_REFERENCE = re.compile(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!():,]+)!)?"
    r"(?P<first>\$?[A-Z]{1,3}\$?\d+)(?::(?P<last>\$?[A-Z]{1,3}\$?\d+))?",
    re.IGNORECASE,
)
_ROW = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class _Move:
    """So many rows come in above row ``at``; areas that reach the row before it grow."""

    title: str
    at: int
    count: int

    def row(self, row: int) -> int:
        return row + self.count if row >= self.at else row

    def end(self, first: int, last: int) -> int:
        """Where an area ends now; one row above the place is a row, more are a table that grows."""
        grows = last == self.at - 1 and first < last
        return last + self.count if grows or last >= self.at else last

    def cell(self, name: str, row: int | None = None) -> str:
        """A cell's name (``$C$8``) in its new row."""
        old = int(_ROW.search(name)[0])  # type: ignore[index]  # the pattern has a row
        return _ROW.sub(str(self.row(old) if row is None else row), name)

    def area(self, first: str, last: str) -> str:
        top, bottom = (int(_ROW.search(name)[0]) for name in (first, last))  # type: ignore[index]
        return f"{self.cell(first)}:{self.cell(last, self.end(top, bottom))}"

    def reference(self, text: str, sheet: str) -> str:
        """An operand of a formula that stands on a sheet."""
        match = _REFERENCE.fullmatch(text)
        if match is None or _plain_reference(match["sheet"], sheet) != self.title:
            return text
        first, last = match["first"], match["last"]
        return (match["sheet"] or "") + (self.area(first, last) if last else self.cell(first))

    def formula(self, text: str, sheet: str) -> str:
        from openpyxl.formula.tokenizer import Token, Tokenizer

        said = Tokenizer(text)
        for token in said.items:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                token.value = self.reference(token.value, sheet)
        return str(said.render())  # type: ignore[no-untyped-call]


def _plain_reference(prefix: str | None, sheet: str) -> str:
    return prefix[:-1].strip("'").replace("''", "'") if prefix else sheet


def insert_rows(sheet: Worksheet, at: int, count: int) -> None:
    """Insert empty rows above a row.

    Areas of formulas, lists and colours that end right above it grow with the table.

    Args:
        sheet: the sheet.
        at: the row, from 1.
        count: how many.

    Example:
        >>> from openpyxl import Workbook
        >>> sheet = Workbook().active
        >>> sheet["A1"], sheet["A2"], sheet["A3"] = 1, 2, "=SUM(A1:A2)"
        >>> insert_rows(sheet, 3, 4)
        >>> sheet["A7"].value
        '=SUM(A1:A6)'
    """
    move = _Move(sheet.title, at, count)
    _formulas(sheet, move)
    _move_merged(sheet, move)
    _move_cells(sheet, move)
    _areas(sheet, move)
    _heights(sheet, move)
    _move_page_breaks(sheet, move)


def _move_cells(sheet: Any, move: _Move) -> None:
    if (sheet.max_row or 0) < move.at:
        return
    last = sheet.cell(sheet.max_row, sheet.max_column).coordinate
    sheet.move_range(f"A{move.at}:{last}", rows=move.count, translate=False)
    for row in sheet.iter_rows(min_row=move.at + move.count):
        for cell in row:
            if getattr(cell, "hyperlink", None) is not None:
                cell.hyperlink.ref = cell.coordinate


def _formulas(sheet: Any, move: _Move) -> None:
    for other in sheet.parent.worksheets:
        for row in other.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type == "f":
                    cell.value = move.formula(cell.value, other.title)
    names = [*sheet.parent.defined_names.values(), *sheet.defined_names.values()]
    for name in names:
        if isinstance(name.attr_text, str):
            name.attr_text = move.formula(f"={name.attr_text}", "")[1:]


def _move_merged(sheet: Any, move: _Move) -> None:
    for area in list(sheet.merged_cells.ranges):
        if area.min_row >= move.at:
            # The cells are moved one by one below; only the area is to be shifted here.
            sheet.merged_cells.remove(area)
            moved = copy.copy(area)
            moved.shift(row_shift=move.count)
            sheet.merged_cells.add(moved)


def _areas(sheet: Any, move: _Move) -> None:
    """Lists, colours and tables."""
    from openpyxl.formatting.formatting import ConditionalFormattingList

    for validation in sheet.data_validations.dataValidation:
        _shift(validation.sqref.ranges, move)
    moved = ConditionalFormattingList()
    for entry in sheet.conditional_formatting:
        _shift(entry.sqref.ranges, move)
        for rule in entry.rules:
            moved.add(str(entry.sqref), rule)
    sheet.conditional_formatting = moved
    for table in sheet.tables.values():
        table.ref = move.reference(table.ref, sheet.title)
    for image in [*sheet._images, *sheet._charts]:  # noqa: SLF001  # no public way to them
        for mark in (getattr(image.anchor, "_from", None), getattr(image.anchor, "to", None)):
            if mark is not None:
                mark.row = move.row(mark.row + 1) - 1


def _shift(areas: Iterable[Any], move: _Move) -> None:
    for area in areas:
        last = move.end(area.min_row, area.max_row)
        area.min_row, area.max_row = move.row(area.min_row), max(last, move.row(area.min_row))


def _heights(sheet: Any, move: _Move) -> None:
    heights = {at: d.height for at, d in sheet.row_dimensions.items() if at >= move.at}
    hidden = {at: d.hidden for at, d in sheet.row_dimensions.items() if at >= move.at}
    for at in heights:
        sheet.row_dimensions[at].height, sheet.row_dimensions[at].hidden = None, False
    for at, height in heights.items():
        below = sheet.row_dimensions[at + move.count]
        below.height, below.hidden = height, hidden[at]


def _move_page_breaks(sheet: Any, move: _Move) -> None:
    """Print area and page breaks."""
    if sheet.print_area:
        bare = (part.rsplit("!", 1)[-1] for part in sheet.print_area.split(","))
        sheet.print_area = ",".join(move.reference(part, sheet.title) for part in bare)
    for mark in sheet.row_breaks.brk:
        mark.id = move.row(mark.id + 1) - 1
