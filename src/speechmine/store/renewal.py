"""A text before and after: what a later extraction would change, and what it would not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from speechmine.model import Deadline, Extraction, Party, Task
from speechmine.store.records import key_of
from speechmine.store.spans import likest

__all__ = ["Difference", "differences"]

_FIELDS = ("text", "level", "action", "object", "parties", "deadline")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise.

    Attributes:
        kind: a task ``added``, ``dropped`` or ``changed``; a sentence whose ``label`` changed.
        start: where in the text. title: of the task, or the sentence.
        fields: name of each field with what it said before and says after.
    """

    kind: Literal["added", "dropped", "changed", "label"]
    start: int
    title: str
    fields: tuple[tuple[str, str, str], ...] = ()


def differences(before: Extraction, after: Extraction) -> tuple[Difference, ...]:
    """What is otherwise in the second of two extractions of one text, in its order.

    Example:
        >>> import speechmine
        >>> text = "请区财政局制定奖补方案。"
        >>> full, none = speechmine.extract(text), speechmine.extract("无。")
        >>> [d.kind for d in differences(full, full)], [d.kind for d in differences(full, none)]
        ([], ['dropped'])
    """
    found = [*_task_differences(before, after), *_label_differences(before, after)]
    return tuple(sorted(found, key=lambda d: (d.start, d.kind)))


def _task_differences(before: Extraction, after: Extraction) -> Iterator[Difference]:
    now = {task.id: task for task in after.tasks}
    pairs = {task.id: now.pop(task.id) for task in before.tasks if task.id in now}
    for task in before.tasks:
        same = pairs.get(task.id) or likest(task, now.values())
        if same is None:
            yield Difference("dropped", task.start, task.title)
            continue
        now.pop(same.id, None)
        fields = tuple(_field_differences(task, same))
        if fields:
            yield Difference("changed", task.start, task.title, fields)
    for task in now.values():
        yield Difference("added", task.start, task.title)


def _field_differences(before: Task, after: Task) -> Iterator[tuple[str, str, str]]:
    for name in _FIELDS:
        old, new = _as_shown(getattr(before, name)), _as_shown(getattr(after, name))
        if old != new:
            yield name, old, new


def _as_shown(value: object) -> str:
    if isinstance(value, Deadline):
        return " ".join(filter(None, (value.kind, value.text, value.edtf)))
    if isinstance(value, tuple):
        return "、".join(f"{p.role} {p.text}" for p in value if isinstance(p, Party))
    return str(value)


def _label_differences(before: Extraction, after: Extraction) -> Iterator[Difference]:
    old = {key_of(segment): segment for segment in before.segments}
    for segment in after.segments:
        was = old.get(key_of(segment))
        if was is not None and was.discourse != segment.discourse:
            fields = (("discourse", was.discourse, segment.discourse),)
            yield Difference("label", segment.start, segment.text, fields)
