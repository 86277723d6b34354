"""Tasks for ``task import`` (Taskwarrior): one JSON array.

The identifier is the same in every run, so a second import changes a task and adds none. An
import sets the status to pending: export first what people have done. Fields of ours: ``smid``
(external id), ``smunits``, ``smlimit``, ``smsource``, ``smtext``, ``smlevel``; declare them as
string UDAs in taskrc.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.writers.todo import Todo, one_line, todos

__all__ = ["midnight", "write_taskwarrior"]

_NO_TAG = re.compile(r"[^\w]")


def write_taskwarrior(
    extractions: Iterable[Extraction],
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # no place for them
) -> None:
    """The tasks of all documents, one a line of the array."""
    opening = "[\n"
    for todo in todos(extractions):
        out.write((opening + json.dumps(_task(todo), ensure_ascii=False)).encode())
        opening = ",\n"
    out.write(b"[]\n" if opening == "[\n" else b"\n]\n")


def _task(todo: Todo) -> dict[str, Any]:
    found = {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"speechmine:{todo.id}")),
        "status": "pending",
        "description": todo.title,
        "entry": midnight(todo.date),
        "due": midnight(todo.due),
        "project": todo.project.replace(".", "．"),
        "tags": [tag for label in todo.labels if (tag := _NO_TAG.sub("", label))],
        "smid": todo.id,
        "smunits": todo.parties,
        "smlimit": todo.limit,
        "smsource": todo.source,
        "smtext": one_line(todo.text),
        "smlevel": str(todo.level),
    }
    return {name: value for name, value in found.items() if value}


def midnight(day: str | None) -> str | None:
    """Taskwarrior's time is UTC; a day begins in Beijing at 16:00 of the day before."""
    if day is None:
        return None
    return f"{dt.date.fromisoformat(day) - dt.timedelta(days=1):%Y%m%d}T160000Z"
