"""The ledger as a workbook that an office prints, filters and fills in."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from speechmine.errors import UsageError
from speechmine.ledger.body import lay_rows
from speechmine.ledger.cells import clean, line_count, sized
from speechmine.ledger.header import ID, Header, HeaderColumn
from speechmine.ledger.layout import (
    LedgerColumn,
    LedgerLayout,
    default_layout,
    known_columns,
    ledger_words,
)
from speechmine.ledger.memory import recall, remember
from speechmine.ledger.reading import load_book, sheet_of, spoken
from speechmine.ledger.records import Ledger, Merged
from speechmine.writers.excel import save_workbook

__all__ = [
    "fill_template",
    "has_tall",
    "headings_of",
    "span_rows",
    "update_ledger",
    "with_column",
    "with_hidden",
    "write_ledger",
]

_A4 = 9  # the number that the format gives this paper
_HEADER_ROW = 3
_SONG, _HEI, _TITLE_FONT = "仿宋", "黑体", "方正小标宋简体"
_CENTRED = ("no", "section", "source", "deadline", "state", "latest")
_OVERDUE, _SOON = "F8CBAD", "FFE699"
# Beyond the rows there are, for those that people add.
_SPARE = 500
# By this a rule of ours is known again when the sheet gets another day to compare with.
_OURS = 'N("speechmine")=0'


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
    columns = _columns(ledger, wanted)
    header = _head(sheet, ledger, wanted, columns, as_of)
    last = lay_rows(sheet, header, ledger.rows, {}, tall=wanted.merge_categories)
    span_rows(sheet, header, last, wanted, as_of)
    remember(book, ledger.rows, ledger.documents, headings_of(header))
    save_workbook(book, out)


def fill_template(
    template: str | os.PathLike[str] | bytes,
    ledger: Ledger,
    out: BinaryIO,
    *,
    layout: LedgerLayout | None = None,
    as_of: str | None = None,
) -> tuple[str, ...]:
    """An office's own workbook with the rows below its headings; the rest of it stays.

    Args:
        template: path or bytes. Its first row below the headings lends its looks.
        ledger: the rows.
        out: a binary stream.
        layout: states and colours.
        as_of: as in :func:`write_ledger`.

    Returns:
        Labels of fields that say something and have no column there.

    Raises:
        ReadError: no sheet of it has the headings of a ledger.
        UsageError: ``as_of`` is no date.
    """
    name = "<bytes>" if isinstance(template, bytes) else os.fspath(template)
    wanted = layout or default_layout()
    book = load_book(template, name, values=False)
    sheet, header = sheet_of(book, recall(book), name)
    header = with_hidden(sheet, header)
    last = lay_rows(sheet, header, ledger.rows, {}, tall=wanted.merge_categories)
    span_rows(sheet, header, last, wanted, as_of)
    remember(book, ledger.rows, ledger.documents, headings_of(header))
    save_workbook(book, out)
    return tuple(_left_out(ledger, header))


def update_ledger(
    source: str | os.PathLike[str] | bytes,
    merged: Merged,
    out: BinaryIO,
    *,
    layout: LedgerLayout | None = None,
    as_of: str | None = None,
) -> None:
    """The workbook that was merged, with its rows brought up to date; the rest of it stays.

    Args:
        source: the workbook that ``merged.old`` was read from.
        merged: as :func:`merge_ledgers` gives it.
        out: a binary stream.
        layout: states and colours.
        as_of: as in :func:`write_ledger`; without it, colours stay as they are.

    Raises:
        ReadError, UsageError: as in :func:`fill_template`.
    """
    name = "<bytes>" if isinstance(source, bytes) else os.fspath(source)
    wanted = layout or default_layout()
    book = load_book(source, name, values=False)
    sheet, header = sheet_of(book, recall(book), name)
    header = with_hidden(sheet, header)
    rows = merged.ledger.rows
    tall = has_tall(sheet, header)
    last = lay_rows(sheet, header, rows, dict(_notes(merged)), tall=tall)
    span_rows(sheet, header, last, wanted, as_of)
    remember(book, (*rows, *merged.old.removed), merged.ledger.documents, headings_of(header))
    save_workbook(book, out)


def headings_of(header: Header) -> dict[str, str]:
    """Fields by heading, as the workbook remembers them."""
    return {c.heading: c.field for c in header.columns if c.field is not None}


def _columns(ledger: Ledger, layout: LedgerLayout) -> tuple[LedgerColumn, ...]:
    id_column = LedgerColumn(ID, str(ledger_words()["id"]), hidden=True)
    kept = (c for c in layout.columns if c.theirs or c.field in ledger.fields)
    return (*kept, id_column)


def _head(
    sheet: Any,
    ledger: Ledger,
    layout: LedgerLayout,
    columns: Sequence[LedgerColumn],
    as_of: str | None,
) -> Header:
    """Title, the line below it, the headings, the looks of a row."""
    visible = sum(not column.hidden for column in columns)
    _line(sheet, 1, _title(ledger, layout), visible)
    width = sum(column.width for column in columns if not column.hidden)
    sheet.row_dimensions[1].height = 18 * line_count(_title(ledger, layout), width / 2) + 18
    _line(sheet, 2, _subtitle(layout, as_of), visible)
    sheet.row_dimensions[2].height = 20
    for at, column in enumerate(columns, start=1):
        cell = sheet.cell(_HEADER_ROW, at, column.label)
        _look(cell, column, header=True)
        _look(sheet.cell(_HEADER_ROW + 1, at), column, header=False)
        dimension = sheet.column_dimensions[cell.column_letter]
        dimension.width, dimension.hidden = column.width, column.hidden
    sheet.row_dimensions[_HEADER_ROW].height = sized(
        max(line_count(c.label, c.width) for c in columns if not c.hidden)
    )
    _page(sheet, columns)
    found = (HeaderColumn(at, c.label, c.field or None) for at, c in enumerate(columns, start=1))
    return Header(_HEADER_ROW, tuple(found))


def _line(sheet: Any, row: int, text: str, columns: int) -> None:
    """The title, or the line below it, across the table."""
    from openpyxl.styles import Alignment, Font

    font, size, align = (_TITLE_FONT, 20, "center") if row == 1 else (_SONG, 11, "left")
    cell = sheet.cell(row, 1, text)
    cell.data_type = "s"
    cell.font = Font(name=font, size=size)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=max(columns, 1))


def _title(ledger: Ledger, layout: LedgerLayout) -> str:
    if layout.title:
        return clean(layout.title)
    titles = [title for title in ledger.documents.values() if title]
    if len(titles) == 1:
        return clean(str(ledger_words()["titled"]).format(title=titles[0]))
    return str(ledger_words()["title"])


def _subtitle(layout: LedgerLayout, as_of: str | None) -> str:
    day = f"　　对照日期：{as_of}" if as_of else ""
    return clean(f"填报单位：{layout.unit or '　' * 8}　　填报时间：{'　' * 8}{day}")


def _look(cell: Any, column: LedgerColumn, *, header: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side(style="thin")
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    centred = header or column.field in _CENTRED
    horizontal = "center" if centred else "left"
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
    cell.font = Font(name=_HEI if header else _SONG, size=11, bold=header)
    if header:
        cell.fill = PatternFill("solid", start_color="D9E2F3")


def _page(sheet: Any, columns: Sequence[LedgerColumn]) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    fields = [column.field for column in columns]
    beside = fields.index("task") + 2 if "task" in fields[:5] else 1
    sheet.freeze_panes = sheet.cell(_HEADER_ROW + 1, beside)
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "— &P —"
    sheet.page_margins.left = sheet.page_margins.right = 0.5


def with_hidden(sheet: Any, header: Header) -> Header:
    """The header with the columns that a ledger needs and people need not see."""
    at = max(sheet.max_column or 1, *(column.at for column in header.columns))
    labels = {"latest": known_columns()["latest"].label, ID: str(ledger_words()["id"])}
    for field, label in labels.items():
        if header.at(field) is None:
            at += 1
            sheet.cell(header.row, at, label)
            sheet.column_dimensions[sheet.cell(header.row, at).column_letter].hidden = True
            header = Header(header.row, (*header.columns, HeaderColumn(at, label, field)))
    return header


def with_column(sheet: Any, header: Header, column: LedgerColumn) -> Header:
    """The header with one more column to be seen, which looks as the columns beside it do."""
    if header.at(column.field) is not None:
        return header
    at = max(sheet.max_column or 1, *(c.at for c in header.columns)) + 1
    _look(sheet.cell(header.row, at, column.label), column, header=True)
    for row in range(header.row + 1, max(spoken(sheet, header), header.row + 1) + 1):
        _look(sheet.cell(row, at), column, header=False)
    sheet.column_dimensions[sheet.cell(header.row, at).column_letter].width = column.width
    return Header(header.row, (*header.columns, HeaderColumn(at, column.label, column.field)))


def has_tall(sheet: Any, header: Header) -> bool:
    """Whether equal categories are one tall cell."""
    place = header.at("section") or header.at("source")
    return any(
        merged.min_col == merged.max_col == place and merged.min_row > header.row
        for merged in sheet.merged_cells.ranges
    )


def _left_out(ledger: Ledger, header: Header) -> Iterator[str]:
    """Fields that say something and have no column."""
    named = set(header.fields)
    if named & {"who"} or {"lead", "responsible"} <= named:
        named |= {"who", "lead", "responsible"}
    for name in ("section", "who", "cooperate", "deadline", "metrics"):
        if name not in named and any(row.cells.get(name) for row in ledger.rows):
            yield known_columns()[name].label


def _notes(merged: Merged) -> Iterator[tuple[tuple[str, str], str]]:
    """What changed, as remarks beside the cells."""
    for found in merged.rows:
        name = found.row.id or found.row.name
        if found.kind in ("added", "dropped", "restored"):
            said = {"added": "新增", "dropped": "文中已删", "restored": "文中恢复"}[found.kind]
            yield (name, "no"), f"{said}（speechmine）"
        for change in found.changes:
            if change.kept is not None:
                now = change.now or "（无）"
                yield (name, change.field), f"{change.by}现为：{now}\n此格经人工修改，未动。"
            elif change.by == "原文":
                yield (name, change.field), f"原为：{change.before or '（空）'}"


def span_rows(
    sheet: Any, header: Header, rows: tuple[int, int], layout: LedgerLayout, as_of: str | None
) -> None:
    """What spans the rows: filter, states, colours; ``rows`` are the last before and now."""
    before, last = rows
    _stretch(sheet, header, before, last)
    _states(sheet, header, last, layout)
    if as_of is not None:
        _colour(sheet, header, last, layout, as_of)
    first = _place(sheet, header.row, min(c.at for c in header.columns))
    end = _place(sheet, max(last, header.row), max(c.at for c in header.columns))
    sheet.auto_filter.ref = f"{first}:{end}"


def _place(sheet: Any, row: int, column: int) -> str:
    return str(sheet.cell(row, column).coordinate)


def _stretch(sheet: Any, header: Header, before: int, last: int) -> None:
    """Lists and colours that reached the last row reach it again."""
    if last <= before:
        return
    from openpyxl.formatting.formatting import ConditionalFormattingList

    for validation in sheet.data_validations.dataValidation:
        for area in validation.sqref.ranges:
            if area.min_row > header.row and area.max_row == before:
                area.expand(down=last - before)
    stretched = ConditionalFormattingList()
    for entry in sheet.conditional_formatting:
        for area in entry.sqref.ranges:
            if area.min_row > header.row and area.max_row == before:
                area.expand(down=last - before)
        for rule in entry.rules:
            stretched.add(str(entry.sqref), rule)
    sheet.conditional_formatting = stretched


def _states(sheet: Any, header: Header, last: int, layout: LedgerLayout) -> None:
    """The list of states, unless the column has a list of its own."""
    from openpyxl.worksheet.datavalidation import DataValidation

    place = header.at("state")
    if place is None:
        return
    first = _place(sheet, header.row + 1, place)
    if any(first in v.sqref for v in sheet.data_validations.dataValidation):
        return
    listed = ",".join(layout.states)
    found = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    # A warning that can be passed: an office may need a word that the list lacks.
    found.errorStyle, found.showErrorMessage = "warning", True
    found.error, found.errorTitle = "请从列表中选择状态", "状态"
    found.add(f"{first}:{_place(sheet, last + _SPARE, place)}")
    sheet.add_data_validation(found)


def _colour(sheet: Any, header: Header, last: int, layout: LedgerLayout, as_of: str) -> None:
    """Colours of what is overdue or soon due on a day, by the column of last days."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    day = _day(as_of)
    _uncolour(sheet)
    due, shown_at = header.at("latest"), header.at("deadline") or header.at("latest")
    if due is None or shown_at is None:
        return
    row = header.row + 1
    until = f"${_place(sheet, row, due)}"
    now = f"DATE({day.year},{day.month},{day.day})"
    area = f"{_place(sheet, row, shown_at)}:{_place(sheet, max(last, row), shown_at)}"
    tests = ((f"{until}<{now}", _OVERDUE), (f"{until}<={now}+{layout.due_soon}", _SOON))
    for test, colour in tests:
        formula = f"AND({','.join((*_open(sheet, header, layout), f'ISNUMBER({until})', test))})"
        fill = PatternFill("solid", start_color=colour, end_color=colour)
        rule = Rule(type="expression", dxf=DifferentialStyle(fill=fill), stopIfTrue=True)
        rule.formula = [formula]
        sheet.conditional_formatting.add(area, rule)


def _uncolour(sheet: Any) -> None:
    """Take away the colours of another day; those of the office stay."""
    from openpyxl.formatting.formatting import ConditionalFormattingList

    kept = ConditionalFormattingList()
    for entry in sheet.conditional_formatting:
        for rule in entry.rules:
            if not any(_OURS in formula for formula in rule.formula):
                kept.add(str(entry.sqref), rule)
    sheet.conditional_formatting = kept


def _open(sheet: Any, header: Header, layout: LedgerLayout) -> Iterator[str]:
    """Tests that a task is not done with."""
    yield _OURS
    state = header.at("state")
    if state is not None:
        said = f"${_place(sheet, header.row + 1, state)}"
        yield from (f'{said}<>"{word}"' for word in layout.closed)


def _day(as_of: str) -> dt.date:
    try:
        return dt.date.fromisoformat(as_of)
    except ValueError as error:
        raise UsageError(f"as_of={as_of!r}: a date is expected, such as 2024-06-01") from error
