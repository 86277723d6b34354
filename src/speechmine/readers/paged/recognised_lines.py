"""Lines as recognised to the characters of a straight page."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from speechmine.readers.paged.page_glyphs import Glyph
from speechmine.readers.paged.page_lines import Corners
from speechmine.readers.paged.page_rules import RuledLine
from speechmine.readers.paged.page_sheets import Sheet

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["ReadLine", "Recognised", "recognised_sheet"]

_POINTS = 72
# Below this chance a line is a speck or a scrawl; above that one a character counts as certain.
_LEAST, _SURE = 0.5, 0.95
# Degrees of tilt that are worth turning a page back for.
_TILT = 0.15
# A line this much higher than wide runs downward.
_TALL = 1.5
# Sizes this near to that of the body are that of the body.
_SAME_SIZE = 0.18
_LEAST_SIGNS, _LONG = 4, 9
_LATIN_WIDTH = 0.52
# A red head is this wide and stands this high, in shares of the page.
_WIDE_HEAD, _RED_HEAD = 0.3, 0.4
#: Half-width marks that the engine writes among Chinese words for the full-width ones.
_FULL_WIDTH = str.maketrans(",:;?!()", "，：；？！（）")
#: A comma of vertical print stands at the upper right of its place.
_UPRIGHT_MARKS = str.maketrans("’", "，")

#: Corners from the upper left, clockwise.
_Quad = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as recognised: its text, the chance that it is right, its corners, each sign."""

    text: str
    confidence: float
    quad: _Quad
    signs: tuple[tuple[str, float, _Quad], ...]

    @property
    def width(self) -> float:
        """Along its upper edge."""
        return math.dist(self.quad[0], self.quad[1])

    @property
    def height(self) -> float:
        """Along its left edge."""
        return math.dist(self.quad[0], self.quad[3])


@dataclass(frozen=True, slots=True)
class Recognised:
    """All lines of a picture."""

    lines: tuple[ReadLine, ...]

    @property
    def confidence(self) -> float:
        """Mean over the characters; 1 where there are none."""
        weights = [len(line.text) for line in self.lines]
        if not sum(weights):
            return 1.0
        scores = [line.confidence for line in self.lines]
        return statistics.fmean(scores, weights)


def recognised_sheet(  # a page with its two inks
    reading: Recognised,
    picture: npt.NDArray[np.uint8],
    number: int,
    dpi: float,
    *,
    red: Recognised,
    head_down: bool = False,
) -> Sheet:
    """The page of a reading: upright, straight, in points.

    Args:
        reading: of the picture.
        picture: of the page, without red ink.
        number: of the page.
        dpi: dots an inch of the picture.
        red: what was read in red ink.
        head_down: whether the picture had to be turned upside down.
    """
    from speechmine.readers.paged.page_pictures import rules_of, straightened

    lines = [line for line in reading.lines if line.confidence >= _LEAST]
    tall = _is_tall(lines)
    tilt = _tilt(lines, tall=tall)
    turn: Any = None
    if abs(tilt) > _TILT:
        picture, turn = straightened(picture, tilt)
    scale = _POINTS / dpi
    height, width = (edge * scale for edge in picture.shape[:2])
    place = _LinePlace(turn, scale, width if tall else None)
    glyphs = tuple(_sized(list(_glyphs(lines, place))))
    rules = () if tall else tuple(_scaled(rule, scale) for rule in rules_of(picture))
    beside = tuple(_red(red, picture.shape[1], picture.shape[0]))
    size = (height, width) if tall else (width, height)
    lost = sum(len(line.text) for line in reading.lines if line.confidence < _LEAST)
    corners = _corners(picture.shape[1], picture.shape[0], place, head_down=head_down)
    return Sheet(
        number,
        *size,
        glyphs,
        rules,
        beside,
        recognised=True,
        lost=lost,
        corners=corners,
        vertical=tall,
    )


def _corners(width: float, height: float, place: _LinePlace, *, head_down: bool) -> Corners:
    """Where corners of the picture as its file shows it have come to lie."""
    shown = [(0.0, 0.0), (width, 0.0), (0.0, height)]
    if head_down:
        shown = [(width - x, height - y) for x, y in shown]
    one, other, last = (place(x, y) for x, y in shown)
    return one, other, last


def _is_tall(lines: Sequence[ReadLine]) -> bool:
    """Whether most lines run downward: set vertically (竖排), or the page lies on its side."""
    long = [line for line in lines if len(line.text) >= _LEAST_SIGNS]
    tall = sum(len(line.text) for line in long if line.height > _TALL * line.width)
    return tall * 2 > sum(len(line.text) for line in long)


def _tilt(lines: Sequence[ReadLine], *, tall: bool) -> float:
    """Degrees by which the lines run down to the right."""
    angles: list[float] = []
    for line in lines:
        if max(line.width, line.height) < 6 * min(line.width, line.height):
            continue
        (x, y), (right, low) = (line.quad[0], line.quad[3 if tall else 1])
        if tall:
            angles.append(math.degrees(math.atan2(x - right, low - y)))
        else:
            angles.append(math.degrees(math.atan2(low - y, right - x)))
    return statistics.median(angles) if angles else 0.0


@dataclass(frozen=True, slots=True)
class _LinePlace:
    """Pixels to points of the straight page; of one whose lines ran down, as if along."""

    turn: Any
    scale: float
    width: float | None

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        if self.turn is not None:
            (a, b, c), (d, e, f) = self.turn.tolist()
            x, y = a * x + b * y + c, d * x + e * y + f
        x, y = x * self.scale, y * self.scale
        return (x, y) if self.width is None else (y, self.width - x)


def _glyphs(lines: Sequence[ReadLine], place: _LinePlace) -> Iterator[list[Glyph]]:
    """The characters of each line."""
    for line in lines:
        top, bottom = _levels(line, place)
        found: list[Glyph] = []
        text = _punctuated("".join(sign for sign, _, _ in line.signs))
        if place.width is not None:
            text = text.translate(_UPRIGHT_MARKS)
        for sign, (_, chance, quad) in zip(text, line.signs, strict=False):
            xs = [place(*corner)[0] for corner in quad]
            sure = 1.0 if chance >= _SURE else chance
            found.append(Glyph(sign, min(xs), max(xs), top, bottom, bottom - top, sure))
        if found:
            yield found


def _levels(line: ReadLine, place: _LinePlace) -> tuple[float, float]:
    """Upper and lower edge of a straight line."""
    ys = sorted(place(*corner)[1] for corner in line.quad)
    return sum(ys[:2]) / 2, sum(ys[2:]) / 2


def _punctuated(text: str) -> str:
    """The text with the full-width marks that stand beside Chinese words."""
    full = text.translate(_FULL_WIDTH)
    return "".join(
        wide if mark != wide and _is_chinese(text[max(0, at - 1) : at + 2]) else mark
        for at, (mark, wide) in enumerate(zip(text, full, strict=True))
    )


def _is_chinese(text: str) -> bool:
    return any(c >= "\u2e80" for c in text)


def _sized(lines: Sequence[list[Glyph]]) -> Iterator[Glyph]:
    """The characters with their size.

    The width of a line tells it where the line is long and not stretched to its margins, the
    height of the box around it where it is as much too large as around the others. A line that
    one of both takes for body text is body text.
    """
    widths = [_em(line) for line in lines]
    long = [at for at, line in enumerate(lines) if len(line) >= _LONG]
    share = _median([widths[at] / lines[at][0].size for at in long], 1.0)
    body = _median([widths[at] for at in long], 0.0)
    for width, line in zip(widths, lines, strict=True):
        by_box = line[0].size * share
        em = width if len(line) >= _LONG else by_box
        near = _SAME_SIZE * body * (1 if len(line) > _LEAST_SIGNS else 2)
        if min(abs(width - body), abs(by_box - body)) < near:
            em = body
        middle = (line[0].top + line[0].bottom) / 2
        for glyph in line:
            yield glyph._replace(top=middle - em / 2, bottom=middle + em / 2, size=em)


def _median(values: Sequence[float], default: float) -> float:
    return statistics.median(values) if values else default


def _em(line: Sequence[Glyph]) -> float:
    """Width of a full character in a line."""
    width = sum(_LATIN_WIDTH if glyph.text.isascii() else 1.0 for glyph in line)
    return (line[-1].right - line[0].left) / width


def _scaled(rule: RuledLine, scale: float) -> RuledLine:
    return RuledLine(rule.upright, rule.at * scale, rule.start * scale, rule.end * scale)


def _red(reading: Recognised, width: int, height: int) -> Iterator[tuple[str, str]]:
    """Red heads (红头), wide and in the upper half, and what else is red: stamps (公章)."""
    for line in reading.lines:
        if line.confidence < _LEAST:
            continue
        upper = line.quad[0][1] < height * _RED_HEAD
        wide = line.width > _WIDE_HEAD * width
        yield ("header" if upper and wide else "stamp"), line.text
