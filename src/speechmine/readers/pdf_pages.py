"""What pdfium tells of a page: its characters, its straight lines, the pictures on it."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from speechmine.readers.page_glyphs import Glyph
from speechmine.readers.page_lines import Point
from speechmine.readers.page_rules import Rule
from speechmine.readers.page_sheets import Sheet
from speechmine.readers.page_vertical import is_vertical

__all__ = ["PdfPage", "read_page"]

# Share of a character's size that hangs below its line.
_DESCENT = 0.12
# A colour lighter than this hardly stands out; one more transparent than this neither.
_PALE, _FAINT = 0.72, 0.45
# Quarters of a turn that a character may lean and be upright; points that a line may be thick.
_LEAN, _THICK = 0.06, 2.6
# A path with more corners than this is a drawing.
_MOST_CORNERS = 64
_MOST_OBJECTS = 50_000
_DEPTH = 3
_HIDDEN = 3
_MISSING = "\ufffd"


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page and what is to be known before its text is trusted.

    Attributes:
        sheet: its characters and lines. hidden: how many characters are there but not shown, as
            a scanner's own recognition puts them. covered: share of it that the largest picture
            takes up.
    """

    sheet: Sheet
    hidden: int
    covered: float


class _Turn(NamedTuple):
    """How places in the file become places on the page as it is looked at."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, other: _Turn) -> _Turn:
        e, f = other.point(self.e, self.f)
        return _Turn(
            other.a * self.a + other.c * self.b,
            other.b * self.a + other.d * self.b,
            other.a * self.c + other.c * self.d,
            other.b * self.c + other.d * self.d,
            e,
            f,
        )


class _Style(NamedTuple):
    """What all characters of a text object share: its scale, colour, whether it is shown."""

    scale: float
    pale: bool
    hidden: bool


class _Sign(NamedTuple):
    """A character in the places of its file."""

    text: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float] | None
    size: float
    angle: float
    style: _Style


def read_page(page: Any, number: int) -> PdfPage:
    """Read a page of pypdfium2.

    Args:
        page: the page.
        number: counted from 1.
    """
    width, height = float(page.get_width()), float(page.get_height())
    signs = list(_signs(page))
    turn = _looked_at(page, width, height)
    quarter = _quarter(signs, turn)
    corners: list[Point] = [(0.0, 0.0), (width, 0.0), (0.0, height)]
    for _ in range(quarter):
        # A quarter back: what stood at the left edge comes to the bottom.
        back = _Turn(0, -1, 1, 0, 0, width)
        turn, corners = turn.then(back), [back.point(*corner) for corner in corners]
        width, height = height, width
    glyphs, beside = _by_angle(signs, turn)
    rules, covered = _drawn(page, turn, width * height)
    one, other, last = corners
    sheet = Sheet(
        *(number, width, height, tuple(glyphs), tuple(rules), tuple(beside)),
        corners=(one, other, last),
    )
    return PdfPage(sheet, sum(sign.style.hidden for sign in signs), covered)


def _signs(page: Any) -> Iterator[_Sign]:
    """Each printed character with its place; pdfium's own line ends and blanks left out."""
    from pypdfium2 import raw

    text = page.get_textpage()
    box = raw.FS_RECTF()
    styles: dict[int, _Style] = {}
    for at in range(text.count_chars()):
        character = _character(text.raw, at)
        if character is None or not raw.FPDFText_GetLooseCharBox(text.raw, at, ctypes.byref(box)):
            continue
        style = _style(text.raw, at, styles)
        size = float(raw.FPDFText_GetFontSize(text.raw, at)) * style.scale
        angle = float(raw.FPDFText_GetCharAngle(text.raw, at))
        edges = (box.left, box.bottom, box.right, box.top)
        yield _Sign(character, edges, _origin(text.raw, at), size, angle, style)
    text.close()


def _character(text: Any, at: int) -> str | None:
    """A character, the sign for an unknown one, or None for blanks and what pdfium puts in."""
    from pypdfium2 import raw

    code = raw.FPDFText_GetUnicode(text, at)
    if raw.FPDFText_HasUnicodeMapError(text, at) == 1 and not raw.FPDFText_IsGenerated(text, at):
        return _MISSING
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or chr(code).isspace():
        return None
    return _unified(chr(code))


def _unified(character: str) -> str:
    """Radicals that some producers write for the characters they look like."""
    if "\u2e80" <= character <= "\u2fd5" or "\uf900" <= character <= "\ufaff":
        return unicodedata.normalize("NFKC", character)
    return character


def _style(text: Any, at: int, known: dict[int, _Style]) -> _Style:
    from pypdfium2 import raw

    item = raw.FPDFText_GetTextObject(text, at)
    address = ctypes.addressof(item.contents) if item else 0
    if address not in known:
        matrix = raw.FS_MATRIX()
        found = raw.FPDFText_GetMatrix(text, at, ctypes.byref(matrix))
        scale = math.hypot(matrix.c, matrix.d) if found else 1.0
        mode = raw.FPDFTextObj_GetTextRenderMode(item) if item else 0
        known[address] = _Style(scale or 1.0, _is_pale(text, at), mode == _HIDDEN)
    return known[address]


def _is_pale(text: Any, at: int) -> bool:
    from pypdfium2 import raw

    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFText_GetFillColor(text, at, *map(ctypes.byref, parts)):
        return False
    red, green, blue, opaque = (part.value / 255 for part in parts)
    return opaque < _FAINT or 0.299 * red + 0.587 * green + 0.114 * blue > _PALE


def _origin(text: Any, at: int) -> tuple[float, float] | None:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    found = raw.FPDFText_GetCharOrigin(text, at, ctypes.byref(x), ctypes.byref(y))
    return (x.value, y.value) if found else None


def _looked_at(page: Any, width: float, height: float) -> _Turn:
    """From the file's places to those on the page as shown, downward from its upper left."""
    from pypdfium2 import raw

    fine = 1000

    def shown(x: float, y: float) -> tuple[float, float]:
        right, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(
            *(page.raw, 0, 0, int(width * fine), int(height * fine), 0, x, y),
            *(ctypes.byref(right), ctypes.byref(down)),
        )
        return right.value / fine, down.value / fine

    zero, right, up = shown(0, 0), shown(1000, 0), shown(0, 1000)
    along = ((right[0] - zero[0]) / 1000, (right[1] - zero[1]) / 1000)
    across = ((up[0] - zero[0]) / 1000, (up[1] - zero[1]) / 1000)
    (a, b), (c, d) = map(_rounded, along), map(_rounded, across)
    return _Turn(a, b, c, d, *zero)


def _rounded(value: float) -> float:
    return float(round(value)) if abs(value - round(value)) < 0.001 else value


def _leaning(sign: _Sign, turn: _Turn) -> float:
    """Radians by which a character leans on the page as shown, clockwise."""
    # pdfium counts clockwise, upward places count the other way.
    x, y = math.cos(sign.angle), -math.sin(sign.angle)
    return math.atan2(turn.b * x + turn.d * y, turn.a * x + turn.c * y)


def _quarter(signs: Sequence[_Sign], turn: _Turn) -> int:
    """How many quarters most of the text is turned clockwise."""
    counts = Counter(round(_leaning(sign, turn) / (math.pi / 2)) % 4 for sign in signs)
    return counts.most_common(1)[0][0] if counts else 0


def _by_angle(signs: Sequence[_Sign], turn: _Turn) -> tuple[list[Glyph], list[tuple[str, str]]]:
    """Upright characters, and the rest by kind: a slanted watermark, text set sideways.

    In vertical text figures and Latin words lie on their side and belong to it.
    """
    straight: list[Glyph] = []
    upright: list[Glyph] = []
    beside: dict[str, list[str]] = {}
    for sign in signs:
        quarters = _leaning(sign, turn) / (math.pi / 2)
        if abs(quarters - round(quarters)) > _LEAN:
            beside.setdefault("watermark", []).append(sign.text)
            continue
        glyph = _glyph(sign, turn, sideways=round(quarters) != 0)
        straight.append(glyph)
        if round(quarters) == 0:
            upright.append(glyph)
        else:
            beside.setdefault("textbox", []).append(sign.text)
    if is_vertical(upright):
        beside.pop("textbox", None)
        upright = straight
    return upright, [(kind, "".join(texts)) for kind, texts in beside.items()]


def _glyph(sign: _Sign, turn: _Turn, *, sideways: bool) -> Glyph:
    """The character on the page as shown, by the line it stands on, not by its ink.

    Some fonts give no more than the ink, and “ and 。 would stand on lines of their own.
    """
    one, other = turn.point(*sign.box[:2]), turn.point(*sign.box[2:])
    left, right = sorted((one[0], other[0]))
    high, low = sorted((one[1], other[1]))
    size = sign.size if sign.size > 1 else max(low - high, 1.0)
    if sign.origin is not None and sign.size > 1 and not sideways:
        base = turn.point(*sign.origin)[1]
        high, low = base - (1 - _DESCENT) * size, base + _DESCENT * size
    return Glyph(sign.text, left, right, high, low, size, pale=sign.style.pale)


def _drawn(page: Any, turn: _Turn, area: float) -> tuple[list[Rule], float]:
    """Straight lines of a page, and the share of it that its largest picture covers."""
    from pypdfium2 import raw

    rules: list[Rule] = []
    covered = 0.0
    wanted = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
    for count, item in enumerate(page.get_objects(filter=wanted, max_depth=_DEPTH)):
        if count > _MOST_OBJECTS:
            break
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            covered = max(covered, _area(item, turn) / area if area else 0.0)
        else:
            rules += _rules(item, turn)
    return rules, covered


def _place_of(item: Any, turn: _Turn) -> _Turn:
    """From the places of an object, and of the form around it, to those on the page."""
    from pypdfium2 import raw

    while item is not None:
        matrix = raw.FS_MATRIX()
        if raw.FPDFPageObj_GetMatrix(item.raw, ctypes.byref(matrix)):
            own = _Turn(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
            turn = own.then(turn) if turn else own
        item = getattr(item, "container", None)
    return turn


def _area(item: Any, turn: _Turn) -> float:
    """What a picture covers: the unit square through its matrix."""
    place = _place_of(item, turn)
    return abs(place.a * place.d - place.b * place.c)


def _rules(item: Any, turn: _Turn) -> Iterator[Rule]:
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


def _edge(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    """A straight line along or across the page; what slants or is a dot is none."""
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if max(wide, high) <= _THICK:
        return
    if high <= 1:
        left, right = sorted((one[0], other[0]))
        yield Rule(upright=False, at=(one[1] + other[1]) / 2, start=left, end=right)
    elif wide <= 1:
        top, bottom = sorted((one[1], other[1]))
        yield Rule(upright=True, at=(one[0] + other[0]) / 2, start=top, end=bottom)
