"""Tasks as an iCalendar (RFC 5545) of to-dos that any calendar program can take in.

A date stands only where the text gives one. The same extraction gives the same bytes: there is
no clock in them, and a task keeps its identifier in every run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from speechmine.errors import ReadError
from speechmine.model import SCHEMA_VERSION, Deadline, Document, Extraction, Party, Task
from speechmine.tables import value_label
from speechmine.writers.todo import DATED, writable

if TYPE_CHECKING:
    from icalendar import Todo

__all__ = ["add_cycle", "calendar_bytes", "write_ics"]

#: The stamp of a document without a date; RFC 5545 asks for one in every entry.
_NO_DATE = dt.date(1970, 1, 1)
_DOMAIN = "speechmine"


def write_ics(
    extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """One calendar with the tasks of all documents; it has no place for what could not be read."""
    out.writelines(_calendar(extractions))
    del failures


def calendar_bytes(extractions: Iterable[Extraction]) -> bytes:
    """The calendar as bytes.

    Args:
        extractions: in the order in which their tasks shall stand.

    Returns:
        UTF-8 with the line ends of RFC 5545.

    Example:
        >>> calendar_bytes([]).decode().splitlines()[0]
        'BEGIN:VCALENDAR'
    """
    return b"".join(_calendar(extractions))


def _calendar(extractions: Iterable[Extraction]) -> Iterator[bytes]:
    """One to-do after the other: those of thousands of documents are never held together."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//speechmine//extraction {SCHEMA_VERSION}//ZH")
    calendar.add("version", "2.0")
    opening, end, rest = calendar.to_ical(sorted=False).partition(b"END:")
    yield opening
    for extraction in extractions:
        for todo in _todos(extraction):
            yield todo.to_ical(sorted=False)
    yield end + rest


def _todos(extraction: Extraction) -> Iterator[Todo]:
    for task in extraction.tasks:
        yield _todo(task, extraction.document)


def _todo(task: Task, document: Document) -> Todo:
    from icalendar import Todo

    todo = Todo()
    todo.add("uid", f"{task.id}@{_DOMAIN}")
    day = dt.date.fromisoformat(document.date) if document.date else None
    todo.add("dtstamp", dt.datetime.combine(day or _NO_DATE, dt.time(), dt.UTC))
    todo.add("summary", writable(task.title))
    todo.add("description", writable("\n".join(_description_lines(task, document))))
    _add_dates(todo, task.deadline, day)
    todo.add("status", "NEEDS-ACTION")
    if task.parties:
        todo.add("contact", writable("、".join(map(_party, task.parties))))
    if task.themes:
        todo.add("categories", [writable(theme) for theme in task.themes])
    if task.duplicate_of is not None:
        todo.add("related-to", f"{task.duplicate_of}@{_DOMAIN}", parameters={"RELTYPE": "SIBLING"})
    return todo


def _add_dates(todo: Todo, deadline: Deadline, day: dt.date | None) -> None:
    """DUE is the last day that is owed; a cycle has its first day and its rule instead."""
    if deadline.recurrence is not None:
        add_cycle(todo, deadline.recurrence, day)
    elif deadline.kind in DATED and not deadline.masked:
        due = _day_of_iso(deadline.latest)
        start = _day_of_iso(deadline.earliest)
        if start is not None and (due is None or start < due):
            todo.add("dtstart", start)
        if due is not None:
            todo.add("due", due)


def add_cycle(todo: Todo, rule: str, day: dt.date | None) -> None:
    """A rule needs a day to begin with: the first that it gives from the day of the speech on."""
    from dateutil.rrule import rrulestr
    from icalendar import vRecur

    if day is None:
        return
    begin = dt.datetime.combine(day, dt.time())
    first = rrulestr(rule, dtstart=begin).after(begin, inc=True)
    todo.add("dtstart", first.date())
    todo.add("rrule", vRecur.from_ical(rule))


def _day_of_iso(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso is not None else None


def _description_lines(task: Task, document: Document) -> Iterator[str]:
    """The wording, the time as worded, and where it stands."""
    yield task.text
    if task.deadline.text is not None:
        yield f"时限：{task.deadline.text}"
    yield f"来源：{document.title or document.id}（{task.start}–{task.end}）"


def _party(party: Party) -> str:
    return f"{party.text}（{value_label('role', party.role)}）"
