"""Where the pages of a printed ledger begin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from speechmine.ledger.sheets.header import LedgerHeader
from speechmine.writers.records.excel import column_letter

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["break_pages", "page_starts"]

_INCH = 72.0
# Width and height in points, by the number that the format gives a paper.
_PAPERS = {8: (841.9, 1190.6), 9: (595.3, 841.9)}
_WIDTH, _HEIGHT = 8.43, 15.0  # where a sheet says nothing
# Printers and fonts differ: a page that is planned full would overflow on some of them.
_SAFE = 0.97


def page_starts(sheet: Worksheet, header: LedgerHeader, last: int) -> tuple[int, ...]:
    """The rows that begin a page, but for the first page, by heights, widths and paper.

    Args:
        sheet: with the heights of its rows set.
        header: repeated on every page.
        last: the last row.
    """
    return tuple(_page_begins(sheet, header, last))


def _page_begins(sheet: Any, header: LedgerHeader, last: int) -> Iterator[int]:
    room = _room(sheet)
    used = sum(_height(sheet, at) for at in range(1, header.row + 1))
    for at in range(header.row + 1, last + 1):
        height = _height(sheet, at)
        if used + height > room and at > header.row + 1:
            yield at
            used = _height(sheet, header.row)
        used += height


def break_pages(sheet: Worksheet, starts: tuple[int, ...]) -> None:
    """Set the page breaks, in place of those that were there."""
    from openpyxl.worksheet.pagebreak import Break, RowBreak

    sheet.row_breaks = RowBreak()
    for at in starts:
        sheet.row_breaks.append(Break(id=at - 1))


def _height(sheet: Any, at: int) -> float:
    return float(sheet.row_dimensions[at].height or _HEIGHT)


def _room(sheet: Any) -> float:
    """Height of a page for rows, in points of the sheet."""
    setup, margins = sheet.page_setup, sheet.page_margins
    sides = _PAPERS.get(int(setup.paperSize or 9), _PAPERS[9])
    width, height = sides[::-1] if setup.orientation == "landscape" else sides
    width -= (margins.left + margins.right) * _INCH
    height -= (margins.top + margins.bottom) * _INCH
    if sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage:
        scale = min(1.0, width / max(_points_across(sheet), 1.0))
    else:
        scale = (setup.scale or 100) / 100
    return float(height / scale * _SAFE)


def _points_across(sheet: Any) -> float:
    """Width of the columns in points: seven pixels a character and five for the cell's edges."""
    total = 0.0
    for at in range(1, (sheet.max_column or 1) + 1):
        dimension = sheet.column_dimensions[column_letter(at)]
        if not dimension.hidden:
            total += ((dimension.width or _WIDTH) * 7 + 5) * 0.75
    return total
