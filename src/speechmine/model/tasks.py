"""A task with who, by when, how much and what its table row says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from speechmine.changes import quickly_made
from speechmine.model.kinds import (
    AdministrativeLevel,
    Change,
    Comparator,
    DeadlineKind,
    Direction,
    Hardness,
    MetricKind,
    Modality,
    PartySource,
    Role,
)
from speechmine.model.shown import Shown

__all__ = [
    "Deadline",
    "Metric",
    "OtherCell",
    "Party",
    "RowCell",
    "SuggestedDeadline",
    "SuggestedParty",
    "Task",
]


@quickly_made
@dataclass(frozen=True, slots=True)
class Party:
    """A body or person named for a task (GUIDELINE section 5).

    Attributes:
        text: surface, verbatim.
        role: see ``Role``.
        source: where it was found.
        generic: an addressee such as 各单位 that names nobody in particular.
        open_list: its list ends in 等.
        distributive: 每一…, each one by itself.
        body: id in the body table or None.
        name: canonical name or None.
        level: of which level it is: written before its name or before its list
            (市经贸委、国土房管局), else the document's; None where that is not certain.
    """

    text: str
    start: int
    end: int
    role: Role = "responsible"
    source: PartySource = "explicit"
    generic: bool = False
    open_list: bool = False
    distributive: bool = False
    body: str | None = None
    name: str | None = None
    level: AdministrativeLevel | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Deadline:
    """A time that something is owed by (GUIDELINE section 6).

    ``edtf`` is ISO 8601-2 or None where the text gives no date; ``earliest`` and
    ``latest`` are ISO dates that only help to sort. ``note`` names a doubt, for
    example ``time_conflict``. ``duration`` is the length that the text counts (三年内: ``P3Y``;
    ``P3Y/P5Y`` from one to another, ``WD`` for working days, which ISO 8601 does not know);
    ``recurrence`` the rule of a cycle (每月5日前: ``FREQ=MONTHLY;BYMONTHDAY=5``, RFC 5545).
    """

    kind: DeadlineKind = "open"
    text: str | None = None
    start: int | None = None
    end: int | None = None
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    masked: bool = False
    event: str | None = None
    modifier: str | None = None
    note: str | None = None
    duration: str | None = None
    recurrence: str | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Metric:
    """A number with its meaning (GUIDELINE section 7)."""

    id: str
    text: str
    start: int
    end: int
    indicator: str | None
    low: float | None
    high: float | None
    unit: str | None
    comparator: Comparator
    kind: MetricKind
    rule: str
    indicator_id: str | None = None
    change: Change | None = None
    direction: Direction | None = None
    baseline: str | None = None
    period: str | None = None
    scope: str | None = None
    hardness: Hardness | None = None
    masked: bool = False
    norm_low: float | None = None
    norm_high: float | None = None
    norm_unit: str | None = None
    task: str | None = None


@dataclass(frozen=True, slots=True)
class OtherCell:
    """What a table row says in a column that is no task, party, time or figure."""

    column: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of a table's row, word for word.

    Attributes:
        column: heading of its column; 列3 where the third one has none.
        use: what the heading says that it holds (``task``, ``lead``, ``deadline`` ...); ``other``:
            something that no field of a task holds.
        text, start, end: what the cell says.
    """

    column: str
    use: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SuggestedParty:
    """Who usually does such work, as an office profile has it; the text does not say so."""

    text: str
    role: Role
    source: str


@dataclass(frozen=True, slots=True)
class SuggestedDeadline:
    """By when the house rules of an office profile want it; the text does not say so.

    ``date`` is None where the document states no day to count from.
    """

    days: int
    date: str | None
    source: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Task(Shown):
    """One row of a ledger (GUIDELINE sections 3 and 4).

    Attributes:
        action, object: the verb and what it is done to; where no known verb divides the
            predicate, all of it is the action and the object is empty.
        duplicate_of: id of an earlier task of the same matter (S7).
        follows: id of the task whose product this one tries out or spreads (S4).
        other: further cells of a table row.
        cells: every cell of the table row that this task is, in the order of its columns.
        suggested_parties, suggested_deadline: from an office profile, never from the text.
        confidence: chance that this is owed at this level, or firmer where it is a task; None
            where no model decided it (a table's row).
    """

    id: str
    text: str
    start: int
    end: int
    title: str
    level: Literal[1, 2, 3]
    action: str
    object: str
    modality: Modality
    section: str | None
    item: str | None
    group: str | None
    parties: tuple[Party, ...]
    deadline: Deadline
    metrics: tuple[str, ...]
    measures: tuple[str, ...]
    result: str | None
    duplicate_of: str | None
    themes: tuple[str, ...]
    rule: str
    scope: str | None = None
    follows: str | None = None
    other: tuple[OtherCell, ...] = ()
    suggested_parties: tuple[SuggestedParty, ...] = ()
    suggested_deadline: SuggestedDeadline | None = None
    confidence: float | None = None
    cells: tuple[RowCell, ...] = ()
