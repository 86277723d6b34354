"""PDF files: their text layer, as paragraphs and tables; pages that are pictures are recognised."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from speechmine.errors import ReadError
from speechmine.limits import LIMITS, tick
from speechmine.model import Document
from speechmine.readers.common.building import DocumentBuilder
from speechmine.readers.paged.page_texts import ADVICE, add_sheets, listed, told_apart
from speechmine.readers.paged.pdf_pages import PdfPage, read_page
from speechmine.readers.paged.recognition import LONG_EDGE, recognised_sheets

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

    from speechmine.readers.paged.page_sheets import Sheet

__all__ = ["open_pdf", "pdf_pictures", "read_pdf"]

_MOST_CHARACTERS = 20_000_000
# A page with a picture this large and so few characters is a scan with a stamp of its program.
_COVERED, _FEW = 0.5, 40
_POINTS_PER_INCH = 72


def read_pdf(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read a PDF file.

    Raises:
        ReadError: locked, damaged, too long; or all pages are pictures, or have fonts that do not
            tell characters, and nothing is installed that recognises them.
    """
    name = source or id
    builder = DocumentBuilder()
    with open_pdf(data, name) as document:
        pages = list(_pages(document, name))
        sheets = _sheets(document, pages, builder, name)
    hidden = [page.sheet.number for page in pages if page.hidden * 2 > len(page.sheet.glyphs) > 0]
    if hidden:
        builder.note(
            "hidden_text",
            f"the text of pages {listed(hidden)} lies unseen under pictures: another program "
            "recognised it (扫描件), and what it got wrong is wrong here",
        )
    add_sheets(sheets, builder)
    return builder.document(id, source)


def _sheets(
    document: pypdfium2.PdfDocument, pages: Sequence[PdfPage], builder: DocumentBuilder, name: str
) -> list[Sheet]:
    """All pages; those whose text layer is missing or means nothing are recognised."""
    if not any(page.covered or page.sheet.glyphs or page.sheet.rules for page in pages):
        raise ReadError(name, f"its {len(pages)} pages hold no text and no picture", ADVICE)
    pictures = [page.sheet.number for page in pages if _is_picture(page)]
    shown = [page.sheet for page in pages]
    wanted, kept = told_apart(shown, pictures, [s.number for s in shown], builder, name)
    drawn: dict[int, Callable[[int], Image]] = {
        number: functools.partial(_picture, document, number - 1) for number in wanted
    }
    found = {sheet.number: sheet for sheet in recognised_sheets(drawn, name)}
    return [found.get(sheet.number, sheet) for sheet in kept]


def _is_picture(page: PdfPage) -> bool:
    """Whether a page holds no text of its own."""
    count = len(page.sheet.glyphs)
    return count == 0 or (count < _FEW and page.covered > _COVERED)


@contextmanager
def open_pdf(data: bytes, source: str) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF file, closed behind the block.

    Raises:
        ReadError: locked, damaged, too long.
    """
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
    try:
        LIMITS["PAGES"].check(pages)
        yield document
    finally:
        document.close()


def pdf_pictures(
    data: bytes, pages: Iterable[int], dpi: int, source: str
) -> Iterator[tuple[int, Image]]:
    """Pages of a file as pictures: a :class:`speechmine.readers.registry.PageDrawer`."""
    with open_pdf(data, source) as document:
        for number in pages:
            yield number, _picture(document, number - 1, dpi)


def _picture(document: pypdfium2.PdfDocument, index: int, dpi: int) -> Image:
    """A page as a picture; ``index`` counts from 0."""
    page = document[index]
    # Programs that pack pictures give pages of a size that no paper has.
    most = LONG_EDGE * dpi * _POINTS_PER_INCH / max(*page.get_size(), 1)
    picture: Image = page.render(scale=min(dpi, most) / _POINTS_PER_INCH).to_pil()
    page.close()
    return picture.convert("RGB")


def _pages(document: pypdfium2.PdfDocument, source: str) -> Iterator[PdfPage]:
    import pypdfium2

    characters = 0
    for number in range(len(document)):
        tick()
        try:
            page = read_page(document[number], number + 1)
        except pypdfium2.PdfiumError as error:
            reason = f"page {number + 1} is damaged ({error})"
            raise ReadError(source, reason, "get it again, or print it to a new PDF") from error
        characters += len(page.sheet.glyphs)
        if characters > _MOST_CHARACTERS:
            raise ReadError(source, f"more than {_MOST_CHARACTERS:,} characters", "split it")
        yield page
