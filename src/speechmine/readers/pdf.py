"""PDF files: their text layer, as paragraphs. Nothing is recognised from pictures."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from speechmine.errors import ReadError
from speechmine.limits import LIMITS, tick
from speechmine.model import Document
from speechmine.readers.building import DocumentBuilder
from speechmine.readers.page_lines import Line, Page, add_pages, spaced

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["read_pdf", "readable"]

_MOST_CHARACTERS = 20_000_000
# Fonts without a table of Unicode give signs without meaning.
_MOST_UNREADABLE = 0.2
# Shares of a character's size: what hangs below its line, what two pieces of one line have in
# common of their height, how far neighbours may stand in each other's place.
_DESCENT, _SAME_HEIGHT, _OVERLAP = 0.12, 0.7, 0.4
#: Character, left, right, bottom, top, font size.
_Glyph = tuple[str, float, float, float, float, float]


def read_pdf(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read a PDF file.

    Raises:
        ReadError: locked, damaged, too long, scanned, or with fonts that do not tell characters.
    """
    name = source or id
    builder = DocumentBuilder()
    document = _opened(data, name)
    try:
        pages = list(_pages(document, name))
    finally:
        document.close()
    empty = [page.number for page in pages if not page.lines]
    if len(empty) == len(pages):
        reason = f"its {len(pages)} pages hold no text: they are pictures (扫描件)"
        raise ReadError(name, reason, "recognise them first (OCR), or find the file it came from")
    readable("".join(line.text for page in pages for line in page.lines), name)
    if empty:
        listed = ", ".join(map(str, empty[:20]))
        builder.note("page_without_text", f"pages without text, perhaps pictures: {listed}")
    add_pages(pages, builder)
    return builder.document(id, source)


def readable(text: str, source: str) -> None:
    """Refuse a text whose characters mean nothing, as fonts without their table give it.

    Raises:
        ReadError: too many of them do.
    """
    unknown = sum(unicodedata.category(c) in ("Co", "Cn", "Cc") or c == "\ufffd" for c in text)
    if unknown > len(text) * _MOST_UNREADABLE:
        reason = "its fonts do not tell which characters their signs stand for"
        raise ReadError(source, reason, "recognise the pages (OCR), or find the file it came from")


def _opened(data: bytes, source: str) -> pypdfium2.PdfDocument:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            reason = "the file is locked with a password"
            raise ReadError(source, reason, "save it without the password") from error
        reason = f"a damaged PDF file ({error}; it may have been cut off)"
        raise ReadError(source, reason, "get it again, or print it to a new PDF") from error
    if pages > LIMITS["PAGES"].value:
        document.close()
        LIMITS["PAGES"].check(pages)
    return document


def _pages(document: pypdfium2.PdfDocument, source: str) -> Iterator[Page]:
    import pypdfium2

    characters = 0
    for number in range(len(document)):
        tick()
        try:
            page = document[number]
            height = float(page.get_height())
            glyphs = list(_glyphs(page))
        except pypdfium2.PdfiumError as error:
            reason = f"page {number + 1} is damaged ({error})"
            raise ReadError(source, reason, "get it again, or print it to a new PDF") from error
        characters += len(glyphs)
        if characters > _MOST_CHARACTERS:
            raise ReadError(source, f"more than {_MOST_CHARACTERS:,} characters", "split it")
        yield Page(number + 1, height, tuple(_lines(glyphs, height)))


def _glyphs(page: Any) -> Iterator[_Glyph]:
    """Each printed character with its place; pdfium's own line ends and blanks left out."""
    from pypdfium2 import raw

    text = page.get_textpage()
    box = raw.FS_RECTF()
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or chr(code).isspace():
            continue
        if raw.FPDFText_GetLooseCharBox(text.raw, at, ctypes.byref(box)):
            size = float(raw.FPDFText_GetFontSize(text.raw, at))
            bottom, top = _extent(text, at, size) or (box.bottom, box.top)
            yield (_unified(chr(code)), box.left, box.right, bottom, top, size)
    text.close()


def _extent(text: Any, at: int, size: float) -> tuple[float, float] | None:
    """Lower and upper edge by the line that a character stands on, not by its ink.

    Some fonts give no more than the ink, and “ and 。 would stand on lines of their own.
    """
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    found = raw.FPDFText_GetCharOrigin(text.raw, at, ctypes.byref(x), ctypes.byref(y))
    if not found or size <= 1:
        return None
    return y.value - _DESCENT * size, y.value + (1 - _DESCENT) * size


def _unified(character: str) -> str:
    """Radicals that some producers write for the characters they look like."""
    if "\u2e80" <= character <= "\u2fd5":
        return unicodedata.normalize("NFKC", character)
    return character


def _lines(glyphs: list[_Glyph], height: float) -> Iterator[Line]:
    lines: list[list[_Glyph]] = []
    for glyph in glyphs:
        if lines and _same_line(lines[-1], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    whole: list[list[_Glyph]] = []
    for line in lines:
        if whole and _fits(line, whole[-1]):
            whole[-1] = sorted([*whole[-1], *line], key=lambda glyph: glyph[1])
        else:
            whole.append(line)
    for line in whole:
        yield from _line(line, height)


def _fits(piece: list[_Glyph], line: list[_Glyph]) -> bool:
    """Whether a piece fills the gaps of a line: signs of another font may come behind the rest."""
    size = _size(line[0])
    overlap = min(piece[0][4], line[0][4]) - max(piece[0][3], line[0][3])
    if overlap < _SAME_HEIGHT * size:
        return False
    spans = sorted((glyph[1], glyph[2]) for glyph in (*line, *piece))
    return all(a[1] - b[0] < _OVERLAP * size for a, b in pairwise(spans))


def _same_line(line: list[_Glyph], glyph: _Glyph) -> bool:
    last = line[-1]
    size = max(_size(last), _size(glyph))
    overlap = min(last[4], glyph[4]) - max(last[3], glyph[3])
    return overlap > 0.3 * size and glyph[1] > last[1] - size


def _size(glyph: _Glyph) -> float:
    return glyph[5] if glyph[5] > 1 else max(glyph[4] - glyph[3], 1.0)


def _line(glyphs: list[_Glyph], height: float) -> Iterator[Line]:
    if not glyphs:
        return
    sizes = sorted(_size(glyph) for glyph in glyphs)
    size = sizes[len(sizes) // 2]
    text = spaced((glyph[0], glyph[1], glyph[2], size) for glyph in glyphs)
    base = sorted(glyph[3] for glyph in glyphs)[len(glyphs) // 2]
    yield Line(text, glyphs[0][1], glyphs[-1][2], height - base - size, size)
