"""What all acts have in common: what is meant must be there, and something must change."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from speechmine.errors import UsageError
from speechmine.model import Party, Task
from speechmine.store.folding import State
from speechmine.store.records import RecordChange
from speechmine.store.spans import trimmed_span

__all__ = [
    "BY_HAND",
    "Changes",
    "checked_level",
    "each_once",
    "edited",
    "one_of",
    "stretch_of",
    "task_of",
    "tasks_of",
]

Changes = tuple[RecordChange, ...]


#: Rule of a record that a person made.
BY_HAND = "reader"


def edited(state: State, task: str, **fields: Any) -> Changes:
    """A task with other fields."""
    old = task_of(state, task)
    new = dataclasses.replace(old, **fields)
    if new == old:
        raise UsageError("nothing would change (没有变化)")
    return (RecordChange("task", old.id, old, new),)


def each_once(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Each party once in a role, where it stands first."""
    return tuple({(p.text, p.role): p for p in reversed(list(parties))}.values())[::-1]


def stretch_of(state: State, start: int, end: int) -> tuple[int, int]:
    """A selection without blanks and marks at its ends."""
    text = state.base.document.text
    if not 0 <= start < end <= len(text):
        raise UsageError(f"selection {start} to {end}: the text has {len(text)} characters")
    first, last = trimmed_span(text, start, end)
    if first >= last:
        raise UsageError("selection: nothing but blanks and marks (所选没有文字)")
    return first, last


def task_of(state: State, task: str) -> Task:
    """A task that is there."""
    if task not in state.tasks:
        raise UsageError(
            f"task {task}: it is not there any more; load the page again (任务已不存在)"
        )
    return state.tasks[task]


def tasks_of(state: State, tasks: Iterable[str]) -> Iterator[Task]:
    """Tasks that are all there."""
    return (task_of(state, task) for task in tasks)


def checked_level(level: int) -> Any:
    """A level that there is."""
    if level not in (1, 2, 3):
        raise UsageError(f"level {level}: 1, 2 or 3 is expected")
    return level


def one_of(value: str, choices: Any, name: str) -> Any:
    """A value that is one of the choices."""
    if value not in get_args(choices):
        raise UsageError(f"{name} {value!r}: one of {', '.join(get_args(choices))} is expected")
    return value
