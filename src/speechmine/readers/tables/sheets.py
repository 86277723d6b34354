"""Excel workbooks: each visible sheet is a table; merged cells keep their extent."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from speechmine.errors import ReadError, SpeechmineError
from speechmine.limits import LIMITS, RefusedError, tick
from speechmine.readers.common.grids import Content, GridCell, lay_out
from speechmine.readers.common.packages import check_entries, check_markup, markup_of
from speechmine.readers.tables.sheet_formats import builtin_format, displayed

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["check_workbook", "read_xlsx"]

_MERGED = b"mergeCell"
# Where a ledger of ours remembers what it wrote (speechmine.ledger.memory).
_MEMORY = "speechmine"
_LONGEST = 200
# What "1:1" and "A:A" go to.
_WIDEST, _TALLEST = 16_384, 1_048_576


def read_xlsx(content: bytes, source: str) -> Content:
    """The visible sheets of a workbook, each behind its name where there are several.

    Raises:
        ReadError: no workbook, locked, damaged, too large, or nothing in it.
    """
    workbook = _workbook(content, source)
    sheets = [s for s in workbook.worksheets if s.sheet_state == "visible"]
    sheets = [s for s in sheets if s.title == _ledger_in(workbook)] or sheets
    text, tables = "", []
    for sheet in sheets:
        cells = list(_sheet_grid(sheet))
        if any(cell.text for cell in cells):
            text += f"{sheet.title}\n" if len(sheets) > 1 else ""
            laid, table = lay_out(cells, len(text))
            text += laid
            tables.append(table)
    if not tables:
        raise ReadError(source, "the workbook has no visible cells", "put the table into it")
    return Content(text, tuple(tables))


def _ledger_in(workbook: Workbook) -> str | None:
    """The sheet of a ledger of ours: its other sheets say the same again, by party or in sums."""
    if _MEMORY not in workbook.sheetnames:
        return None
    try:
        head = "".join(str(c) for c in next(iter(workbook[_MEMORY].values))[1:] if c is not None)
        return str(json.loads(head)["sheet"])
    except (ValueError, LookupError, TypeError, StopIteration):
        return None


def _workbook(content: bytes, source: str) -> Workbook:
    from openpyxl import load_workbook

    check_workbook(content, source)
    try:
        return load_workbook(io.BytesIO(content), data_only=True)
    except Exception as error:  # openpyxl lets errors of zip, XML and its own types through
        said = " ".join(str(error).split())[:_LONGEST]
        reason = f"not a readable Excel workbook ({type(error).__name__}: {said})"
        raise ReadError(source, reason, "open it in Excel and save it again as .xlsx") from error


def check_workbook(content: bytes, source: str) -> None:
    """Refuse what openpyxl would take hours over: it makes an object of each cell of a merged area.

    Raises:
        ReadError: no workbook, locked, or too large in one of the ways of ``speechmine.limits``.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        reason = "an old or a locked Excel workbook"
        raise ReadError(source, reason, "save it as .xlsx, without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_entries(archive)
            check_markup(markup_of(archive))
            LIMITS["CELLS"].check(sum(map(_merged_places, markup_of(archive))))
    except RefusedError as error:
        raise ReadError(source, error.reason, error.remedy) from error
    except SpeechmineError:  # a limit that is set to no number
        raise
    except Exception as error:  # damaged data shows in zlib, zipfile and struct alike
        reason = "this is no Excel workbook, whatever its name says"
        raise ReadError(source, reason, "save it as .xlsx, or name it .tsv or .csv") from error


def _merged_places(part: bytes) -> int:
    """How many places the merged areas of a part take up."""
    from lxml import etree
    from openpyxl.utils.cell import range_boundaries

    if _MERGED not in part:
        return 0
    places = 0
    try:
        for _, element in etree.iterparse(io.BytesIO(part), tag="{*}mergeCell"):
            left, top, right, bottom = range_boundaries(element.get("ref") or "")
            width = (right or _WIDEST) - (left or 1) + 1
            places += width * ((bottom or _TALLEST) - (top or 1) + 1)
    except (etree.XMLSyntaxError, ValueError, TypeError):
        return places  # damaged: openpyxl tells
    return places


def _sheet_grid(sheet: Worksheet) -> Iterator[GridCell]:
    places = (sheet.max_row or 0) * (sheet.max_column or 0)
    if places > LIMITS["CELLS"].value:
        reason = f"sheet {sheet.title!r} spans {sheet.max_row} x {sheet.max_column} places"
        advice = f"delete its empty rows and columns, or {LIMITS['CELLS'].advice}"
        raise RefusedError(reason, advice)
    extents = {(r.min_row, r.min_col): r.size for r in sheet.merged_cells.ranges}
    covered = {
        place
        for merged in sheet.merged_cells.ranges
        for row in merged.rows
        for place in row
        if place != (merged.min_row, merged.min_col)
    }
    for row in sheet.iter_rows():
        tick()
        for cell in row:
            place = (cell.row or 1, cell.column or 1)
            text = _cell_shown(cell)
            if place not in covered:
                size = extents.get(place, {"rows": 1, "columns": 1})
                yield GridCell(place[0] - 1, place[1] - 1, text, size["rows"], size["columns"])


def _cell_shown(cell: Any) -> str:
    """What the cell shows."""
    value, form = cell.value, cell.number_format or "General"
    # Formats without a code of their own (id 57 is yyyy年m月) are unknown to openpyxl.
    own = builtin_format(cell._style.numFmtId) if cell.has_style else None  # noqa: SLF001
    if own is not None:
        form = own
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            value = _moment(value, cell)
    return displayed(value, form)


def _moment(value: float, cell: Any) -> Any:
    """The day that a number stands for; the number itself where it stands for none."""
    from openpyxl.utils.datetime import from_excel

    try:
        return from_excel(value, cell.parent.parent.epoch)
    except (OverflowError, ValueError):
        return value
