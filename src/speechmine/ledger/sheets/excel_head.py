"""A new sheet of a ledger: title, headings, the looks of its rows, its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from speechmine.ledger.cells import clean, line_count, sized
from speechmine.ledger.columns import columns_of_ledger
from speechmine.ledger.layout import LedgerColumn, LedgerLayout, ledger_words
from speechmine.ledger.records import Ledger
from speechmine.ledger.sheets.header import ID, HeaderColumn, LedgerHeader
from speechmine.writers.records.excel import column_letter

__all__ = ["begin_sheet", "foot_below", "sheet_title"]

_A4 = 9  # the number that the format gives this paper
_HEADER_ROW = 3
_SONG, _HEI, _TITLE_FONT = "仿宋", "黑体", "方正小标宋简体"
#: More texts than that are counted in the title and named below it.
_MOST_TITLES = 3
_CENTRED = ("no", "section", "source", "deadline", "state", "latest")


def begin_sheet(
    sheet: Any, ledger: Ledger, layout: LedgerLayout, as_of: str | None
) -> LedgerHeader:
    """Title, the lines below it, the headings, the looks of a row, the page.

    Args:
        sheet: an empty one.
        ledger: what will stand in it.
        layout: how the office wants it.
        as_of: the day that its colours are of.
    """
    columns = _shown_columns(ledger, layout)
    visible = sum(not column.hidden for column in columns)
    width = sum(column.width for column in columns if not column.hidden)
    _head_line(sheet, 1, sheet_title(ledger, layout), visible)
    sheet.row_dimensions[1].height = 18 * line_count(sheet_title(ledger, layout), width / 2) + 18
    below = _subtitle(ledger, layout, as_of)
    _head_line(sheet, 2, below, visible)
    sheet.row_dimensions[2].height = sized(line_count(below, width))
    _write_headings(sheet, columns)
    _set_sheet_page(sheet, columns)
    found = (HeaderColumn(at, c.label, c.field or None) for at, c in enumerate(columns, start=1))
    return LedgerHeader(_HEADER_ROW, tuple(found))


def _shown_columns(ledger: Ledger, layout: LedgerLayout) -> tuple[LedgerColumn, ...]:
    id_column = LedgerColumn(ID, str(ledger_words()["id"]), hidden=True)
    return (*columns_of_ledger(ledger, layout), id_column)


def _write_headings(sheet: Any, columns: Sequence[LedgerColumn]) -> None:
    for at, column in enumerate(columns, start=1):
        cell = sheet.cell(_HEADER_ROW, at, column.label)
        _look_of_heading(cell, column, header=True)
        _look_of_heading(sheet.cell(_HEADER_ROW + 1, at), column, header=False)
        dimension = sheet.column_dimensions[cell.column_letter]
        dimension.width, dimension.hidden = column.width, column.hidden
    sheet.row_dimensions[_HEADER_ROW].height = sized(
        max(line_count(c.label, c.width) for c in columns if not c.hidden)
    )


def foot_below(sheet: Any, header: LedgerHeader, last: int, lines: Sequence[str]) -> None:
    """Write lines below the table: what tables say that is no task.

    Args:
        sheet: with its rows.
        header: its headings.
        last: the last row.
        lines: the lines.
    """
    shown = (
        c.at for c in header.columns if not sheet.column_dimensions[column_letter(c.at)].hidden
    )
    wide = max(shown)
    for at, text in enumerate(lines, start=last + 1):
        _head_line(sheet, at, clean(text), wide)
        sheet.row_dimensions[at].height = sized(1)


def _head_line(sheet: Any, row: int, text: str, columns: int) -> None:
    """The title, or the line below it, across the table."""
    from openpyxl.styles import Alignment, Font

    font, size, align = (_TITLE_FONT, 20, "center") if row == 1 else (_SONG, 11, "left")
    cell = sheet.cell(row, 1, text)
    cell.data_type = "s"
    cell.font = Font(name=font, size=size)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=max(columns, 1))


def sheet_title(ledger: Ledger, layout: LedgerLayout) -> str:
    """The title of a ledger: the office's, or one that names the texts.

    Example:
        >>> from speechmine.ledger.layout import default_layout
        >>> sheet_title(Ledger((), {"甲": "甲会讲话", "乙": "乙会讲话"}), default_layout())
        '《甲会讲话》《乙会讲话》督查台账'
    """
    words = ledger_words()
    if layout.title:
        return clean(layout.title)
    titles = _titles(ledger)
    if len(titles) == 1 and titles[0].endswith(tuple(words["titles"])):
        return clean(titles[0])
    if len(titles) > _MOST_TITLES:
        return clean(str(words["titled_first"]).format(title=titles[0], count=len(titles)))
    named = "".join(f"《{title}》" for title in titles)
    return clean(str(words["titled"]).format(titles=named))


def _titles(ledger: Ledger) -> list[str]:
    """Of all texts; one without a title is called by its file where there are others."""
    several = len(ledger.documents) > 1
    named = (title or (key if several else "") for key, title in ledger.documents.items())
    return list(dict.fromkeys(filter(None, named)))


def _subtitle(ledger: Ledger, layout: LedgerLayout, as_of: str | None) -> str:
    """Who fills it in; the texts that the title has no room for; what states and colours mean."""
    words = ledger_words()
    titles = _titles(ledger)
    lines = [str(words["filled_in"]).format(unit=layout.unit or "　" * 8, day="　" * 8)]
    if len(titles) > _MOST_TITLES and not layout.title:
        lines.append(str(words["sources"]).format(titles="".join(f"《{t}》" for t in titles)))
    legend = str(words["legend"]).format(states="、".join(layout.states))
    if as_of:
        legend += str(words["colours"]).format(days=layout.due_soon, day=as_of)
    return clean("\n".join((*lines, legend)))


def _look_of_heading(cell: Any, column: LedgerColumn, *, header: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side(style="thin")
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    centred = header or column.field in _CENTRED
    horizontal = "center" if centred else "left"
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
    cell.font = Font(name=_HEI if header else _SONG, size=11, bold=header)
    if header:
        cell.fill = PatternFill("solid", start_color="D9E2F3")


def _set_sheet_page(sheet: Any, columns: Sequence[LedgerColumn]) -> None:
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
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.7
