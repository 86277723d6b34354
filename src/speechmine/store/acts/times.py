"""What a reader does to the time of a task."""

from __future__ import annotations

import dataclasses
from typing import Any

from speechmine.model import Deadline
from speechmine.store.acts.common import BY_HAND, Changes, edited, one_of, stretch_of, task_of
from speechmine.store.folding import State
from speechmine.store.reading import days_of, time_in

__all__ = ["set_deadline"]


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
    old = task_of(state, task)
    time = old.deadline if keep_text else Deadline()
    if span is not None:
        start, end = stretch_of(state, *span)
        around = state.segment_at(start) or old
        time = time_in(state.base.document, start, end, around, state.rules)
    fields: dict[str, Any] = {}
    if kind is not None and kind != time.kind:
        from speechmine.model import DeadlineKind

        fields["kind"] = one_of(kind, DeadlineKind, "kind of deadline")
    if edtf is not None and (edtf or None) != time.edtf:
        earliest, latest = days_of(edtf) if edtf else (None, None)
        fields |= {"edtf": edtf or None, "earliest": earliest, "latest": latest, "masked": False}
        fields["note"] = BY_HAND
    return edited(state, task, deadline=dataclasses.replace(time, **fields))
