"""A row of a table to a row of the ledger: word for word, every cell of it somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Self

from speechmine.ledger.cells import clean
from speechmine.ledger.layout import known_columns
from speechmine.ledger.sheets.header import ID, labelled_field
from speechmine.model import RowCell, Task

__all__ = ["OLD_NUMBER", "Tabled", "TabledRow"]

#: Heading of the table's own serial numbers, where they are not the ledger's.
OLD_NUMBER = "原序号"
_ROLES = ("lead", "responsible", "cooperate", "supervise", "leader", "person")
_NAMES = ("category", "name")
# A use with several columns goes to our field from one of them only; the others keep their own.
_SINGLE = ("deadline", "target")
_SEPARATED = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True, slots=True)
class TabledRow:
    """What a row of a table fills.

    Attributes:
        cells: our fields. own: columns that keep their heading. id: of a ledger of ours.
    """

    cells: Mapping[str, str]
    own: Mapping[str, str]
    id: str | None = None

    def named(self) -> TabledRow:
        """With those who answer in one cell, whatever columns name them."""
        lead, said = self.cells.get("lead"), self.cells.get("responsible")
        if lead is None and said is None:
            return self
        other = _without_those(said or "", lead or "")
        if lead and said:
            named = "\n".join(filter(None, (f"{lead}（牵头）", other)))
        else:
            named = lead or other
        return replace(self, cells={**self.cells, "who": named})


@dataclass(frozen=True, slots=True)
class Tabled:
    """Where the columns of a document's tables go.

    Attributes:
        places: field, or None for a column of its own, by heading.
        order: headings in their order. before: those left of the task.
    """

    places: Mapping[str, str | None]
    order: tuple[str, ...]
    before: frozenset[str]

    @classmethod
    def of(cls, tasks: Sequence[Task]) -> Self:
        """Read it off the rows.

        Args:
            tasks: all of the document; those that stand in no table do not count.
        """
        rows = [task for task in tasks if task.cells]
        cells = list(chain.from_iterable(task.cells for task in rows))
        order = tuple(dict.fromkeys(cell.column for cell in cells))
        uses = {cell.column: cell.use for cell in cells}
        group = _grouping(rows, uses)
        several = _several(rows, uses)
        places = {c: _field_of_column(c, uses[c], group=c == group, several=several) for c in order}
        before = frozenset(chain.from_iterable(_columns_before(task.cells) for task in rows))
        return cls(places, order, before)

    @property
    def leads(self) -> bool:
        """Whether a column names those who lead."""
        return "lead" in self.places.values()

    def row(self, task: Task) -> TabledRow:
        """What the row of a task fills."""
        fields: dict[str, list[str]] = {}
        own: dict[str, list[str]] = {}
        for cell in task.cells:
            place = self.places[cell.column]
            if place == ID and cell.text != task.id:
                place = None  # an office's own numbers
            into, name = (own, cell.column) if place is None else (fields, place)
            into.setdefault(name, []).append(clean(cell.text))
        given = {name: "\n".join(dict.fromkeys(said)) for name, said in own.items()}
        said = {name: "\n".join(dict.fromkeys(texts)) for name, texts in fields.items()}
        name = said.pop(ID, "")
        return TabledRow({"remark": "", **self._parties(task), **said}, given, name or None).named()

    def _parties(self, task: Task) -> dict[str, str]:
        """Where columns say who, only a name above may add to them (牵头单位：甲局)."""
        if not set(self.places.values()) & set(_ROLES):
            return {}
        above = [party for party in task.parties if party.source == "heading"]
        return {role: "、".join(p.text for p in above if p.role == role) for role in _ROLES}


def _without_those(names: str, known: str) -> str:
    """A list without those whom another one names; as it stands where it names none of them."""
    said, there = _SEPARATED.split(names), frozenset(_SEPARATED.split(known))
    left = [name for name in said if name not in there]
    return names if len(left) == len(said) else "、".join(left)


def _columns_before(cells: Iterable[RowCell]) -> Iterator[str]:
    for cell in cells:
        if cell.use == "task":
            return
        yield cell.column


def _grouping(rows: Sequence[Task], uses: Mapping[str, str]) -> str | None:
    """The column that groups the rows: one whose heading says so, else one that repeats."""
    if any(task.section for task in rows):
        return None
    names = [column for column, use in uses.items() if use in _NAMES]
    said = {c: Counter(x.text for t in rows for x in t.cells if x.column == c) for c in names}
    stated = (column for column in names if uses[column] == "category")
    repeated = (c for c in names if len(said[c]) < said[c].total())
    return next(chain(stated, repeated), None)


def _several(rows: Sequence[Task], uses: Mapping[str, str]) -> frozenset[str]:
    """Columns that share rows and use with one that is called just so: 建设主体, 责任单位."""
    found: set[str] = set()
    for use in (*_ROLES, *_SINGLE):
        columns = _columns_beside(rows, [column for column, own in uses.items() if own == use])
        label = known_columns()[_FIELDS.get(use, use)].label
        if use in _SINGLE or label in columns:
            found.update(column for column in columns if column != label)
    return frozenset(found)


def _columns_beside(rows: Sequence[Task], columns: Sequence[str]) -> set[str]:
    """Those that stand in one row with another: columns of two tables never do."""
    found: set[str] = set()
    for row in rows:
        there = {cell.column for cell in row.cells}.intersection(columns)
        found |= there if len(there) > 1 else set()
    return found


_FIELDS = {"target": "metrics"}


def _field_of_column(column: str, use: str, *, group: bool, several: frozenset[str]) -> str | None:
    """The field that a column goes to."""
    ours = labelled_field(column)
    if ours is not None and (ours == ID or known_columns()[ours].theirs or ours in _KEPT):
        return ours
    if use == "task" or group:
        return "section" if group else "task"
    if use == "number":
        return "no"
    found = _FIELDS.get(use, use)
    return found if use in (*_ROLES, *_SINGLE) and column not in several else None


# Fields that a ledger of ours has for itself.
_KEPT = ("text", "latest", "source")
