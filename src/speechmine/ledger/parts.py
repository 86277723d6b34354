"""A ledger taken apart: by unit, by leader, by month; each part keeps all that its rows had."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal, get_args

from speechmine.errors import UsageError
from speechmine.ledger.body import lay_rows
from speechmine.ledger.excel import has_tall, headings_of, span_rows, with_column, with_hidden
from speechmine.ledger.header import Header
from speechmine.ledger.layout import LedgerLayout, default_layout, known_columns
from speechmine.ledger.memory import recall, remember
from speechmine.ledger.reading import load_book, read_ledger, sheet_of, spoken
from speechmine.ledger.records import Ledger, LedgerRow
from speechmine.ledger.round_words import round_words
from speechmine.ledger.standing import due_day
from speechmine.ledger.units import Share, leaders_of, shares_of
from speechmine.writers.excel import save_workbook

__all__ = ["BY", "By", "Part", "split_ledger", "write_part", "write_parts"]

#: party: by unit; leader: by leader; month: by the month of the last day owed.
By = Literal["party", "leader", "month"]
BY: tuple[By, ...] = get_args(By)
_LONGEST_SHEET = 31
_NO_SHEET = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_FOR_WHOM = re.compile(r"(填报单位：)[\s\u3000]*(?=[\s\u3000]{2}填报时间|$)")


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a ledger.

    Attributes:
        name: of the unit, the leader or the month.
        rows: those where the unit leads or answers first, then those where it helps.
        by: what the ledger was taken apart by.
    """

    name: str
    rows: tuple[LedgerRow, ...]
    by: By = "party"


def split_ledger(ledger: Ledger, by: By) -> tuple[Part, ...]:
    """The parts of a ledger; a row of several units stands in the part of each.

    A row that names none stands in a part of its own at the end: no row is lost.

    Args:
        ledger: the ledger.
        by: one of :data:`BY`.

    Raises:
        UsageError: ``by`` is none of these.

    Example:
        >>> rows = (LedgerRow("t-1", cells={"who": "县水利局、县住建局"}), LedgerRow("t-2"))
        >>> [(part.name, len(part.rows)) for part in split_ledger(Ledger(rows), "party")]
        [('县水利局', 1), ('县住建局', 1), ('未明确单位', 1)]
    """
    if by not in BY:
        raise UsageError(f"by={by!r}: one of {', '.join(BY)} is expected")
    found: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in sorted(ledger.rows, key=_month) if by == "month" else ledger.rows:
        for name, given in _places(row, by):
            found[name].append(given)
    ordered = sorted(found, key=_NOWHERE.__contains__)
    return tuple(Part(name, tuple(sorted(found[name], key=_helps)), by) for name in ordered)


_NOWHERE = tuple(str(round_words()[name]) for name in ("nobody", "no_leader", "no_month"))


def _places(row: LedgerRow, by: By) -> Iterator[tuple[str, LedgerRow]]:
    if by == "month":
        day = due_day(row)
        yield (f"{day.year}年{day.month}月" if day else str(round_words()["no_month"])), row
    elif by == "leader":
        for name in leaders_of(row) or (str(round_words()["no_leader"]),):
            yield name, row
    else:
        for share in shares_of(row) or (Share(str(round_words()["nobody"]), "responsible"),):
            yield share.unit, _shared(row, share)


def _month(row: LedgerRow) -> tuple[int, int]:
    day = due_day(row)
    return (day.year, day.month) if day else (dt.MAXYEAR, 12)


def _shared(row: LedgerRow, share: Share) -> LedgerRow:
    """The row with what it says of one unit; both count as written by us."""
    said = {"unit": share.unit, "duty": share.label}
    written = None if row.written is None else {**row.written, **said}
    return dataclasses.replace(row, cells={**row.cells, **said}, written=written)


def _helps(row: LedgerRow) -> bool:
    return row.cells.get("duty", "") == str(round_words()["duty_labels"]["cooperate"])


def write_part(
    source: bytes,
    part: Part,
    out: BinaryIO,
    *,
    layout: LedgerLayout | None = None,
    as_of: str | None = None,
) -> None:
    """A workbook of one part, to be filled in and sent back: the whole ledger's looks, its rows.

    Args:
        source: the workbook that the part's rows were read from.
        part: as :func:`split_ledger` gives it.
        out: a binary stream.
        layout: states and colours.
        as_of: the day for colours.

    Raises:
        ReadError: the source is no ledger.
    """
    book, sheet, header = _opened(source)
    ledger = read_ledger(source)
    keys = {row.document for row in part.rows}
    documents = {key: title for key, title in ledger.documents.items() if key in keys}
    header = _lay(sheet, header, part, layout or default_layout(), as_of)
    remember(book, part.rows, documents, headings_of(header))
    save_workbook(book, out)


def write_parts(
    source: bytes,
    parts: Sequence[Part],
    out: BinaryIO,
    *,
    layout: LedgerLayout | None = None,
    as_of: str | None = None,
) -> None:
    """One workbook: the ledger, all shares in one filtered sheet (by unit), a sheet a part.

    Args:
        source: the workbook that the rows were read from.
        parts: as :func:`split_ledger` gives them.
        out: a binary stream.
        layout: states and colours.
        as_of: the day for colours.

    Raises:
        ReadError: the source is no ledger.
    """
    wanted = layout or default_layout()
    book, sheet, header = _opened(source)
    names = {name.casefold() for name in book.sheetnames}
    whole = [Part("按单位", tuple(row for part in parts for row in part.rows))]
    by_unit = bool(parts) and parts[0].by == "party"
    for part in (*(whole if by_unit else ()), *parts):
        copied: Any = book.copy_worksheet(sheet)
        copied.title = _sheet_name(part.name, names)
        _like(copied, sheet)
        _lay(copied, header, part, wanted, as_of)
    if as_of is not None:
        last = spoken(sheet, header)
        span_rows(sheet, header, (last, last), wanted, as_of)
    save_workbook(book, out)


def _opened(source: bytes) -> tuple[Any, Any, Header]:
    book = load_book(source, "<ledger>", values=False)
    sheet, header = sheet_of(book, recall(book), "<ledger>")
    return book, sheet, with_hidden(sheet, header)


def _lay(sheet: Any, header: Header, part: Part, layout: LedgerLayout, as_of: str | None) -> Header:
    """The part's rows in place of all, with the columns that speak of the unit."""
    tall = has_tall(sheet, header)
    if part.by == "party":
        for field in ("unit", "duty"):
            header = with_column(sheet, header, known_columns()[field])
        _address(sheet, header, part)
    rows = lay_rows(sheet, header, part.rows, {}, tall=tall)
    _say_duties(sheet, header, part.rows)
    _bare(sheet, *rows)
    span_rows(sheet, header, rows, layout, as_of)
    return header


def _say_duties(sheet: Any, header: Header, rows: Iterable[LedgerRow]) -> None:
    """Rows that people wrote have no fields of ours but these."""
    for at, row in enumerate(rows, start=header.row + 1):
        for field in ("unit", "duty"):
            place = header.at(field)
            if place is not None and row.id is None:
                sheet.cell(at, place, row.cells.get(field, ""))


def _bare(sheet: Any, before: int, last: int) -> None:
    """The rows that are no longer there leave no empty boxes."""
    for row in sheet.iter_rows(min_row=last + 1, max_row=before):
        for cell in row:
            cell.style = "Normal"


def _address(sheet: Any, header: Header, part: Part) -> None:
    """Who is to fill it in, where the line above the headings leaves that open."""
    for row in sheet.iter_rows(max_row=header.row - 1):
        for cell in row:
            if isinstance(cell.value, str) and part.name != "按单位":
                cell.value = _FOR_WHOM.sub(lambda found: found[1] + part.name, cell.value)


def _like(copied: Any, sheet: Any) -> None:
    """What copying a sheet leaves behind."""
    copied.freeze_panes = sheet.freeze_panes
    copied.print_title_rows = sheet.print_title_rows
    copied.oddFooter.center.text = sheet.oddFooter.center.text
    copied.sheet_properties.pageSetUpPr = sheet.sheet_properties.pageSetUpPr


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that a sheet may have; two that begin alike are told apart by a number."""
    plain = _NO_SHEET.sub(" ", name).strip() or "部分"
    found, nth = plain[:_LONGEST_SHEET], 1
    while found.casefold() in taken:
        nth += 1
        tail = f"({nth})"
        found = plain[: _LONGEST_SHEET - len(tail)] + tail
    taken.add(found.casefold())
    return found
