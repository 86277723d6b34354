"""A ledger in Excel, as people have filled it in, to rows."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from speechmine.errors import ReadError
from speechmine.ledger.cells import cell_text
from speechmine.ledger.memory import Memory, recall
from speechmine.ledger.records import Ledger, LedgerRow
from speechmine.ledger.sheets.extent import extent_of
from speechmine.ledger.sheets.header import ID, LedgerHeader, find_header
from speechmine.model import content_id
from speechmine.readers.tables.sheets import check_workbook
from speechmine.rules.loader import RulesLike, chosen_rules

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["OpenLedger", "is_ledger", "open_ledger", "read_ledger", "returned_by"]

_UNIT = re.compile(r"填报(?:单位|部门)[:：]\s*(\S+)")
_ADVICE = "open it in Excel and save it again as .xlsx, without a password"


@dataclass(frozen=True, slots=True)
class OpenLedger:
    """A workbook that holds a ledger.

    Attributes:
        book: the workbook. memory: what it remembers of what was written.
        sheet, header: where the ledger is.
    """

    book: Workbook
    memory: Memory
    sheet: Worksheet
    header: LedgerHeader


def open_ledger(
    source: str | os.PathLike[str] | bytes, *, rules: RulesLike | None, values: bool = False
) -> OpenLedger:
    """A workbook, opened where its ledger is.

    Args:
        source: path or bytes of an ``.xlsx`` file.
        rules: which know the headings; the shipped ones where none are given.
        values: whether cells say what formulas gave, or the formulas.

    Raises:
        ReadError: it is no workbook, or no sheet of it has a header with a task column.
    """
    name = "<bytes>" if isinstance(source, bytes) else os.fspath(source)
    book = _load_book(source, name, values=values)
    memory, chosen = recall(book), chosen_rules(rules)
    for sheet in sorted(book.worksheets, key=lambda sheet: sheet.title != memory.sheet):
        shown = sheet.sheet_state == "visible"
        header = find_header(sheet, chosen, memory.headings) if shown else None
        if header is not None:
            return OpenLedger(book, memory, sheet, header)
    reason = "no row of headings names a task and one thing more (工作任务, 责任单位, 完成时限 ...)"
    raise ReadError(name, reason, "give the first rows of a sheet such headings")


def read_ledger(
    source: str | os.PathLike[str] | bytes, *, rules: RulesLike | None = None
) -> Ledger:
    """A ledger with all that people put into it.

    Every row below the header is one of the ledger: those with an identifier in the hidden
    column are tasks; the others people wrote. Columns are known by their headings, in any order.

    Args:
        source: path or bytes of an ``.xlsx`` file.
        rules: rules of your own, or their folder, that know further headings.

    Raises:
        ReadError: it is no workbook, or no sheet of it has a header with a task column.
    """
    opened = open_ledger(source, rules=rules, values=True)
    memory, header = opened.memory, opened.header
    rows = tuple(_sheet_rows(opened.sheet, header, memory))
    there = {row.id for row in rows}
    removed = tuple(
        row for key, row in memory.rows.items() if key not in there and not row.by_people
    )
    documents = dict(memory.documents)
    return Ledger(rows, documents, header.fields, header.own, removed)


def is_ledger(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a workbook that remembers a ledger of ours.

    Example:
        >>> is_ledger("讲话.txt")
        False
    """
    if Path(path).suffix.lower() != ".xlsx" or not Path(path).is_file():
        return False
    try:
        return bool(recall(_load_book(path, os.fspath(path), values=False)).rows)
    except ReadError:
        return False


def _load_book(source: str | os.PathLike[str] | bytes, name: str, *, values: bool) -> Workbook:
    """The workbook; with ``values`` what formulas gave, else the formulas.

    Raises:
        ReadError: it cannot be read.
    """
    from openpyxl import load_workbook

    try:
        content = source if isinstance(source, bytes) else Path(source).read_bytes()
    except OSError as error:
        raise ReadError(name, error.strerror or "cannot be read") from error
    if zipfile.is_zipfile(io.BytesIO(content)):
        check_workbook(content, name)
    try:
        return load_workbook(io.BytesIO(content), data_only=values)
    except Exception as error:  # openpyxl lets errors of zip, XML and its own types through
        reason = f"not a readable Excel workbook ({type(error).__name__}: {error})"
        raise ReadError(name, reason, _ADVICE) from error


def returned_by(source: str | os.PathLike[str] | bytes, *, rules: RulesLike | None = None) -> str:
    """Who filled a ledger in, as the line 填报单位： above its table says; empty where none does.

    Args:
        source: path or bytes of an ``.xlsx`` file.
        rules: as in :func:`read_ledger`.

    Raises:
        ReadError: as in :func:`read_ledger`.
    """
    opened = open_ledger(source, rules=rules, values=True)
    above = opened.sheet.iter_rows(max_row=opened.header.row)
    lines = (cell_text(c.value) for row in above for c in row)
    found = filter(None, map(_UNIT.search, lines))
    return next((match[1].strip() for match in found), "")


def _sheet_rows(sheet: Worksheet, header: LedgerHeader, memory: Memory) -> Iterator[LedgerRow]:
    merged = _merged_values(sheet)
    place = header.at(ID)
    given: set[str] = set()
    for at in range(header.row + 1, extent_of(sheet, header).last + 1):
        said = {c: _merged_text(sheet, at, c.at, merged) for c in header.columns}
        cells = {c.field: text for c, text in said.items() if c.field and c.field != ID}
        name = cell_text(sheet.cell(at, place).value) if place else _made_up(cells)
        known = memory.rows.get(name)
        if not name or name in given:
            # A copy of a row is one that people wrote.
            name, known = "", None
        given.add(name)
        yield LedgerRow(
            name or None,
            known.document if known else _only(memory.documents),
            cells,
            known.written if known else None,
            {c.heading: text for c, text in said.items() if c.field is None},
            known.dropped if known else False,
            at,
            known.issued if known else None,
        )


def _made_up(cells: Mapping[str, str]) -> str:
    """An identifier for a row of a ledger that is none of ours: what it says is owed."""
    task = cells.get("text") or cells.get("task") or cells.get("title") or ""
    return content_id("r", (task,)) if task else ""


def _only(documents: Mapping[str, str]) -> str:
    return next(iter(documents)) if len(documents) == 1 else ""


def _merged_text(
    sheet: Worksheet, row: int, column: int, merged: Mapping[tuple[int, int], Any]
) -> str:
    return cell_text(merged.get((row, column), sheet.cell(row, column).value))


def _merged_values(sheet: Worksheet) -> dict[tuple[int, int], Any]:
    """What each place under a tall cell says; one that is wide too is a heading across."""
    return {
        (row, merged.min_col): sheet.cell(merged.min_row, merged.min_col).value
        for merged in sheet.merged_cells.ranges
        if merged.min_col == merged.max_col
        for row in range(merged.min_row, merged.max_row + 1)
    }
