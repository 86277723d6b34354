"""Tasks as a Markdown checklist: a heading a document, a box a task, its wording quoted."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.writers.todo import Todo, todos, unbroken

__all__ = ["write_markdown"]

_MARKUP = re.compile(r"([\\`*_\[\]<>#&|~!@])")


def write_markdown(
    extractions: Iterable[Extraction],
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # no place for them
) -> None:
    """The tasks of all documents."""
    for project, group in itertools.groupby(todos(extractions), key=lambda todo: todo.project):
        out.write(f"# {_escaped(project)}\n\n".encode())
        out.writelines(f"{line}\n".encode() for todo in group for line in _list_lines(todo))
        out.write(b"\n")


def _list_lines(todo: Todo) -> Iterator[str]:
    known = (todo.parties, f"时限：{todo.limit}" if todo.limit else "", _latest_shown(todo))
    marks = "；".join(_escaped(part) for part in known if part)
    yield f"- [ ] **{_escaped(todo.title)}**" + (f"（{marks}）" if marks else "")
    yield f"  > {_escaped(unbroken(todo.text))}"
    yield f"  > —— {_escaped(todo.source)} <!-- {todo.id} -->"


def _latest_shown(todo: Todo) -> str:
    return f"最迟 {todo.due}" if todo.due else ""


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
