"""Copies of one ledger that came back: every entry kept, contradictions listed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from speechmine.ledger.cells import squeezed
from speechmine.ledger.layout import known_columns
from speechmine.ledger.memory import named_rows
from speechmine.ledger.records import Ledger, LedgerRow

__all__ = ["Collected", "Conflict", "Copy", "collect_copies"]

#: Fields that only the file of one department has.
_PART = ("unit", "duty")
#: Fields that no department answers for.
_OURS = ("no", "text", "latest", *_PART)


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that came back.

    Attributes:
        name: of the file, without folder. ledger: what stands in it.
        unit: what its line 填报单位 says; empty where it says nothing.
        path: where it is.
    """

    name: str
    ledger: Ledger
    unit: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more entries for one cell.

    Attributes:
        row: identifier. no, task: of the row, for people. column: heading.
        kept: what stands in the cell now.
        entries: every entry with the file that has it.
    """

    row: str
    no: str
    task: str
    column: str
    kept: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Collected:
    """A ledger with what its copies say.

    Attributes:
        ledger: the rows.
        base: name of the copy that the others were laid on.
        entries: how many cells each copy filled, by its name, and in which rows.
        conflicts: cells with more than one entry.
        added: rows of people's own that came in.
    """

    ledger: Ledger
    base: str
    entries: Mapping[str, Mapping[str, int]]
    conflicts: tuple[Conflict, ...]
    added: tuple[LedgerRow, ...]


def collect_copies(copies: Sequence[Copy], *, base: Copy | None = None) -> Collected:
    """Lay copies of one ledger together.

    An entry is a cell that says something else than it did when the file went out; an emptied
    cell is none. One entry goes into the ledger. Where there are several, the cell keeps what
    the base has, else the first, and all of them are listed. Rows and columns that a copy lacks
    stay; rows that people added come in once.

    Args:
        copies: at least one, in the order in which their entries count.
        base: the one whose looks and order stay; by default that with the most rows and columns,
            of equals the first. What one copy has deleted the others still have.

    Example:
        >>> row = LedgerRow("t-1", cells={"task": "修路", "progress": ""}, issued={})
        >>> done = dataclasses.replace(row, cells={"task": "修路", "progress": "已修完"})
        >>> pair = [Copy("台账", Ledger((row,))), Copy("甲局", Ledger((done,)))]
        >>> collect_copies(pair).ledger.rows[0].cells["progress"]
        '已修完'
    """
    base = base or max(copies, key=lambda copy: _size(copy.ledger))
    others = [copy for copy in copies if copy is not base]
    rows = _with_missing(base.ledger, others)
    found = _Collecting(base.name, {row.id or "": row for row in rows})
    own = [name for copy in copies for name in copy.ledger.own]
    fields = [n for copy in copies for n in copy.ledger.fields if n not in _PART]
    matched = [(copy, _matched(copy.ledger, rows)) for copy in others]
    laid = [
        found.laid(row, [(c.name, m[row.id or ""]) for c, m in matched if row.id in m])
        for row in rows
    ]
    found.count_own(base)
    added = tuple(_own_rows(rows, matched))
    documents = {k: v for copy in copies for k, v in copy.ledger.documents.items()}
    ledger = dataclasses.replace(
        base.ledger,
        rows=tuple(_placed(laid, added)),
        documents=documents,
        fields=tuple(dict.fromkeys(fields)),
        own=tuple(dict.fromkeys(own)),
        removed=tuple(r for r in base.ledger.removed if r.id not in found.rows),
    )
    return Collected(
        ledger, base.name, found.entries, tuple(found.conflicts), tuple(r for _, r in added)
    )


def _size(ledger: Ledger) -> tuple[int, int]:
    named = sum(not row.by_people for row in ledger.rows)
    return named, len(ledger.fields) + len(ledger.own)


@dataclass(slots=True)
class _Collecting:
    """Entries and conflicts, as they are found."""

    base: str
    rows: Mapping[str, LedgerRow]
    entries: dict[str, dict[str, int]] = dataclasses.field(default_factory=dict)
    conflicts: list[Conflict] = dataclasses.field(default_factory=list)

    def laid(self, row: LedgerRow, others: Sequence[tuple[str, LedgerRow]]) -> LedgerRow:
        """The row with the entries of all copies."""
        cells, own = dict(row.cells), dict(row.own)
        columns = [(n, True) for _, r in others for n in r.cells if n not in _OURS]
        columns += [(n, False) for _, r in others for n in r.own]
        for name, ours in dict.fromkeys(columns):
            into = cells if ours else own
            into[name] = self._cell(row, name, ours, others, into.get(name, ""))
        return dataclasses.replace(row, cells=cells, own=own)

    def _cell(
        self,
        row: LedgerRow,
        name: str,
        ours: bool,  # whose column it is
        others: Sequence[tuple[str, LedgerRow]],
        said: str,
    ) -> str:
        given: list[tuple[str, str]] = []
        moved_on = False
        for copy, other in others:
            entry, origin = _said_and_issued(other, name, ours=ours, like=row)
            if entry and entry not in (origin, said):
                given.append((copy, entry))
                moved_on = moved_on or said != origin
            if entry and entry != origin:
                self._count(copy, row.id or "")
        held = bool(said) and (moved_on or said != _row_origin(row, name, ours=ours))
        listed = ([(self.base, said)] if held else []) + given
        if not given:
            return said
        kept = said if held else given[0][1]
        if len({text for _, text in listed}) > 1:
            label = known_columns()[name].label if ours else name
            task = row.cells.get("task", "")
            self.conflicts.append(
                Conflict(row.id or "", row.cells.get("no", ""), task, label, kept, tuple(listed))
            )
        return kept

    def _count(self, copy: str, row: str) -> None:
        counted = self.entries.setdefault(copy, {})
        counted[row] = counted.get(row, 0) + 1

    def count_own(self, base: Copy) -> None:
        """The entries of the base itself."""
        for row in base.ledger.rows:
            names = [(n, True) for n in row.cells if n not in _OURS] + [(n, False) for n in row.own]
            for name, ours in names if row.id else ():
                entry, origin = _said_and_issued(row, name, ours=ours, like=row)
                if entry and entry != origin:
                    self._count(base.name, row.id or "")


def _said_and_issued(row: LedgerRow, name: str, *, ours: bool, like: LedgerRow) -> tuple[str, str]:
    """What a cell says, and what it said when the file went out.

    A copy that was pasted into another program remembers nothing; then the base does.
    """
    said = (row.cells if ours else row.own).get(name, "")
    remembers = row.written is not None or row.issued is not None
    return said, _row_origin(row if remembers else like, name, ours=ours)


def _row_origin(row: LedgerRow, name: str, *, ours: bool) -> str:
    theirs = not ours or row.by_people or known_columns()[name].theirs
    known = row.issued if theirs else row.written
    return (known or {}).get(name, "")


def _with_missing(base: Ledger, others: Iterable[Copy]) -> list[LedgerRow]:
    """The rows of the base, and those that others still have, behind their neighbours."""
    rows = named_rows(base.rows)
    known = {row.id for row in rows} | {_wording(row) for row in rows}
    for copy in others:
        last: str | None = None
        for row in copy.ledger.rows:
            if not row.by_people and row.id not in known and _wording(row) not in known:
                at = next((i + 1 for i, r in enumerate(rows) if r.id == last), len(rows))
                rows.insert(at, dataclasses.replace(row, at=None))
                known |= {row.id, _wording(row)}
            last = row.id or last
    return rows


def _wording(row: LedgerRow) -> str:
    return squeezed(row.known("text") or row.known("task")) or str(row.id)


def _matched(ledger: Ledger, rows: Sequence[LedgerRow]) -> dict[str, LedgerRow]:
    """The rows of a copy by the identifier that they have in the base, else by their wording."""
    ids = {row.id or "" for row in rows}
    worded = {_wording(row): row.id or "" for row in rows}
    found: dict[str, LedgerRow] = {}
    for row in ledger.rows:
        name = row.id if row.id in ids else worded.get(_wording(row), "")
        if name and name not in found:
            found[name] = row
    return found


def _own_rows(
    rows: Sequence[LedgerRow], matched: Sequence[tuple[Copy, Mapping[str, LedgerRow]]]
) -> Iterator[tuple[str | None, LedgerRow]]:
    """Rows that people added to copies, each once, with the row that they stand behind."""
    seen = {_row_content(row) for row in rows}
    for copy, known in matched:
        there = {id(row): name for name, row in known.items()}
        behind: str | None = None
        for row in copy.ledger.rows:
            if id(row) in there:
                behind = there[id(row)]
            elif row.by_people and _row_content(row) not in seen:
                seen.add(_row_content(row))
                yield behind, dataclasses.replace(row, at=None)


def _row_content(row: LedgerRow) -> tuple[object, ...]:
    said = {**row.cells, **row.own}
    return tuple(sorted((n, t) for n, t in said.items() if t and n != "no"))


def _placed(
    rows: Sequence[LedgerRow], added: Iterable[tuple[str | None, LedgerRow]]
) -> Iterator[LedgerRow]:
    behind: dict[str | None, list[LedgerRow]] = {}
    for name, row in added:
        behind.setdefault(name, []).append(row)
    yield from behind.pop(None, ())
    for row in rows:
        yield row
        yield from behind.pop(row.id, ())
