"""Straight lines and pictures on a page of a PDF file, in places as its reader looks at it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

from speechmine.readers.paged.page_rules import RuledLine

__all__ = ["Turn", "drawn"]

# Points that a line may be thick.
_THICK = 2.6
# A path with more corners than this is a drawing.
_MOST_CORNERS = 64
_MOST_OBJECTS = 50_000
_DEPTH = 3


class Turn(NamedTuple):
    """How places in the file become places on the page as it is looked at.

    Example:
        >>> Turn(0, -1, 1, 0, 0, 100).then(Turn(2, 0, 0, 2, 0, 0)).point(10, 30)
        (60, 180)
    """

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a place comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, other: Turn) -> Turn:
        """First this one, then another."""
        e, f = other.point(self.e, self.f)
        return Turn(
            other.a * self.a + other.c * self.b,
            other.b * self.a + other.d * self.b,
            other.a * self.c + other.c * self.d,
            other.b * self.c + other.d * self.d,
            e,
            f,
        )


def drawn(page: Any, turn: Turn, area: float) -> tuple[list[RuledLine], float]:
    """Straight lines of a page, and the share of it that its largest picture covers.

    Args:
        page: of pypdfium2.
        turn: from its places to those of the page as it is looked at.
        area: of the page.
    """
    from pypdfium2 import raw

    rules: list[RuledLine] = []
    covered = 0.0
    wanted = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
    for count, item in enumerate(page.get_objects(filter=wanted, max_depth=_DEPTH)):
        if count > _MOST_OBJECTS:
            break
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            covered = max(covered, _area(item, turn) / area if area else 0.0)
        else:
            rules += _pdf_lines(item, turn)
    return rules, covered


def _place_of(item: Any, turn: Turn) -> Turn:
    """From the places of an object, and of the form around it, to those on the page."""
    from pypdfium2 import raw

    while item is not None:
        matrix = raw.FS_MATRIX()
        if raw.FPDFPageObj_GetMatrix(item.raw, ctypes.byref(matrix)):
            own = Turn(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
            turn = own.then(turn) if turn else own
        item = item.container
    return turn


def _area(item: Any, turn: Turn) -> float:
    """What a picture covers: the unit square through its matrix."""
    place = _place_of(item, turn)
    return abs(place.a * place.d - place.b * place.c)


def _pdf_lines(item: Any, turn: Turn) -> Iterator[RuledLine]:
    from pypdfium2 import raw

    count = raw.FPDFPath_CountSegments(item.raw)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, ctypes.byref(fill), ctypes.byref(stroke))
    if not 1 < count <= _MOST_CORNERS or not (fill.value or stroke.value):
        return
    place = _place_of(item, turn)
    corners = [place.point(*_corner(item.raw, at)) for at in range(count)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    thin = min(max(xs) - min(xs), max(ys) - min(ys)) <= _THICK
    if thin:
        yield from _edge((min(xs), sum(ys) / count), (max(xs), sum(ys) / count))
        yield from _edge((sum(xs) / count, min(ys)), (sum(xs) / count, max(ys)))
        return
    for one, other in zip(corners, [*corners[1:], corners[0]], strict=True):
        yield from _edge(one, other)


def _corner(path: Any, at: int) -> tuple[float, float]:
    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    segment = raw.FPDFPath_GetPathSegment(path, at)
    raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value


def _edge(one: tuple[float, float], other: tuple[float, float]) -> Iterator[RuledLine]:
    """A straight line along or across the page; what slants or is a dot is none."""
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if max(wide, high) <= _THICK:
        return
    if high <= 1:
        left, right = sorted((one[0], other[0]))
        yield RuledLine(upright=False, at=(one[1] + other[1]) / 2, start=left, end=right)
    elif wide <= 1:
        top, bottom = sorted((one[1], other[1]))
        yield RuledLine(upright=True, at=(one[0] + other[0]) / 2, start=top, end=bottom)
