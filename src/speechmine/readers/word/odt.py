"""OpenDocument texts by their own markup: words, headings, list numbers, tables, notes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speechmine.errors import ReadError
from speechmine.limits import tick
from speechmine.model import AsideKind, Document
from speechmine.readers.common.building import DocumentBuilder
from speechmine.readers.common.figures import figure
from speechmine.readers.common.grids import GridCell
from speechmine.readers.common.packages import check_entries
from speechmine.readers.word.docx_package import Package
from speechmine.readers.word.odt_lists import Lists

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["read_odt_plainly"]

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _TABLE = f"{_NAMES}office:1.0}}", f"{_NAMES}text:1.0}}", f"{_NAMES}table:1.0}}"
_REMEDY = "open it in LibreOffice or Word and save it as .docx"
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
# What is no running text, or (changes) was deleted.
_DROPPED = frozenset(
    [f"{_TEXT}{name}" for name in ("tracked-changes", "ruby-text", "table-of-content")]
    + [f"{_TEXT}{name}" for name in ("sequence-decls", "variable-decls", "user-field-decls")]
)
_MOST_BLANKS = 100
_MOST_REPEATS = 1000


def read_odt_plainly(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read an OpenDocument text without LibreOffice.

    Args:
        data: the file's bytes.
        id: name of the document.
        source: name of the file.

    Raises:
        ReadError: locked, damaged, too large, or without text.
    """
    name = source or id
    *styles, root = _package_parts(data, name)
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise ReadError(name, "a damaged OpenDocument text (it has no body)", _REMEDY)
    reader = _OdtReader(Lists([*styles, root]))
    reader.read(body)
    return reader.out.document(id, source)


def _package_parts(data: bytes, source: str) -> list[etree._Element]:
    """The part with the styles, where there is one, and the content."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        reason = f"a damaged OpenDocument text ({error}; it may have been cut off)"
        raise ReadError(source, reason, _REMEDY) from error
    check_entries(archive, ())
    package = Package(source, archive, "content.xml")
    manifest = package.part("META-INF/manifest.xml")
    locked = manifest is not None and any("encryption-data" in str(e.tag) for e in manifest.iter())
    if locked:
        reason = "the file is locked with a password"
        raise ReadError(source, reason, "save it without the password")
    styles, root = package.part("styles.xml"), package.part("content.xml")
    if root is None:
        raise ReadError(source, "a damaged OpenDocument text (no content.xml)", _REMEDY)
    return [root] if styles is None else [styles, root]


@dataclass(slots=True)
class _OdtReader:
    """Goes through the body once, for numbers count on."""

    lists: Lists
    out: DocumentBuilder = field(default_factory=DocumentBuilder)
    paragraphs: int = 0

    def read(self, element: etree._Element) -> None:
        """Paragraphs, lists and tables below an element."""
        for child in element:
            if child.tag in _DROPPED:
                continue
            if child.tag == f"{_TABLE}table":
                self._table(child)
            elif child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._paragraph(child, "")
            elif child.tag == f"{_TEXT}list":
                for paragraph, label in self.lists.items(child):
                    self._paragraph(paragraph, label)
            else:
                self.read(child)

    def _paragraph(self, element: etree._Element, label: str) -> None:
        tick()
        self.paragraphs += 1
        level = element.get(f"{_TEXT}outline-level", "")
        depth = (figure(level, 0) or None) if element.tag == f"{_TEXT}h" else None
        start = self.out.length
        text = _element_text(element).strip()
        self.out.add(label + text if text else "", depth=depth, paragraph=self.paragraphs)
        for kind, note in _note_beside(element):
            self.out.set_aside(kind, note, min(start, max(self.out.length - 1, 0)))

    def _table(self, table: etree._Element) -> None:
        cells = list(self._cells(table))
        if any(cell.column for cell in cells):
            self.out.add_table(cells)
        else:
            for cell in cells:
                self.out.add(cell.text)

    def _cells(self, table: etree._Element) -> Iterator[GridCell]:
        for number, row in enumerate(_table_rows(table)):
            column = 0
            for cell in row:
                repeats = _attribute_count(cell, "number-columns-repeated")
                if cell.tag == f"{_TABLE}table-cell":
                    rows = _attribute_count(cell, "number-rows-spanned")
                    columns = _attribute_count(cell, "number-columns-spanned")
                    yield GridCell(number, column, self._in_cell(cell), rows, columns)
                if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                    column += repeats

    def _in_cell(self, cell: etree._Element) -> str:
        """Lines of a cell, numbers before them."""
        lines: list[str] = []
        for child in cell:
            if child.tag == f"{_TEXT}list":
                lines += [label + _element_text(p).strip() for p, label in self.lists.items(child)]
            elif child.tag not in _DROPPED:
                lines.append(_element_text(child).strip())
        return "\n".join(filter(None, lines)).replace("\t", " ")


def _table_rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in (f"{_TABLE}table-header-rows", f"{_TABLE}table-rows"):
            yield from _table_rows(child)


def _attribute_count(cell: etree._Element, name: str) -> int:
    return max(figure(cell.get(f"{_TABLE}{name}"), 1, _MOST_REPEATS), 1)


def _element_text(element: etree._Element) -> str:
    """The words of an element; its notes and comments are no part of them."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag in _SIGNS:
            pieces.append(_SIGNS[child.tag])
        elif child.tag == f"{_TEXT}s":
            pieces.append(" " * figure(child.get(f"{_TEXT}c"), 1, _MOST_BLANKS))
        elif _aside_kind(child) is None and child.tag not in _DROPPED:
            pieces.append(_element_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _aside_kind(element: etree._Element) -> AsideKind | None:
    """What an element inside a paragraph is, where it is no part of its words."""
    if element.tag == f"{_TEXT}note":
        return "endnote" if element.get(f"{_TEXT}note-class") == "endnote" else "footnote"
    if element.tag == f"{_OFFICE}annotation":
        return "comment"
    return "textbox" if str(element.tag).endswith("}text-box") else None


def _note_beside(element: etree._Element) -> Iterator[tuple[AsideKind, str]]:
    for child in element.iter():
        kind = _aside_kind(child)
        if kind is not None:
            lines = (_element_text(p).strip() for p in _own_paragraphs(child))
            yield kind, "\n".join(filter(None, lines))


def _own_paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    """Those of a note or a box; what stands in a box inside it is that one's."""
    for child in element:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield child
        elif _aside_kind(child) is None:
            yield from _own_paragraphs(child)
