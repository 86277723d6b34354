"""Bodies of DingTalk to-dos (待办): a JSON array, each for ``/v1.0/todo/users/{unionId}/tasks``.

``sourceId`` is the external id. Who is to do it is named in the description: DingTalk wants user
ids, which no speech gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.writers.calls import json_array
from speechmine.writers.todo import Todo, beijing_milliseconds, todos

__all__ = ["write_dingtalk"]

_SUBJECT, _DESCRIPTION = 1024, 4096


def write_dingtalk(
    extractions: Iterable[Extraction],
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # no place for them
) -> None:
    """The tasks of all documents."""
    out.writelines(json_array(_body(todo) for todo in todos(extractions)))


def _body(todo: Todo) -> dict[str, Any]:
    body: dict[str, Any] = {
        "sourceId": todo.id,
        "subject": todo.title[:_SUBJECT],
        "description": todo.description[:_DESCRIPTION],
    }
    return {**body, "dueTime": beijing_milliseconds(todo.due)} if todo.due else body
