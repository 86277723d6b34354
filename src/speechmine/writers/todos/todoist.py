"""Tasks as CSV for Todoist: a section a document.

Priority 4 is Todoist's "none"; an empty cell would be read as its highest.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.writers.records.delimited import write_csv_table
from speechmine.writers.todo import Todo, todos

__all__ = ["write_todoist"]

_NAMES = [
    "TYPE",
    "CONTENT",
    "DESCRIPTION",
    "PRIORITY",
    "INDENT",
    "AUTHOR",
    "RESPONSIBLE",
    "DATE",
    "DATE_LANG",
    "TIMEZONE",
]
_NO_PRIORITY = 4
# Signs by which Todoist takes a word for a label or a project; in full width they are text.
_SIGNS = str.maketrans({"@": "＠", "#": "＃"})


def write_todoist(
    extractions: Iterable[Extraction],
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # no place for them
) -> None:
    """The tasks of all documents."""
    write_csv_table(_project_rows(extractions), _NAMES, out, mark=False)


def _project_rows(extractions: Iterable[Extraction]) -> Iterator[list[str | int]]:
    for project, group in itertools.groupby(todos(extractions), key=lambda todo: todo.project):
        yield ["section", project, *[""] * 8]
        yield from (_task_row(todo) for todo in group)


def _task_row(todo: Todo) -> list[str | int]:
    labels = (f"@{label.replace(' ', '_')}" for label in todo.labels if label)
    content = " ".join((todo.title.translate(_SIGNS), *labels))
    when = (todo.due, "en", "Asia/Shanghai") if todo.due else ("", "", "")
    return ["task", content, todo.description, _NO_PRIORITY, 1, "", "", *when]
