"""What a reader does to the parties of a task."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from speechmine.errors import UsageError
from speechmine.model import Party, PartySource, Role, SuggestedParty, Task
from speechmine.store.acts.common import (
    BY_HAND,
    Changes,
    each_once,
    edited,
    one_of,
    stretch_of,
    task_of,
)
from speechmine.store.folding import State

__all__ = ["add_party", "change_party", "drop_party"]


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
    found = task_of(state, task)
    wanted = one_of(role, Role, "role")
    span = span or _place_of_name(state, found, name.strip())
    if span is None:
        own = SuggestedParty(name.strip(), wanted, BY_HAND)
        suggested = tuple(dict.fromkeys((*found.suggested_parties, own)))
        return edited(state, task, suggested_parties=suggested)
    party = _party_at(state, found, *stretch_of(state, *span), wanted)
    rest = (p for p in found.parties if (p.start, p.end) != (party.start, party.end))
    return edited(state, task, parties=each_once((*rest, party)))


def _place_of_name(state: State, task: Task, name: str) -> tuple[int, int] | None:
    if not name:
        raise UsageError("party: select its name in the text, or write it (选中或填写单位名称)")
    text = state.base.document.text
    inside = text.find(name, task.start, task.end)
    before = text.rfind(name, 0, task.start)
    at = next((at for at in (inside, before, text.find(name, task.end)) if at >= 0), -1)
    return (at, at + len(name)) if at >= 0 else None


def _party_at(state: State, task: Task, start: int, end: int, role: Role) -> Party:
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
    parties = list(task_of(state, task).parties)
    parties[_index(index, parties)] = dataclasses.replace(
        parties[index], role=one_of(role, Role, "role")
    )
    return edited(state, task, parties=tuple(parties))


def drop_party(state: State, task: str, index: int, *, suggested: bool = False) -> Changes:
    """A party has nothing to do with a task; ``suggested``: one that the text does not name."""
    name = "suggested_parties" if suggested else "parties"
    listed = list(getattr(task_of(state, task), name))
    del listed[_index(index, listed)]
    return edited(state, task, **{name: tuple(listed)})


def _index(index: int, listed: Sequence[object]) -> int:
    if not 0 <= index < len(listed):
        raise UsageError(f"party {index}: it is not there any more; load the page again")
    return index
