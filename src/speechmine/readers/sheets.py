"""Excel workbooks: each visible sheet is a table; merged cells keep their extent."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from speechmine.errors import ReadError
from speechmine.readers.grids import Content, GridCell, lay_out

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["read_xlsx"]

# Unpacked, and places of a sheet: beyond this a file is broken or made to do harm.
_MOST_BYTES = 512 * 1024 * 1024
_MOST_PLACES = 4_000_000


def read_xlsx(content: bytes, source: str) -> Content:
    """The visible sheets of a workbook, each behind its name where there are several.

    Raises:
        ReadError: no workbook, locked, damaged, too large, or nothing in it.
    """
    workbook = _workbook(content, source)
    sheets = [s for s in workbook.worksheets if s.sheet_state == "visible"]
    text, tables = "", []
    for sheet in sheets:
        cells = list(_grid(sheet, source))
        if any(cell.text for cell in cells):
            text += f"{sheet.title}\n" if len(sheets) > 1 else ""
            laid, table = lay_out(cells, len(text))
            text += laid
            tables.append(table)
    if not tables:
        raise ReadError(source, "the workbook has no visible cells", "put the table into it")
    return Content(text, tuple(tables))


def _workbook(content: bytes, source: str) -> Workbook:
    from openpyxl import load_workbook

    _refuse_bomb(content, source)
    try:
        return load_workbook(io.BytesIO(content), data_only=True)
    except Exception as error:  # openpyxl lets errors of zip, XML and its own types through
        reason = f"not a readable Excel workbook ({type(error).__name__}: {error})"
        raise ReadError(source, reason, "open it in Excel and save it again as .xlsx") from error


def _refuse_bomb(content: bytes, source: str) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        reason = "an old or a locked Excel workbook"
        raise ReadError(source, reason, "save it as .xlsx, without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile as error:
        reason = "this is no Excel workbook, whatever its name says"
        raise ReadError(source, reason, "save it as .xlsx, or name it .tsv or .csv") from error
    if size > _MOST_BYTES:
        raise ReadError(source, f"unpacks to {size:,} bytes", "split it into smaller workbooks")


def _grid(sheet: Worksheet, source: str) -> Iterator[GridCell]:
    if (sheet.max_row or 0) * (sheet.max_column or 0) > _MOST_PLACES:
        reason = f"sheet {sheet.title!r} spans {sheet.max_row} x {sheet.max_column} places"
        raise ReadError(source, reason, "delete its empty rows and columns")
    extents = {(r.min_row, r.min_col): r.size for r in sheet.merged_cells.ranges}
    covered = {
        place
        for merged in sheet.merged_cells.ranges
        for row in merged.rows
        for place in row
        if place != (merged.min_row, merged.min_col)
    }
    for row in sheet.iter_rows():
        for cell in row:
            place = (cell.row or 1, cell.column or 1)
            text = _text(cell)
            if place not in covered:
                size = extents.get(place, {"rows": 1, "columns": 1})
                yield GridCell(place[0] - 1, place[1] - 1, text, size["rows"], size["columns"])


def _text(cell: Cell | Any) -> str:
    """What the cell shows, as near as its value tells."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else str(value)
    if isinstance(value, float):
        if "%" in (cell.number_format or ""):
            return f"{value * 100:.10g}%"
        return f"{value:.15g}"
    return str(value).strip()
