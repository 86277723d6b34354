"""OFD files (GB/T 33190), the fixed-layout format of Chinese offices, as paragraphs."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from speechmine.errors import ReadError
from speechmine.limits import LIMITS, tick
from speechmine.model import Document
from speechmine.readers.building import DocumentBuilder
from speechmine.readers.packages import check_entries, check_markup, markup_of
from speechmine.readers.page_lines import Line, Page, add_pages, spaced
from speechmine.readers.pdf import readable

if TYPE_CHECKING:
    import ofdkit

__all__ = ["read_ofd"]


def read_ofd(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read an OFD file.

    Raises:
        ReadError: damaged, too large, without text, or with signs for characters.
    """
    name = source or id
    pages = _pages(data, name)
    if not any(page.lines for page in pages):
        reason = f"its {len(pages)} pages hold no text: they are pictures (扫描件)"
        raise ReadError(name, reason, "recognise them first (OCR), or find the file it came from")
    readable("".join(line.text for page in pages for line in page.lines), name)
    builder = DocumentBuilder()
    add_pages(pages, builder)
    return builder.document(id, source)


def _pages(data: bytes, source: str) -> list[Page]:
    import ofdkit

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_entries(archive)
            check_markup(markup_of(archive))
        with ofdkit.open(data) as document:
            LIMITS["PAGES"].check(len(document.pages))
            return [_page(page) for page in document.pages]
    except (ofdkit.OFDError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        reason = f"a damaged OFD file ({error})"
        raise ReadError(source, reason, "get it again, or save it as PDF") from error


def _page(page: ofdkit.Page) -> Page:
    tick()
    shown = [run for run in page.runs if run.text.strip() and run.size > 0]
    return Page(page.index + 1, float(page.height), tuple(_lines(shown)))


def _lines(runs: Iterable[ofdkit.TextRun]) -> Iterator[Line]:
    """Runs on the same baseline are a line, from left to right; lines from top to bottom."""
    rows: list[list[ofdkit.TextRun]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x)):
        if rows and abs(rows[-1][0].y - run.y) < 0.5 * run.size:
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        ordered = sorted(row, key=lambda run: run.x)
        size = max(run.size for run in ordered)
        text = spaced((r.text.strip(), r.x, r.x + r.width, size) for r in ordered)
        last = ordered[-1]
        yield Line(text, ordered[0].x, last.x + last.width, ordered[0].y - size, size)
