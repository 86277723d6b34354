"""One task as a VTODO of RFC 5545: written, changed and read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from speechmine.errors import UsageError
from speechmine.ledger.states import StateKind, known_kind
from speechmine.trackers.items import Item, content_hash
from speechmine.trackers.sink import Progress, Remote, TrackerError
from speechmine.writers.todos.ics import add_cycle

if TYPE_CHECKING:
    from icalendar import Calendar

__all__ = ["DOMAIN", "changed_todo", "new_todo", "progress_of", "remote_of", "stated_todo"]

#: What the identifiers of our tasks end in.
DOMAIN = "@speechmine"
_LONGEST_NUMBER = 10
_HASH = "X-SPEECHMINE-HASH"
_STATE = "X-SPEECHMINE-STATE"
_STATUSES: Mapping[str, StateKind] = {
    "NEEDS-ACTION": "todo",
    "IN-PROCESS": "doing",
    "COMPLETED": "done",
    "CANCELLED": "cancelled",
}
_WHOLE = 100
_OURS = re.compile(rb"^(UID|X-SPEECHMINE-HASH):([^\r\n]{1,200})", re.MULTILINE)


def _todo_of(calendar: Calendar) -> Any:
    return next(iter(calendar.walk("VTODO")), None)


def remote_of(content: bytes, href: str, etag: str) -> Remote | None:
    """A task of ours; what it says, if that cannot be understood, is no wording of ours."""
    from icalendar import Calendar

    try:
        todo = _todo_of(Calendar.from_ical(content))
        if todo is None or _HASH not in todo:
            return None
        now = content_hash(_one(todo, "SUMMARY"), _one(todo, "DESCRIPTION"), _due_day(todo))
        uid, pushed = _one(todo, "UID"), _one(todo, _HASH)
        state = _STATUSES.get(_one(todo, "STATUS").upper() or "NEEDS-ACTION", "")
        before = known_kind(_one(todo, _STATE))
    except Exception:  # noqa: BLE001  # errors of many kinds; it is there all the same
        uid, pushed, now = (*_plainly(content), "")
        state = before = ""
    if not uid.endswith(DOMAIN) or not pushed:
        return None
    return Remote(uid.removesuffix(DOMAIN), href, pushed, now, etag, content, state, before)


def progress_of(remote: Remote) -> Progress:
    """Status, percentage, comments, and our fields as they stand there."""
    from icalendar import Calendar

    try:
        data = remote.data if isinstance(remote.data, bytes) else b""
        todo = _todo_of(Calendar.from_ical(data))
    except Exception:  # noqa: BLE001  # errors of many kinds; nothing can be read from it
        return Progress()
    comments = (" ".join(line.split()) for line in _values_of_field(todo, "COMMENT"))
    return Progress(
        remote.state,
        _one(todo, "STATUS"),
        _percent(todo),
        tuple(filter(None, comments)),
        _one(todo, "SUMMARY"),
        _due_day(todo) or "",
    )


def _plainly(content: bytes) -> tuple[str, str]:
    """Identifier and hash of a task that is no iCalendar."""
    found = {name: value.decode("utf-8", "replace") for name, value in _OURS.findall(content)}
    return found.get(b"UID", ""), found.get(_HASH.encode(), "")


def _one(todo: Any, name: str) -> str:
    """A property; one that stands there several times was written by somebody else."""
    return "\n".join(_values_of_field(todo, name))


def _values_of_field(todo: Any, name: str) -> list[str]:
    value = todo.get(name, "")
    return list(map(str, value)) if isinstance(value, list) else [str(value)]


def _percent(todo: Any) -> int | None:
    said = _one(todo, "PERCENT-COMPLETE")
    return int(said) if said.isdecimal() and int(said) <= _WHOLE else None


def _due_day(todo: Any) -> str | None:
    """The day that it is due; two of them, or none that is a day, are a change like any other."""
    due = todo.get("DUE")
    if due is None:
        return None
    day = getattr(due, "dt", None)
    return day.isoformat()[:10] if isinstance(day, dt.date) else _one(todo, "DUE") or "?"


def new_todo(item: Item) -> bytes:
    """A calendar with this task alone, in the state of the ledger."""
    from icalendar import Calendar, Todo

    calendar = Calendar()
    calendar.add("prodid", "-//speechmine//push//ZH")
    calendar.add("version", "2.0")
    todo = Todo()
    todo.add("uid", item.id + DOMAIN)
    todo.add("sequence", 0)
    _say_state(todo, item.state or "todo")
    if item.labels:
        todo.add("categories", list(item.labels))
    _set_fields(todo, item)
    calendar.add_component(todo)
    return bytes(calendar.to_ical(sorted=False))


def changed_todo(item: Item, content: object) -> bytes:
    """The same with our fields as the ledger has them now."""
    calendar, todo = _opened(item, content)
    for name in ("SUMMARY", "DESCRIPTION", "DUE", "RRULE", "DTSTAMP", _HASH):
        if name != "RRULE" or item.cycle:
            todo.pop(name, None)
    _set_fields(todo, item)
    return bytes(calendar.to_ical(sorted=False))


def stated_todo(item: Item, content: object) -> bytes:
    """The same with the state of the ledger."""
    calendar, todo = _opened(item, content)
    if item.state != "done":
        todo.pop("COMPLETED", None)
        if _percent(todo) == _WHOLE:
            todo.pop("PERCENT-COMPLETE", None)
    _say_state(todo, item.state)
    return bytes(calendar.to_ical(sorted=False))


def _say_state(todo: Any, state: StateKind) -> None:
    for name in ("STATUS", _STATE):
        todo.pop(name, None)
    todo.add("status", next(word for word, kind in _STATUSES.items() if kind == state))
    todo.add(_STATE, state)


def _opened(item: Item, content: object) -> tuple[Any, Any]:
    """The calendar and its task, one revision further."""
    from icalendar import Calendar

    if not isinstance(content, bytes):
        raise UsageError("a task of this calendar is expected")
    try:
        calendar: Any = Calendar.from_ical(content)
        todo = _todo_of(calendar)
    except Exception as error:  # errors of many kinds
        raise TrackerError(f"{item.id}: what stands there is no task; mend it there") from error
    written = _one(todo, "SEQUENCE")
    sequence = int(written) + 1 if written.isdecimal() and len(written) < _LONGEST_NUMBER else 1
    todo.pop("SEQUENCE", None)
    todo.add("sequence", sequence)
    return calendar, todo


def _set_fields(todo: Any, item: Item) -> None:
    """Our fields. A day that a person's start lies behind cannot be due (RFC 5545, 3.8.2.3)."""
    begun = dt.date.fromisoformat(item.begun) if item.begun else dt.date(1970, 1, 1)
    todo.add("dtstamp", dt.datetime.combine(begun, dt.time(), dt.UTC))
    todo.add("summary", item.title)
    todo.add("description", item.text)
    if item.due:
        todo.pop("DURATION", None)
        todo.add("due", dt.date.fromisoformat(item.due))
    elif item.cycle and item.begun:
        todo.pop("DTSTART", None)
        add_cycle(todo, item.cycle, begun)
    todo.add(_HASH, item.hash)
