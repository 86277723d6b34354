"""Tasks as an Org file: a heading a document, TODO entries under it."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.writers.todo import Todo, todos

__all__ = ["write_org"]

_WEEKDAYS = "一二三四五六日"
# Signs of tags, cookies and times; in full width they are text.
_SIGNS = str.maketrans({":": "：", "[": "［", "]": "］", "<": "＜", ">": "＞"})
_NO_TAG = re.compile(r"\W")


def write_org(
    extractions: Iterable[Extraction],
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # no place for them
) -> None:
    """The tasks of all documents."""
    for project, group in itertools.groupby(todos(extractions), key=lambda todo: todo.project):
        out.write(f"* {project.translate(_SIGNS)}\n".encode())
        out.writelines(f"{line}\n".encode() for todo in group for line in _entry_lines(todo))


def _entry_lines(todo: Todo) -> Iterator[str]:
    """The wording is fixed-width text (a colon before each line), in which nothing is markup."""
    tags = [tag for label in todo.labels if (tag := _NO_TAG.sub("", label))]
    yield f"** TODO {todo.title.translate(_SIGNS)}" + (f" :{':'.join(tags)}:" if tags else "")
    if todo.due:
        day = dt.date.fromisoformat(todo.due)
        yield f"   DEADLINE: <{todo.due} {_WEEKDAYS[day.weekday()]}>"
    yield from ("   :PROPERTIES:", f"   :ID: {todo.id}", "   :END:")
    yield from (f"   : {line}" for line in todo.description.splitlines())
