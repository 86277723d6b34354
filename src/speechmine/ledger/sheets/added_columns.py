"""Columns that a sheet lacks, put behind those that it has."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from speechmine.ledger.layout import known_columns, ledger_words
from speechmine.ledger.records import Ledger, LedgerRow
from speechmine.ledger.sheets.header import ID, HeaderColumn, LedgerHeader
from speechmine.writers.records.excel import column_letter

__all__ = ["with_columns", "with_hidden"]

_OWN_WIDTH = 16.0


def with_hidden(sheet: Any, header: LedgerHeader) -> LedgerHeader:
    """The header with the columns that a ledger needs and people need not see.

    Args:
        sheet: the sheet.
        header: what it has.
    """
    labels = {"latest": known_columns()["latest"].label, ID: str(ledger_words()["id"])}
    for field, label in labels.items():
        if header.at(field) is None:
            header = _with(sheet, header, HeaderColumn(_free(sheet, header), label, field))
            sheet.column_dimensions[column_letter(header.columns[-1].at)].hidden = True
    return header


def with_columns(
    sheet: Any, header: LedgerHeader, ledger: Ledger, rows: Sequence[LedgerRow]
) -> tuple[LedgerHeader, list[LedgerRow]]:
    """The header with columns for fields and headings that have come in.

    Args:
        sheet: the sheet.
        header: what it has.
        ledger: what it is to hold.
        rows: its rows.

    Returns:
        The header, and the rows with what was written of such fields before.
    """
    new = [name for name in ledger.fields if name not in header.fields]
    own = [name for name in ledger.own if name not in header.own]
    for name in new:
        column = known_columns()[name]
        at = _free(sheet, header)
        header = _with(sheet, header, HeaderColumn(at, column.label, name), column.width)
    for name in own:
        header = _with(sheet, header, HeaderColumn(_free(sheet, header), name, None), _OWN_WIDTH)
    return header, [_filled(row, new) for row in rows]


def _filled(row: LedgerRow, fields: Sequence[str]) -> LedgerRow:
    known = {name: (row.written or {}).get(name, "") for name in fields}
    return replace(row, cells={**known, **row.cells})


def _with(
    sheet: Any, header: LedgerHeader, column: HeaderColumn, width: float = 12
) -> LedgerHeader:
    """Write a heading with the looks of the one that stands farthest right in sight."""
    model = max(
        (c.at for c in header.columns if not _is_hidden(sheet, c.at)), default=header.columns[0].at
    )
    for at in (header.row, header.row + 1):
        sheet.cell(at, column.at)._style = copy.copy(sheet.cell(at, model)._style)  # noqa: SLF001
    sheet.cell(header.row, column.at).value = column.heading
    sheet.column_dimensions[column_letter(column.at)].width = width
    return replace(header, columns=(*header.columns, column))


def _is_hidden(sheet: Any, at: int) -> bool:
    return bool(sheet.column_dimensions[column_letter(at)].hidden)


def _free(sheet: Any, header: LedgerHeader) -> int:
    return int(max(sheet.max_column or 1, *(column.at for column in header.columns)) + 1)
