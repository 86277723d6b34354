"""What a workbook remembers of what we wrote: a sheet that Excel does not show.

Without it nobody could tell a cell that an official changed from one that the speech changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from speechmine.ledger.layout import known_columns
from speechmine.ledger.records import LedgerRow
from speechmine.model import content_id

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["Memory", "issued_cells", "named_rows", "recall", "remember"]

_SHEET = "speechmine"
_FORM = 1
# A cell holds 32,767 characters.
_PIECE = 30_000


@dataclass(frozen=True, slots=True)
class Memory:
    """What was written.

    Attributes:
        rows: as they were written, by identifier. documents: titles by key.
        headings: fields by heading, empty for people's own.
        sheet: title of the one that holds the ledger.
    """

    rows: Mapping[str, LedgerRow] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None


def recall(book: Workbook) -> Memory:
    """What the workbook remembers; nothing where the sheet is gone or is not ours."""
    if _SHEET not in book.sheetnames:
        return Memory()
    lines = [[cell for cell in row if cell is not None] for row in book[_SHEET].values]
    try:
        head = json.loads("".join(str(cell) for cell in lines[0][1:]))
        if lines[0][0] != _FORM:
            return Memory()
        rows = {row.id or "": row for row in map(_remembered_row, lines[1:])}
        return Memory(rows, dict(head["documents"]), dict(head["headings"]), head.get("sheet"))
    except (ValueError, LookupError, TypeError):
        return Memory()


def remember(
    book: Workbook,
    rows: Iterable[LedgerRow],
    documents: Mapping[str, str],
    headings: Mapping[str, str],
    sheet_name: str | None = None,
) -> None:
    """Write the sheet anew; ``sheet_name`` is the one that holds the ledger."""
    if _SHEET in book.sheetnames:
        del book[_SHEET]
    sheet = book.create_sheet(_SHEET)
    sheet.sheet_state = "veryHidden"
    head = {"documents": dict(documents), "headings": dict(headings), "sheet": sheet_name}
    _append(sheet, [_FORM, *_memory_pieces(head)])
    for row in rows:
        if row.id is not None:
            known = {"document": row.document, "dropped": row.dropped, "issued": issued_cells(row)}
            written = {name: said for name, said in (row.written or {}).items() if said}
            # Nothing written is not the same as written, but all of it empty.
            _append(sheet, [row.id, *_memory_pieces({**known, "written": written or row.written})])


def named_rows(rows: Iterable[LedgerRow]) -> list[LedgerRow]:
    """The rows; those that people wrote with a name by which they are known when they come back.

    Example:
        >>> [row.by_people for row in named_rows([LedgerRow(None, cells={"task": "修路"})])]
        [True]
    """
    found, taken = [], set[str]()
    for row in rows:
        name = row.id
        if name is None:
            said = (*row.cells.items(), *row.own.items())
            counted = (content_id("o", (*said, nth)) for nth in count())
            name = next(given for given in counted if given not in taken)
        taken.add(name)
        found.append(replace(row, id=name))
    return found


def issued_cells(row: LedgerRow) -> dict[str, str]:
    """What stands in the columns that people fill in; of a row of their own, in all of them.

    Example:
        >>> issued_cells(LedgerRow("t-1", cells={"task": "修路", "state": "已完成"}))
        {'state': '已完成'}
    """
    theirs = {n: t for n, t in row.cells.items() if row.by_people or known_columns()[n].theirs}
    return {name: said for name, said in {**theirs, **row.own}.items() if said}


def _append(sheet: Any, values: list[Any]) -> None:
    sheet.append(values)
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str):
            cell.data_type = "s"


def _memory_pieces(value: object) -> Iterator[str]:
    # ASCII only: what a cell cannot hold passes as its escape.
    text = json.dumps(value)
    return (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


def _remembered_row(line: list[Any]) -> LedgerRow:
    data = json.loads("".join(str(piece) for piece in line[1:]))
    written = data["written"]
    return LedgerRow(
        str(line[0]),
        str(data["document"]),
        dict(written or {}),
        None if written is None else {str(name): str(said) for name, said in written.items()},
        dropped=bool(data["dropped"]),
        issued=data.get("issued"),
    )
