"""The summary of a ledger as one page to print: a table by unit, and a chart below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from speechmine.ledger.cells import clean, line_count, sized
from speechmine.ledger.round_words import round_words
from speechmine.ledger.rounds.looks import HEI, SONG, TITLE_FONT
from speechmine.ledger.rounds.summary import Summary, UnitSummary
from speechmine.writers.records.excel import save_workbook

__all__ = ["summary_headings", "summary_line", "write_summary"]

_A4 = 9
_HEADER_ROW = 3
_UNIT_WIDTH, _WIDTH = 22.0, 10.0
# More units than that have their chart on a page of its own.
_MOST_ON_A_PAGE = 25
_LOW, _TALLEST = 15.5, 27.0
_CENTIMETRES = 0.196  # of a column, for each character of its width
_COLOURS = {"未启动": "A6A6A6", "推进中": "5B9BD5", "进行中": "5B9BD5", "已完成": "70AD47"}
_LATE, _OTHER = "C00000", "BFBFBF"


def write_summary(summary: Summary, out: BinaryIO) -> None:
    """A workbook of one A4 page: title, figures by unit, sum, notes, stacked bars.

    Of very many units the bars stand on a second page.

    Args:
        summary: as :func:`speechmine.ledger.summarize_ledger` gives it.
        out: a binary stream.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "汇总"
    headings = summary_headings(summary)
    _head(sheet, summary, headings)
    last = _figures(sheet, summary)
    _write_notes(sheet, last + 1, len(headings))
    _set_summary_page(sheet)
    if summary.units and summary.states:
        chart = _chart(sheet, summary, last)
        if _is_long(summary):
            other: Any = book.create_sheet("图")
            other.add_chart(chart, "A1")
            _set_summary_page(other)
        else:
            notes = len(round_words()["summary"]["notes"])
            sheet.add_chart(chart, f"A{last + 2 + notes}")
    save_workbook(book, out)


def _is_long(summary: Summary) -> bool:
    """Whether table and chart on one page would be too small to read."""
    return len(summary.units) > _MOST_ON_A_PAGE


def summary_headings(summary: Summary) -> tuple[str, ...]:
    """The headings of the table, in order.

    Example:
        >>> from speechmine.ledger import Ledger, summarize_ledger
        >>> summary_headings(summarize_ledger(Ledger(()), "2024-06-30"))[:3]
        ('责任单位', '承办事项', '配合事项')
    """
    words = round_words()["summary"]
    behind = (words[name] for name in ("month", "overdue", "share"))
    return (words["unit"], words["total"], words["cooperate"], *summary.states, *behind)


def summary_line(unit: UnitSummary, states: Sequence[str]) -> tuple[str | int | float | None, ...]:
    """The cells of one unit, below :func:`summary_headings`.

    Example:
        >>> summary_line(UnitSummary("县水利局", total=2, done=1), ("已完成",))
        ('县水利局', 2, 0, 0, 0, 0, None)
    """
    counts = (unit.states.get(state, 0) for state in states)
    behind = (unit.month, unit.overdue, unit.share)
    return (unit.unit, unit.total, unit.cooperate, *counts, *behind)


def _head(sheet: Any, summary: Summary, headings: Sequence[str]) -> None:
    words = round_words()["summary"]
    _across(sheet, 1, words["title"], len(headings), (TITLE_FONT, 20), "center")
    sheet.row_dimensions[1].height = 34
    about = "、".join(f"《{title}》" for title in summary.titles)
    said = f"对照日期：{summary.as_of:%Y-%m-%d}" + (f"　　来源：{about}" if about else "")
    _across(sheet, 2, clean(said), len(headings), (SONG, 11), "left")
    width = _UNIT_WIDTH + _WIDTH * (len(headings) - 1)
    sheet.row_dimensions[2].height = sized(line_count(said, width))
    for at, heading in enumerate(headings, start=1):
        cell = sheet.cell(_HEADER_ROW, at, heading)
        _look_of_sum(cell, header=True)
        width = _UNIT_WIDTH if at == 1 else _WIDTH
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.row_dimensions[_HEADER_ROW].height = sized(2)


def _across(
    sheet: Any, row: int, text: str, columns: int, font: tuple[str, int], align: str
) -> None:
    from openpyxl.styles import Alignment, Font

    cell = sheet.cell(row, 1, text)
    cell.data_type = "s"
    cell.font = Font(name=font[0], size=font[1])
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)


def _look_of_sum(cell: Any, *, header: bool = False, name: bool = False) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side(style="thin")
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    align = "left" if name else "center"
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    cell.font = Font(name=HEI if header else SONG, size=11, bold=header)
    if header:
        cell.fill = PatternFill("solid", start_color="D9E2F3")


def _figures(sheet: Any, summary: Summary) -> int:
    """The rows of the units and the sum; tells the last of them."""
    at = _HEADER_ROW
    for unit in (*summary.units, summary.whole):
        at += 1
        line = summary_line(unit, summary.states)
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(at, column, value)
            _look_of_sum(cell, header=unit is summary.whole, name=column == 1)
            if column == 1:
                cell.data_type = "s"
        sheet.cell(at, len(line)).number_format = "0%"
        lines = line_count(unit.unit, _UNIT_WIDTH)
        sheet.row_dimensions[at].height = _LOW * lines if _is_long(summary) else sized(lines)
        if unit.overdue:
            _warn(sheet.cell(at, len(line) - 1))
    return at


def _warn(cell: Any) -> None:
    from openpyxl.styles import Font

    cell.font = Font(name=cell.font.name, size=11, bold=True, color=_LATE)


def _write_notes(sheet: Any, row: int, columns: int) -> None:
    for at, note in enumerate(round_words()["summary"]["notes"], start=row):
        _across(
            sheet, at, f"注：{note}" if at == row else f"　　{note}", columns, (SONG, 9), "left"
        )
        width = _UNIT_WIDTH + _WIDTH * (columns - 1)
        sheet.row_dimensions[at].height = 14.0 * line_count(note, width)


def _chart(sheet: Any, summary: Summary, last: int) -> Any:
    """Bars of the units by state, of the colours that offices use for them."""
    from openpyxl.chart import BarChart, Reference

    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "bar", "stacked", 100
    chart.title = round_words()["summary"]["chart"]
    first = 4
    data = Reference(
        sheet, min_col=first, max_col=first + len(summary.states) - 1, min_row=3, max_row=last - 1
    )
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=4, max_row=last - 1))
    for state, series in zip(summary.states, chart.series, strict=True):
        late = state in round_words()["standing"]["overdue"]
        series.graphicalProperties.solidFill = _LATE if late else _COLOURS.get(state, _OTHER)
    chart.y_axis.majorUnit = max(1, round(max(unit.total for unit in summary.units) / 8))
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.x_axis.scaling.orientation, chart.y_axis.crosses = "maxMin", "max"
    chart.legend.position = "b"
    chart.gapWidth = 60
    width: Any = _CENTIMETRES * (_UNIT_WIDTH + _WIDTH * (len(summary_headings(summary)) - 1))
    height: Any = min(6 + 0.7 * len(summary.units), _TALLEST)
    chart.width, chart.height = width, height
    chart.x_axis.tickLblSkip = 1  # every unit has its name
    return chart


def _set_summary_page(sheet: Any) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.print_options.horizontalCentered = True
