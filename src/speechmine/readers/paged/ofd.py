"""OFD files (GB/T 33190), the fixed-layout format of Chinese offices, as paragraphs and tables."""

from __future__ import annotations

import functools
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from speechmine.errors import ReadError
from speechmine.limits import LIMITS, tick
from speechmine.model import Document
from speechmine.readers.common.building import DocumentBuilder
from speechmine.readers.common.packages import check_entries, check_markup, markup_of
from speechmine.readers.paged.ofd_drawings import PageDrawing, drawings_of, picture_of
from speechmine.readers.paged.page_glyphs import Glyph
from speechmine.readers.paged.page_sheets import Sheet
from speechmine.readers.paged.page_texts import add_sheets, told_apart
from speechmine.readers.paged.recognition import recognised_sheets

if TYPE_CHECKING:
    import ofdkit
    from PIL.Image import Image

__all__ = ["ofd_pictures", "read_ofd"]

# A Latin letter or a digit is about half as wide as a Chinese character.
_LATIN_WIDTH = 0.5


def read_ofd(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read an OFD file.

    Raises:
        ReadError: damaged, too large; or all pages are pictures, or hold signs for characters,
            and nothing is installed that recognises them.
    """
    name = source or id
    sheets, drawings = _sheets(data, name)
    builder = DocumentBuilder()
    pictures = [sheet.number for sheet in sheets if not sheet.glyphs]
    drawable = [at for at, drawing in enumerate(drawings, start=1) if drawing.images]
    wanted, kept = told_apart(sheets, pictures, drawable, builder, name)
    drawn: dict[int, Callable[[int], Image]] = {
        number: functools.partial(picture_of, drawings[number - 1]) for number in wanted
    }
    found = {sheet.number: sheet for sheet in recognised_sheets(drawn, name)}
    add_sheets([found.get(sheet.number, sheet) for sheet in kept], builder)
    return builder.document(id, source)


def ofd_pictures(
    data: bytes, pages: Iterable[int], dpi: int, source: str
) -> Iterator[tuple[int, Image]]:
    """Pages that are pictures, drawn.

    Args:
        data: of the file.
        pages: their numbers, from 1.
        dpi: dots an inch.
        source: name of the file.
    """
    _, drawings = _sheets(data, source)
    for number in pages:
        yield number, picture_of(drawings[number - 1], dpi)


def _sheets(data: bytes, source: str) -> tuple[list[Sheet], list[PageDrawing]]:
    import ofdkit

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_entries(archive)
            check_markup(markup_of(archive))
        with ofdkit.open(data) as document:
            LIMITS["PAGES"].check(len(document.pages))
            drawings = list(drawings_of(data, document.pages))
            pages = zip(document.pages, drawings, strict=True)
            return [_sheet(page, drawing) for page, drawing in pages], drawings
    except (ofdkit.OFDError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        reason = f"a damaged OFD file ({error})"
        raise ReadError(source, reason, "get it again, or save it as PDF") from error


def _sheet(page: ofdkit.Page, drawing: PageDrawing) -> Sheet:
    tick()
    shown = [run for run in page.runs if run.text.strip() and run.size > 0]
    glyphs = tuple(_glyphs(shown))
    width, height = float(page.width), float(page.height)
    return Sheet(page.index + 1, width, height, glyphs, drawing.rules)


def _glyphs(runs: Iterable[ofdkit.TextRun]) -> Iterator[Glyph]:
    """The characters of all runs, each with its share of the run's width."""
    for run in runs:
        text = run.text.strip()
        widths = [_LATIN_WIDTH if c.isascii() else 1.0 for c in text]
        step = run.width / sum(widths) if run.width > 0 else run.size
        at = run.x
        for character, width in zip(text, widths, strict=True):
            right = at + width * step
            if not character.isspace():
                yield Glyph(character, at, right, run.y - run.size, run.y, run.size)
            at = right
