"""What a store keeps: texts, and what readers decided about them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from speechmine.model import Metric, Notice, Segment, Task

__all__ = [
    "Decision",
    "Kind",
    "LastWord",
    "Record",
    "RecordChange",
    "StoredText",
    "decode_changes",
    "encode_changes",
    "key_of",
    "now",
]

#: What a change is about.
Kind = Literal["task", "metric", "label", "notice"]
Record = Task | Metric | Segment | Notice
_TYPES: Mapping[Kind, type[Record]] = {
    "task": Task,
    "metric": Metric,
    "label": Segment,
    "notice": Notice,
}


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record before and after a decision.

    Attributes:
        of: what it is. id: of the record; of a sentence or notice, its place (:func:`key_of`).
        before: as the reader saw it; None: it was added.
        after: as the reader left it; None: it was taken out.
        whole: the reader answers for all of ``after``; else only for the fields that differ.
    """

    of: Kind
    id: str
    before: Record | None
    after: Record | None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """One step of one reader, as it stands in the log.

    Attributes:
        seq: place in the log of the store. text: key of the text.
        extraction: number of the extraction that the reader saw.
        reader: who. at: when, ISO 8601 in UTC. action: what was done, such as ``accept``.
        changes: what it changed. undoes: ``seq`` of the decision that it takes back.
    """

    seq: int
    text: str
    extraction: int
    reader: str
    at: str
    action: str
    changes: tuple[RecordChange, ...] = ()
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class LastWord:
    """Who decided last about something, and what."""

    reader: str
    at: str
    action: str
    seq: int


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text of the store.

    Attributes:
        key: its name in addresses and in the log. name: id of its document, such as a file's stem.
        title, date: of the document. added: when it came in, ISO 8601 in UTC.
        extraction: number of its latest extraction, from 1. made_by: what made that one.
        decisions: how many stand in the log.
    """

    key: str
    name: str
    title: str | None
    date: str | None
    sha256: str
    added: str
    extraction: int
    made_by: str
    decisions: int = 0


def key_of(record: Segment | Notice) -> str:
    """The name of a record that has no id: its place in the text.

    Example:
        >>> key_of(Notice("doubtful_task", "待核", 3, 9))
        'doubtful_task:3-9'
    """
    place = f"{record.start}-{record.end}"
    return place if isinstance(record, Segment) else f"{record.code}:{place}"


def encode_changes(changes: tuple[RecordChange, ...]) -> str:
    """Changes as JSON, in ASCII: a lone surrogate of a text passes as its escape."""
    import msgspec

    return json.dumps(msgspec.to_builtins(changes))


def decode_changes(content: str) -> tuple[RecordChange, ...]:
    """What :func:`encode` was given.

    Raises:
        ValueError: it is damaged, or of a later version.
    """
    return tuple(_change_of(item) for item in json.loads(content))


def _change_of(item: Mapping[str, Any]) -> RecordChange:
    import msgspec

    kind: Kind = item["of"]
    before, after = (
        None if item[name] is None else msgspec.convert(item[name], _TYPES[kind])
        for name in ("before", "after")
    )
    return RecordChange(kind, item["id"], before, after, item["whole"])


def now() -> str:
    """The moment, as the store keeps it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
