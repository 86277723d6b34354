"""Tasks as todo.txt: one line a task, with the day of the speech as day of creation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.writers.todo import Todo, todos

__all__ = ["write_todotxt"]

# Signs by which a word would be a project, a context or a field; in full width they are text.
_SIGNS = str.maketrans({"+": "＋", "@": "＠", ":": "："})
# A line that begins so is done, has a priority or another date.
_OPENING = re.compile(r"x |\([A-Z]\) |\d{4}-\d{2}-\d{2} ")


def write_todotxt(
    extractions: Iterable[Extraction],
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # no place for them
) -> None:
    """The tasks of all documents."""
    out.writelines(f"{_task_line(todo)}\n".encode() for todo in todos(extractions))


def _task_line(todo: Todo) -> str:
    return " ".join(_line_words(todo))


def _line_words(todo: Todo) -> Iterator[str]:
    title = todo.title.translate(_SIGNS)
    if todo.date:
        yield todo.date
    yield f"任务 {title}" if _OPENING.match(title) else title
    if todo.limit and not todo.due:
        yield f"（时限：{todo.limit.translate(_SIGNS)}）"
    yield f"+{_word(todo.project)}"
    yield from dict.fromkeys(f"@{_word(name)}" for name, _ in todo.units)
    if todo.due:
        yield f"due:{todo.due}"
    yield f"smid:{todo.id}"


def _word(text: str) -> str:
    return text.translate(_SIGNS).replace(" ", "_")
