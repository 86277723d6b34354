"""Rows below a header: laid out with the looks that were there, heights, tall categories."""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from speechmine.ledger.cells import cell_text, line_count, put, sized
from speechmine.ledger.records import LedgerRow
from speechmine.ledger.sheets.extent import Extent, extent_of
from speechmine.ledger.sheets.header import ID, HeaderColumn, LedgerHeader
from speechmine.ledger.sheets.inserting import insert_rows
from speechmine.ledger.sheets.pages import break_pages, page_starts
from speechmine.writers.records.excel import column_letter

# The public way to copy looks sets six of them one by one; openpyxl's own copying does this.
# ruff: noqa: SLF001

__all__ = ["Remarks", "lay_rows"]

#: What to say beside a cell: by row identifier, and field or heading.
Remarks = Mapping[tuple[str, str], str]
_AUTHOR = "speechmine"


@dataclass(slots=True)
class _Kept:
    """A row as it was in the sheet: values, looks and remarks by column, height, wide cells."""

    values: dict[int, Any] = field(default_factory=dict)
    styles: dict[int, Any] = field(default_factory=dict)
    comments: dict[int, Any] = field(default_factory=dict)
    links: dict[int, Any] = field(default_factory=dict)
    height: float | None = None
    wide: list[tuple[int, int]] = field(default_factory=list)


def lay_rows(
    sheet: Any,
    header: LedgerHeader,
    rows: Sequence[LedgerRow],
    notes: Remarks,
    *,
    tall: bool,
    paged: bool,
) -> tuple[int, int]:
    """Write the rows below the header, in place of those that are there.

    A row keeps the looks, remarks, formulas and own columns that it had; a new one takes the
    looks of the first row. What stands beside the ledger moves with its row.

    Args:
        sheet: the sheet.
        header: its headings.
        rows: the rows in their order; ``at`` tells where a row stood.
        notes: remarks beside cells.
        tall: whether equal categories become one tall cell, page by page.
        paged: whether the pages are ours to break.

    Returns:
        The last row before, and the last row now.
    """
    found = extent_of(sheet, header)
    last = found.last
    _make_room(sheet, header, found, len(rows))
    model = _row_as_is(sheet, header.row + 1)
    kept = {at: _row_as_is(sheet, at) for at in range(header.row + 1, last + 1)}
    _part_merged(sheet, header, kept)
    _clear(sheet, header.row + 1, last)
    for at, row in enumerate(rows, start=header.row + 1):
        before = kept.get(row.at or 0)
        changed = _restore(sheet, header, at, row, before)
        _look_as(sheet, at, before or model)
        _remark_on(sheet, header, at, row, notes)
        as_it_was = before is not None and not changed
        height = (before or model).height
        fitted = height if as_it_was else _height(sheet, header, at)
        sheet.row_dimensions[at].height = fitted
    starts = page_starts(sheet, header, header.row + len(rows))
    if tall:
        _join_categories(sheet, header, rows, starts)
    if paged:
        break_pages(sheet, starts)
    return last, header.row + len(rows)


def _make_room(sheet: Any, header: LedgerHeader, found: Extent, rows: int) -> None:
    """Move what stands below the table down, where the rows would reach it."""
    if found.foot is None:
        return
    place, needed = _gap(sheet, header, found), header.row + rows
    if needed >= place:
        insert_rows(sheet, place, needed + 1 - place)


def _gap(sheet: Any, header: LedgerHeader, found: Extent) -> int:
    """Where the foot begins, with the rows above it that keep it apart and have no frame."""
    column = header.columns[0].at
    framed = sheet.cell(header.row + 1, column).border.top.style is not None
    at = found.foot or header.row + 1
    while framed and at - 1 > max(found.last, header.row + 1):
        if sheet.cell(at - 1, column).border.top.style is not None:
            break
        at -= 1
    return at


def _row_as_is(sheet: Any, at: int) -> _Kept:
    kept = _Kept(height=sheet.row_dimensions[at].height)
    for cell in sheet[at]:
        if not hasattr(cell, "column"):
            continue
        kept.styles[cell.column] = copy.copy(cell._style)
        if cell.value is not None:
            kept.values[cell.column] = cell.value
        if getattr(cell, "comment", None) is not None:
            kept.comments[cell.column] = copy.copy(cell.comment)
        if getattr(cell, "hyperlink", None) is not None:
            kept.links[cell.column] = cell.hyperlink.target
    return kept


def _part_merged(sheet: Any, header: LedgerHeader, kept: Mapping[int, _Kept]) -> None:
    """Undo merged cells: a wide one moves with its row, a tall one says its text in each row."""
    for merged in list(sheet.merged_cells.ranges):
        if merged.min_row <= header.row < merged.max_row:
            sheet.unmerge_cells(str(merged))  # a heading that covers a row is none of the ledger
        if merged.max_row <= header.row or merged.min_row not in kept:
            continue
        sheet.unmerge_cells(str(merged))
        first = kept[merged.min_row]
        if merged.min_row == merged.max_row:
            first.wide.append((merged.min_col, merged.max_col))
            continue
        for at in range(merged.min_row + 1, merged.max_row + 1):
            if at in kept:
                kept[at].values.setdefault(merged.min_col, first.values.get(merged.min_col))
                kept[at].styles[merged.min_col] = first.styles[merged.min_col]


def _clear(sheet: Any, first: int, last: int) -> None:
    for row in sheet.iter_rows(min_row=first, max_row=last):
        for cell in row:
            cell.value = None
            cell.comment = None
            cell.hyperlink = None


def _restore(sheet: Any, header: LedgerHeader, at: int, row: LedgerRow, kept: _Kept | None) -> bool:
    """Put back what stood in the row, then our fields; tell whether one of them is new."""
    for column, value in (kept.values if kept else {}).items():
        sheet.cell(at, column).value = _moved(value, row.at or at, at)
    return any(list(_written_cells(sheet, header, at, row)))


def _look_as(sheet: Any, at: int, look: _Kept) -> None:
    for column, style in look.styles.items():
        cell = sheet.cell(at, column)
        form = cell.number_format
        cell._style = copy.copy(style)
        if cell.is_date:
            cell.number_format = form
    for column, comment in look.comments.items():
        sheet.cell(at, column).comment = comment
    for column, target in look.links.items():
        sheet.cell(at, column).hyperlink = target
    for first, last in look.wide:
        sheet.merge_cells(start_row=at, end_row=at, start_column=first, end_column=last)


def _remark_on(sheet: Any, header: LedgerHeader, at: int, row: LedgerRow, notes: Remarks) -> None:
    """Remarks on what changed, and the mark of what the speech says no longer."""
    for column in header.columns:
        cell = sheet.cell(at, column.at)
        note = notes.get((row.id or "", column.field or column.heading))
        if note:
            _remark(cell, note)
        if row.by_people:
            continue
        if column.field is not None and bool(cell.font.strike) != row.dropped:
            font = copy.copy(cell.font)
            font.strike = row.dropped
            cell.font = font


def _moved(value: Any, before: int, now: int) -> Any:
    """A formula follows its row."""
    if isinstance(value, str) and value.startswith("=") and before != now:
        from openpyxl.formula.translate import Translator

        return Translator(value, origin=f"A{before}").translate_formula(f"A{now}")
    return value


def _written_cells(sheet: Any, header: LedgerHeader, at: int, row: LedgerRow) -> Iterator[bool]:
    """Write what the row says where the cell says something else; a formula is people's."""
    for column in header.columns:
        cell = sheet.cell(at, column.at)
        text = _row_text(row, column)
        if text is None or cell.data_type == "f":
            continue
        if cell_text(cell.value) != text:
            put(cell, text)
            yield True


def _row_text(row: LedgerRow, column: HeaderColumn) -> str | None:
    if column.field is None:
        return row.own.get(column.heading)
    return row.id if column.field == ID else row.cells.get(column.field)


def _remark(cell: Any, text: str) -> None:
    from openpyxl.comments import Comment

    said = cell.comment.text if cell.comment is not None else ""
    if text in said:
        return
    cell.comment = Comment(f"{said}\n{text}".strip(), _AUTHOR, height=120, width=300)


def _height(sheet: Any, header: LedgerHeader, at: int) -> float:
    lines = [1]
    for column in header.columns:
        dimension = sheet.column_dimensions[column_letter(column.at)]
        said = cell_text(sheet.cell(at, column.at).value)
        # A category is a tall cell over its rows, and need not fit into one of them.
        if said and not dimension.hidden and column.field not in ("section", "source"):
            lines.append(line_count(said, dimension.width or 8.43))
    return sized(max(lines))


def _join_categories(
    sheet: Any, header: LedgerHeader, rows: Sequence[LedgerRow], starts: Sequence[int]
) -> None:
    """A tall cell over equal ones; one that goes on over the page says its name there again."""
    ours = [at for at, row in enumerate(rows, start=header.row + 1) if not row.by_people]
    for place in filter(None, map(header.at, ("section", "source"))):
        runs = groupby(ours, key=lambda at: cell_text(sheet.cell(at, place).value))
        for _, run in (run for run in runs if run[0]):
            for first, last in _unbroken(list(run), starts):
                if last > first:
                    sheet.merge_cells(
                        start_row=first, end_row=last, start_column=place, end_column=place
                    )


def _unbroken(places: Sequence[int], starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of rows on one page that follow each other: a row of people's own parts a category."""
    for _, run in groupby(
        enumerate(places), key=lambda item: (item[1] - item[0], bisect_right(starts, item[1]))
    ):
        whole = [at for _, at in run]
        yield whole[0], whole[-1]
