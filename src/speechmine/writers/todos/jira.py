"""Tasks as CSV for Jira's import: several labels are several columns of the same name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.writers.records.delimited import write_csv_table
from speechmine.writers.todo import Todo, todos

__all__ = ["write_jira"]

_NAMES = ("Summary", "Description", "Issue Type", "Due Date", "External ID")


def write_jira(
    extractions: Iterable[Extraction],
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # no place for them
) -> None:
    """The tasks of all documents; choose the date pattern yyyy-MM-dd in the wizard."""
    listed = list(todos(extractions))
    columns = max((len(_issue_labels(todo)) for todo in listed), default=0)
    rows = (_issue_row(todo, columns) for todo in listed)
    write_csv_table(rows, [*_NAMES, *["Labels"] * columns], out, mark=False)


def _issue_row(todo: Todo, columns: int) -> list[str]:
    labels = _issue_labels(todo)
    fields = [todo.title, todo.description, "Task", todo.due or "", todo.id]
    return [*fields, *labels, *[""] * (columns - len(labels))]


def _issue_labels(todo: Todo) -> list[str]:
    """Themes and units; a label of Jira has no blanks."""
    names = (*todo.labels, *(name for name, _ in todo.units))
    return list(dict.fromkeys(name.replace(" ", "_") for name in names if name))
