"""A ledger taken apart: by unit, by leader, by month; each part keeps all that its rows had."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Literal, get_args

from speechmine.errors import UsageError
from speechmine.ledger.layout import LedgerLayout, default_layout
from speechmine.ledger.parties import RowParty, acting_parties, leaders_of
from speechmine.ledger.records import Ledger, LedgerRow
from speechmine.ledger.round_words import round_words
from speechmine.ledger.rounds.standing import due_day
from speechmine.ledger.sheets.excel import relay, updated_book
from speechmine.ledger.sheets.excel_marks import mark_rows, renew_day
from speechmine.ledger.sheets.extent import extent_of
from speechmine.ledger.sheets.header import LedgerHeader
from speechmine.ledger.sheets.reading import open_ledger, read_ledger
from speechmine.rules.loader import RulesLike
from speechmine.tables import value_label
from speechmine.writers.records.excel import save_workbook

__all__ = ["BY", "LedgerPart", "PartedBy", "split_ledger", "write_part", "write_parts"]

#: party: by unit; leader: by leader; month: by the month of the last day owed.
PartedBy = Literal["party", "leader", "month"]
_ALL = "按单位"
BY: tuple[PartedBy, ...] = get_args(PartedBy)
_LONGEST_SHEET = 31
_NO_SHEET = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_FOR_WHOM = re.compile(r"(填报单位：)[\s\u3000]*(?=[\s\u3000]{2}填报时间|$)")


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """Some rows of a ledger.

    Attributes:
        name: of the unit, the leader or the month.
        rows: those where the unit leads or answers first, then those where it helps.
        by: what the ledger was taken apart by.
    """

    name: str
    rows: tuple[LedgerRow, ...]
    by: PartedBy = "party"


def split_ledger(ledger: Ledger, by: PartedBy) -> tuple[LedgerPart, ...]:
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
    return tuple(LedgerPart(name, tuple(sorted(found[name], key=_helps)), by) for name in ordered)


_NOWHERE = tuple(str(round_words()[name]) for name in ("nobody", "no_leader", "no_month"))


def _places(row: LedgerRow, by: PartedBy) -> Iterator[tuple[str, LedgerRow]]:
    if by == "month":
        day = due_day(row)
        yield (f"{day.year}年{day.month}月" if day else str(round_words()["no_month"])), row
    elif by == "leader":
        for name in leaders_of(row) or (str(round_words()["no_leader"]),):
            yield name, row
    else:
        nobody = RowParty(str(round_words()["nobody"]), "responsible")
        for party in acting_parties(row) or (nobody,):
            yield party.name, _shared(row, party)


def _month(row: LedgerRow) -> tuple[int, int]:
    day = due_day(row)
    return (day.year, day.month) if day else (dt.MAXYEAR, 12)


def _shared(row: LedgerRow, party: RowParty) -> LedgerRow:
    """The row with what it says of one unit; both count as written by us."""
    said = {"unit": party.name, "duty": party.label}
    written = None if row.written is None else {**row.written, **said}
    return replace(row, cells={**row.cells, **said}, written=written)


def _helps(row: LedgerRow) -> bool:
    return row.cells.get("duty", "") == value_label("role", "cooperate")


def write_part(
    source: bytes,
    part: LedgerPart,
    out: BinaryIO,
    *,
    layout: LedgerLayout | None = None,
    as_of: str | None = None,
    rules: RulesLike | None = None,
) -> None:
    """A workbook of one part, to be filled in and sent back: the whole ledger's looks, its rows.

    Args:
        source: the workbook that the part's rows were read from.
        part: as :func:`split_ledger` gives it.
        out: a binary stream.
        layout: states and colours.
        as_of: the day for colours.
        rules: by which ``source`` was read.

    Raises:
        ReadError: the source is no ledger.
    """
    ledger = read_ledger(source, rules=rules)
    keys = {row.document for row in part.rows}
    documents = {key: title for key, title in ledger.documents.items() if key in keys}
    named = replace(_part_of(ledger, part), documents=documents)
    opened = open_ledger(source, rules=rules)
    new = updated_book(opened, named, named.rows, {}, layout=layout, as_of=as_of)
    _finish(new.sheet, new.header, part, len(ledger.rows))
    save_workbook(new.book, out)


def write_parts(
    source: bytes,
    parts: Sequence[LedgerPart],
    out: BinaryIO,
    *,
    layout: LedgerLayout | None = None,
    as_of: str | None = None,
    rules: RulesLike | None = None,
) -> None:
    """One workbook: the ledger, all shares in one filtered sheet (by unit), a sheet a part.

    Args:
        source: the workbook that the rows were read from.
        parts: as :func:`split_ledger` gives them.
        out: a binary stream.
        layout: states and colours.
        as_of: the day for colours.
        rules: by which ``source`` was read.

    Raises:
        ReadError: the source is no ledger.
    """
    wanted, ledger = layout or default_layout(), read_ledger(source, rules=rules)
    opened = open_ledger(source, rules=rules)
    book, sheet, header = opened.book, opened.sheet, opened.header
    names = {name.casefold() for name in book.sheetnames}
    for part in (*_together(parts), *parts):
        copied: Any = book.copy_worksheet(sheet)
        copied.title = _sheet_name(part.name, names)
        _like(copied, sheet)
        found, paged = _part_of(ledger, part), wanted.customary
        relay(copied, header, found, {}, layout=wanted, as_of=as_of, paged=paged)
        _finish(copied, header, part, len(ledger.rows))
    if as_of is not None:
        last = header.row + len(ledger.rows)
        mark_rows(sheet, header, (last, last), wanted, as_of)
        renew_day(sheet, header, as_of)
    save_workbook(book, out)


def _together(parts: Sequence[LedgerPart]) -> Iterator[LedgerPart]:
    """Of units, all shares in one sheet, so that the filter of the column finds them."""
    if parts and parts[0].by == "party":
        yield LedgerPart(_ALL, tuple(row for part in parts for row in part.rows))


def _part_of(ledger: Ledger, part: LedgerPart) -> Ledger:
    """The ledger with the rows of a part, and the columns that speak of the unit."""
    of_unit = ("unit", "duty") if part.by == "party" else ()
    return replace(ledger, rows=part.rows, fields=(*ledger.fields, *of_unit), removed=())


def _finish(sheet: Any, header: LedgerHeader, part: LedgerPart, before: int) -> None:
    """The rows that are no longer there leave no empty boxes, and no gap above a foot."""
    foot = extent_of(sheet, header).foot is not None
    for at in range(header.row + len(part.rows) + 1, header.row + before + 1):
        for cell in sheet[at]:
            cell.style = "Normal"
        sheet.row_dimensions[at].hidden = foot
    if part.by == "party" and part.name != _ALL:
        _address(sheet, header, part)


def _address(sheet: Any, header: LedgerHeader, part: LedgerPart) -> None:
    """Who is to fill it in, where the line above the headings leaves that open."""
    for row in sheet.iter_rows(max_row=header.row - 1):
        for cell in row:
            if isinstance(cell.value, str):
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
