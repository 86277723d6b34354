"""The lines of a page with the picture they were recognised from beside them."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from speechmine.model import DOUBTFUL, Document
from speechmine.report.marking import MarkedLine

if TYPE_CHECKING:
    from speechmine.readers.page_images import PagePicture

__all__ = ["Box", "ScannedSheet", "sheets_of"]

_EDGE = 0.004


@dataclass(frozen=True, slots=True)
class Box:
    """Where a printed line stands in its picture, in pixels.

    Attributes:
        x, y, width, height: its edges. line: number of the line of text. doubtful: whether
            characters of it were recognised without certainty.
    """

    x: int
    y: int
    width: int
    height: int
    line: int
    doubtful: bool


@dataclass(frozen=True, slots=True)
class ScannedSheet:
    """Lines with the picture of their page.

    Attributes:
        lines: number and line. number: of the page, 0 where there is no picture. image: as an
            address that holds all of it. width, height: of it. boxes: of the lines.
    """

    lines: tuple[tuple[int, MarkedLine], ...]
    number: int = 0
    image: str = ""
    width: int = 0
    height: int = 0
    boxes: tuple[Box, ...] = ()


def sheets_of(
    document: Document, lines: Sequence[MarkedLine], pictures: Iterable[PagePicture]
) -> Iterator[ScannedSheet]:
    """The lines of a document by the pages they begin on, where there are pictures.

    Args:
        document: of the lines.
        lines: of the page.
        pictures: of its pages; without them all lines are one sheet.
    """
    known = {picture.number: picture for picture in pictures}
    numbered = list(enumerate(lines))
    if not known:
        yield ScannedSheet(tuple(numbered))
        return
    pages = {at: _page_at(document, line.start) for at, line in numbered}
    boxes = _boxes(document, lines, known)
    for page, group in groupby(numbered, key=lambda item: pages[item[0]]):
        picture = known.get(page)
        if picture is None:
            yield ScannedSheet(tuple(group))
            continue
        image = "data:image/jpeg;base64," + base64.b64encode(picture.jpeg).decode("ascii")
        here = tuple(boxes.pop(page, ()))
        yield ScannedSheet(tuple(group), page, image, picture.width, picture.height, here)


def _page_at(document: Document, start: int) -> int:
    place = document.place_of(start)
    return (place.page or 0) if place else 0


def _boxes(
    document: Document, lines: Sequence[MarkedLine], pictures: Mapping[int, PagePicture]
) -> dict[int, list[Box]]:
    """The printed lines of each page; a paragraph that goes on over a page has boxes on both."""
    found: dict[int, list[Box]] = {}
    starts = [line.start for line in lines]
    doubtful = {d.start for d in document.doubts if d.confidence < DOUBTFUL}
    at = 0
    for place in document.places:
        while at + 1 < len(starts) and starts[at + 1] <= place.start:
            at += 1
        picture = pictures.get(place.page or 0)
        if picture is None or place.box is None:
            continue
        left, top, right, bottom = place.box
        doubted = any(start in doubtful for start in range(place.start, place.end))
        found.setdefault(picture.number, []).append(
            Box(
                round((left - _EDGE) * picture.width),
                round((top - _EDGE) * picture.height),
                round((right - left + 2 * _EDGE) * picture.width),
                round((bottom - top + 2 * _EDGE) * picture.height),
                at,
                doubted,
            )
        )
    return found
