"""Tasks as CSV for GitLab's import of issues; labels are quick actions, and must exist there.

An import always makes new issues. The wording is quoted, so that no line of it is an action.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.writers.records.delimited import write_csv_table
from speechmine.writers.todo import Todo, todos

__all__ = ["write_gitlab"]

_NAMES = ("title", "description", "due_date")


def write_gitlab(
    extractions: Iterable[Extraction],
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # no place for them
) -> None:
    """The tasks of all documents."""
    rows = ([t.title, _description(t), t.due or ""] for t in todos(extractions))
    write_csv_table(rows, _NAMES, out, mark=False)


def _description(todo: Todo) -> str:
    quoted = (f"> {line}" for line in todo.text.splitlines())
    actions = ('/label ~"' + label.replace('"', "") + '"' for label in todo.labels)
    return "\n".join((*quoted, "", *(f"- {note}" for note in todo.notes), "", *actions)).rstrip()
