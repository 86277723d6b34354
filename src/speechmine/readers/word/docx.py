"""Word files (.docx): the text as a page shows it, with headings, tables, places and asides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speechmine.errors import ReadError
from speechmine.model import Aside, AsideKind, Document, Heading, Notice, Place, Table
from speechmine.readers.common.grids import GridCell, lay_out
from speechmine.readers.word.docx_blocks import (
    Story,
    WordBlock,
    WordCell,
    WordGrid,
    WordParagraph,
    word_paragraphs,
)
from speechmine.readers.word.docx_boxes import drawn_words, holds_text
from speechmine.readers.word.docx_numbering import Numbering
from speechmine.readers.word.docx_package import Package, W, open_package
from speechmine.readers.word.docx_styles import Styles
from speechmine.readers.word.docx_title import word_title

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["read_docx"]

_RUNNING: tuple[AsideKind, ...] = ("header", "footer")
_CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_SHOWN = 30
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read_docx(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read a Word file.

    Args:
        data: the file's bytes.
        id: name of the document.
        source: name of the file.

    Returns:
        The document: one line a paragraph with the number that Word shows before it, tracked
        changes accepted, hidden text left out; notes, comments, running heads and text boxes
        are its asides.

    Raises:
        ReadError: locked, damaged, too large, or without text.
    """
    name = source or id
    package = open_package(data, name)
    root = package.part(package.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise ReadError(name, "a damaged Word file (it has no body)", "save it again as .docx")
    styles = Styles(next(iter(package.parts("styles")), None))
    numbering = Numbering(next(iter(package.parts("numbering")), None), styles)
    draft = _DocumentDraft(_Notes(package, styles, numbering))
    blocks = list(Story(body, styles, numbering).blocks())
    draft.said = {p.text.strip() for p in word_paragraphs(blocks) if p.text.strip()}
    draft.add(blocks)
    draft.close()
    notices = [*_notices(body), *draft.notices()]
    if not draft.length:
        reason = "the Word file holds no text (pictures of pages, it may be)"
        raise ReadError(name, reason, "give it as text, or run it through OCR")
    title = word_title(word_paragraphs(blocks), styles, _property_title(package))
    return draft.document(id, source, title, notices)


class _Notes:
    """Texts beside the body by what they are and their key; parsed when they are asked for."""

    def __init__(self, package: Package, styles: Styles, numbering: Numbering) -> None:
        self._package, self._styles, self._numbering = package, styles, numbering
        self._texts: dict[AsideKind, dict[str, str]] = {}
        self._shown: set[str] = set()

    def text(self, kind: AsideKind, key: str) -> str:
        """A note; "" where the file does not have it."""
        if kind == "comment":
            self._shown.add(key)
        return self._all(kind).get(key, "")

    def comments_left(self) -> Iterator[Aside]:
        """Comments that no place of the body refers to."""
        for key, text in self._all("comment").items():
            if text and key not in self._shown:
                yield Aside("comment", text)

    def _all(self, kind: AsideKind) -> dict[str, str]:
        if kind not in self._texts:
            parts = self._package.parts(f"{kind}s")
            notes = (note for part in parts for note in part.iter(f"{W}{kind}"))
            self._texts[kind] = {note.get(f"{W}id", ""): self.words(note) for note in notes}
        return self._texts[kind]

    def blocks(self, root: etree._Element) -> list[WordBlock]:
        """Paragraphs and tables of a story."""
        return list(Story(root, self._styles, self._numbering).blocks())

    def diagrams(self) -> Iterator[Aside]:
        """Words of drawn diagrams (SmartArt), which stand in parts of their own."""
        for part in self._package.parts("diagramData"):
            text = drawn_words(part)
            if text:
                yield Aside("textbox", text)

    def words(self, root: etree._Element) -> str:
        """All that a story says, a paragraph a line."""
        said = "\n".join(p.text for p in word_paragraphs(self.blocks(root)) if p.text)
        return said or drawn_words(root)

    def running(self) -> Iterator[Aside]:
        """Running heads and feet, each once; a page number alone is none."""
        seen = set()
        for kind in _RUNNING:
            for part in self._package.parts(kind):
                text = self.words(part)
                if text not in seen and any(c.isalpha() for c in text):
                    seen.add(text)
                    yield Aside(kind, text)


@dataclass(slots=True)
class _DocumentDraft:
    """The document being written."""

    notes: _Notes
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    places: list[Place] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    gap: bool = False
    # Paragraphs outside boxes; a box that only repeats them is no text of its own.
    said: set[str] = field(default_factory=set)
    # Boxes whose text is to follow the paragraph or table that they hang on.
    waiting: list[etree._Element] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    in_boxes: int = 0

    def add(self, blocks: Iterable[WordBlock]) -> None:
        """Write blocks, one line a paragraph; empty paragraphs in a row are one empty line."""
        for block in blocks:
            if isinstance(block, WordGrid):
                self._close_gap()
                self._table(block)
            elif block.text:
                self._close_gap()
                self._paragraph(block)
            else:
                self._beside(block, self.length)
                self.gap = self.gap or (self.length > 0 and not self.waiting)
            self._take_boxes()

    def _take_boxes(self) -> None:
        """Write the boxes that hold text of the body."""
        boxes, self.waiting = self.waiting, []
        for box in boxes:
            first, start = len(self.pieces), self.length
            self.in_boxes += 1
            self.add(self.notes.blocks(box))
            self.in_boxes -= 1
            if self.length == start:  # a drawn shape has no paragraphs of Word's
                self._write(drawn_words(box) + "\n")
            self.boxes.append("".join(self.pieces[first:]).strip())

    def close(self) -> None:
        """Comments without a place and diagrams stand beside the text; all shapes hold none."""
        self.asides += [*self.notes.comments_left(), *self.notes.diagrams()]

    def notices(self) -> Iterator[Notice]:
        """What is to be said of the order of the text."""
        if self.boxes and not self.said:
            yield Notice("text_in_boxes", "all of its text stands in text boxes; order may differ")
        elif self.boxes:
            first = self.boxes[0].splitlines()[0][:_SHOWN]
            message = (
                f"text boxes read as text behind the paragraph that they hang on: "
                f"{len(self.boxes)} (the first: {first})"
            )
            yield Notice("text_in_boxes", message)

    def document(
        self, id_: str, source: str | None, title: str | None, notices: Iterable[Notice]
    ) -> Document:
        """What was written."""
        return Document(
            "".join(self.pieces),
            id=id_,
            source=source,
            title=title,
            tables=tuple(self.tables),
            headings=tuple(self.headings),
            places=tuple(self.places),
            asides=(*self.asides, *self.notes.running()),
            notices=tuple(notices),
        )

    def _close_gap(self) -> None:
        if self.gap:
            self._write("\n")
            self.gap = False

    def _paragraph(self, paragraph: WordParagraph) -> None:
        start, end = self.length, self.length + len(paragraph.text)
        if paragraph.depth is not None:
            self.headings.append(Heading(start, end, paragraph.depth))
        self._stands(paragraph, start)
        self._write(paragraph.text + "\n")

    def _table(self, grid: WordGrid) -> None:
        laid, table = lay_out(map(_grid_cell, grid.cells), self.length)
        for cell, placed in zip(grid.cells, table.cells, strict=True):
            start = placed.start
            for paragraph in cell.paragraphs:
                self._stands(paragraph, start)
                start += len(paragraph.text) + 1 if paragraph.text else 0
        if any(cell.start < cell.end for cell in table.cells):
            self.tables.append(table)
            self._write(laid)

    def _stands(self, paragraph: WordParagraph, start: int) -> None:
        """Note where a paragraph stands, and what stands beside it."""
        if paragraph.text and not self.in_boxes:  # paragraphs of boxes are counted in none
            end = start + len(paragraph.text)
            self.places.append(Place(start, end, paragraph=paragraph.number))
        self._beside(paragraph, start)

    def _beside(self, paragraph: WordParagraph, start: int) -> None:
        for mark in paragraph.line.marks:
            text = self.notes.text(mark.kind, mark.key)
            if text:
                self.asides.append(Aside(mark.kind, text, start + mark.at))
        for box in paragraph.line.boxes:
            text = self.notes.words(box)
            if not text:
                continue
            if not self.said or holds_text(text, self.said):
                self.waiting.append(box)
            else:
                self.asides.append(Aside("textbox", text, start))

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def _grid_cell(cell: WordCell) -> GridCell:
    text = "\n".join(paragraph.text for paragraph in cell.paragraphs if paragraph.text)
    return GridCell(cell.row, cell.column, text.replace("\t", " "), cell.rows, cell.columns)


def _property_title(package: Package) -> str | None:
    root = package.part("docProps/core.xml")
    found = None if root is None else root.find(_TITLE)
    return None if found is None else found.text


def _notices(body: etree._Element) -> Iterator[Notice]:
    changes = sum(1 for _ in body.iter(*_CHANGES))
    if changes:
        message = f"read with its {changes} tracked changes accepted (修订按“接受”处理)"
        yield Notice("tracked_changes", message)
    if next(body.iter(f"{W}altChunk"), None) is not None:
        message = "files inserted into it are not read; open it in Word and save it again as .docx"
        yield Notice("inserted_files", message)
    pictures = sum(1 for _ in body.iter(_PICTURE))
    if pictures:
        yield Notice("picture_unread", f"pictures in the file, not read: {pictures}")
