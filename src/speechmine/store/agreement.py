"""Two readers of one text: where they agree, where they do not, and by how much."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.model import Task
from speechmine.store.folding import State
from speechmine.store.records import key_of
from speechmine.store.spans import likest

__all__ = ["Agreement", "Dispute", "agreement_of"]

_NONE = 0
_FIELDS = ("level", "borders", "parties", "deadline")


@dataclass(frozen=True, slots=True)
class Dispute:
    """One matter on which two readers differ.

    Attributes:
        start: where in the text. about: ``task``, ``label`` or the name of a field.
        title: of the task, or the sentence. first, second: what each says.
    """

    start: int
    about: str
    title: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agree on what both judged.

    Attributes:
        tasks: how many tasks both judged. same: how many of them both have alike in all.
        fields: for each of task, level, borders, parties, deadline: judged, alike.
        kappa: Cohen's kappa over the level, 0 where a reader has no task; None where all of it
            is one level or nothing was judged by both.
        labels: sentences both labelled, alike. disputes: what they differ in.
    """

    tasks: int
    same: int
    fields: tuple[tuple[str, int, int], ...]
    kappa: float | None
    labels: tuple[int, int]
    disputes: tuple[Dispute, ...]


def agreement_of(first: State, second: State) -> Agreement:
    """Compare two readers, each on top of the same extraction.

    A reader judged what they decided about; one who finished the text judged all of it.

    Args:
        first: of :meth:`speechmine.store.Store.state` with a reader.
        second: of another one.
    """
    pairs = list(_judged_pairs(first, second))
    levels = [(_level_or_none(a), _level_or_none(b)) for a, b in pairs]
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    counts = [("task", len(pairs), sum((a is None) == (b is None) for a, b in pairs))]
    counts += [
        (f, len(both), sum(_field_value(a, f) == _field_value(b, f) for a, b in both))
        for f in _FIELDS
    ]
    labels = list(_both_labels(first, second))
    return Agreement(
        tasks=len(pairs),
        same=sum(_say_the_same(a, b) for a, b in pairs),
        fields=tuple(counts),
        kappa=_kappa(levels),
        labels=(len(labels), sum(a == b for _, _, a, b in labels)),
        disputes=tuple(sorted(_disputes(pairs, labels), key=lambda d: (d.start, d.about))),
    )


def _judged_pairs(first: State, second: State) -> Iterator[tuple[Task | None, Task | None]]:
    """Each task that both judged, as each has it."""
    others = {name: task for name, task in second.tasks.items() if name not in first.tasks}
    seen: set[str] = set()
    for name, task in first.tasks.items():
        same = second.tasks.get(name)
        if same is None and name not in second.gone:
            same = likest(task, (t for t in others.values() if t.id not in seen))
        if same is not None:
            seen.add(same.id)
        if _judged_by(first, name) and _judged_by(second, same.id if same else name):
            yield task, same
    for name, task in second.tasks.items():
        if name not in seen and _judged_by(second, name) and _judged_by(first, name):
            yield None, task
    yield from ((None, None) for name in first.gone if name in second.gone)


def _judged_by(state: State, name: str) -> bool:
    return name in state.marks or state.finished is not None


def _level_or_none(task: Task | None) -> int:
    return task.level if task is not None else _NONE


def _field_value(task: Task, field: str) -> str:
    if field == "borders":
        return task.text
    if field == "parties":
        return "、".join(sorted(f"{p.role} {p.text}" for p in task.parties))
    if field == "deadline":
        time = task.deadline
        return " ".join(filter(None, (time.kind, time.text, time.edtf)))
    return str(task.level)


def _say_the_same(one: Task | None, other: Task | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(_field_value(one, field) == _field_value(other, field) for field in _FIELDS)


def _kappa(levels: list[tuple[int, int]]) -> float | None:
    if not levels:
        return None
    from sklearn.metrics import cohen_kappa_score

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one level alone: told by None
        found = float(cohen_kappa_score(*zip(*levels, strict=True)))
    return None if math.isnan(found) else found


def _both_labels(first: State, second: State) -> Iterator[tuple[int, str, str, str]]:
    for segment in first.base.segments:
        name = key_of(segment)
        if _judged_by(first, name) and _judged_by(second, name) and name in second.segments:
            one, other = first.segments[name], second.segments[name]
            yield segment.start, segment.text, one.discourse, other.discourse


def _disputes(
    pairs: list[tuple[Task | None, Task | None]], labels: list[tuple[int, str, str, str]]
) -> Iterator[Dispute]:
    for one, other in pairs:
        known = one or other
        if known is None:
            continue
        if one is None or other is None:
            said = tuple(task.title if task else "" for task in (one, other))
            yield Dispute(known.start, "task", known.title, *said)
            continue
        for field in _FIELDS:
            if _field_value(one, field) != _field_value(other, field):
                said = (_field_value(one, field), _field_value(other, field))
                yield Dispute(one.start, field, one.title, *said)
    for start, text, one_label, other_label in labels:
        if one_label != other_label:
            yield Dispute(start, "label", text, one_label, other_label)
