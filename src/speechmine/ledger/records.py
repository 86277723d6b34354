"""What a ledger holds, in memory: rows with what we wrote and what people filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

__all__ = [
    "OWN_PREFIX",
    "STATE_PUSHED",
    "WHERE_NAMED",
    "CellChange",
    "Cells",
    "Ledger",
    "LedgerRow",
    "Merged",
    "MergedRow",
    "RowFate",
    "answered",
]

#: What the names of rows begin with that people wrote.
OWN_PREFIX = "o-"
#: Where a row remembers which state a tracker had been given when one came from it.
STATE_PUSHED = "state_pushed"
#: Fields that have a column where the texts name such parties.
WHERE_NAMED = ("supervise", "leader", "person")
#: Text of cells by field or heading; an empty cell is an empty text.
Cells = Mapping[str, str]
#: kept: as before; changed: the speech says it otherwise now; added: new in the speech; dropped:
#: no longer in it; restored: back in it; own: a row that people wrote.
RowFate = Literal["kept", "changed", "added", "dropped", "restored", "own"]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row.

    Attributes:
        id: stays with the row through every revision of the speech; of a row that people wrote,
            None until the file goes out, then a name that begins with ``o``.
        document: which speech it comes from.
        cells: our fields as they stand in the file now.
        written: our fields as we wrote them last; None where nothing remembers them.
        own: columns that people fill in, by heading.
        dropped: the speech says it no longer.
        at: row of the sheet, from 1; None where it stands in no file yet.
        issued: columns that people fill in, ours (state) by field and theirs by heading, as they
            stood when the file went out; None where nothing remembers them.
    """

    id: str | None
    document: str = ""
    cells: Cells = field(default_factory=dict)
    written: Cells | None = None
    own: Cells = field(default_factory=dict)
    dropped: bool = False
    at: int | None = None
    issued: Cells | None = None

    @property
    def by_people(self) -> bool:
        """Whether people wrote the row, and no speech.

        Example:
            >>> LedgerRow(None).by_people, LedgerRow("o-1").by_people, LedgerRow("t-1").by_people
            (True, True, False)
        """
        return self.id is None or self.id.startswith(OWN_PREFIX)

    def known(self, name: str) -> str:
        """A field as the speech had it, not as people changed it."""
        return (self.written or self.cells).get(name) or self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger.

    Attributes:
        rows: in the order of the file.
        documents: keys of the speeches with their titles.
        fields: our fields that have a column. own: headings of the other columns, in order.
        removed: rows that we wrote and people took out.
        leading: those of ``own`` that stand before the task.
        foot: lines below the table.
    """

    rows: tuple[LedgerRow, ...]
    documents: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    removed: tuple[LedgerRow, ...] = ()
    leading: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellChange:
    """A field that the speech now says otherwise.

    Attributes:
        field: its name. before: as we wrote it last (empty where nothing remembers it).
        now: as the speech has it. kept: what people had put there and what therefore stays;
            None where the cell was ours and now says what the speech says.
        by: who says ``now``: the speech (原文), or a tracker.
    """

    field: str
    before: str
    now: str
    kept: str | None = None
    by: str = "原文"


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A row after the merge, with what happened to it."""

    kind: RowFate
    row: LedgerRow
    changes: tuple[CellChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """A ledger brought up to date.

    Attributes:
        rows: old ones in their order, added ones behind their neighbours in the speech.
        old, new: what was merged.
        removed: rows that people took out and the speech still has; they stay out.
    """

    rows: tuple[MergedRow, ...]
    old: Ledger
    new: Ledger
    removed: tuple[LedgerRow, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind, and how many cells both people and speech changed.

        Example:
            >>> Merged((), Ledger(()), Ledger(())).counts["dropped"]
            0
        """
        found = Counter[str](row.kind for row in self.rows)
        kinds = ("kept", "changed", "added", "dropped", "restored", "own")
        conflicts = sum(c.kept is not None for row in self.rows for c in row.changes)
        told = {"conflicts": conflicts, "removed": len(self.removed)}
        return {**{kind: found[kind] for kind in kinds}, **told}

    @property
    def ledger(self) -> Ledger:
        """The merged ledger itself."""
        return Ledger(
            tuple(merged.row for merged in self.rows),
            {**self.old.documents, **self.new.documents},
            tuple(dict.fromkeys((*self.old.fields, *self._brought))),
            tuple(dict.fromkeys((*self.old.own, *(self.new.own if self._ours else ())))),
            self.old.removed,
            self.new.leading,
            tuple(dict.fromkeys((*self.old.foot, *self.new.foot))),
        )

    @property
    def _ours(self) -> bool:
        """Whether the sheet may get columns: a template of an office lacks the wording (原文)."""
        return "text" in self.old.fields

    @property
    def _brought(self) -> tuple[str, ...]:
        """Fields that the old ledger has no column for, and that now say something."""
        if not self._ours:
            return ()
        spoken = {n for row in self.new.rows for n, said in row.cells.items() if said}
        several = len({**self.old.documents, **self.new.documents}) > 1
        found = [n for n in self.new.fields if n in WHERE_NAMED and n in spoken]
        return (*found, *("source" for _ in range(several)))

    @property
    def unchanged(self) -> bool:
        """Whether the file may stay as it is, byte for byte."""
        old = {row.id: row for row in self.old.rows if row.id is not None}
        return self.old.documents == self.ledger.documents and all(
            m.kind in ("kept", "own") and not m.changes and _same(m.row, old) for m in self.rows
        )


def _same(row: LedgerRow, old: Mapping[str, LedgerRow]) -> bool:
    before = old.get(row.id or "")
    if row.by_people or before is None:
        return row.by_people
    return row.cells == before.cells and _filled_cells(row.written) == _filled_cells(before.written)


def _filled_cells(cells: Cells | None) -> dict[str, str]:
    return {name: text for name, text in (cells or {}).items() if text}


def answered(row: LedgerRow, fields: Collection[str]) -> LedgerRow:
    """The row; where nobody but a leader answers and he has no column, he stands among the bodies.

    Args:
        row: the row.
        fields: those that have a column.

    Example:
        >>> row = LedgerRow("t-1", cells={"who": "", "leader": "王副县长"})
        >>> [answered(row, fields).cells["who"] for fields in (("who",), ("who", "leader"))]
        ['王副县长', '']
    """
    leader = "、".join(filter(None, (row.cells.get("leader"), row.cells.get("person"))))
    if row.cells.get("who") or not leader or {"leader", "person"} & set(fields):
        return row
    cells = {**row.cells, "who": leader}
    return replace(row, cells=cells, written={**(row.written or {}), "who": leader})
