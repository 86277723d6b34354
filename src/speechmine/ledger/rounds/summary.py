"""How the units of a ledger stand on a day: counts by state, overdue, due, done on time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from speechmine.ledger.layout import LedgerLayout, default_layout
from speechmine.ledger.parties import acting_parties
from speechmine.ledger.records import Ledger, LedgerRow
from speechmine.ledger.round_words import round_words
from speechmine.ledger.rounds.parts import split_ledger
from speechmine.ledger.rounds.standing import Standing, day_of, standing_of

__all__ = ["Summary", "UnitSummary", "is_task", "summarize_ledger"]


@dataclass(frozen=True, slots=True)
class UnitSummary:
    """How the tasks of one unit stand.

    Attributes:
        unit: its name. total: tasks that it leads or answers for. cooperate: that it helps with.
        states: how many of them in each state, as the ledger has it; an empty state is 未填状态.
        month: still owed, with a last day in the month of the day.
        overdue, done: see :func:`speechmine.ledger.standing_of`.
        reached: tasks whose last day has come. in_time: those of them done in time.
    """

    unit: str
    total: int = 0
    cooperate: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    month: int = 0
    overdue: int = 0
    done: int = 0
    reached: int = 0
    in_time: int = 0

    @property
    def share(self) -> float | None:
        """Share done in time of those whose last day has come; None where none has.

        Example:
            >>> UnitSummary("县水利局", reached=4, in_time=3).share
            0.75
        """
        return self.in_time / self.reached if self.reached else None


@dataclass(frozen=True, slots=True)
class Summary:
    """A ledger in figures.

    Attributes:
        as_of: the day. units: in the order of the ledger. whole: each task once.
        states: those that stand in the ledger, in the order of its list.
        titles: of the speeches.
    """

    as_of: dt.date
    units: tuple[UnitSummary, ...]
    whole: UnitSummary
    states: tuple[str, ...]
    titles: tuple[str, ...] = ()


def summarize_ledger(ledger: Ledger, as_of: str, *, layout: LedgerLayout | None = None) -> Summary:
    """The figures of a ledger on a day.

    A task of several units counts for each of them, and once in the whole; a unit that only
    helps (配合) has it in a figure of its own. Rows that people wrote count like any other;
    what the speech says no longer does not.

    Args:
        ledger: as people filled it in.
        as_of: the day, ISO 8601.
        layout: states; the customary ones by default.

    Raises:
        UsageError: ``as_of`` is no date.

    Example:
        >>> cells = {"task": "修渠", "who": "县水利局、县住建局", "state": "已完成"}
        >>> found = summarize_ledger(Ledger((LedgerRow("t-1", cells=cells),)), "2024-07-02")
        >>> [(unit.unit, unit.done) for unit in found.units], found.whole.done
        ([('县水利局', 1), ('县住建局', 1)], 1)
    """
    day, wanted = day_of(as_of), layout or default_layout()
    standings = [(row, standing_of(row, day, wanted)) for row in ledger.rows if is_task(row)]
    counted = [(row, standing) for row, standing in standings if standing.kind != "apart"]
    rows = Ledger(tuple(row for row, _ in counted))
    units = tuple(_unit_summary(part.name, counted, day) for part in split_ledger(rows, "party"))
    titles = tuple(title for title in ledger.documents.values() if title)
    whole = _figures(str(round_words()["summary"]["all"]), counted, day)
    return Summary(day, units, whole, _states(counted, wanted), titles)


def is_task(row: LedgerRow) -> bool:
    """Whether a row says what is owed; a heading across the table does not."""
    return any(row.cells.get(name) for name in ("task", "title", "text"))


def _unit_summary(
    name: str, counted: Sequence[tuple[LedgerRow, Standing]], day: dt.date
) -> UnitSummary:
    nobody = name == round_words()["nobody"]
    own, helped = [], 0
    for row, standing in counted:
        duties = {party.name: party.role for party in acting_parties(row)}
        if name not in duties and not (nobody and not duties):
            continue
        if duties.get(name) == "cooperate":
            helped += 1
        else:
            own.append((row, standing))
    return _figures(name, own, day, helped)


def _figures(
    name: str,
    counted: Iterable[tuple[LedgerRow, Standing]],
    day: dt.date,
    helped: int = 0,
) -> UnitSummary:
    listed = list(counted)
    standings = [standing for _, standing in listed]
    unset = str(round_words()["summary"]["unset"])
    reached = [s for s in standings if (s.days is not None and s.days < 0) or s.kind == "overdue"]
    return UnitSummary(
        name,
        len(listed),
        helped,
        Counter(row.cells.get("state") or unset for row, _ in listed),
        sum(s.kind == "open" and _same_month(s.due, day) for s in standings),
        sum(s.kind == "overdue" for s in standings),
        sum(s.kind == "done" for s in standings),
        len(reached),
        sum(s.kind == "done" and not s.late for s in reached),
    )


def _same_month(due: dt.date | None, day: dt.date) -> bool:
    return due is not None and (due.year, due.month) == (day.year, day.month)


def _states(counted: Iterable[tuple[LedgerRow, Standing]], layout: LedgerLayout) -> tuple[str, ...]:
    unset = str(round_words()["summary"]["unset"])
    found = {row.cells.get("state") or unset for row, _ in counted}
    listed = [state for state in layout.states if state in found]
    return (*listed, *sorted(found - set(listed) - {unset}), *({unset} & found))
