"""The decisions of a store as its table holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from speechmine.errors import UsageError
from speechmine.store.database import DECISIONS
from speechmine.store.entries import printable
from speechmine.store.records import (
    Decision,
    RecordChange,
    StoredText,
    decode_changes,
    encode_changes,
    now,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

__all__ = ["decision_of", "decisions_in", "done_before", "write_decision"]

_LONGEST_NAME = 60


def decision_of(row: Row[Any]) -> Decision:
    """A row as a decision."""
    return Decision(
        seq=row.seq,
        text=row.text,
        extraction=row.extraction,
        reader=row.reader,
        at=row.at,
        action=row.action,
        changes=decode_changes(row.changes),
        undoes=row.undoes,
    )


def decisions_in(
    connection: Connection, key: str | None, *, since: int = 0
) -> tuple[Decision, ...]:
    """Decisions about a text or all, in their order, behind a number."""
    query = sa.select(DECISIONS).where(DECISIONS.c.seq > since).order_by(DECISIONS.c.seq)
    if key is not None:
        query = query.where(DECISIONS.c.text == key)
    return tuple(decision_of(row) for row in connection.execute(query))


def done_before(connection: Connection, token: str | None) -> Decision | None:
    """What was decided under a token already."""
    if token is None:
        return None
    found = connection.execute(sa.select(DECISIONS).where(DECISIONS.c.token == token)).first()
    return decision_of(found) if found else None


def write_decision(  # noqa: PLR0913  # the columns of the log
    connection: Connection,
    entry: StoredText,
    reader: str,
    action: str,
    *,
    changes: tuple[RecordChange, ...] = (),
    undoes: int | None = None,
    token: str | None = None,
) -> Decision:
    """Keep a decision for good."""
    name = printable(reader.strip())[:_LONGEST_NAME]
    if not name:
        raise UsageError("reader: write your name first (请先填写姓名)")
    row: dict[str, Any] = {
        "text": entry.key,
        "extraction": entry.extraction,
        "reader": name,
        "at": now(),
        "action": action,
        "undoes": undoes,
    }
    made = DECISIONS.insert().values({**row, "changes": encode_changes(changes), "token": token})
    seq = connection.execute(made.returning(DECISIONS.c.seq)).scalar_one()
    return Decision(seq=seq, **{**row, "changes": changes})
