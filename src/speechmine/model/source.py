"""What a reader knows of a file beside its text: tables, headings, places, notes, doubts."""

from __future__ import annotations

from dataclasses import dataclass

from speechmine.model.kinds import AsideKind

__all__ = ["DOUBTFUL", "Aside", "Doubt", "Heading", "Notice", "Place", "Table", "TableCell"]

#: Characters recognised with a smaller chance of being right are doubtful (待核).
DOUBTFUL = 0.8


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a table; it says ``Document.text[start:end]``, nothing where they are equal.

    Attributes:
        row, column: its place in the grid, from 0 (of a merged cell: the first one).
        start, end: offsets of its content, without blanks around it.
        rows, columns: how many places it takes up.
    """

    row: int
    column: int
    start: int
    end: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its reader found it: the stretch of text it takes up, and its cells.

    Cells stand in reading order, empty ones too where the reader knows their place; a row with
    fewer cells than the header is aligned by what they say.
    """

    start: int
    end: int
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that its file marks as a heading, by a style or a tag.

    Attributes:
        start, end: the line, without its line end.
        depth: level of the outline, from 1.
    """

    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of text stands in the file it was read from.

    Attributes:
        start, end: the stretch.
        page: counted from 1; None where the format knows no pages.
        paragraph: counted from 1, empty ones too, through the file (of a page format: None).
        part: name of the sheet or the member of an archive, else None.
        box: left, upper, right and lower edge on its page, in shares of width and height; None
            where the reader cannot tell.
    """

    start: int
    end: int
    page: int | None = None
    paragraph: int | None = None
    part: str | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Characters that were recognised from a picture without certainty.

    ``confidence`` is the chance that they are right.
    """

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Aside:
    """What a file holds beside its running text: a note, a comment, a running head.

    ``at`` is the offset of the text it belongs to, None where it belongs to none.
    """

    kind: AsideKind
    text: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What the rules saw and could not settle: a value in the result, not an exception."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None
