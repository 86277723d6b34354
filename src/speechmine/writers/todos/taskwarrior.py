"""Tasks for ``task import`` (Taskwarrior): one JSON array.

The identifier is the same in every run, so a second import changes a task and adds none. An
import sets the status to pending: export first what people have done. A day is a day, without
a time zone: the program that takes it in begins it where it runs. Fields of ours: ``smid``
(external id), ``smunits``, ``smlimit``, ``smsource``, ``smtext``, ``smlevel``; declare them as
string UDAs in taskrc.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.writers.todo import Todo, todos, unbroken

__all__ = ["tag_of", "write_taskwarrior"]

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
        out.write((opening + json.dumps(_as_warrior_task(todo), ensure_ascii=False)).encode())
        opening = ",\n"
    out.write(b"[]\n" if opening == "[\n" else b"\n]\n")


def _as_warrior_task(todo: Todo) -> dict[str, Any]:
    found = {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"speechmine:{todo.id}")),
        "status": "pending",
        "description": todo.title,
        "entry": todo.date,
        "due": todo.due,
        "project": todo.project.replace(".", "．"),
        "tags": list(filter(None, map(tag_of, todo.labels))),
        "smid": todo.id,
        "smunits": todo.parties,
        "smlimit": todo.limit,
        "smsource": todo.source,
        "smtext": unbroken(todo.text),
        "smlevel": str(todo.level),
    }
    return {name: value for name, value in found.items() if value}


def tag_of(label: str) -> str:
    """A theme as a tag: letters and figures only.

    Example:
        >>> tag_of("城乡建设（水利）")
        '城乡建设水利'
    """
    return _NO_TAG.sub("", label)
