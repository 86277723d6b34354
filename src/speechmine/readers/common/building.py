"""Puts a document together line by line, as the readers of paged and marked-up files need it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from speechmine.errors import ReadError
from speechmine.limits import tick
from speechmine.model import Aside, AsideKind, Document, Doubt, Heading, Notice, Place, Table
from speechmine.readers.common.grids import GridCell, lay_out
from speechmine.readers.common.invisible import visible
from speechmine.readers.common.recognised import recognition_notices

__all__ = ["DocumentBuilder", "PrintedText"]

_FIRST = 8

#: Start and end of what was recognised without certainty, and the chance that it is right.
_Doubt = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class PrintedText:
    """Text of one printed line.

    Attributes:
        text: with the blank that parts it from the next line. page: counted from 1.
        box: left, upper, right and lower edge in shares of the page.
        doubts: in offsets of this text.
    """

    text: str
    page: int
    box: tuple[float, float, float, float] | None = None
    doubts: tuple[_Doubt, ...] = ()


@dataclass(slots=True)
class DocumentBuilder:
    r"""Text that grows by lines and tables, with where each stands in its file.

    Example:
        >>> builder = DocumentBuilder()
        >>> builder.add("一、抓落实", depth=1, paragraph=1)
        >>> builder.add("请区财政局制定方案。", paragraph=2)
        >>> document = builder.document("a", None)
        >>> document.text, document.headings[0].end, document.places[1].paragraph
        ('一、抓落实\n请区财政局制定方案。\n', 5, 2)
    """

    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _headings: list[Heading] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)
    _asides: list[Aside] = field(default_factory=list)
    _notices: list[Notice] = field(default_factory=list)
    _doubts: list[Doubt] = field(default_factory=list)
    _recognised: tuple[int, ...] = ()

    @property
    def length(self) -> int:
        """Characters so far: where the next line will begin."""
        return self._length

    @property
    def start(self) -> str:
        """The first lines, where a speech tells its title, speaker and day."""
        return "".join(self._pieces[:_FIRST])

    def add(
        self, text: str, *, depth: int | None = None, page: int | None = None, paragraph: int = 0
    ) -> None:
        """Add a paragraph, a line for each line break in it; blanks around lines go.

        Args:
            text: nothing is added where it is blank.
            depth: level of the outline, where the file marks it as a heading.
            page: counted from 1; None where the format knows no pages.
            paragraph: counted from 1; 0 where the format knows none.
        """
        tick()
        for line in filter(None, map(str.strip, visible(text).splitlines())):
            end = self._length + len(line)
            if depth is not None:
                self._headings.append(Heading(self._length, end, depth))
            self._places.append(Place(self._length, end, page=page, paragraph=paragraph or None))
            self._append(f"{line}\n")

    def add_printed(self, pieces: Sequence[PrintedText]) -> None:
        """Add a paragraph that was printed on several lines, with the place of each.

        Args:
            pieces: the text of each line; neither end of the paragraph has a blank.
        """
        tick()
        for piece in pieces:
            at = self._length
            self._places.append(Place(at, at + len(piece.text), page=piece.page, box=piece.box))
            self._doubt(piece.doubts, at)
            self._append(piece.text)
        self._append("\n")

    def add_table(
        self,
        cells: Sequence[GridCell],
        *,
        page: int | None = None,
        paragraph: int = 0,
        doubts: Sequence[Sequence[_Doubt]] = (),
    ) -> None:
        """Add a table, a row a line; one of a single cell is a frame around paragraphs.

        Args:
            cells: in reading order.
            page: as of :meth:`add`.
            paragraph: as of :meth:`add`.
            doubts: of each cell, in offsets of its text, where it was recognised.
        """
        if len(cells) <= 1:
            for cell in cells:
                self.add(cell.text, page=page, paragraph=paragraph)
            return
        if not any(cell.text.strip() for cell in cells):
            return
        text, table = lay_out(cells, self._length)
        place = Place(self._length, self._length + len(text), page, paragraph or None)
        self._places.append(place)
        self._tables.append(table)
        for placed, doubted in zip(table.cells, doubts, strict=False):
            self._doubt(doubted, placed.start)
        self._append(text)

    def set_aside(self, kind: AsideKind, text: str, at: int | None = None) -> None:
        """Keep what stands beside the running text; blank text is nothing."""
        if text.strip():
            self._asides.append(Aside(kind, text.strip(), at))

    def note(self, code: str, message: str) -> None:
        """Say what could not be kept or settled."""
        self._notices.append(Notice(code, message))

    def _doubt(self, doubts: Sequence[_Doubt], at: int) -> None:
        self._doubts.extend(Doubt(at + start, at + end, chance) for start, end, chance in doubts)

    def tell_recognised(self, pages: Sequence[int]) -> None:
        """Say which pages were recognised from pictures."""
        self._recognised = tuple(pages)

    def document(self, id: str, source: str | None, **stated: Any) -> Document:  # noqa: A002
        """The document.

        Args:
            id: its name.
            source: where it came from.
            stated: what the file states: title, date.

        Raises:
            ReadError: there is no text.
        """
        text = "".join(self._pieces)
        if not text.strip():
            remedy = "look whether it shows any text; a scanned page must be recognised (OCR) first"
            raise ReadError(source or id, "the file holds no text", remedy)
        return Document(
            text,
            id=id,
            source=source,
            tables=tuple(self._tables),
            headings=tuple(self._headings),
            places=tuple(self._places),
            asides=tuple(self._asides),
            notices=(*self._notices, *recognition_notices(text, self._doubts, self._recognised)),
            doubts=tuple(self._doubts),
            recognised=self._recognised,
            **{name: value for name, value in stated.items() if value is not None},
        )

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
