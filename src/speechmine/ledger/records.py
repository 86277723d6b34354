"""What a ledger holds, in memory: rows with what we wrote and what people filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["OWN_ROW", "Cells", "Change", "Kind", "Ledger", "LedgerRow", "Merged", "MergedRow"]

#: Names of rows that people wrote begin so.
OWN_ROW = "o-"
#: Text of cells by field or heading; an empty cell is an empty text.
Cells = Mapping[str, str]
#: kept: as before; changed: the speech says it otherwise now; added: new in the speech; dropped:
#: no longer in it; restored: back in it; own: a row that people wrote.
Kind = Literal["kept", "changed", "added", "dropped", "restored", "own"]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row.

    Attributes:
        id: stays with the row through every revision of the speech; None: people wrote the row.
        document: which speech it comes from.
        cells: our fields as they stand in the file now.
        written: our fields as we wrote them last; None where nothing remembers them.
        own: columns that people fill in, by heading.
        dropped: the speech says it no longer.
        at: row of the sheet, from 1; None where it stands in no file yet.
        name: of a row that people wrote, once a tracker had to call it something.
    """

    id: str | None
    document: str = ""
    cells: Cells = field(default_factory=dict)
    written: Cells | None = None
    own: Cells = field(default_factory=dict)
    dropped: bool = False
    at: int | None = None
    name: str = ""

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
    """

    rows: tuple[LedgerRow, ...]
    documents: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    removed: tuple[LedgerRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
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

    kind: Kind
    row: LedgerRow
    changes: tuple[Change, ...] = ()


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
            self.old.fields,
            self.old.own,
            self.old.removed,
        )

    @property
    def unchanged(self) -> bool:
        """Whether the file may stay as it is, byte for byte."""
        old = {row.id: row for row in self.old.rows if row.id is not None}
        return self.old.documents == self.ledger.documents and all(
            m.kind in ("kept", "own") and not m.changes and _same(m.row, old) for m in self.rows
        )


def _same(row: LedgerRow, old: Mapping[str, LedgerRow]) -> bool:
    before = old.get(row.id or "")
    if row.id is None or before is None:
        return row.id is None
    return row.cells == before.cells and _said(row.written) == _said(before.written)


def _said(cells: Cells | None) -> dict[str, str]:
    return {name: text for name, text in (cells or {}).items() if text}
