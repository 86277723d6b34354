"""What a reader can do to a text: each act gives the changes that it makes.

An act says what is meant (this task is of level 3); the change keeps what was before and what is
after. Offsets are those of the document, and what is quoted is always its text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any, get_args

from speechmine.errors import UsageError
from speechmine.model import (
    Deadline,
    Discourse,
    Metric,
    Notice,
    Party,
    PartySource,
    Role,
    SuggestedParty,
    Task,
    content_id,
)
from speechmine.store.folding import State
from speechmine.store.reading import days_of, metric_in, time_in, wording_of
from speechmine.store.records import Change, key_of
from speechmine.store.spans import Spanned, overlap, trimmed

__all__ = [
    "accept",
    "add_metric",
    "add_party",
    "add_task",
    "change_metric",
    "change_party",
    "dismiss",
    "drop_metric",
    "drop_party",
    "label",
    "merge",
    "move_borders",
    "reject",
    "restore",
    "set_deadline",
    "set_level",
    "split",
]

Changes = tuple[Change, ...]
#: Values by name of the field.
Fields = Mapping[str, object]
NOTHING: Fields = MappingProxyType({})
#: Rule of a record that a person made.
BY_HAND = "reader"
_METRIC_FIELDS = frozenset(
    ("indicator", "low", "high", "unit", "comparator", "kind", "change", "period", "scope")
)


def accept(state: State, tasks: Sequence[str]) -> Changes:
    """These tasks are right as they stand."""
    return tuple(Change("task", t.id, t, t, whole=True) for t in _tasks(state, tasks))


def reject(state: State, tasks: Sequence[str]) -> Changes:
    """These are no tasks."""
    return tuple(Change("task", t.id, t, None) for t in _tasks(state, tasks))


def restore(state: State, task: str) -> Changes:
    """A task that was taken out is one after all."""
    if task not in state.gone:
        raise UsageError(f"task {task}: it was not taken out; load the page again")
    return (Change("task", task, None, state.gone[task], whole=True),)


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
    start, end = _stretch(state, start, end)
    document = state.base.document
    same = [t for t in state.tasks.values() if (t.start, t.end) == (start, end)]
    if same:
        raise UsageError(f"“{same[0].title}” is a task with just these borders already (已有)")
    said = wording_of(document, start, end)
    segment = state.segment_at(start)
    task = Task(
        id=content_id("t", (document.id, start, end, document.text[start:end], BY_HAND)),
        text=document.text[start:end],
        start=start,
        end=end,
        title=said.title,
        level=_level(level),
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
    return (Change("task", task.id, None, task, whole=True), *(_settled(n) for n in settled))


def dismiss(state: State, notice: str) -> Changes:
    """What the program was in doubt about is no task."""
    if notice not in state.notices:
        raise UsageError(f"notice {notice}: it is settled already; load the page again")
    return (_settled(state.notices[notice]),)


def _settled(notice: Notice) -> Change:
    return Change("notice", key_of(notice), notice, None)


def move_borders(state: State, task: str, start: int, end: int) -> Changes:
    """A task reaches from here to there; what its text says by itself is read anew.

    Parties and a time that stood outside the old borders stay; those that the new borders leave
    out go, and those that come in are taken.
    """
    old = _task(state, task)
    start, end = _stretch(state, start, end)
    return (Change("task", old.id, old, _redrawn(state, old, start, end)),)


def merge(state: State, tasks: Sequence[str]) -> Changes:
    """These tasks are one: from the first border to the last, with the parties of all."""
    found = sorted(_tasks(state, dict.fromkeys(tasks)), key=lambda t: (t.start, t.end))
    if len(found) < 2:
        raise UsageError("merge: name two tasks or more (合并至少两项)")
    first, *others = found
    start, end = first.start, max(task.end for task in found)
    drawn = _redrawn(state, first, start, end)
    parties = _each_once((*drawn.parties, *(p for t in others for p in t.parties)))
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
        Change("task", first.id, first, one, whole=True),
        *(Change("task", other.id, other, None) for other in others),
    )


def split(state: State, task: str, cuts: Sequence[int]) -> Changes:
    """A task is several, cut at these offsets; who stands before the first cut owes them all."""
    old = _task(state, task)
    inner = sorted(set(cuts))
    if not inner or inner[0] <= old.start or inner[-1] >= old.end:
        raise UsageError("split: the cut must lie inside the task (分界须在任务之内)")
    text = state.base.document.text
    pieces = [trimmed(text, *piece) for piece in pairwise((old.start, *inner, old.end))]
    if any(start >= end for start, end in pieces):
        raise UsageError("split: a part would be empty (拆分后有一项为空)")
    first = _redrawn(state, old, *pieces[0])
    parts = [first, *(_part(state, old, first, piece) for piece in pieces[1:])]
    kept = Change("task", old.id, old, parts[0], whole=True)
    return (kept, *(Change("task", part.id, None, part, whole=True) for part in parts[1:]))


def _part(state: State, old: Task, first: Task, piece: tuple[int, int]) -> Task:
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
    return _edited(state, task, level=_level(level))


def add_party(
    state: State, task: str, role: str, *, span: tuple[int, int] | None = None, name: str = ""
) -> Changes:
    """A body or person has to do with a task.

    Args:
        state: of the text.
        task: its id.
        role: see :data:`speechmine.model.Role`.
        span: where the text names it.
        name: its name, where no place is given: it is looked for, first in the task, then before
            it, then behind it. What the text does not say is kept as a suggestion.
    """
    found = _task(state, task)
    wanted = _one_of(role, Role, "role")
    span = span or _place_of(state, found, name.strip())
    if span is None:
        own = SuggestedParty(name.strip(), wanted, BY_HAND)
        suggested = tuple(dict.fromkeys((*found.suggested_parties, own)))
        return _edited(state, task, suggested_parties=suggested)
    party = _party(state, found, *_stretch(state, *span), wanted)
    rest = (p for p in found.parties if (p.start, p.end) != (party.start, party.end))
    return _edited(state, task, parties=_each_once((*rest, party)))


def _place_of(state: State, task: Task, name: str) -> tuple[int, int] | None:
    if not name:
        raise UsageError("party: select its name in the text, or write it (选中或填写单位名称)")
    text = state.base.document.text
    inside = text.find(name, task.start, task.end)
    before = text.rfind(name, 0, task.start)
    at = next((at for at in (inside, before, text.find(name, task.end)) if at >= 0), -1)
    return (at, at + len(name)) if at >= 0 else None


def _party(state: State, task: Task, start: int, end: int, role: Role) -> Party:
    """A party of the text, known as the one of the same name is."""
    text = state.base.document.text[start:end]
    known = next((p for t in state.tasks.values() for p in t.parties if p.text == text), None)
    here, there = state.segment_at(task.start), state.segment_at(start)
    near: PartySource = "sentence" if here == there else "item"
    plain = Party(text, start, end)
    return dataclasses.replace(
        known or plain,
        start=start,
        end=end,
        role=role,
        source="explicit" if task.start <= start and end <= task.end else near,
    )


def change_party(state: State, task: str, index: int, *, role: str) -> Changes:
    """A party of a task has this role."""
    parties = list(_task(state, task).parties)
    parties[_index(index, parties)] = dataclasses.replace(
        parties[index], role=_one_of(role, Role, "role")
    )
    return _edited(state, task, parties=tuple(parties))


def drop_party(state: State, task: str, index: int, *, suggested: bool = False) -> Changes:
    """A party has nothing to do with a task; ``suggested``: one that the text does not name."""
    name = "suggested_parties" if suggested else "parties"
    listed = list(getattr(_task(state, task), name))
    del listed[_index(index, listed)]
    return _edited(state, task, **{name: tuple(listed)})


def set_deadline(
    state: State,
    task: str,
    *,
    span: tuple[int, int] | None = None,
    kind: str | None = None,
    edtf: str | None = None,
    keep_text: bool = True,
) -> Changes:
    """By when a task is owed.

    Args:
        state: of the text.
        task: its id.
        span: where the text says so; it is read as the text has it.
        kind: see :data:`speechmine.model.DeadlineKind`; in the place of what was read.
        edtf: a date as EDTF writes it, ``""`` for none; in the place of what was read.
        keep_text: whether the wording stays where no span is given; without it, nothing is said.

    Raises:
        UsageError: no such task, kind or date.
    """
    old = _task(state, task)
    time = old.deadline if keep_text else Deadline()
    if span is not None:
        start, end = _stretch(state, *span)
        around = state.segment_at(start) or old
        time = time_in(state.base.document, start, end, around)
    fields: dict[str, Any] = {}
    if kind is not None and kind != time.kind:
        from speechmine.model import DeadlineKind

        fields["kind"] = _one_of(kind, DeadlineKind, "kind of deadline")
    if edtf is not None and (edtf or None) != time.edtf:
        earliest, latest = days_of(edtf) if edtf else (None, None)
        fields |= {"edtf": edtf or None, "earliest": earliest, "latest": latest, "masked": False}
        fields["note"] = BY_HAND
    return _edited(state, task, deadline=dataclasses.replace(time, **fields))


def label(state: State, start: int, discourse: str) -> Changes:
    """A sentence does this: see :data:`speechmine.model.Discourse`."""
    segment = state.segment_at(start)
    if segment is None:
        raise UsageError(f"offset {start}: no sentence stands there")
    named = dataclasses.replace(segment, discourse=_one_of(discourse, Discourse, "label"))
    return (Change("label", key_of(segment), segment, named),)


def add_metric(state: State, start: int, end: int, fields: Fields = NOTHING) -> Changes:
    """A stretch holds a figure that was missed.

    Args:
        state: of the text.
        start: of the stretch.
        end: of the stretch.
        fields: what is known of it, in the place of what is read there.
    """
    start, end = _stretch(state, start, end)
    around = state.segment_at(start)
    read = metric_in(state.base.document, start, end, around) if around else None
    if read is None:
        raise UsageError("metric: no figure stands in what is selected (所选文字中没有数值)")
    text = state.base.document.text[start:end]
    name = content_id("m", (start, end, text, BY_HAND))
    if name in state.metrics:
        raise UsageError("metric: it is there already (已有该指标)")
    made = dataclasses.replace(read, id=name, text=text, start=start, end=end, rule=BY_HAND)
    return (Change("metric", name, None, _measured(made, fields), whole=True),)


def change_metric(state: State, metric: str, fields: Fields) -> Changes:
    """A figure means something else: see :class:`speechmine.model.Metric`."""
    old = _metric(state, metric)
    return (Change("metric", old.id, old, _measured(old, fields)),)


def drop_metric(state: State, metric: str) -> Changes:
    """A stretch holds no figure that measures anything."""
    old = _metric(state, metric)
    return (Change("metric", old.id, old, None),)


def _measured(metric: Metric, fields: Fields) -> Metric:
    import msgspec

    unknown = set(fields) - _METRIC_FIELDS
    if unknown:
        raise UsageError(f"metric: no field {', '.join(sorted(unknown))}")
    try:
        held = msgspec.convert({**msgspec.to_builtins(metric), **fields}, Metric)
    except msgspec.ValidationError as error:
        raise UsageError(f"metric: {error}") from error
    if held.low is not None and held.high is not None and held.low > held.high:
        raise UsageError(f"metric: from {held.low} to {held.high} is no range (下限大于上限)")
    valued = {"low", "high", "unit"} & set(fields)
    same = all(getattr(held, name) == getattr(metric, name) for name in valued)
    # The value in the base unit was counted from what was read, and is known no longer.
    return (
        held if same else dataclasses.replace(held, norm_low=None, norm_high=None, norm_unit=None)
    )


def _edited(state: State, task: str, **fields: Any) -> Changes:
    old = _task(state, task)
    new = dataclasses.replace(old, **fields)
    if new == old:
        raise UsageError("nothing would change (没有变化)")
    return (Change("task", old.id, old, new),)


def _redrawn(state: State, old: Task, start: int, end: int) -> Task:
    said = wording_of(state.base.document, start, end)
    outside = (p for p in old.parties if not _within(p, old.start, old.end))
    inside = [p for p in old.parties if _within(p, old.start, old.end) and _within(p, start, end)]
    names = {p.text for p in old.parties if _within(p, old.start, old.end)}
    new = (p for p in said.parties if p.text not in names)
    time = old.deadline
    if time.start is None or (_within(time, old.start, old.end) and not _within(time, start, end)):
        time = said.deadline if said.deadline.text or time.start is not None else time
    return dataclasses.replace(
        old,
        text=state.base.document.text[start:end],
        start=start,
        end=end,
        title=said.title,
        action=said.action,
        object=said.object,
        parties=_each_once((*inside, *new, *outside)),
        deadline=time,
    )


def _within(record: Spanned, start: int, end: int) -> bool:
    return (
        record.start is not None
        and record.end is not None
        and (start <= record.start and record.end <= end)
    )


def _each_once(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple({(p.text, p.role): p for p in reversed(list(parties))}.values())[::-1]


def _stretch(state: State, start: int, end: int) -> tuple[int, int]:
    text = state.base.document.text
    if not 0 <= start < end <= len(text):
        raise UsageError(f"selection {start} to {end}: the text has {len(text)} characters")
    first, last = trimmed(text, start, end)
    if first >= last:
        raise UsageError("selection: nothing but blanks and marks (所选没有文字)")
    return first, last


def _task(state: State, task: str) -> Task:
    if task not in state.tasks:
        raise UsageError(
            f"task {task}: it is not there any more; load the page again (任务已不存在)"
        )
    return state.tasks[task]


def _tasks(state: State, tasks: Iterable[str]) -> Iterator[Task]:
    return (_task(state, task) for task in tasks)


def _metric(state: State, metric: str) -> Metric:
    if metric not in state.metrics:
        raise UsageError(f"metric {metric}: it is not there any more; load the page again")
    return state.metrics[metric]


def _level(level: int) -> Any:
    if level not in (1, 2, 3):
        raise UsageError(f"level {level}: 1, 2 or 3 is expected")
    return level


def _one_of(value: str, choices: Any, name: str) -> Any:
    if value not in get_args(choices):
        raise UsageError(f"{name} {value!r}: one of {', '.join(get_args(choices))} is expected")
    return value


def _index(index: int, listed: Sequence[object]) -> int:
    if not 0 <= index < len(listed):
        raise UsageError(f"party {index}: it is not there any more; load the page again")
    return index
