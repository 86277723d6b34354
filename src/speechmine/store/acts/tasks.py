"""What a reader does to tasks: accept, reject, draw anew, put together, take apart."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise

from speechmine.errors import UsageError
from speechmine.model import Deadline, Notice, Task, content_id
from speechmine.store.acts.common import (
    BY_HAND,
    Changes,
    checked_level,
    each_once,
    edited,
    stretch_of,
    task_of,
    tasks_of,
)
from speechmine.store.folding import State
from speechmine.store.reading import wording_of
from speechmine.store.records import RecordChange, key_of
from speechmine.store.spans import Spanned, overlap, trimmed_span

__all__ = [
    "accept",
    "add_task",
    "dismiss",
    "merge",
    "move_borders",
    "reject",
    "restore",
    "set_level",
    "split",
]


def accept(state: State, tasks: Sequence[str]) -> Changes:
    """These tasks are right as they stand."""
    return tuple(RecordChange("task", t.id, t, t, whole=True) for t in tasks_of(state, tasks))


def reject(state: State, tasks: Sequence[str]) -> Changes:
    """These are no tasks."""
    return tuple(RecordChange("task", t.id, t, None) for t in tasks_of(state, tasks))


def restore(state: State, task: str) -> Changes:
    """A task that was taken out is one after all."""
    if task not in state.gone:
        raise UsageError(f"task {task}: it was not taken out; load the page again")
    return (RecordChange("task", task, None, state.gone[task], whole=True),)


def add_task(state: State, start: int, end: int, *, level: int = 2) -> Changes:
    """A stretch of the text is a task that was missed; a doubtful notice on it is settled.

    Args:
        state: of the text.
        start: of the stretch; blanks and marks at its ends are left out.
        end: of the stretch.
        level: 1 requirement, 2 task, 3 hard task.

    Example:
        >>> import speechmine
        >>> from speechmine.store import fold
        >>> state = fold(speechmine.extract("大家辛苦了，水渠要修。", mode="full"), [])
        >>> add_task(state, 6, 11)[0].after.text
        '水渠要修'
    """
    start, end = stretch_of(state, start, end)
    document = state.base.document
    same = [t for t in state.tasks.values() if (t.start, t.end) == (start, end)]
    if same:
        raise UsageError(f"“{same[0].title}” is a task with just these borders already (已有)")
    said = wording_of(document, start, end, state.rules)
    segment = state.segment_at(start)
    task = Task(
        id=content_id("t", (document.id, start, end, document.text[start:end], BY_HAND)),
        text=document.text[start:end],
        start=start,
        end=end,
        title=said.title,
        level=checked_level(level),
        action=said.action,
        object=said.object,
        modality="obliged",
        section=segment.section if segment else None,
        item=segment.item if segment else None,
        group=None,
        parties=said.parties,
        deadline=said.deadline,
        metrics=(),
        measures=(),
        result=None,
        duplicate_of=None,
        themes=(),
        rule=BY_HAND,
    )
    settled = (n for n in state.notices.values() if overlap(n, task) and n.code == "doubtful_task")
    return (
        RecordChange("task", task.id, None, task, whole=True),
        *(_notice_settled(n) for n in settled),
    )


def dismiss(state: State, notice: str) -> Changes:
    """What the program was in doubt about is no task."""
    if notice not in state.notices:
        raise UsageError(f"notice {notice}: it is settled already; load the page again")
    return (_notice_settled(state.notices[notice]),)


def _notice_settled(notice: Notice) -> RecordChange:
    return RecordChange("notice", key_of(notice), notice, None)


def move_borders(state: State, task: str, start: int, end: int) -> Changes:
    """A task reaches from here to there; what its text says by itself is read anew.

    Parties and a time that stood outside the old borders stay; those that the new borders leave
    out go, and those that come in are taken.
    """
    old = task_of(state, task)
    start, end = stretch_of(state, start, end)
    return (RecordChange("task", old.id, old, _redrawn(state, old, start, end)),)


def merge(state: State, tasks: Sequence[str]) -> Changes:
    """These tasks are one: from the first border to the last, with the parties of all."""
    found = sorted(tasks_of(state, dict.fromkeys(tasks)), key=lambda t: (t.start, t.end))
    if len(found) < 2:
        raise UsageError("merge: name two tasks or more (合并至少两项)")
    first, *others = found
    start, end = first.start, max(task.end for task in found)
    drawn = _redrawn(state, first, start, end)
    parties = each_once((*drawn.parties, *(p for t in others for p in t.parties)))
    times = (t.deadline for t in found if t.deadline != Deadline())
    one = dataclasses.replace(
        drawn,
        parties=parties,
        deadline=next(times, drawn.deadline),
        level=max(task.level for task in found),
        measures=tuple(dict.fromkeys(m for t in found for m in t.measures)),
        themes=tuple(dict.fromkeys(t for task in found for t in task.themes)),
        duplicate_of=None,
    )
    return (
        RecordChange("task", first.id, first, one, whole=True),
        *(RecordChange("task", other.id, other, None) for other in others),
    )


def split(state: State, task: str, cuts: Sequence[int]) -> Changes:
    """A task is several, cut at these offsets; who stands before the first cut owes them all."""
    old = task_of(state, task)
    inner = sorted(set(cuts))
    if not inner or inner[0] <= old.start or inner[-1] >= old.end:
        raise UsageError("split: the cut must lie inside the task (分界须在任务之内)")
    text = state.base.document.text
    pieces = [trimmed_span(text, *piece) for piece in pairwise((old.start, *inner, old.end))]
    if any(start >= end for start, end in pieces):
        raise UsageError("split: a part would be empty (拆分后有一项为空)")
    first = _redrawn(state, old, *pieces[0])
    parts = [first, *(_part_of_task(state, old, first, piece) for piece in pieces[1:])]
    kept = RecordChange("task", old.id, old, parts[0], whole=True)
    return (kept, *(RecordChange("task", part.id, None, part, whole=True) for part in parts[1:]))


def _part_of_task(state: State, old: Task, first: Task, piece: tuple[int, int]) -> Task:
    drawn = _redrawn(state, old, *piece)
    document = state.base.document
    shared = tuple(
        dataclasses.replace(party, source="sentence") if party.source == "explicit" else party
        for party in first.parties
    )
    own = any(party.source == "explicit" for party in drawn.parties)
    name = content_id("t", (document.id, *piece, document.text[slice(*piece)], BY_HAND))
    if any((t.start, t.end) == piece for t in state.tasks.values()):
        raise UsageError("split: a part is a task of its own already (拆分出的一项已在台账中)")
    return dataclasses.replace(
        drawn, id=name, parties=drawn.parties if own else shared, measures=(), duplicate_of=None
    )


def set_level(state: State, task: str, level: int) -> Changes:
    """A task is of this level: 1 requirement (要求), 2 task (任务), 3 hard task (硬任务)."""
    return edited(state, task, level=checked_level(level))


def _redrawn(state: State, old: Task, start: int, end: int) -> Task:
    said = wording_of(state.base.document, start, end, state.rules)
    outside = (p for p in old.parties if not _lies_within(p, old.start, old.end))
    inside = [
        p
        for p in old.parties
        if _lies_within(p, old.start, old.end) and _lies_within(p, start, end)
    ]
    names = {p.text for p in old.parties if _lies_within(p, old.start, old.end)}
    new = (p for p in said.parties if p.text not in names)
    time = old.deadline
    if time.start is None or (
        _lies_within(time, old.start, old.end) and not _lies_within(time, start, end)
    ):
        time = said.deadline if said.deadline.text or time.start is not None else time
    return dataclasses.replace(
        old,
        text=state.base.document.text[start:end],
        start=start,
        end=end,
        title=said.title,
        action=said.action,
        object=said.object,
        parties=each_once((*inside, *new, *outside)),
        deadline=time,
    )


def _lies_within(record: Spanned, start: int, end: int) -> bool:
    return (
        record.start is not None
        and record.end is not None
        and (start <= record.start and record.end <= end)
    )
