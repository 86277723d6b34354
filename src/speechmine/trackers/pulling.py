"""Pull: what people did in a tracker comes back into the ledger."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from speechmine.errors import UsageError
from speechmine.ledger import (
    CellChange,
    Ledger,
    LedgerLayout,
    LedgerRow,
    Merged,
    MergedRow,
    default_layout,
    due_day,
)
from speechmine.ledger.cells import clean
from speechmine.ledger.layout import known_columns
from speechmine.ledger.memory import named_rows
from speechmine.ledger.records import STATE_PUSHED, Cells
from speechmine.ledger.round_words import round_words
from speechmine.ledger.states import StateKind, kind_of_state, word_of_state
from speechmine.trackers.items import item_title
from speechmine.trackers.sink import Progress, Remote, Sink, TwoWaySink, base_of

__all__ = ["Pulled", "PulledRow", "pull"]

_BY = "任务系统"
_FIELDS = ("state", "progress")
_OPEN, _CLOSED = ("todo", "doing"), ("done", "cancelled")
_PERCENT = re.compile(r"进度\d{1,3}%")


@dataclass(frozen=True, slots=True)
class PulledRow:
    """A row of the ledger after the pull.

    Attributes:
        row: as it is now. remote: the task there; None: there is none.
        changes: cells; ``kept`` tells a conflict, what the ledger said before and says still.
        differs: our fields as people changed them there (title, due day); they stay there.
    """

    row: LedgerRow
    remote: Remote | None
    changes: tuple[CellChange, ...] = ()
    differs: tuple[str, ...] = ()

    @property
    def action(self) -> Literal["changed", "conflict", "missing", "unchanged"]:
        """What happened; missing: the tracker has no such task.

        Example:
            >>> PulledRow(LedgerRow("t-1"), None).action
            'missing'
        """
        if self.remote is None:
            return "missing"
        if self.differs or any(change.kept is not None for change in self.changes):
            return "conflict"
        return "changed" if self.changes else "unchanged"


@dataclass(frozen=True, slots=True)
class Pulled:
    """A ledger after the pull.

    Attributes:
        rows: each row that says what is owed. merged: for
            :func:`speechmine.ledger.update_ledger`.
        strangers: identifiers of our tasks there that the ledger has no row for.
        no_column: labels of fields that came back and have no column in the ledger.
    """

    rows: tuple[PulledRow, ...]
    merged: Merged
    strangers: tuple[str, ...] = ()
    no_column: tuple[str, ...] = ()

    @property
    def unchanged(self) -> bool:
        """Whether the ledger may stay as it is, byte for byte."""
        old, now = (
            map(_kept_content, ledger.rows) for ledger in (self.merged.old, self.merged.ledger)
        )
        return list(old) == list(now)


def _kept_content(row: LedgerRow) -> tuple[str | None, dict[str, str], dict[str, str]]:
    """What the file keeps of a row."""
    return row.id, _spoken(row.cells), _spoken(row.written or {})


def _spoken(cells: Cells) -> dict[str, str]:
    """A file knows no empty texts."""
    return {name: text for name, text in cells.items() if text}


def pull(ledger: Ledger, sink: Sink, *, layout: LedgerLayout | None = None) -> Pulled:
    """Bring state, progress and comments of a tracker into a ledger.

    A state comes back where it was changed there alone. Where it was changed in the ledger too,
    the ledger's stays, and the pull tells of both. Comments and the share done are added to
    进展情况, each once; what people wrote there stays.

    Args:
        ledger: as :func:`speechmine.ledger.read_ledger` reads it.
        sink: the tracker that it was pushed to.
        layout: the states that the ledger offers.

    Raises:
        UsageError: from this tracker nothing can be pulled.
        TrackerError: it cannot be read.
    """
    if not isinstance(sink, TwoWaySink):
        known = "caldav:, redmine:, taskwarrior:"
        raise UsageError(f"from this tracker nothing can be pulled; from these it can: {known}")
    wanted = layout or default_layout()
    remotes = {remote.id: remote for remote in sink.list()}
    rows, changed = [], []
    for row in named_rows(ledger.rows):
        remote = remotes.pop(row.id or "", None)
        found = PulledRow(row, remote)
        if remote is not None:
            found = _RowAndTask(row, remote, sink.progress(remote), wanted, ledger).pulled()
        changed.append(_pulled_row(found))
        if remote is not None or (row.cells.get("task") and not row.dropped):
            rows.append(found)
    lost = {c.field for found in rows for c in found.changes if c.field not in ledger.fields}
    labels = tuple(known_columns()[name].label for name in _FIELDS if name in lost)
    merged = Merged(tuple(changed), ledger, Ledger(()))
    return Pulled(tuple(rows), merged, tuple(remotes), labels)


def _pulled_row(found: PulledRow) -> MergedRow:
    return MergedRow("changed" if found.changes else "kept", found.row, found.changes)


@dataclass(frozen=True, slots=True)
class _RowAndTask:
    """A row and the task that it is there."""

    row: LedgerRow
    remote: Remote
    there: Progress
    layout: LedgerLayout
    ledger: Ledger

    def pulled(self) -> PulledRow:
        changes = tuple(c for c in (self._state(), self._progress()) if c is not None)
        taken = {c.field: c.now for c in changes if c.kept is None and self._has(c.field)}
        row = dataclasses.replace(self.row, cells={**self.row.cells, **taken})
        row = dataclasses.replace(row, written={**(row.written or {}), **self._seen(row, changes)})
        return PulledRow(row, self.remote, changes, tuple(self._differs()))

    def _has(self, field: str) -> bool:
        return field in self.ledger.fields

    def _said(self, field: str) -> str:
        return self.row.cells.get(field, "")

    def _known(self, field: str) -> str:
        return (self.row.written or {}).get(field, "")

    def _state(self) -> CellChange | None:
        """The state there, where it was changed there: taken, or a conflict."""
        ours, theirs = kind_of_state(self._said("state")), self.there.state
        late = ours == "" and theirs in _OPEN
        base = base_of(kind_of_state(self._known("state")), self._known(STATE_PUSHED), self.remote)
        if not theirs or ours == theirs or late or theirs == base:
            return None
        kept = None if ours in ("", base) else self._said("state")
        return CellChange("state", self._said("state"), self._word(theirs), kept, _BY)

    def _word(self, kind: StateKind) -> str:
        """As the ledger calls the state; by the tracker's word where it has none for it."""
        word = self.there.word
        if word in self.layout.states and kind_of_state(word) == kind:
            return word
        return word_of_state(kind, self.layout.states) or word

    def _progress(self) -> CellChange | None:
        """Lines that were not brought here before; a share done that is past goes."""
        lines, seen = self._said("progress").split("\n"), self._known("progress").split("\n")
        there = self._lines()
        past = {line for line in seen if _PERCENT.fullmatch(line) and line not in there}
        fresh = [line for line in there if line not in seen and line not in lines]
        if not fresh:
            return None
        now = "\n".join([*(line for line in lines if line and line not in past), *fresh])
        return CellChange("progress", self._said("progress"), now, None, _BY)

    def _lines(self) -> list[str]:
        percent = self.there.percent
        said = str(round_words()["pulled"]["percent"]).format(percent=percent)
        told = [said] if percent and self.there.state not in _CLOSED else []
        return [clean(line) for line in (*told, *self.there.comments)]

    def _seen(self, row: LedgerRow, changes: Sequence[CellChange]) -> dict[str, str]:
        """What is known from now on; what has no column or is in dispute is not."""
        found = {}
        disputed = any(change.kept is not None for change in changes)
        if self._has("state") and not disputed:
            state = row.cells.get("state", "")
            agreed = kind_of_state(state) == self.there.state
            found["state"] = state if agreed else self._word(self.there.state)
            found[STATE_PUSHED] = self.remote.state_pushed
        if self._has("progress"):
            lines = (*self._known("progress").split("\n"), *self._lines())
            found["progress"] = "\n".join(dict.fromkeys(filter(None, lines)))
        return found

    def _differs(self) -> Iterator[str]:
        """Our fields as people changed them there."""
        if self.remote.now == self.remote.pushed:
            return
        title, due = item_title(self.row), due_day(self.row)
        here = due.isoformat() if due else ""
        if self.there.title.strip() != title:
            yield f"标题：{self.there.title.strip()}"
        if self.there.due != here:
            yield f"时限：{self.there.due or '（无）'}"
        if self.there.title.strip() == title and self.there.due == here:
            yield "说明文字"
