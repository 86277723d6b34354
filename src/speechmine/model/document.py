"""A text with what is known about it, and what its relative times count from."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from speechmine.errors import UsageError
from speechmine.levels import level_named
from speechmine.model.kinds import AdministrativeLevel
from speechmine.model.shown import Shown
from speechmine.model.source import Aside, Doubt, Heading, Notice, Place, Table

__all__ = ["Document", "TimeFrame", "content_id"]


@dataclass(frozen=True, slots=True)
class Document(Shown):
    """A text exactly as its reader produced it, with what is known about it.

    Attributes:
        text: the text; nothing in speechmine ever changes it.
        id: a name that is unique within one run (by default the file's stem).
        title, speaker, place, level, source: as stated by the text or its metadata, else None.
        office: what the speaker is (区长); occasion: the meeting; salutation: whom the text
            addresses (各位代表); as stated, else None.
        date: the day the speech was given, ISO 8601 (``2024-01-05``), or None if unknown.
        tables: tables that the reader kept apart; their cells point into ``text``.
        headings: lines that the file marks as headings, in order.
        places: where the text stands in its file (page, paragraph), in order, without overlap.
        asides: what stands beside the running text: notes, comments, running heads.
        notices: what the reader could not keep or settle.
        doubts: characters that were recognised without certainty, in order.
        recognised: pages whose text was recognised from a picture (扫描件), counted from 1.

    Example:
        >>> Document("要立即开展排查。", id="demo").length
        8
    """

    text: str
    id: str = "text"
    title: str | None = None
    date: str | None = None
    speaker: str | None = None
    place: str | None = None
    level: AdministrativeLevel | None = None
    source: str | None = None
    tables: tuple[Table, ...] = ()
    office: str | None = None
    occasion: str | None = None
    salutation: str | None = None
    headings: tuple[Heading, ...] = ()
    places: tuple[Place, ...] = ()
    asides: tuple[Aside, ...] = ()
    notices: tuple[Notice, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    recognised: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no text; take a day as a day, and other words for a level.

        Raises:
            UsageError: text, date or level is none; the message says what to do.
        """
        if not isinstance(self.text, str):
            raise UsageError(_no_text(self.text))
        if isinstance(self.date, dt.date):
            day = self.date.date() if isinstance(self.date, dt.datetime) else self.date
            object.__setattr__(self, "date", day.isoformat())
        if self.level is not None:
            object.__setattr__(self, "level", level_named(self.level))

    def __repr__(self) -> str:
        known = ("title", "date", "place", "level")
        said = [f"{name}={value!r}" for name in known if (value := getattr(self, name))]
        return f"Document({', '.join([f'id={self.id!r}', *said])}, {self.length:,} characters)"

    @property
    def length(self) -> int:
        """Number of Unicode code points."""
        return len(self.text)

    def place_of(self, offset: int) -> Place | None:
        r"""Where an offset of the text stands in the file; None where the reader cannot tell.

        Args:
            offset: of a character; a line end belongs to the line before it.

        Example:
            >>> places = (Place(0, 4, paragraph=1), Place(5, 9, paragraph=3))
            >>> document = Document("修好水渠\n备足沙袋", places=places)
            >>> document.place_of(document.text.index("沙袋")).paragraph
            3
        """
        index = bisect_right(self.places, offset, key=lambda place: place.start) - 1
        return self.places[index] if index >= 0 else None

    @property
    def sha256(self) -> str:
        """Hash of the text as UTF-8; lone surrogates count as they stand."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """What relative times are resolved against; both None where the document states nothing.

    Attributes:
        date: the day the speech was given.
        year: the year that 今年 means (a report's own year, even if the file is dated later).
    """

    date: dt.date | None = None
    year: int | None = None


def _no_text(given: object) -> str:
    """What to do instead of giving something else for a text."""
    if isinstance(given, os.PathLike):
        return f"{os.fspath(given)!r} is a path, no text: read it first, speechmine.read(path)"
    if isinstance(given, bytes | bytearray | memoryview):
        return "bytes are no text: decode them, or let speechmine.read(path) find out how"
    if hasattr(given, "columns") and hasattr(given, "itertuples"):
        return "a frame is no text: speechmine.extract_frame(frame) reads its rows"
    return f"a text is expected, not {type(given).__name__}"


def content_id(prefix: str, parts: Iterable[object]) -> str:
    """A short stable id from what a record is, so that a second run gives the same one.

    Args:
        prefix: letter that tells the kind of record (``t`` task, ``m`` metric).
        parts: the values that make the record what it is.

    Example:
        >>> content_id("t", ("doc", 3, 9))
        't-48d861a0824a'
    """
    joined = "\x1f".join(str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
