"""What spans the rows of a ledger: filter, list of states, colours of what is due."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from speechmine.errors import UsageError
from speechmine.ledger.layout import LedgerLayout
from speechmine.ledger.sheets.header import LedgerHeader

__all__ = ["mark_rows", "renew_day"]

_OVERDUE, _SOON = "F8CBAD", "FFE699"
# Beyond the rows there are, for those that people add.
_SPARE = 500
_DAY_LINE = re.compile(r"(对照日期：)\d{4}-\d{2}-\d{2}")
# By this a rule of ours is known again when the sheet gets another day to compare with.
_OURS = 'N("speechmine")=0'


def mark_rows(
    sheet: Any, header: LedgerHeader, rows: tuple[int, int], layout: LedgerLayout, as_of: str | None
) -> None:
    """What spans the rows: filter, states, colours; ``rows`` are the last before and now."""
    before, last = rows
    _stretch(sheet, header, before, last)
    _states(sheet, header, last, layout)
    if as_of is not None:
        _colour(sheet, header, last, layout, as_of)
    first = _cell_name(sheet, header.row, min(c.at for c in header.columns))
    end = _cell_name(sheet, max(last, header.row), max(c.at for c in header.columns))
    sheet.auto_filter.ref = f"{first}:{end}"


def renew_day(sheet: Any, header: LedgerHeader, as_of: str | None) -> None:
    """Name the new day where a line above the table names the day of the colours before.

    Args:
        sheet: the sheet.
        header: its headings.
        as_of: the day; None: the colours stay, and so does the line.
    """
    for row in sheet.iter_rows(max_row=header.row - 1) if as_of and header.row > 1 else ():
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = _DAY_LINE.sub(rf"\g<1>{as_of}", cell.value)


def _cell_name(sheet: Any, row: int, column: int) -> str:
    return str(sheet.cell(row, column).coordinate)


def _stretch(sheet: Any, header: LedgerHeader, before: int, last: int) -> None:
    """Lists and colours that reached the last row reach it again."""
    if last <= before:
        return
    _stretch_print(sheet, header, last)
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


def _stretch_print(sheet: Any, header: LedgerHeader, last: int) -> None:
    """A print area that holds the table holds all of it."""
    from openpyxl.worksheet.cell_range import CellRange

    bare = [
        part.replace("$", "").rsplit("!", 1)[-1] for part in sheet.print_area.split(",") if part
    ]
    areas = [CellRange(part) for part in bare]
    for area in areas:
        if area.min_row <= header.row < area.max_row < last:
            area.expand(down=last - area.max_row)
    if areas:
        sheet.print_area = ",".join(area.coord for area in areas)


def _states(sheet: Any, header: LedgerHeader, last: int, layout: LedgerLayout) -> None:
    """The list of states, unless the column has a list of its own."""
    from openpyxl.worksheet.datavalidation import DataValidation

    place = header.at("state")
    if place is None:
        return
    first = _cell_name(sheet, header.row + 1, place)
    if any(first in v.sqref for v in sheet.data_validations.dataValidation):
        return
    listed = ",".join(layout.states)
    found = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    # A warning that can be passed: an office may need a word that the list lacks.
    found.errorStyle, found.showErrorMessage = "warning", True
    found.error, found.errorTitle = "请从列表中选择状态", "状态"
    found.add(f"{first}:{_cell_name(sheet, last + _SPARE, place)}")
    sheet.add_data_validation(found)


def _colour(sheet: Any, header: LedgerHeader, last: int, layout: LedgerLayout, as_of: str) -> None:
    """Colours of what is overdue or soon due on a day, by the column of last days."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    day = _day_asked(as_of)
    _uncolour(sheet)
    due, shown_at = header.at("latest"), header.at("deadline") or header.at("latest")
    if due is None or shown_at is None:
        return
    row = header.row + 1
    until = f"${_cell_name(sheet, row, due)}"
    now = f"DATE({day.year},{day.month},{day.day})"
    area = f"{_cell_name(sheet, row, shown_at)}:{_cell_name(sheet, max(last, row), shown_at)}"
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


def _open(sheet: Any, header: LedgerHeader, layout: LedgerLayout) -> Iterator[str]:
    """Tests that a task is not done with."""
    yield _OURS
    state = header.at("state")
    if state is not None:
        said = f"${_cell_name(sheet, header.row + 1, state)}"
        yield from (f'{said}<>"{word}"' for word in layout.closed)


def _day_asked(as_of: str) -> dt.date:
    try:
        return dt.date.fromisoformat(as_of)
    except ValueError as error:
        raise UsageError(f"as_of={as_of!r}: a date is expected, such as 2024-06-01") from error
