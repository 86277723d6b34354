"""Old Word files, RTF and OpenDocument: through LibreOffice where it is installed, else plainly."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from speechmine.model import Document, Notice
from speechmine.readers.common.building import DocumentBuilder
from speechmine.readers.common.grids import GridCell
from speechmine.readers.word.docx import read_docx
from speechmine.readers.word.libreoffice import ConversionError, to_docx
from speechmine.readers.word.odt import read_odt_plainly
from speechmine.readers.word.rtf import BREAK, CELL, ROW, rtf_text
from speechmine.readers.word.word_binary import main_text, open_word

__all__ = ["read_doc", "read_odt", "read_rtf"]

_INSTALL = "install LibreOffice (on Debian: apt install libreoffice-writer) for a full reading"
_NUMBERS = "numbers that Word sets by itself (一、 1.) are missing and deleted words may show"

# A list number is not longer.
_LABEL = 8


def read_doc(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read an old Word file (.doc, or .wps of WPS).

    Without LibreOffice its words alone are read; a notice says so.

    Args:
        data: the file's bytes.
        id: name of the document.
        source: name of the file.

    Raises:
        ReadError: locked, damaged, or without text.
    """
    name = source or id
    streams = open_word(data, name)
    try:
        return _converted(data, "doc", id, source)
    except ConversionError as error:
        text = main_text(streams, name)
        notice = _plainly(error, _NUMBERS + "; rows of tables are plain lines")
    return _plain_document(text, id, source, notice)


def read_rtf(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read an RTF file; without LibreOffice plainly, with a notice.

    Args:
        data: the file's bytes.
        id: name of the document.
        source: name of the file.

    Raises:
        ReadError: damaged, or without text.
    """
    plain = rtf_text(data, source or id)
    try:
        return _mended(_converted(data, "rtf", id, source), plain)
    except ConversionError as error:
        notice = _plainly(error, "numbers may be missing; notes and running heads are left out")
    return _plain_document(plain, id, source, notice)


def read_odt(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read an OpenDocument text; without LibreOffice by its own markup, with a notice.

    Args:
        data: the file's bytes.
        id: name of the document.
        source: name of the file.

    Raises:
        ReadError: locked, damaged, or without text.
    """
    plain = read_odt_plainly(data, id=id, source=source)
    try:
        return _converted(data, "odt", id, source)
    except ConversionError as error:
        notice = _plainly(error, "running heads are left out")
    return dataclasses.replace(plain, notices=(*plain.notices, notice))


def _converted(data: bytes, kind: str, id_: str, source: str | None) -> Document:
    """The document as LibreOffice reads it; its places count the paragraphs of that reading."""
    return read_docx(to_docx(data, kind), id=id_, source=source)


def _mended(document: Document, plain: str) -> Document:
    """The document with its list numbers as the file spells them out.

    RTF may give the pattern of a number in another character set than its words: 一、 then
    comes out as 一?, in place, so that nothing moves.
    """
    spelled: dict[tuple[int, str], list[str]] = {}
    for line in map(str.strip, reversed(plain.split("\n"))):
        spelled.setdefault((len(line), _tail(line)), []).append(line)
    lines = document.text.split("\n")
    for n, line in enumerate(lines):
        same = spelled.get((len(line), _tail(line)))
        if "?" in line[:_LABEL] and same:
            lines[n] = same.pop()
    return dataclasses.replace(document, text="\n".join(lines))


def _tail(line: str) -> str:
    """What stands behind a number, wherever that ends."""
    return line[_LABEL:] if len(line) > 2 * _LABEL else line[2:]


def _plainly(error: ConversionError, loss: str) -> Notice:
    return Notice("plain_reading", f"read plainly ({error}): {loss}; {_INSTALL}")


def _plain_document(text: str, id_: str, source: str | None, notice: Notice) -> Document:
    """The paragraphs and tables of a plain reading."""
    builder = DocumentBuilder()
    builder.note(notice.code, notice.message)
    cells: list[GridCell] = []
    *rows, rest = text.split(ROW)
    number = 0
    for n, chunk in enumerate(rows):
        before, _, row = chunk.rpartition("\n")
        if before.strip():
            builder.add_table(cells)
            cells = []
            number = _add_lines(builder, before, number)
        cells += _cells_of(row, n)
    builder.add_table(cells)
    _add_lines(builder, rest, number)
    return builder.document(id_, source)


def _add_lines(builder: DocumentBuilder, text: str, number: int) -> int:
    """Add lines as paragraphs; the number of the last one."""
    for line in text.split("\n"):
        number += 1
        builder.add(line.replace(CELL, " "), paragraph=number)
    return number


def _cells_of(row: str, number: int) -> Iterator[GridCell]:
    """Cells of a row: each ends in its mark."""
    for column, cell in enumerate(row.split(CELL)[:-1]):
        yield GridCell(number, column, cell.replace(BREAK, "\n").strip())
