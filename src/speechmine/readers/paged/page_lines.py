"""Printed lines, tables and pages, as PDF, OFD and recognised pictures give them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from speechmine.readers.paged.page_glyphs import Glyph

__all__ = [
    "Corners",
    "Line",
    "PagePoint",
    "PrintedCell",
    "PrintedTable",
    "TextPage",
    "box_of",
    "is_latin",
    "spaced_line",
]

# In heights of a character: gaps that stand for a tab, for a wide blank between Chinese words
# (县长　陶景行) and for a blank between Latin ones.
_WIDE_GAP, _PAUSE, _BLANK = 2.0, 0.8, 0.15

PagePoint = tuple[float, float]
Corners = tuple[PagePoint, PagePoint, PagePoint]


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line.

    Attributes:
        text: as read. left, right: where it begins and ends. top: distance of its upper edge from
            the top of the page. size: height of its characters. All in one unit.
        frame: margins of the column or cell it stands in; None in text across the page.
        boxed: it stands in a frame beside the body (文本框).
        doubts: start, end and chance of what was recognised without certainty.
        marks: offset and sign of raised marks, such as those of notes; the text is without them.
    """

    text: str
    left: float
    right: float
    top: float
    size: float
    frame: tuple[float, float] | None = None
    boxed: bool = False
    doubts: tuple[tuple[int, int, float], ...] = ()
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of a table: its place in the grid, how many places it takes, its lines."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table with its lines drawn; ``xs`` are the edges of its columns."""

    cells: tuple[PrintedCell, ...]
    xs: tuple[float, ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page with its lines and tables in reading order.

    Attributes:
        number: counted from 1. height: in the unit of its lines.
        corners: where the upper left, upper right and lower left corner of the page as its file
            shows it lie; it may have been turned. None where that is not known.
        recognised: its lines were recognised from a picture.
    """

    number: int
    height: float
    lines: tuple[Line | PrintedTable, ...]
    corners: Corners | None = None
    recognised: bool = False

    @property
    def printed(self) -> Sequence[Line]:
        """Its lines, those of tables too."""
        found: list[Line] = []
        for item in self.lines:
            if isinstance(item, Line):
                found.append(item)
            else:
                found.extend(line for cell in item.cells for line in cell.lines)
        return found


def spaced_line(  # what a line has
    row: Sequence[Glyph],
    size: float,
    top: float,
    *,
    raised: Collection[int] = (),
    frame: tuple[float, float] | None = None,
    boxed: bool = False,
) -> Line:
    r"""A line of glyphs that stand side by side.

    Args:
        row: from left to right.
        size: height of most of them.
        top: their upper edge.
        raised: places of marks that are no part of the text.
        frame: as of :class:`Line`.
        boxed: as of :class:`Line`.

    Returns:
        Its text has a tab for a gap as wide as two characters, a blank between words of Latin
        letters.

    Example:
        >>> row = [Glyph(c, x, x + 10, 0, 10, 10) for c, x in (("甲", 0), ("乙", 10), ("丙", 60))]
        >>> spaced_line(row, 10, 0).text
        '甲乙\t丙'
    """
    pieces: list[str] = []
    doubts: list[tuple[int, int, float]] = []
    marks: list[tuple[int, str]] = []
    at, end = 0, None
    for number, glyph in enumerate(row):
        if number in raised:
            marks.append((at, glyph.text))
            end = glyph.right
            continue
        last = pieces[-1][-1] if pieces else ""
        blank = "" if end is None else _blank(last, glyph.text, (glyph.left - end) / size)
        pieces += [blank, glyph.text] if blank else [glyph.text]
        at += len(blank) + len(glyph.text)
        if glyph.confidence < 1:
            doubts.append((at - len(glyph.text), at, glyph.confidence))
        end = glyph.right
    text = "".join(pieces)
    right = row[-1].right
    return Line(text, row[0].left, right, top, size, frame, boxed, tuple(doubts), tuple(marks))


def _blank(before: str, after: str, gap: float) -> str:
    """What a gap between two characters stands for."""
    if gap > _WIDE_GAP:
        return "\t"
    if gap > _BLANK and is_latin(before) and is_latin(after[:1]):
        return " "
    return "\u3000" if gap > _PAUSE and before.isalpha() and after[:1].isalpha() else ""


def is_latin(character: str) -> bool:
    """Whether it is a Latin letter or a digit, that blanks part from the next word."""
    return character.isascii() and character.isalnum()


def box_of(line: Line, corners: Corners) -> tuple[float, float, float, float]:
    """Left, upper, right and lower edge of a line in shares of the page that its file shows.

    Example:
        >>> line = Line("修渠", 10, 30, 20, 10)
        >>> box_of(line, ((0, 0), (100, 0), (0, 100)))
        (0.1, 0.2, 0.3, 0.3)
    """
    edges = [
        _share((x, y), corners)
        for x in (line.left, line.right)
        for y in (line.top, line.top + line.size)
    ]
    xs, ys = zip(*edges, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _share(point: PagePoint, corners: Corners) -> PagePoint:
    """A place as shares of the way from one corner to the two others."""
    (x0, y0), (x1, y1), (x2, y2) = corners
    a, b, c, d = x1 - x0, y1 - y0, x2 - x0, y2 - y0
    x, y = point[0] - x0, point[1] - y0
    whole = a * d - b * c
    across, down = (x * d - y * c) / whole, (a * y - b * x) / whole
    return round(min(max(across, 0.0), 1.0), 4), round(min(max(down, 0.0), 1.0), 4)
