"""Word files (.docx): paragraphs with their automatic numbers, tables in place, notes apart.

Tracked changes count as accepted, hidden text as absent, the table of contents as repetition.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from speechmine.model import AsideKind, Document
from speechmine.readers.building import DocumentBuilder
from speechmine.readers.docx_numbering import Numbering
from speechmine.readers.docx_package import Package, W, open_package, value
from speechmine.readers.docx_styles import Styles
from speechmine.readers.docx_text import Paragraph, inner_paragraphs, read_paragraph
from speechmine.readers.grids import GridCell

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["read_docx"]

_NOTES = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}
_MARGINS = {"header": "header", "footer": "footer"}
# Wrappers that hold paragraphs and tables without being either.
_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
# The notes with these types are lines and signs, no notes.
_NO_NOTES = ("separator", "continuationSeparator", "continuationNotice")
_DEEPEST = 200


def read_docx(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read a Word file.

    Raises:
        ReadError: damaged, locked, too large, or without text.
    """
    return _Reader(open_package(data, source or id)).read(id, source)


class _Reader:
    """Goes through the body once, for numbers count on."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(_first(package, "styles"))
        self._numbering = Numbering(_first(package, "numbering"), self._styles)
        self._notes = {kind: _notes(package, part) for kind, part in _NOTES.items()}
        self._out = DocumentBuilder()
        self._paragraph = 0
        self._pictures = 0
        self._title: list[str] = []
        self._carried = ""

    def read(self, id_: str, source: str | None) -> Document:
        root = self._package.part(self._package.main)
        body = None if root is None else root.find(f"{W}body")
        for block in _blocks(body):
            if block.tag == f"{W}p":
                self._read_paragraph(block)
            else:
                self._read_table(block)
        self._flush()
        self._read_margins()
        if self._pictures:
            self._out.note("picture_unread", f"pictures in the file, not read: {self._pictures}")
        return self._out.document(id_, source, title="".join(self._title) or None)

    def _read_paragraph(self, element: etree._Element) -> None:
        self._paragraph += 1
        label = self._numbering.label(element)
        if self._styles.is_contents(element):
            return
        found = read_paragraph(element, self._styles)
        if found.joined:
            self._carried += found.text
            return
        text = self._carried + found.text
        self._carried = ""
        before = self._out.length + len(label)
        depth = self._styles.depth(element)
        shown = f"{label}{text.strip()}" if text.strip() else ""
        self._out.add(shown, depth=depth, paragraph=self._paragraph)
        if shown and self._styles.is_title(element):
            self._title.append(shown)
        self._set_apart(found, before)

    def _flush(self) -> None:
        """What a deleted last paragraph mark leaves over."""
        self._out.add(self._carried, paragraph=self._paragraph)

    def _set_apart(self, found: Paragraph, before: int) -> None:
        self._pictures += found.pictures
        blank = len(found.text) - len(found.text.lstrip())
        for mention in found.mentions:
            at = min(before + max(mention.at - blank, 0), max(self._out.length - 1, 0))
            self._out.set_aside(
                cast("AsideKind", mention.kind), self._notes[mention.kind].get(mention.id, ""), at
            )
        for box in found.boxes:
            self._out.set_aside("textbox", self._plain(box), before)

    def _plain(self, element: etree._Element) -> str:
        """The text below an element, a line a paragraph; its numbers count on."""
        lines = []
        for paragraph in inner_paragraphs(element):
            found = read_paragraph(paragraph, self._styles)
            self._pictures += found.pictures
            text = found.text.strip()
            label = self._numbering.label(paragraph)
            lines.append(f"{label}{text}" if text else "")
        return "\n".join(filter(None, lines))

    def _read_table(self, table: etree._Element) -> None:
        self._paragraph += 1
        self._out.add_table(list(self._cells(table)), paragraph=self._paragraph)

    def _cells(self, table: etree._Element) -> Iterator[GridCell]:
        rows = [list(_cells_of(row)) for row in table.iter(f"{W}tr") if _belongs(row, table)]
        for number, row in enumerate(rows):
            for column, columns, cell in row:
                if _is_continued(cell):
                    continue
                below = _rows_below(rows, number, column)
                yield GridCell(number, column, self._plain(cell), below, columns)

    def _read_margins(self) -> None:
        for kind, part in _MARGINS.items():
            texts = (self._plain(root) for root in self._package.parts(part))
            for text in dict.fromkeys(texts):
                self._out.set_aside(cast("AsideKind", kind), text)


def _first(package: Package, kind: str) -> etree._Element | None:
    return next(iter(package.parts(kind)), None)


def _notes(package: Package, part: str) -> dict[str, str]:
    """Text of each note by its id."""
    found: dict[str, str] = {}
    for root in package.parts(part):
        for note in root.iterchildren(f"{W}*"):
            if note.get(f"{W}type") not in _NO_NOTES:
                texts = (node.text or "" for node in note.iter(f"{W}t"))
                found[note.get(f"{W}id", "")] = "".join(texts).strip()
    return found


def _blocks(body: etree._Element | None, depth: int = 0) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, out of the wrappers they may stand in."""
    for child in () if body is None else body.iterchildren(f"{W}*"):
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag[len(W) :] in _WRAPPERS and depth < _DEEPEST:
            yield from _blocks(child, depth + 1)


def _belongs(row: etree._Element, table: etree._Element) -> bool:
    """A row of this table, not of one within it, and not taken out."""
    home = row.getparent()
    while home is not None and home.tag != f"{W}tbl":
        home = home.getparent()
    return home is table and row.find(f"{W}trPr/{W}del") is None


def _cells_of(row: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """Column, width in columns, and cell."""
    column = _number(value(row, "trPr/gridBefore"), 0)
    for cell in row.iter(f"{W}tc"):
        if not _is_in(cell, row):
            continue
        columns = max(1, _number(value(cell, "tcPr/gridSpan"), 1))
        yield column, columns, cell
        column += columns


def _is_in(cell: etree._Element, row: etree._Element) -> bool:
    home = cell.getparent()
    while home is not None and home.tag != f"{W}tr":
        home = home.getparent()
    return home is row


def _is_continued(cell: etree._Element) -> bool:
    """Whether a cell only goes on with the merged one above it."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def _rows_below(rows: list[list[tuple[int, int, etree._Element]]], number: int, column: int) -> int:
    """How many rows a cell goes through."""
    count = 1
    for row in rows[number + 1 :]:
        below = next((cell for at, _, cell in row if at == column), None)
        if below is None or not _is_continued(below):
            break
        count += 1
    return count


def _number(written: str | None, default: int) -> int:
    return int(written) if written and written.isascii() and written.isdigit() else default
