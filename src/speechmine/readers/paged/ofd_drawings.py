"""What OFD pages hold beside text: straight lines, and the pictures that scanned pages are."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from speechmine.errors import ReadError
from speechmine.limits import LIMITS
from speechmine.readers.paged.page_rules import RuledLine

if TYPE_CHECKING:
    import ofdkit
    from PIL.Image import Image

__all__ = ["PageDrawing", "drawings_of", "picture_of"]

_MILLIMETRES = 25.4
_MEDIA, _IMAGES, _PATHS = "{*}MultiMedia", "{*}ImageObject", "{*}PathObject"
_LEAST = 1.0
#: Left, upper edge, width and height in millimetres.
_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageDrawing:
    """A page's straight lines and pictures; sizes in millimetres."""

    width: float
    height: float
    rules: tuple[RuledLine, ...]
    images: tuple[tuple[_Box, bytes], ...]


def drawings_of(data: bytes, pages: Iterable[ofdkit.Page]) -> Iterator[PageDrawing]:
    """The drawings of each page.

    Args:
        data: of the file.
        pages: as ofdkit opened them.

    Raises:
        ofdkit.OFDFormatError: a page's part is there and holds nothing.
    """
    from ofdkit.package import Package

    with Package(data) as package:
        media = _media(package)
        for page in pages:
            root = _page(package, page.location)
            rules = () if root is None else tuple(_ofd_lines(root))
            images = () if root is None else tuple(_images(root, media, package))
            yield PageDrawing(float(page.width), float(page.height), rules, images)


def _page(package: ofdkit.package.Package, name: str | None) -> etree._Element | None:
    import ofdkit

    root = None if name is None else _tree(package, name)
    if name is not None and root is None:  # its text would be missing without a word
        raise ofdkit.OFDFormatError(f"{name}: it holds nothing")
    return root


def _tree(package: ofdkit.package.Package, name: str) -> etree._Element | None:
    """A part of the file; None where it holds nothing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        return etree.fromstring(package.read(name), parser)
    except etree.XMLSyntaxError:  # also with ``recover``: not one element
        return None


def _media(package: ofdkit.package.Package) -> dict[str, str]:
    """Where each picture of the package stands, by its number."""
    found: dict[str, str] = {}
    for name in package.names:
        root = _tree(package, name) if name.lower().endswith("res.xml") else None
        if root is None:
            continue
        base = root.get("BaseLoc") or "."
        for medium in root.iter(_MEDIA):
            file = (medium.findtext("{*}MediaFile") or "").strip()
            place = package.resolve(name, f"{base}/{file}") or package.resolve(name, file)
            if place is not None:
                found[medium.get("ID", "")] = place
    return found


def _images(
    root: etree._Element, media: dict[str, str], package: ofdkit.package.Package
) -> Iterator[tuple[_Box, bytes]]:
    for image in root.iter(_IMAGES):
        name, box = media.get(image.get("ResourceID", "")), _box(image)
        if name is not None and box is not None:
            yield box, package.read(name)


def _box(element: etree._Element) -> _Box | None:
    numbers = _path_numbers(element.get("Boundary", ""))
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def _path_numbers(written: str) -> list[float]:
    try:
        return [float(number) for number in written.split()]
    except ValueError:
        return []


def _ofd_lines(root: etree._Element) -> Iterator[RuledLine]:
    """Straight lines along and across the page; a drawing with curves has none."""
    for path in root.iter(_PATHS):
        box = _box(path)
        corners = _corners(path.findtext("{*}AbbreviatedData") or "")
        if box is None or len(corners) < 2:
            continue
        turn = _path_numbers(path.get("CTM", "")) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        a, b, c, d, e, f = turn if len(turn) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        placed = [(a * x + c * y + e + box[0], b * x + d * y + f + box[1]) for x, y in corners]
        for one, other in itertools.pairwise(placed):
            yield from _edge(one, other)


def _corners(data: str) -> list[tuple[float, float]]:
    """Where the strokes of a path meet; none where it has curves."""
    found: list[tuple[float, float]] = []
    parts = iter(data.split())
    for part in parts:
        if part in ("S", "M", "L"):
            numbers = _path_numbers(f"{next(parts, '')} {next(parts, '')}")
            if len(numbers) != 2:
                return []
            found.append((numbers[0], numbers[1]))
        elif part == "C" and found:
            found.append(found[0])
        else:
            return []
    return found


def _edge(one: tuple[float, float], other: tuple[float, float]) -> Iterator[RuledLine]:
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if max(wide, high) < _LEAST:
        return
    if high < wide / 20:
        left, right = sorted((one[0], other[0]))
        yield RuledLine(upright=False, at=(one[1] + other[1]) / 2, start=left, end=right)
    elif wide < high / 20:
        top, bottom = sorted((one[1], other[1]))
        yield RuledLine(upright=True, at=(one[0] + other[0]) / 2, start=top, end=bottom)


def picture_of(drawing: PageDrawing, dpi: int) -> Image:
    """The pictures of a page in their places on white paper.

    Args:
        drawing: of the page.
        dpi: dots an inch.

    Raises:
        ReadError: a picture is damaged or of a kind that cannot be read (JBIG2).
    """
    from PIL import Image, UnidentifiedImageError

    scale = dpi / _MILLIMETRES
    size = (max(int(drawing.width * scale), 1), max(int(drawing.height * scale), 1))
    LIMITS["PIXELS"].check(size[0] * size[1])
    page = Image.new("RGB", size, "white")
    for (left, top, width, height), content in drawing.images:
        wanted = (max(int(width * scale), 1), max(int(height * scale), 1))
        LIMITS["PIXELS"].check(wanted[0] * wanted[1])
        try:
            with Image.open(io.BytesIO(content)) as image:
                LIMITS["PIXELS"].check(image.width * image.height)
                placed = image.convert("RGB").resize(wanted)
        except (UnidentifiedImageError, OSError, SyntaxError) as error:
            reason = f"a picture of it cannot be read ({type(error).__name__})"
            raise ReadError("OFD", reason, "save it as PDF") from error
        page.paste(placed, (int(left * scale), int(top * scale)))
    return page
