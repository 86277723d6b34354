"""The ledger with the copies that came back, and beside it what was in conflict and who is late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from speechmine.ledger.cells import cell_text, clean, line_count, put, sized
from speechmine.ledger.layout import LedgerLayout, known_columns, ledger_words
from speechmine.ledger.records import Merged
from speechmine.ledger.rounds.collecting import Collected, Conflict, Copy
from speechmine.ledger.rounds.returns import Return
from speechmine.ledger.sheets.excel import remarks_of, updated_book
from speechmine.ledger.sheets.reading import open_ledger
from speechmine.rules.loader import RulesLike
from speechmine.writers.records.excel import column_letter, save_workbook

__all__ = ["write_collected"]

_CONFLICTS, _RETURNS = "冲突清单", "回收情况"
_COLUMN_OF_FILE = 3
_WIDTHS = {_CONFLICTS: (8, 42, 14, 24, 40), _RETURNS: (24, 13, 8, 8, 24, 40)}


def write_collected(  # noqa: PLR0913  # what goes into the file
    base: Copy,
    collected: Collected,
    returns: Sequence[Return],
    out: BinaryIO,
    *,
    merged: Merged | None = None,
    layout: LedgerLayout | None = None,
    as_of: str | None = None,
    rules: RulesLike | None = None,
) -> None:
    """The base's workbook with all entries, a sheet 冲突清单 and a sheet 回收情况.

    Args:
        base: the copy that :attr:`Collected.base` names.
        collected: what the copies say.
        returns: who has returned.
        out: a binary stream.
        merged: the same ledger after :func:`speechmine.ledger.merge_ledgers`, where speeches
            were read too.
        layout: states and colours.
        as_of: as in :func:`speechmine.ledger.write_ledger`.
        rules: by which the base was read.

    Raises:
        ReadError, UsageError: as in :func:`speechmine.ledger.update_ledger`.
    """
    ledger = merged.ledger if merged else collected.ledger
    notes = dict(_conflict_notes(collected.conflicts))
    if merged:
        notes = {**dict(remarks_of(merged)), **notes}
    opened = open_ledger(base.path, rules=rules)
    book = updated_book(opened, ledger, ledger.rows, notes, layout=layout, as_of=as_of).book
    words = ledger_words()["collected"]
    if collected.conflicts:
        _append(book, _CONFLICTS, words["conflict_headings"], _conflict_rows(collected.conflicts))
    if returns:
        _anew(book, _RETURNS, words["return_headings"], _returned(returns))
    save_workbook(book, out)


def _conflict_notes(conflicts: Sequence[Conflict]) -> Iterator[tuple[tuple[str, str], str]]:
    """Every entry beside the cell that has several; the fields by their labels."""
    fields = {column.label: column.field for column in known_columns().values()}
    for conflict in conflicts:
        said = "\n".join(f"{file}：{text}" for file, text in conflict.entries)
        place = fields.get(conflict.column, conflict.column)
        yield (conflict.row, place), f"{ledger_words()['collected']['note']}\n{said}"


def _conflict_rows(conflicts: Sequence[Conflict]) -> Iterator[tuple[str, ...]]:
    for conflict in conflicts:
        for file, text in conflict.entries:
            yield (conflict.no, conflict.task, conflict.column, file, text)


def _returned(returns: Sequence[Return]) -> Iterator[tuple[object, ...]]:
    words = ledger_words()["collected"]
    for found in returns:
        told = words["returned"] if found.files else words["missing"]
        way = words["by"].get(found.by or "", "")
        party = found.party or words["unknown"]
        counts = (found.leading, found.helping, found.filled)
        yield (party, *counts, f"{told if found.party else ''}{way}", "、".join(found.files))


def _anew(
    book: Any, title: str, headings: Sequence[str], lines: Iterable[Sequence[object]]
) -> None:
    if title in book.sheetnames:
        del book[title]
    _append(book, title, headings, lines)


def _append(
    book: Any, title: str, headings: Sequence[str], lines: Iterable[Sequence[object]]
) -> None:
    """Put lines into a sheet of ours; what it says of a cell already is not said twice."""
    sheet = book[title] if title in book.sheetnames else _begin(book, title, headings)
    there = {_entry([cell_text(cell.value) for cell in row]) for row in sheet.iter_rows()}
    for line in lines:
        said = [clean(str(value)) for value in line]
        if _entry(said) not in there:
            there.add(_entry(said))
            row = sheet.max_row + 1
            for at, text in enumerate(said, start=1):
                put(sheet.cell(row, at), text)
                _look_of_cell(sheet.cell(row, at))
            heights = map(line_count, said, _WIDTHS[title])
            sheet.row_dimensions[row].height = sized(max(heights))


def _entry(line: Sequence[str]) -> tuple[str, ...]:
    """An entry without its file, which is called otherwise when the copies come in once more."""
    place = _COLUMN_OF_FILE
    return (
        (*line[:place], *line[place + 1 :]) if len(line) == len(_WIDTHS[_CONFLICTS]) else (*line,)
    )


def _begin(book: Any, title: str, headings: Sequence[str]) -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = book.create_sheet(title)
    for at, (text, width) in enumerate(zip(headings, _WIDTHS[title], strict=True), start=1):
        sheet.cell(1, at, text)
        _look_of_cell(sheet.cell(1, at), bold=True)
        sheet.column_dimensions[column_letter(at)].width = width
    sheet.row_dimensions[1].height = sized(1)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    return sheet


def _look_of_cell(cell: Any, *, bold: bool = False) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    side = Side(style="thin")
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.font = Font(name="黑体" if bold else "仿宋", size=11, bold=bold)
