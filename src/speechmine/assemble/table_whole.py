"""A row of a table as a whole: every cell of it, and rows that are no task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from speechmine.assemble.table_body import GridRow, Matter, RowHeading
from speechmine.assemble.table_columns import Layout
from speechmine.model import Notice, RowCell, Section

__all__ = ["heading_rows", "left_out", "notice_on", "whole_row"]

#: Code of the notice on a row that is no task, and how it begins.
_ROW_LEFT_OUT = "row_left_out"
_LEFT_OUT = "a row of a table that names no task: "
#: What a column that could have been the task's holds beside it.
_NAMED = {"task": "name", "content": "name"}


def whole_row(matter: Matter, layout: Layout) -> Iterator[RowCell]:
    """Every cell, as it stands, by column; names that were written once above it too.

    Args:
        matter: the row, or the rows of one merged cell.
        layout: its table.
    """
    for column, about in enumerate(layout.columns):
        use = "task" if column == layout.task else about.use
        found = [row[column] for row in matter.whole if row[column] is not None]
        found = found or [matter.names.get(column)]
        for cell in dict.fromkeys(found):
            if cell is not None and cell.start < cell.end:
                # What people read in place of a heading, no word that is looked for.
                heading = " ".join(about.heading.split()) or f"列{column + 1}"
                own = "task" if cell == matter.task else _NAMED.get(use, use)
                yield RowCell(heading, own, layout.said(cell), cell.start, cell.end)


def heading_rows(matters: Sequence[Matter], count: int) -> Iterator[Section]:
    """Heading rows, each to the last row under it.

    Args:
        matters: those of the table.
        count: sections that the document has so far.
    """
    ends: dict[RowHeading, int] = {}
    for matter in matters:
        if matter.heading is not None:
            ends[matter.heading] = _end_of_matter(matter)
    outer: str | None = None
    for number, (heading, end) in enumerate(ends.items(), start=count + 1):
        own = f"s{number}"
        parent = outer if heading.depth > 1 else None
        outer = own if heading.depth == 1 else outer
        depth = 2 if parent else 1
        yield Section(own, parent, depth, heading.label, heading.title, heading.start, end)


def _end_of_matter(matter: Matter) -> int:
    return max(cell.end for row in matter.rows for cell in row if cell is not None)


def notice_on(row: GridRow, layout: Layout) -> Notice:
    """A row that names no task is told of, so that nothing of a table goes without a word.

    Args:
        row: its cells.
        layout: its table.
    """
    cells = list(dict.fromkeys(cell for cell in row if cell is not None))
    said = "　".join(" ".join(layout.said(cell).split()) for cell in cells)
    start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
    return Notice(_ROW_LEFT_OUT, f"{_LEFT_OUT}{said}", start, end)


def left_out(notice: Notice) -> str | None:
    """What a row of a table says that is no task; None: the notice is of something else.

    Example:
        >>> left_out(Notice("row_left_out", "a row of a table that names no task: 总分　100"))
        '总分　100'
    """
    return notice.message.removeprefix(_LEFT_OUT) if notice.code == _ROW_LEFT_OUT else None
