"""Corrections as they come in: JSON to what a reader does."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from speechmine.errors import UsageError
from speechmine.store import Decision, RecordChange, State, Store, acts

__all__ = ["ACTIONS", "Command", "carry_out"]

EditAction = Literal[
    "accept",
    "reject",
    "restore",
    "add",
    "borders",
    "merge",
    "split",
    "level",
    "party_add",
    "party_role",
    "party_drop",
    "deadline",
    "label",
    "metric_add",
    "metric",
    "metric_drop",
    "dismiss",
    "finish",
    "reopen",
    "undo",
    "redo",
]
ACTIONS: tuple[str, ...] = get_args(EditAction)
_Id = Annotated[str, Field(max_length=80)]
_Offset = Annotated[int, Field(ge=0, le=2**31)]


class Command(BaseModel):
    """What a reader does; which fields an action needs is said beside them."""

    model_config = ConfigDict(extra="forbid")

    action: EditAction = Field(description="What is done.")
    reader: str = Field(min_length=1, max_length=60, description="Who does it (姓名).")
    token: _Id | None = Field(
        None, description="Any string: a command sent twice with the same one is done once."
    )
    since: int | None = Field(
        None, ge=0, le=2**31, description="Number of the last decision seen: gives what is new."
    )
    lang: Literal["zh", "en"] = Field("zh", description="Language of what is new.")
    task: _Id | None = Field(None, description="Id of a task: most actions.")
    tasks: list[_Id] = Field(
        default_factory=list, max_length=10_000, description="Ids: accept, reject, merge."
    )
    start: _Offset | None = Field(
        None, description="Selection: add, borders, label, metric_add, party_add, deadline."
    )
    end: _Offset | None = Field(None, description="End of the selection, exclusive.")
    cuts: list[_Offset] = Field(default_factory=list, max_length=50, description="split: offsets.")
    level: int | None = Field(None, ge=1, le=3, description="level, add: 1 要求, 2 任务, 3 硬任务.")
    role: str | None = Field(None, max_length=20, description="party_add, party_role.")
    name: str = Field("", max_length=200, description="party_add without a selection.")
    index: int | None = Field(None, ge=0, le=10_000, description="Which party, from 0.")
    suggested: bool = Field(default=False, description="party_drop: one the text does not name.")
    kind: str | None = Field(None, max_length=20, description="deadline: its kind.")
    edtf: str | None = Field(None, max_length=40, description="deadline: its date as EDTF.")
    clear: bool = Field(default=False, description="deadline: the text names none.")
    label: str | None = Field(None, max_length=20, description="label: of the sentence.")
    metric: _Id | None = Field(None, description="metric, metric_drop: its id.")
    fields: dict[str, str | float | None] = Field(
        default_factory=dict, description="metric, metric_add: fields with their values."
    )
    notice: str | None = Field(None, max_length=200, description="dismiss: code and place.")
    decision: int | None = Field(None, ge=1, le=2**31, description="undo: which; else the last.")


def carry_out(store: Store, text: str, command: Command) -> Decision:
    """Let the reader do it; when this returns, it is kept.

    Raises:
        UsageError: a field is missing, or what is meant is not there.
    """
    reader, token = command.reader, command.token
    if command.action == "undo":
        return store.undo(text, reader=reader, seq=command.decision, token=token)
    if command.action == "redo":
        return store.redo(text, reader=reader, token=token)
    act = _ACTS[command.action]
    done = functools.partial(act, command=command)
    return store.decide(text, done, reader=reader, action=command.action, token=token)


def _need(command: Command, *names: str) -> list[Any]:
    missing = [name for name in names if getattr(command, name) is None]
    if missing:
        raise UsageError(f"{command.action}: needs {', '.join(missing)}")
    return [getattr(command, name) for name in names]


def _selection(command: Command) -> tuple[int, int] | None:
    if command.start is None and command.end is None:
        return None
    start, end = _need(command, "start", "end")
    return start, end


def _several(command: Command) -> list[str]:
    listed = command.tasks or ([command.task] if command.task else [])
    if not listed:
        raise UsageError(f"{command.action}: needs tasks")
    return list(dict.fromkeys(listed))


def _accept(state: State, command: Command) -> tuple[RecordChange, ...]:
    return acts.accept(state, _several(command))


def _reject(state: State, command: Command) -> tuple[RecordChange, ...]:
    return acts.reject(state, _several(command))


def _restore(state: State, command: Command) -> tuple[RecordChange, ...]:
    return acts.restore(state, *_need(command, "task"))


def _add(state: State, command: Command) -> tuple[RecordChange, ...]:
    return acts.add_task(state, *_need(command, "start", "end"), level=command.level or 2)


def _borders(state: State, command: Command) -> tuple[RecordChange, ...]:
    return acts.move_borders(state, *_need(command, "task", "start", "end"))


def _merge(state: State, command: Command) -> tuple[RecordChange, ...]:
    return acts.merge(state, _several(command))


def _split(state: State, command: Command) -> tuple[RecordChange, ...]:
    (task,) = _need(command, "task")
    return acts.split(state, task, command.cuts)


def _level(state: State, command: Command) -> tuple[RecordChange, ...]:
    return acts.set_level(state, *_need(command, "task", "level"))


def _party_add(state: State, command: Command) -> tuple[RecordChange, ...]:
    task, role = _need(command, "task", "role")
    return acts.add_party(state, task, role, span=_selection(command), name=command.name)


def _party_role(state: State, command: Command) -> tuple[RecordChange, ...]:
    task, index, role = _need(command, "task", "index", "role")
    return acts.change_party(state, task, index, role=role)


def _party_drop(state: State, command: Command) -> tuple[RecordChange, ...]:
    task, index = _need(command, "task", "index")
    return acts.drop_party(state, task, index, suggested=command.suggested)


def _deadline(state: State, command: Command) -> tuple[RecordChange, ...]:
    return acts.set_deadline(
        state,
        *_need(command, "task"),
        span=_selection(command),
        kind=command.kind,
        edtf=command.edtf,
        keep_text=not command.clear,
    )


def _label(state: State, command: Command) -> tuple[RecordChange, ...]:
    return acts.label(state, *_need(command, "start", "label"))


def _metric_add(state: State, command: Command) -> tuple[RecordChange, ...]:
    start, end = _need(command, "start", "end")
    return acts.add_metric(state, start, end, command.fields)


def _metric(state: State, command: Command) -> tuple[RecordChange, ...]:
    (metric,) = _need(command, "metric")
    return acts.change_metric(state, metric, command.fields)


def _metric_drop(state: State, command: Command) -> tuple[RecordChange, ...]:
    return acts.drop_metric(state, *_need(command, "metric"))


def _dismiss(state: State, command: Command) -> tuple[RecordChange, ...]:
    return acts.dismiss(state, *_need(command, "notice"))


def _nothing(_state: State, command: Command) -> tuple[RecordChange, ...]:  # noqa: ARG001
    return ()


_ACTS: Mapping[str, Callable[..., tuple[RecordChange, ...]]] = {
    "accept": _accept,
    "reject": _reject,
    "restore": _restore,
    "add": _add,
    "borders": _borders,
    "merge": _merge,
    "split": _split,
    "level": _level,
    "party_add": _party_add,
    "party_role": _party_role,
    "party_drop": _party_drop,
    "deadline": _deadline,
    "label": _label,
    "metric_add": _metric_add,
    "metric": _metric,
    "metric_drop": _metric_drop,
    "dismiss": _dismiss,
    "finish": _nothing,
    "reopen": _nothing,
}
