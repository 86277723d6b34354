"""Pages as pictures, for those who look from a recognised text at what was scanned."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from speechmine.errors import ReadError
from speechmine.limits import RefusedError
from speechmine.model import Document
from speechmine.readers.files import load
from speechmine.readers.kinds import kind_named, sniff
from speechmine.readers.registry import drawer_of

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["MOST_PICTURES", "PagePicture", "page_pictures"]

#: Pages of one document that are shown at most: a hundred make a page of ten megabytes.
MOST_PICTURES = 60
_DPI, _QUALITY = 100, 60


@dataclass(frozen=True, slots=True)
class PagePicture:
    """The picture of a page as JPEG, with its size in pixels."""

    number: int
    width: int
    height: int
    jpeg: bytes


def page_pictures(document: Document) -> tuple[PagePicture, ...]:
    """The pages of a document that were recognised, where its file can be opened again.

    Args:
        document: as its reader gave it; of one that was read from bytes there are none.
    """
    if not document.recognised or document.source is None:
        return ()
    file = Path(document.source)
    if not file.is_file():
        return ()
    try:
        content = load(file)
        return tuple(_pictures(content, file, document.recognised[:MOST_PICTURES]))
    except (ReadError, RefusedError):
        # It was there when it was read; the text is shown without its pictures.
        return ()


def _pictures(content: bytes, file: Path, pages: tuple[int, ...]) -> Iterator[PagePicture]:
    for number, image in _drawn_pages(content, file, pages):
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=_QUALITY)
        yield PagePicture(number, image.width, image.height, stream.getvalue())


def _drawn_pages(content: bytes, file: Path, pages: tuple[int, ...]) -> Iterable[tuple[int, Image]]:
    draw = drawer_of(kind_named(sniff(content, file.suffix)))
    return draw(content, pages, _DPI, str(file)) if draw else ()
