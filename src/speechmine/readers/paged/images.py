"""Pictures of pages: scans and photographs as PNG, JPEG and TIFF, of one page or several."""

from __future__ import annotations

import functools
import io
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from speechmine.errors import ReadError
from speechmine.limits import LIMITS
from speechmine.model import Document
from speechmine.readers.common.building import DocumentBuilder
from speechmine.readers.paged.page_texts import ADVICE, add_sheets
from speechmine.readers.paged.recognition import DPI, LONG_EDGE, is_available, recognised_sheets

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["image_pictures", "open_picture", "read_image", "upright_page"]


def read_image(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read the picture of a page, or of pages in one TIFF file.

    Raises:
        ReadError: damaged, too large, without text, or nothing is installed that recognises it.
    """
    name = source or id
    if not is_available():
        raise ReadError(name, "a picture (图片、扫描件): its text must be recognised", ADVICE)
    builder = DocumentBuilder()
    with open_picture(data, name) as picture:
        frames: int = getattr(picture, "n_frames", 1)
        LIMITS["PAGES"].check(frames)
        drawn: dict[int, Callable[[int], Image]] = {
            at + 1: functools.partial(upright_page, picture, at) for at in range(frames)
        }
        add_sheets(list(recognised_sheets(drawn, name)), builder)
    return builder.document(id, source)


def image_pictures(
    data: bytes, pages: Iterable[int], dpi: int, source: str
) -> Iterator[tuple[int, Image]]:
    """Pages of a file, upright: a :class:`speechmine.readers.registry.PageDrawer`."""
    with open_picture(data, source) as picture:
        for number in pages:
            yield number, upright_page(picture, number - 1, dpi)


@contextmanager
def open_picture(data: bytes, source: str) -> Iterator[Image]:
    """A picture, closed behind the block.

    Raises:
        ReadError: damaged or too large.
    """
    import PIL.Image

    try:
        with warnings.catch_warnings():
            # Its size is looked at below.
            warnings.simplefilter("ignore", PIL.Image.DecompressionBombWarning)
            with PIL.Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture:
                LIMITS["PIXELS"].check(picture.width * picture.height)
                yield picture
    except (
        PIL.UnidentifiedImageError,
        PIL.Image.DecompressionBombError,
        OSError,
        SyntaxError,
    ) as error:
        reason = f"a damaged picture or another binary file ({type(error).__name__})"
        raise ReadError(source, reason, "scan or photograph it again") from error


def upright_page(picture: Image, at: int, dpi: int = DPI) -> Image:
    """A page of a picture, upright as its camera says, and no larger than a page at some size.

    Args:
        picture: open.
        at: number of the page, from 0.
        dpi: dots an inch that are enough.
    """
    from PIL import ImageOps

    picture.seek(at)
    LIMITS["PIXELS"].check(picture.width * picture.height)
    page = ImageOps.exif_transpose(picture).convert("RGB")
    enough = int(LONG_EDGE * dpi)
    if max(page.size) > enough:
        page.thumbnail((enough, enough))
    return page
