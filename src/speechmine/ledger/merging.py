"""A filled-in ledger and a later extraction: nothing lost, nothing doubled."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from speechmine.ledger.layout import LedgerLayout, default_layout, known_columns
from speechmine.ledger.pairing import pair_rows, renamed_documents
from speechmine.ledger.records import (
    STATE_PUSHED,
    CellChange,
    Cells,
    Ledger,
    LedgerRow,
    Merged,
    MergedRow,
    answered,
)
from speechmine.model import content_id

__all__ = ["merge_ledgers"]


def merge_ledgers(old: Ledger, new: Ledger, *, layout: LedgerLayout | None = None) -> Merged:
    """Bring a ledger that people have worked on up to date with what the speeches say now.

    A task is known again by its wording; one that was revised by the likeness of its wording
    (Dice's coefficient of two-character runs, at least 0.5, each task matched once so that the
    sum is greatest). What people filled in stays, also in our columns: a cell changes only where
    it still says what we wrote. Rows of speeches that are not in ``new`` stay as they are, and a
    row that people deleted does not come back. Numbers stay; added rows go on counting.

    Args:
        old: as :func:`speechmine.ledger.read_ledger` reads it.
        new: as :func:`speechmine.ledger.make_ledger` makes it.
        layout: names of states; the customary ones by default.

    Returns:
        The rows with what happened to each.

    Example:
        >>> import speechmine
        >>> from speechmine.ledger import make_ledger
        >>> before = make_ledger([speechmine.extract("请区财政局6月底前制定奖补方案。")])
        >>> now = make_ledger([speechmine.extract("请区财政局7月底前制定奖补方案。")])
        >>> merged = merge_ledgers(before, now)
        >>> merged.counts["changed"], merged.rows[0].row.cells["deadline"]
        (1, '7月底前')
    """
    wanted = layout or default_layout()
    if "text" not in old.fields:  # an office's template has no column for leaders of its own
        new = dataclasses.replace(new, rows=tuple(answered(row, old.fields) for row in new.rows))
    renamed = renamed_documents(old, new)
    known = (*old.rows, *old.removed)
    pairs = pair_rows(known, new.rows, renamed)
    covered = {renamed.get(key, key) for key in new.documents}
    rows = [
        _merged_row(row, new.rows[pairs[at]] if at in pairs else None, old.fields, wanted, covered)
        for at, row in enumerate(old.rows)
    ]
    documents = {renamed.get(key, key): title for key, title in new.documents.items()}
    return Merged(
        tuple(_woven(rows, _added(old, new, pairs, renamed))),
        old,
        dataclasses.replace(new, documents=documents),
        removed=tuple(row for at, row in enumerate(old.removed, len(old.rows)) if at in pairs),
    )


def _merged_row(
    row: LedgerRow,
    now: LedgerRow | None,
    fields: Sequence[str],
    layout: LedgerLayout,
    covered: Iterable[str],
) -> MergedRow:
    if row.by_people:
        return MergedRow("own", row)
    if now is not None:
        return _updated(row, now, fields, layout)
    if row.document not in covered or row.dropped:
        return MergedRow("kept", row)
    return MergedRow("dropped", _with_state(row, layout, layout.dropped, dropped=True))


def _updated(
    row: LedgerRow, now: LedgerRow, fields: Sequence[str], layout: LedgerLayout
) -> MergedRow:
    """A row that the speech still has."""
    changes = tuple(_changes(row, now, fields))
    cells = {**row.cells, **{c.field: c.now for c in changes if c.kept is None}}
    # What a tracker said last is known still, whatever the speech says.
    kept = {STATE_PUSHED, *(c.field for c in known_columns().values() if c.theirs)}
    seen = {name: said for name, said in (row.written or {}).items() if name in kept}
    written = {**now.cells, **seen, "no": row.known("no")}
    merged = dataclasses.replace(row, cells=cells, written=written)
    told = tuple(change for change in changes if not known_columns()[change.field].quiet)
    if row.dropped:
        back = _with_state(merged, layout, layout.initial, dropped=False)
        return MergedRow("restored", back, told)
    return MergedRow("changed" if told else "kept", merged, told)


def _changes(row: LedgerRow, now: LedgerRow, fields: Sequence[str]) -> Iterator[CellChange]:
    """Cells that the speech has otherwise than we wrote them."""
    for name in dict.fromkeys((*fields, "text", "latest")):
        column = known_columns().get(name)
        if column is None or column.theirs or name == "no":
            continue
        said, wanted = row.cells.get(name, ""), now.cells.get(name, "")
        if row.written is None:
            # Nothing tells whose words stand there: only an empty cell is ours to fill.
            if said != wanted:
                yield CellChange(name, "", wanted, said or None)
        elif (before := row.written.get(name, "")) != wanted:
            yield CellChange(name, before, wanted, None if said in (before, wanted) else said)


def _with_state(row: LedgerRow, layout: LedgerLayout, state: str, *, dropped: bool) -> LedgerRow:
    """The row marked; its state only where people have not set one of their own."""
    ours = ("", layout.initial) if dropped else (layout.dropped,)
    cells: Cells = row.cells
    if "state" in cells and cells["state"] in ours:
        cells = {**cells, "state": state}
    return dataclasses.replace(row, cells=cells, dropped=dropped)


def _added(
    old: Ledger, new: Ledger, pairs: Mapping[int, int], renamed: Mapping[str, str]
) -> dict[int, list[MergedRow]]:
    """Rows that are new, by the place of the row that they go behind; -1: to the top."""
    paired = {at: place for place, at in pairs.items()}
    taken = {row.id for row in (*old.rows, *old.removed)}
    number = max((_row_number(row) for row in (*old.rows, *old.removed)), default=0)
    behind: dict[int, list[MergedRow]] = defaultdict(list)
    for at, row in enumerate(new.rows):
        if at in paired:
            continue
        number += 1
        added = _numbered(row, number, taken, renamed.get(row.document, row.document))
        taken.add(added.id)
        behind[_neighbour(at, old, new, paired)].append(MergedRow("added", added))
    return behind


def _row_number(row: LedgerRow) -> int:
    said = row.cells.get("no", "")
    return int(said) if said.isascii() and said.isdigit() else 0


def _numbered(row: LedgerRow, number: int, taken: Iterable[str | None], key: str) -> LedgerRow:
    name, nth = row.id, 1
    while name in taken:  # a row that was revised since keeps the name of its first wording
        nth += 1
        name = content_id("t", (row.id, nth))
    cells = {**row.cells, "no": str(number)}
    return dataclasses.replace(row, id=name, document=key, cells=cells, written=dict(cells))


def _neighbour(at: int, old: Ledger, new: Ledger, paired: Mapping[int, int]) -> int:
    """The row before it in the speech; else the one before its next; else the last of all."""
    same = new.rows[at].document
    before = (i for i in range(at - 1, -1, -1) if new.rows[i].document == same)
    after = (i for i in range(at + 1, len(new.rows)) if new.rows[i].document == same)
    for step, places in ((0, before), (-1, after)):
        for i in places:
            if paired.get(i, len(old.rows)) < len(old.rows):
                return paired[i] + step
    return max((i for i, row in enumerate(old.rows) if not row.by_people), default=-1)


def _woven(
    rows: Sequence[MergedRow], behind: Mapping[int, Sequence[MergedRow]]
) -> Iterator[MergedRow]:
    yield from behind.get(-1, ())
    for at, row in enumerate(rows):
        yield row
        yield from behind.get(at, ())
