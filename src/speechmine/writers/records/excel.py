"""The ledger as an Excel workbook: 台账, 指标, 提示, 说明; made to be printed and filtered."""

from __future__ import annotations

import contextlib
import errno
import math
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, BinaryIO

from speechmine.errors import ReadError, UsageError
from speechmine.model import Extraction
from speechmine.tables import Cell, Column, Row, columns_of, error_rows, rows_of, value_label

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["column_letter", "save_workbook", "write_xlsx", "write_xlsx_rows", "write_xlsx_tables"]

_SHEETS = {"tasks": "台账", "metrics": "指标", "notices": "提示"}
_PANELS = {"achieved": "完成", "targets": "目标", "promises": "承诺", "ratchet": "加码"}
_ABOUT = (
    Column("topic", "text", nullable=False, label="项目", meaning="", width=24),
    Column("content", "text", nullable=False, label="说明", meaning="", width=100),
)
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_A4 = 9  # the number that the format gives this paper
_LINE_HEIGHT = 15.0
_MOST_HEIGHT = 405.0
# A workbook carries times; ours are fixed, so that the same input gives the same bytes.
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  # the format knows no time zone


def write_xlsx(
    extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """All documents in one workbook; inputs that could not be read stand in 提示.

    Raises:
        UsageError: more rows than a sheet can hold.
    """
    with _workbook() as book:
        sheets = {table: _Sheet(book, name, columns_of(table)) for table, name in _SHEETS.items()}
        documents: list[Row] = []
        mode = ""
        for extraction in extractions:
            mode = extraction.mode
            documents.append(_document_note(extraction))
            for table, sheet in sheets.items():
                sheet.extend(rows_of(extraction, table))
        sheets["notices"].extend(_error_notices(failures))
        about = _Sheet(book, "说明", _ABOUT)
        about.extend((*_explanations(mode), *documents, *_column_notes(_SHEETS)))
        for sheet in (*sheets.values(), about):
            sheet.finish()
        save_workbook(book, out)


def write_xlsx_rows(
    rows: Iterable[Row], table: str, out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """Rows of a table that compares reports, with 提示 and 说明 beside it.

    Raises:
        UsageError: more rows than a sheet can hold.
    """
    with _workbook() as book:
        name = _PANELS[table]
        sheet = _Sheet(book, name, columns_of(table))
        sheet.extend(rows)
        notices = _Sheet(book, _SHEETS["notices"], columns_of("notices"))
        notices.extend(_error_notices(failures))
        about = _Sheet(book, "说明", _ABOUT)
        about.extend((*_notes_on_reading(), *_column_notes({table: name})))
        for each in (sheet, notices, about):
            each.finish()
        save_workbook(book, out)


def write_xlsx_tables(
    sheets: Mapping[str, tuple[Sequence[Column], Iterable[Row]]],
    notes: Iterable[Row],
    out: BinaryIO,
) -> None:
    """Tables of any columns, one sheet each, with 说明 at the end.

    Args:
        sheets: columns and rows by the sheet's name.
        notes: rows of 说明, with ``topic`` and ``content``.
        out: a binary stream.

    Raises:
        UsageError: more rows than a sheet can hold.
    """
    with _workbook() as book:
        for name, (columns, rows) in {**sheets, "说明": (_ABOUT, notes)}.items():
            sheet = _Sheet(book, name, columns)
            sheet.extend(rows)
            sheet.finish()
        save_workbook(book, out)


@contextlib.contextmanager
def _workbook() -> Iterator[Workbook]:
    """A workbook to write from top to bottom; left half written, it is closed without a word.

    Raises:
        OSError: the temporary files that hold its rows could not be written.
    """
    from lxml.etree import LxmlError
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import WorkbookAlreadySaved

    book = Workbook(write_only=True)
    try:
        yield book
    except BaseException as error:
        for sheet in book.worksheets:
            with contextlib.suppress(LxmlError, WorkbookAlreadySaved):
                sheet.close()
        if isinstance(error, LxmlError):
            reason = f"a temporary file in {tempfile.gettempdir()} cannot be written: {error}"
            raise OSError(errno.EIO, reason) from error
        raise


class _Sheet:
    """A sheet in the making: header, then rows as they come."""

    def __init__(self, book: Workbook, title: str, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._sheet: Any = book.create_sheet(title)
        self._count = 0
        self._styles = {bold: _styled(self._sheet, bold=bold) for bold in (False, True)}
        self._lay_out()
        self._append([column.label for column in columns], bold=True)

    def extend(self, rows: Iterable[Row]) -> None:
        """Add rows below the ones there."""
        for row in rows:
            labelled = (_labelled(column, row.get(column.name)) for column in self._columns)
            self._append(list(labelled))

    def finish(self) -> None:
        """Set what depends on the number of rows."""
        self._sheet.auto_filter.ref = f"A1:{column_letter(len(self._columns))}{self._count}"

    def _lay_out(self) -> None:
        sheet = self._sheet
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = _fit_to_width()
        for index, column in enumerate(self._columns, start=1):
            dimension = sheet.column_dimensions[column_letter(index)]
            dimension.width = column.width
            dimension.hidden = column.hidden

    def _append(self, values: Sequence[Cell], *, bold: bool = False) -> None:
        self._count += 1
        if self._count > _MOST_ROWS:
            raise UsageError("more rows than an Excel sheet can hold; write csv or parquet")
        self._sheet.row_dimensions[self._count].height = self._height(values)
        style = self._styles[bold]
        self._sheet.append([_styled_cell(self._sheet, value, style) for value in values])
        del self._sheet.row_dimensions[self._count]  # written; it would be kept for every row

    def _height(self, values: Sequence[Cell]) -> float:
        # Not every program fits the height of wrapped rows by itself.
        lines = (
            math.ceil(_display_width(value) / (column.width - 1))
            for column, value in zip(self._columns, values, strict=True)
            if isinstance(value, str) and not column.hidden
        )
        return min(_LINE_HEIGHT * max(1, *lines, 1), _MOST_HEIGHT)


def _labelled(column: Column, value: Cell) -> Cell:
    """A cell as a person reads it: coded values by their Chinese names."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value_label(column.name, value) if isinstance(value, str) else value


def _styled_cell(sheet: Any, value: Cell, style: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:_MOST_CHARACTERS]
        value = value.encode("utf-8", "replace").decode()
    cell: Any = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # also what begins with =: text stays text
    cell._style = style  # noqa: SLF001
    return cell


def _styled(sheet: Any, *, bold: bool) -> Any:
    """A style of the workbook; looked up once a sheet, for cells are many."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell: Any = WriteOnlyCell(sheet, "")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell._style  # noqa: SLF001  # what the public setters look up again for each cell


def column_letter(index: int) -> str:
    """The letters that name a column of a sheet.

    Example:
        >>> column_letter(28)
        'AB'
    """
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(index))


def _fit_to_width() -> object:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _display_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _error_notices(failures: Iterable[ReadError]) -> Iterator[Row]:
    for row in error_rows(failures):
        yield {"doc_id": row["source"], "code": "unreadable_input", "message": row["message"]}


def _explanations(mode: str) -> Iterator[Row]:
    yield {"topic": "模式", "content": value_label("mode", mode)}
    yield from _notes_on_reading()
    yield {"topic": "未提时限", "content": "已读到该任务, 原文没有提出时限。"}
    levels = "; ".join(f"{n} {value_label('level', n)}" for n in (1, 2, 3))
    yield {"topic": "级别", "content": levels}


def _notes_on_reading() -> Iterator[Row]:
    yield {"topic": "软件版本", "content": f"speechmine {version('speechmine')}"}
    yield {"topic": "空格", "content": "原文没有写明, 不代表没有; 软件不推测、不补填。"}


def _document_note(extraction: Extraction) -> Row:
    document = extraction.document
    facts = (document.title, document.date, document.place, f"sha256 {document.sha256}")
    return {
        "topic": f"文档 {document.id}",
        "content": "; ".join(str(fact) for fact in facts if fact is not None),
    }


def _column_notes(sheets: Mapping[str, str]) -> Iterator[Row]:
    for table, sheet in sheets.items():
        for column in columns_of(table):
            content = f"{column.name}: {column.meaning}"
            yield {"topic": f"{sheet}·{column.label}", "content": content}


def save_workbook(book: Workbook, out: BinaryIO) -> None:
    """Save without the clock: the same rows give the same bytes."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.created = book.properties.modified = _EPOCH
    with tempfile.TemporaryFile(prefix="speechmine-") as packed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).write_data()
        with zipfile.ZipFile(packed) as source, zipfile.ZipFile(out, "w") as target:
            for part in source.infolist():
                _copy_without_time(part, source, target)


def _copy_without_time(
    part: zipfile.ZipInfo, source: zipfile.ZipFile, target: zipfile.ZipFile
) -> None:
    entry = zipfile.ZipInfo(part.filename, _EPOCH.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.file_size = part.file_size
    with source.open(part) as there, target.open(entry, "w") as here:
        shutil.copyfileobj(there, here)
