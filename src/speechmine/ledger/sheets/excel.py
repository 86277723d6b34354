"""The ledger as a workbook that an office prints, filters and fills in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from speechmine.ledger.cells import cell_text
from speechmine.ledger.layout import LedgerLayout, default_layout, known_columns
from speechmine.ledger.memory import Memory, named_rows, remember
from speechmine.ledger.records import Ledger, LedgerRow, Merged, answered
from speechmine.ledger.sheets.added_columns import with_columns, with_hidden
from speechmine.ledger.sheets.body import Remarks, lay_rows
from speechmine.ledger.sheets.excel_head import begin_sheet, foot_below, sheet_title
from speechmine.ledger.sheets.excel_marks import mark_rows, renew_day
from speechmine.ledger.sheets.header import LedgerHeader
from speechmine.ledger.sheets.reading import OpenLedger, open_ledger
from speechmine.rules.loader import RulesLike
from speechmine.writers.records.excel import save_workbook

__all__ = [
    "fill_template",
    "relay",
    "remarks_of",
    "update_ledger",
    "updated_book",
    "write_ledger",
]


def write_ledger(
    ledger: Ledger,
    out: BinaryIO,
    *,
    layout: LedgerLayout | None = None,
    as_of: str | None = None,
) -> None:
    """A new workbook: title, headings, rows, list of states, colours, page for A4.

    Args:
        ledger: as :func:`make_ledger` makes it.
        out: a binary stream.
        layout: how the office wants it; the customary one by default.
        as_of: the day (ISO 8601) against which due and overdue tasks are coloured; without it
            nothing is, for there is no clock in a ledger.

    Raises:
        UsageError: ``as_of`` is no date.
    """
    from openpyxl import Workbook

    wanted = layout or default_layout()
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "台账"
    header = begin_sheet(sheet, ledger, wanted, as_of)
    rows = named_rows(ledger.rows)
    last = lay_rows(sheet, header, rows, {}, tall=wanted.merge_categories, paged=True)
    mark_rows(sheet, header, last, wanted, as_of)
    foot_below(sheet, header, last[1], ledger.foot)
    remember(book, rows, ledger.documents, _headings_wanted(header), sheet.title)
    save_workbook(book, out)


def fill_template(
    template: str | os.PathLike[str] | bytes,
    ledger: Ledger,
    out: BinaryIO,
    *,
    layout: LedgerLayout | None = None,
    as_of: str | None = None,
    rules: RulesLike | None = None,
) -> tuple[str, ...]:
    """An office's own workbook with the rows below its headings; the rest of it stays.

    What stands below its table (填表人：, notes, sums) moves down as far as the rows need.

    Args:
        template: path or bytes. Its first row below the headings lends its looks.
        ledger: the rows.
        out: a binary stream.
        layout: states and colours.
        as_of: as in :func:`write_ledger`.
        rules: rules of your own, or their folder, that know further headings.

    Returns:
        Labels of fields that say something and have no column there.

    Raises:
        ReadError: no sheet of it has the headings of a ledger.
        UsageError: ``as_of`` is no date.
    """
    wanted = layout or default_layout()
    opened = open_ledger(template, rules=rules)
    book, sheet = opened.book, opened.sheet
    header = with_hidden(sheet, opened.header)
    rows = [answered(row, header.fields) for row in named_rows(ledger.rows)]
    last = lay_rows(sheet, header, rows, {}, tall=wanted.merge_categories, paged=False)
    mark_rows(sheet, header, last, wanted, as_of)
    remember(book, rows, ledger.documents, _headings_wanted(header), sheet.title)
    save_workbook(book, out)
    return tuple(_left_out(ledger, header))


def update_ledger(
    source: str | os.PathLike[str] | bytes,
    merged: Merged,
    out: BinaryIO,
    *,
    layout: LedgerLayout | None = None,
    as_of: str | None = None,
    rules: RulesLike | None = None,
) -> None:
    """The workbook that was merged, with its rows brought up to date; the rest of it stays.

    Args:
        source: the workbook that ``merged.old`` was read from.
        merged: as :func:`merge_ledgers` gives it.
        out: a binary stream.
        layout: states and colours.
        as_of: as in :func:`write_ledger`; without it, colours stay as they are.
        rules: by which ``source`` was read.

    Raises:
        ReadError, UsageError: as in :func:`fill_template`.
    """
    notes = dict(remarks_of(merged))
    rows, ledger = merged.ledger.rows, merged.ledger
    opened = open_ledger(source, rules=rules)
    save_workbook(updated_book(opened, ledger, rows, notes, layout=layout, as_of=as_of).book, out)


def updated_book(  # the parts of a merge
    opened: OpenLedger,
    ledger: Ledger,
    rows: Sequence[LedgerRow],
    notes: Remarks,
    *,
    layout: LedgerLayout | None,
    as_of: str | None,
) -> OpenLedger:
    """A workbook with its rows replaced, not yet saved.

    Args:
        opened: the workbook.
        ledger: what it holds now: documents, columns, rows that people took out.
        rows: in their order; ``at`` tells where a row stood.
        notes: remarks beside cells.
        layout: states and colours.
        as_of: as in :func:`write_ledger`.
    """
    wanted = layout or default_layout()
    book, memory, sheet, header = opened.book, opened.memory, opened.sheet, opened.header
    _retitle(sheet, header, memory, ledger, wanted)
    ours = bool(memory.documents) and wanted.customary
    laid = replace(ledger, rows=tuple(named_rows(rows)))
    header, kept, _ = relay(sheet, header, laid, notes, layout=wanted, as_of=as_of, paged=ours)
    renew_day(sheet, header, as_of)
    known = (*kept, *ledger.removed)
    remember(book, known, ledger.documents, _headings_wanted(header), sheet.title)
    return replace(opened, header=header)


def relay(  # noqa: PLR0913  # the parts of a sheet
    sheet: Any,
    header: LedgerHeader,
    ledger: Ledger,
    notes: Remarks,
    *,
    layout: LedgerLayout,
    as_of: str | None,
    paged: bool,
) -> tuple[LedgerHeader, list[LedgerRow], tuple[int, int]]:
    """Rows in place of those of a sheet, with columns for what has come in.

    Args:
        sheet: with rows.
        header: its headings.
        ledger: what it holds now.
        notes: remarks beside cells.
        layout: states and colours.
        as_of: as in :func:`write_ledger`.
        paged: whether the pages are ours to break.

    Returns:
        The header, the rows, and their last one before and now.
    """
    tall = _has_tall(sheet, header)
    header, rows = with_columns(sheet, header, ledger, ledger.rows)
    header = with_hidden(sheet, header)
    last = lay_rows(sheet, header, rows, notes, tall=tall, paged=paged)
    mark_rows(sheet, header, last, layout, as_of)
    return header, rows, last


def _retitle(
    sheet: Any, header: LedgerHeader, memory: Memory, ledger: Ledger, layout: LedgerLayout
) -> None:
    """A title that named the texts names those that came in too; an office's own stays."""
    before = sheet_title(Ledger((), memory.documents), layout)
    for row in sheet.iter_rows(max_row=header.row - 1) if header.row > 1 else ():
        for cell in row:
            if memory.documents and cell_text(cell.value) == before:
                cell.value = sheet_title(ledger, layout)


def _headings_wanted(header: LedgerHeader) -> dict[str, str]:
    return {c.heading: c.field or "" for c in header.columns}


def _has_tall(sheet: Any, header: LedgerHeader) -> bool:
    place = header.at("section") or header.at("source")
    return any(
        merged.min_col == merged.max_col == place and merged.min_row > header.row
        for merged in sheet.merged_cells.ranges
    )


def _left_out(ledger: Ledger, header: LedgerHeader) -> Iterator[str]:
    """Fields and columns that say something and have no column there."""
    named = set(header.fields)
    if named & {"who"} or {"lead", "responsible"} <= named:
        named |= {"who", "lead", "responsible"}
    for name in ("section", "who", "cooperate", "deadline", "metrics", "supervise"):
        if name not in named and any(row.cells.get(name) for row in ledger.rows):
            yield known_columns()[name].label
    yield from (name for name in ledger.own if name not in header.own)


def remarks_of(merged: Merged) -> Iterator[tuple[tuple[str, str], str]]:
    """What changed, as remarks beside the cells.

    Args:
        merged: the merge.
    """
    for found in merged.rows:
        name = found.row.id or ""
        if found.kind in ("added", "dropped", "restored"):
            said = {"added": "新增", "dropped": "文中已删", "restored": "文中恢复"}[found.kind]
            yield (name, "no"), f"{said}（speechmine）"
        for change in found.changes:
            if change.kept is not None:
                now = change.now or "（无）"
                yield (name, change.field), f"{change.by}现为：{now}\n此格经人工修改，未动。"
            elif change.by == "原文":
                yield (name, change.field), f"原为：{change.before or '（空）'}"
