"""Paragraphs and tables of a Word file in reading order, with their numbers resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from speechmine.limits import tick
from speechmine.readers.common.figures import figure
from speechmine.readers.word.docx_numbering import Numbering
from speechmine.readers.word.docx_package import W, on, value
from speechmine.readers.word.docx_runs import MC, RunReader, WordLine, branch_of
from speechmine.readers.word.docx_styles import Styles

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Story", "WordBlock", "WordCell", "WordGrid", "WordParagraph", "word_paragraphs"]

_BOX = f"{W}txbxContent"
_WRAPPERS = tuple(
    f"{W}{name}" for name in ("ins", "moveTo", "customXml", "smartTag", "sdt", "sdtContent")
)
_CONTENTS = "Table of Contents"
# A table inside a table inside a table ... beyond this is made to do harm.
_MOST_COLUMNS = 1000


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph as it shows.

    Attributes:
        line: its number and words.
        element: what it is in the file; of paragraphs joined by a change the last one.
        number: counted from 1 through the file.
        depth: level of the outline, from 1; None for running text.
    """

    line: WordLine
    element: etree._Element
    number: int | None
    depth: int | None = None

    @property
    def text(self) -> str:
        """Number and words."""
        return self.line.text


@dataclass(slots=True)
class WordCell:
    """A cell with the places of the grid that it takes up."""

    row: int
    column: int
    columns: int
    paragraphs: tuple[WordParagraph, ...]
    rows: int = 1


@dataclass(frozen=True, slots=True)
class WordGrid:
    """A table of several columns."""

    cells: tuple[WordCell, ...]


WordBlock: TypeAlias = WordParagraph | WordGrid


@dataclass(slots=True)
class Story:
    """One part of a file (its body, a note, a running head) being read from top to bottom.

    Args:
        root: the part, or the element of it.
        styles, numbering: of the file; numbering goes on counting from story to story.
    """

    root: etree._Element
    styles: Styles
    numbering: Numbering
    _runs: RunReader = field(init=False)
    _numbers: dict[etree._Element, int] = field(init=False)
    # Words before a paragraph mark that is deleted: they go on in the next paragraph.
    _open: WordLine = field(init=False, default_factory=WordLine)
    _open_number: int | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._runs = RunReader(self.styles)
        shown = (p for p in self.root.iter(f"{W}p") if not _in_box(p, self.root))
        self._numbers = {paragraph: n for n, paragraph in enumerate(shown, 1)}

    def blocks(self) -> Iterator[WordBlock]:
        """Its paragraphs, empty ones too, and tables."""
        yield from self._inside(self.root, in_cell=False)

    def _inside(self, element: etree._Element, *, in_cell: bool) -> Iterator[WordBlock]:
        for child in element:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, in_cell=in_cell)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == f"{MC}AlternateContent":
                yield from self._inside(branch_of(child), in_cell=in_cell)
            elif child.tag in _WRAPPERS and not _is_contents(child):
                yield from self._inside(child, in_cell=in_cell)

    def _paragraph(self, element: etree._Element, *, in_cell: bool) -> Iterator[WordParagraph]:
        tick()
        line, number = self._runs.read(element), self._numbers.get(element)
        if self._open_number is not None:
            line, number = self._open.then(line), self._open_number
        if _mark_is_gone(element):
            self._open, self._open_number = line, number
            return
        self._open, self._open_number = WordLine(), None
        label = self.numbering.label(element)
        if self.styles.is_contents(element):
            return
        # A cell may hold nothing but its number (序号); elsewhere an empty paragraph is a gap.
        shown = line.trimmed(label if in_cell or line.text.strip() else "")
        yield WordParagraph(shown, element, number, self.styles.depth(element))

    def _table(self, table: etree._Element) -> Iterator[WordBlock]:
        """A grid; a table of one column is a frame around running text."""
        cells = list(self._cells(table))
        if any(cell.column for cell in cells):
            yield WordGrid(tuple(cells))
        else:
            yield from (paragraph for cell in cells for paragraph in cell.paragraphs)

    def _cells(self, table: etree._Element) -> Iterator[WordCell]:
        above: dict[int, WordCell] = {}
        shown = (row for row in _children(table, "tr") if not _row_is_gone(row))
        for n, row in enumerate(shown):
            column = figure(value(row, "trPr/gridBefore"), 0, _MOST_COLUMNS)
            for element in _children(row, "tc"):
                columns = figure(value(element, "tcPr/gridSpan"), 1, _MOST_COLUMNS)
                merged = element.find(f"{W}tcPr/{W}vMerge")
                begun = above.get(column)
                if merged is not None and merged.get(f"{W}val") != "restart" and begun is not None:
                    begun.rows += 1
                else:
                    cell = WordCell(n, column, columns, tuple(self._in_cell(element)))
                    above[column] = cell
                    yield cell
                column += columns

    def _in_cell(self, cell: etree._Element) -> Iterator[WordParagraph]:
        """The paragraphs of a cell; those of a table in it stand among them."""
        yield from word_paragraphs(self._inside(cell, in_cell=True))
        if self._open_number is not None:  # a deleted mark joins nothing beyond its cell
            line, number = self._open.trimmed(""), self._open_number
            self._open, self._open_number = WordLine(), None
            yield WordParagraph(line, cell, number)


def word_paragraphs(blocks: Iterable[WordBlock]) -> Iterator[WordParagraph]:
    """All paragraphs, those of tables cell by cell."""
    for block in blocks:
        if isinstance(block, WordParagraph):
            yield block
        else:
            yield from (paragraph for cell in block.cells for paragraph in cell.paragraphs)


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows or cells, whether or not a change or a control is wrapped around them."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


def _in_box(paragraph: etree._Element, root: etree._Element) -> bool:
    for above in paragraph.iterancestors():
        if above is root:
            return False
        if above.tag == _BOX:
            return True
    return False


def _is_contents(control: etree._Element) -> bool:
    return value(control, "sdtPr/docPartObj/docPartGallery") == _CONTENTS


def _mark_is_gone(paragraph: etree._Element) -> bool:
    """Whether the end of the paragraph is deleted, moved away or hidden."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    if mark is None:
        return False
    deleted = any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))
    return deleted or bool(on(mark, "vanish"))


def _row_is_gone(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None or bool(on(row, "trPr/hidden"))
