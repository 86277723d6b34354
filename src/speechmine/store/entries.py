"""The texts of a store as its tables hold them."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from speechmine.batch.packing import pack_extraction
from speechmine.errors import UsageError
from speechmine.model import Document, Extraction
from speechmine.store.database import DECISIONS, EXTRACTIONS, TEXTS
from speechmine.store.records import StoredText, now

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

__all__ = [
    "UnknownTextError",
    "all_entries",
    "find_entry",
    "insert_text",
    "keep_extraction",
    "known_entry",
    "printable",
    "stored_text",
]


class UnknownTextError(UsageError):
    """No text of that key is in the store."""


def all_entries() -> sa.Select[Any]:
    """The texts in the order in which they came in, with their last extraction."""
    last = (
        sa.select(EXTRACTIONS.c.text, sa.func.max(EXTRACTIONS.c.number).label("number"))
        .group_by(EXTRACTIONS.c.text)
        .subquery()
    )
    counted = (
        sa.select(DECISIONS.c.text, sa.func.count().label("decisions"))
        .group_by(DECISIONS.c.text)
        .subquery()
    )
    made = sa.and_(EXTRACTIONS.c.text == last.c.text, EXTRACTIONS.c.number == last.c.number)
    return (
        sa.select(TEXTS, EXTRACTIONS.c.number, EXTRACTIONS.c.made_by, counted.c.decisions)
        .join(last, last.c.text == TEXTS.c.key)
        .join(EXTRACTIONS, made)
        .outerjoin(counted, counted.c.text == TEXTS.c.key)
        .order_by(TEXTS.c.added, TEXTS.c.key)
    )


def find_entry(connection: Connection, key: str, *, lock: bool = False) -> StoredText | None:
    """The entry of a text, if there is one."""
    if lock:  # of two who decide about one text at once, one waits; SQLite waits in any case
        connection.execute(sa.select(TEXTS.c.key).where(TEXTS.c.key == key).with_for_update())
    row = connection.execute(all_entries().where(TEXTS.c.key == key)).first()
    return stored_text(row) if row else None


def known_entry(entry: StoredText | None, key: str) -> StoredText:
    """An entry that is there."""
    if entry is None:
        raise UnknownTextError(f"text {key}: there is none of that key in the store (库中没有此文)")
    return entry


def stored_text(row: Row[Any]) -> StoredText:
    """A row as an entry."""
    return StoredText(
        key=row.key,
        name=row.name,
        title=row.title,
        date=row.date,
        sha256=row.sha256,
        added=row.added,
        extraction=row.number,
        made_by=row.made_by,
        decisions=row.decisions or 0,
    )


def printable(text: str) -> str:
    """A name without signs that a database or a terminal would stumble over."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def insert_text(connection: Connection, key: str, document: Document) -> None:
    """Keep a text that is new."""
    row = {
        "key": key,
        "name": printable(document.id),
        "title": printable(document.title) if document.title else None,
        "date": document.date,
        "sha256": document.sha256,
        "added": now(),
    }
    connection.execute(TEXTS.insert().values(row))


def keep_extraction(
    connection: Connection, key: str, number: int, extraction: Extraction, made_by: str
) -> None:
    """Keep an extraction of a text under its number."""
    row = {
        "text": key,
        "number": number,
        "made_by": made_by or f"speechmine {version('speechmine')}",
        "at": now(),
        "content": pack_extraction(extraction),
    }
    connection.execute(EXTRACTIONS.insert().values(row))
