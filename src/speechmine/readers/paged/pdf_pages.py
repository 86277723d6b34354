"""What pdfium tells of a page: its characters, its straight lines, the pictures on it."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from speechmine.readers.paged.page_glyphs import Glyph
from speechmine.readers.paged.page_lines import PagePoint
from speechmine.readers.paged.page_sheets import Sheet
from speechmine.readers.paged.page_vertical import is_vertical
from speechmine.readers.paged.pdf_drawings import Turn, drawn

__all__ = ["PdfPage", "read_page"]

# Share of a character's size that hangs below its line.
_DESCENT = 0.12
# A colour lighter than this hardly stands out; one more transparent than this neither.
_PALE, _FAINT = 0.72, 0.45
# Quarters of a turn that a character may lean and be upright.
_LEAN = 0.06
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
    corners: list[PagePoint] = [(0.0, 0.0), (width, 0.0), (0.0, height)]
    for _ in range(quarter):
        # A quarter back: what stood at the left edge comes to the bottom.
        back = Turn(0, -1, 1, 0, 0, width)
        turn, corners = turn.then(back), [back.point(*corner) for corner in corners]
        width, height = height, width
    glyphs, beside = _by_angle(signs, turn)
    rules, covered = drawn(page, turn, width * height)
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
        yield _Sign(character, edges, _page_origin(text.raw, at), size, angle, style)
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


def _page_origin(text: Any, at: int) -> tuple[float, float] | None:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    found = raw.FPDFText_GetCharOrigin(text, at, ctypes.byref(x), ctypes.byref(y))
    return (x.value, y.value) if found else None


def _looked_at(page: Any, width: float, height: float) -> Turn:
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
    return Turn(a, b, c, d, *zero)


def _rounded(value: float) -> float:
    return float(round(value)) if abs(value - round(value)) < 0.001 else value


def _leaning(sign: _Sign, turn: Turn) -> float:
    """Radians by which a character leans on the page as shown, clockwise."""
    # pdfium counts clockwise, upward places count the other way.
    x, y = math.cos(sign.angle), -math.sin(sign.angle)
    return math.atan2(turn.b * x + turn.d * y, turn.a * x + turn.c * y)


def _quarter(signs: Sequence[_Sign], turn: Turn) -> int:
    """How many quarters most of the text is turned clockwise."""
    counts = Counter(round(_leaning(sign, turn) / (math.pi / 2)) % 4 for sign in signs)
    return counts.most_common(1)[0][0] if counts else 0


def _by_angle(signs: Sequence[_Sign], turn: Turn) -> tuple[list[Glyph], list[tuple[str, str]]]:
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


def _glyph(sign: _Sign, turn: Turn, *, sideways: bool) -> Glyph:
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
