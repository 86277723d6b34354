"""What a workbook remembers of what we wrote: a sheet that Excel does not show.

Without it nobody could tell a cell that an official changed from one that the speech changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from speechmine.ledger.records import OWN_ROW, LedgerRow

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["Memory", "recall", "remember"]

_SHEET = "speechmine"
_FORM = 1
# A cell holds 32,767 characters.
_PIECE = 30_000


@dataclass(frozen=True, slots=True)
class Memory:
    """What was written.

    Attributes:
        rows: as they were written, by identifier. documents: titles by key.
        headings: fields by heading.
    """

    rows: Mapping[str, LedgerRow] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)


def recall(book: Workbook) -> Memory:
    """What the workbook remembers; nothing where the sheet is gone or is not ours."""
    if _SHEET not in book.sheetnames:
        return Memory()
    lines = [[cell for cell in row if cell is not None] for row in book[_SHEET].values]
    try:
        head = json.loads("".join(str(cell) for cell in lines[0][1:]))
        if lines[0][0] != _FORM:
            return Memory()
        rows = {row.id or row.name: row for row in map(_row, lines[1:])}
        return Memory(rows, dict(head["documents"]), dict(head["headings"]))
    except (ValueError, LookupError, TypeError):
        return Memory()


def remember(
    book: Workbook,
    rows: Iterable[LedgerRow],
    documents: Mapping[str, str],
    headings: Mapping[str, str],
) -> None:
    """Write the sheet anew."""
    if _SHEET in book.sheetnames:
        del book[_SHEET]
    sheet = book.create_sheet(_SHEET)
    sheet.sheet_state = "veryHidden"
    head = {"documents": dict(documents), "headings": dict(headings)}
    _append(sheet, [_FORM, *_pieces(head)])
    for row in rows:
        if row.id is not None or row.name:
            known = {"document": row.document, "dropped": row.dropped}
            written = {name: said for name, said in (row.written or {}).items() if said}
            # Nothing written is not the same as written, but all of it empty.
            told = {**known, "written": written or row.written}
            _append(sheet, [row.id or row.name, *_pieces(told)])


def _append(sheet: Any, values: list[Any]) -> None:
    sheet.append(values)
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str):
            cell.data_type = "s"


def _pieces(value: object) -> Iterator[str]:
    # ASCII only: what a cell cannot hold passes as its escape.
    text = json.dumps(value)
    return (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


def _row(line: list[Any]) -> LedgerRow:
    data = json.loads("".join(str(piece) for piece in line[1:]))
    written = data["written"]
    name = str(line[0])
    theirs = name.startswith(OWN_ROW)
    return LedgerRow(
        None if theirs else name,
        str(data["document"]),
        dict(written or {}),
        None if written is None else {str(name): str(said) for name, said in written.items()},
        dropped=bool(data["dropped"]),
        name=name if theirs else "",
    )
