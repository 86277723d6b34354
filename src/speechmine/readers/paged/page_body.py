"""Pages to one document: running heads, page numbers and notes apart, tables over page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from speechmine.model import AsideKind
from speechmine.readers.common.building import DocumentBuilder, PrintedText
from speechmine.readers.common.grids import GridCell
from speechmine.readers.paged.page_lines import (
    Corners,
    Line,
    PrintedCell,
    PrintedTable,
    TextPage,
    box_of,
)
from speechmine.readers.paged.page_notes import part_notes
from speechmine.readers.paged.page_paragraphs import (
    PageLayout,
    Paragraph,
    layout_of,
    printed_paragraphs,
    unbroken_width,
)

__all__ = ["add_pages"]

# Shares of a page's height where running heads stand.
_HEAD, _FOOT = 0.12, 0.88
_PAGE_NUMBER = re.compile(
    r"[\s—–―\-－·•|]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[\s—–―\-－·•|]*"
)
_DIGITS = re.compile(r"\d+")
# In heights of a character: edges of columns that are the same on two pages, and what stays free
# beside a full line of a cell.
_SAME_EDGE, _PADDING = 0.8, 0.8

#: What stands on a page: a line or a table, with the page's number.
_Item = tuple[int, Line | PrintedTable]


def add_pages(pages: Sequence[TextPage], builder: DocumentBuilder) -> None:
    """Put the paragraphs and tables of all pages into a document, running heads beside it.

    Args:
        pages: in order.
        builder: of the document.
    """
    running = _running(pages)
    noted = []
    for page in pages:
        kept = list(_without_margins(page, running, builder))
        noted.append(part_notes(replace(page, lines=tuple(kept))))
    corners = {page.number: page.corners for page in pages}
    lines = [line for page in noted for line in page.lines if isinstance(line, Line)]
    body = _Flow(builder, layout_of(lines) if lines else None, corners)
    items = [(page.number, item) for page in noted for item in page.lines]
    notes = {(page.number, mark): text for page in noted for mark, text in page.notes.items()}
    body.add(_tables_joined(items), notes)


def _running(pages: Sequence[TextPage]) -> frozenset[tuple[str, int]]:
    """Texts (their figures aside) that come back at the same height of several pages."""
    if len(pages) < 2:
        return frozenset()
    seen = Counter(
        place for page in pages for place in {_line_place(page, line) for line in _edge_lines(page)}
    )
    least = 2 if len(pages) <= 4 else max(3, len(pages) // 3)
    return frozenset(place for place, count in seen.items() if count >= least)


def _edge_lines(page: TextPage) -> list[Line]:
    lines = (item for item in page.lines if isinstance(item, Line))
    return [line for line in lines if _zone(page, line) is not None]


def _zone(page: TextPage, line: Line) -> AsideKind | None:
    middle = (line.top + line.size / 2) / page.height if page.height else 0.5
    return "header" if middle < _HEAD else "footer" if middle > _FOOT else None


def _line_place(page: TextPage, line: Line) -> tuple[str, int]:
    # A scanned page lies a little higher or lower than the last one.
    at = round(line.top / 4) if not page.recognised else int(line.top * 2 > page.height)
    return _DIGITS.sub("#", "".join(line.text.split())), at


def _without_margins(
    page: TextPage, running: frozenset[tuple[str, int]], builder: DocumentBuilder
) -> Iterator[Line | PrintedTable]:
    for item in page.lines:
        kind = _margin_kind(page, item, running) if isinstance(item, Line) else None
        if kind is not None and isinstance(item, Line):
            builder.set_aside(kind, item.text)
        else:
            yield item


def _margin_kind(
    page: TextPage, line: Line, running: frozenset[tuple[str, int]]
) -> AsideKind | None:
    zone = _zone(page, line)
    if zone is None:
        return None
    if _PAGE_NUMBER.fullmatch(line.text) or _line_place(page, line) in running:
        return zone
    return None


def _tables_joined(items: Iterable[_Item]) -> list[_Item]:
    """Tables that a page break parted as one, without the head that was printed again."""
    done: list[_Item] = []
    for number, item in items:
        before = done[-1][1] if done else None
        if (
            isinstance(item, PrintedTable)
            and isinstance(before, PrintedTable)
            and number > done[-1][0]
            and _same_columns(before, item)
        ):
            done[-1] = (number, _appended(before, item))
        else:
            done.append((number, item))
    return done


def _same_columns(one: PrintedTable, other: PrintedTable) -> bool:
    size = next((line.size for cell in other.cells for line in cell.lines), 10.0)
    return len(one.xs) == len(other.xs) and all(
        abs((a - one.xs[0]) - (b - other.xs[0])) < _SAME_EDGE * size
        for a, b in zip(one.xs, other.xs, strict=True)
    )


def _appended(above: PrintedTable, below: PrintedTable) -> PrintedTable:
    rows = [list(row) for _, row in groupby(below.cells, key=lambda cell: cell.row)]
    first = [cell for cell in above.cells if cell.row == 0]
    if _texts(rows[0]) == _texts(first):
        rows = rows[1:]
    cells = list(above.cells)
    if rows and _continues_table(rows[0], cells):
        cells = _row_continued(cells, rows[0])
        rows = rows[1:]
    free = max(cell.row + cell.rows for cell in cells)
    shift = free - rows[0][0].row if rows else 0
    cells += [replace(cell, row=cell.row + shift) for row in rows for cell in row]
    return replace(above, cells=tuple(cells), bottom=below.bottom)


def _texts(row: Iterable[PrintedCell]) -> list[str]:
    return ["".join(line.text for line in cell.lines) for cell in row]


def _continues_table(row: Sequence[PrintedCell], cells: Sequence[PrintedCell]) -> bool:
    """Whether a row is the rest of one that the page cut: it has no number of its own."""
    last = max(cell.row for cell in cells)
    above = [cell for cell in cells if cell.row == last]
    same = [cell.column for cell in above] == [cell.column for cell in row]
    return same and bool(above[0].lines) and not row[0].lines and len(row) > 1


def _row_continued(cells: list[PrintedCell], row: Sequence[PrintedCell]) -> list[PrintedCell]:
    rest = {cell.column: cell.lines for cell in row}
    last = max(cell.row for cell in cells)
    return [
        replace(cell, lines=(*cell.lines, *rest[cell.column])) if cell.row == last else cell
        for cell in cells
    ]


@dataclass(frozen=True, slots=True)
class _Flow:
    """Puts paragraphs and tables into a document, with page and box of each line."""

    builder: DocumentBuilder
    layout: PageLayout | None
    corners: dict[int, Corners | None]

    def add(self, items: Sequence[_Item], notes: dict[tuple[int, str], str]) -> None:
        """Add all of it, notes beside the place that their mark stands at."""
        left = dict(notes)
        for _, run in groupby(items, key=lambda item: isinstance(item[1], PrintedTable)):
            listed = list(run)
            lines = [(number, item) for number, item in listed if isinstance(item, Line)]
            if self.layout is not None:
                for paragraph in printed_paragraphs(lines, self.layout):
                    self._add_paragraph(paragraph, left)
            for number, item in listed:
                if isinstance(item, PrintedTable):
                    self._add_table(number, item)
        for text in left.values():
            self.builder.set_aside("footnote", text)

    def _add_paragraph(self, paragraph: Paragraph, notes: dict[tuple[int, str], str]) -> None:
        start = self.builder.length
        self.builder.add_printed([self._printed(piece) for piece in _stretches(paragraph)])
        for at, number, line in paragraph.pieces:
            for offset, mark in line.marks:
                text = notes.pop((number, mark), None)
                if text is not None:
                    self.builder.set_aside("footnote", text, start + at + offset)

    def _printed(self, piece: tuple[str, int, Line]) -> PrintedText:
        text, number, line = piece
        corners = self.corners[number]
        box = box_of(line, corners) if corners else None
        return PrintedText(text, number, box, line.doubts)

    def _add_table(self, number: int, table: PrintedTable) -> None:
        contents = [_cell_text(cell) for cell in table.cells]
        cells = [
            GridCell(cell.row, cell.column, paragraph.text, cell.rows, cell.columns)
            for cell, paragraph in zip(table.cells, contents, strict=True)
        ]
        doubts = [_doubts(paragraph) for paragraph in contents]
        self.builder.add_table(cells, page=number, doubts=doubts)


def _stretches(paragraph: Paragraph) -> Iterator[tuple[str, int, Line]]:
    """The text of each line with the blank behind it, its page, the line."""
    ends = [at for at, _, _ in paragraph.pieces[1:]] + [len(paragraph.text)]
    for (at, number, line), end in zip(paragraph.pieces, ends, strict=True):
        yield paragraph.text[at:end], number, line


def _cell_text(cell: PrintedCell) -> Paragraph:
    """The lines of a cell as one text; a line that leaves room ends a paragraph."""
    made = Paragraph("", ())
    for line in cell.lines:
        if made.pieces and _leaves_room(made.pieces[-1][2], line):
            made = replace(made, text=f"{made.text}\n")
        made = made.plus(0, line)
    return made


def _leaves_room(above: Line, below: Line) -> bool:
    """Whether what opens the line below would have stood in the one above."""
    if above.frame is None:
        return False
    room = above.frame[1] - above.right
    return room > _PADDING * above.size + unbroken_width(below)


def _doubts(paragraph: Paragraph) -> list[tuple[int, int, float]]:
    return [
        (at + start, at + end, chance)
        for at, _, line in paragraph.pieces
        for start, end, chance in line.doubts
    ]
