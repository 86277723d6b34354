"""How a row of a ledger stands on a day: done, overdue, due, open."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from speechmine.errors import UsageError
from speechmine.ledger.layout import LedgerLayout
from speechmine.ledger.records import LedgerRow
from speechmine.ledger.round_words import round_words

__all__ = ["Standing", "StandingKind", "day_of", "due_day", "standing_of"]

#: apart: no longer in the speech, or adjusted; it is neither done nor owed.
StandingKind = Literal["done", "overdue", "open", "apart"]
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a row stands on a day.

    Attributes:
        kind: see :data:`StandingKind`. due: last day owed; None: no day is stated.
        finished: when it was done, where people say so. days: from the day to ``due``.
    """

    kind: StandingKind
    due: dt.date | None
    finished: dt.date | None
    days: int | None

    @property
    def late(self) -> bool:
        """Whether it was done, or is still owed, after its last day."""
        if self.kind == "done":
            return bool(self.due and self.finished and self.finished > self.due)
        return self.kind == "overdue"


def day_of(text: str) -> dt.date:
    """A day that somebody named.

    Raises:
        UsageError: it is none.

    Example:
        >>> day_of("2024-06-30").month
        6
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r}: a date is expected, such as 2024-06-01") from error


def standing_of(row: LedgerRow, as_of: dt.date, layout: LedgerLayout) -> Standing:
    """How a row stands.

    Args:
        row: of a ledger that people filled in.
        as_of: the day.
        layout: which states are closed.

    Example:
        >>> from speechmine.ledger import default_layout
        >>> row = LedgerRow("t-1", cells={"latest": "2024-06-30", "state": ""})
        >>> standing_of(row, dt.date(2024, 7, 2), default_layout()).kind
        'overdue'
    """
    due = due_day(row)
    days = (due - as_of).days if due else None
    return Standing(_standing_kind(row, days, layout), due, _finished_on(row), days)


def _standing_kind(row: LedgerRow, days: int | None, layout: LedgerLayout) -> StandingKind:
    words, state = round_words()["standing"], row.cells.get("state", "")
    if row.dropped:
        return "apart"
    if state in words["done"]:
        return "done"
    if state in layout.closed:
        return "apart"
    return "overdue" if state in words["overdue"] or (days is not None and days < 0) else "open"


def due_day(row: LedgerRow) -> dt.date | None:
    """The last day owed: as we know it, or as people wrote it where they wrote another time.

    A time of theirs counts where it names one day; how they put it otherwise is not guessed at.

    Example:
        >>> due_day(LedgerRow(None, "讲话 2024-03-01", {"deadline": "7月15日前"}))
        datetime.date(2024, 7, 15)
    """
    said = row.cells.get("deadline", "")
    if row.written is not None and said in ("", row.written.get("deadline", "")):
        return _iso_day(row.cells.get("latest") or row.written.get("latest", ""))
    if row.id is not None and row.written is None and row.cells.get("latest"):
        return _iso_day(row.cells["latest"])
    return _iso_day(said) or _day_said(said, row.document)


def _day_said(said: str, document: str) -> dt.date | None:
    from speechmine.find import find_times

    day = _DATE.search(document)
    found = {t.latest for t in find_times(said, date=day[0] if day else None) if t.latest}
    return _iso_day(found.pop()) if len(found) == 1 else None


def _finished_on(row: LedgerRow) -> dt.date | None:
    headings = round_words()["standing"]["finished"]
    return next(filter(None, (_iso_day(row.own.get(name, "")) for name in headings)), None)


def _iso_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
