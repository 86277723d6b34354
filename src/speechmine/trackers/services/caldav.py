"""Tasks in a calendar over CalDAV (RFC 4791): one VTODO (RFC 5545) each, named by our id."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

from speechmine.errors import UsageError
from speechmine.ledger.states import StateKind, known_kind
from speechmine.trackers.credentials import Credentials, credentials_for
from speechmine.trackers.http import Answer, Http
from speechmine.trackers.items import Item, content_hash
from speechmine.trackers.options import TrackerOptions
from speechmine.trackers.sink import ConflictError, Progress, Remote, TrackerError
from speechmine.writers.todos.ics import add_cycle

if TYPE_CHECKING:
    from icalendar import Calendar
    from lxml import etree

__all__ = ["CalDav", "open_caldav"]

_CREATED, _SEVERAL = 201, 207
_LONGEST_NUMBER = 10
_DOMAIN = "@speechmine"
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
_CALENDAR = {"Content-Type": "text/calendar; charset=utf-8"}
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_NAMES = {"d": "DAV:", "c": "urn:ietf:params:xml:ns:caldav"}
_MAKE = b"""<?xml version="1.0" encoding="utf-8"?>
<c:mkcalendar xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><set><prop>
<c:supported-calendar-component-set><c:comp name="VTODO"/></c:supported-calendar-component-set>
</prop></set></c:mkcalendar>"""
_QUERY = b"""<?xml version="1.0" encoding="utf-8"?>
<c:calendar-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
<prop><getetag/><c:calendar-data/></prop>
<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VTODO"/></c:comp-filter></c:filter>
</c:calendar-query>"""


def open_caldav(
    where: str,
    options: TrackerOptions,  # noqa: ARG001  # an office profile says nothing of it
) -> CalDav:
    """The calendar of an address.

    Raises:
        UsageError: there is none at this address.
    """
    return CalDav(where, credentials_for(where))


class CalDav:
    """A calendar; it is made where it does not exist yet."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        self._http = Http(url.rstrip("/") + "/", replace(credentials, token=""))
        self._made = False

    def list(self) -> Iterable[Remote]:
        """Every VTODO with our hash in it."""
        headers = {**_XML, "Depth": "1"}
        answer = self._http.ask("REPORT", "", data=_QUERY, headers=headers, missing=True)
        if answer is None:
            return ()
        self._made = True
        return tuple(self._listed(answer))

    def find(self, item_id: str) -> Remote | None:
        """One of them."""
        answer = self._http.ask("GET", _resource_name(item_id), missing=True)
        if answer is None:
            return None
        here = self._http.base + _resource_name(item_id)
        return _remote(answer.content, here, answer.headers.get("ETag", ""))

    def create(self, item: Item) -> bool:
        """A new VTODO, which needs action; some servers answer with a page that says "created"."""
        if not self._made:
            self._make()
        headers = {**_CALENDAR, "If-None-Match": "*"}
        name = _resource_name(item.id)
        answer = self._http.ask("PUT", name, data=_new(item), headers=headers, page=True)
        return answer is not None and answer.status == _CREATED and "ETag" in answer.headers

    def update(self, item: Item, remote: Remote) -> None:
        """Summary, description and due day; all else stays as it is."""
        if not remote.version:  # the server offers no conditions: look first
            latest = self.find(item.id)
            if latest is None or latest.data != remote.data:
                raise ConflictError(f"{self._http.name}: {item.id} was changed in between")
        self._put(remote, _changed(item, remote.data))

    def set_state(self, item: Item, remote: Remote) -> None:
        """The status; what says when and how far it was completed goes where it is not any more."""
        self._put(remote, _stated(item, remote.data))

    def progress(self, remote: Remote) -> Progress:
        """Status, percentage, comments, and our fields as they stand there."""
        from icalendar import Calendar

        try:
            data = remote.data if isinstance(remote.data, bytes) else b""
            todo = _todo_of(Calendar.from_ical(data))
        except Exception:  # noqa: BLE001  # errors of many kinds; nothing can be read from it
            return Progress()
        return Progress(
            remote.state,
            _one(todo, "STATUS"),
            _percent(todo),
            tuple(
                filter(None, (" ".join(line.split()) for line in _values_of_field(todo, "COMMENT")))
            ),
            _one(todo, "SUMMARY"),
            _due_day(todo) or "",
        )

    def _put(self, remote: Remote, content: bytes) -> None:
        headers = {**_CALENDAR, **({"If-Match": remote.version} if remote.version else {})}
        self._http.ask("PUT", remote.ref, data=content, headers=headers, page=True)

    def _make(self) -> None:
        found = self._http.ask("PROPFIND", "", headers={"Depth": "0"}, missing=True)
        if found is None:
            self._http.ask("MKCALENDAR", "", data=_MAKE, headers=_XML)
        else:
            self._responses(found)
        self._made = True

    def _responses(self, answer: Answer) -> Iterator[etree._Element]:
        """The parts of an answer about several things."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring(answer.content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise TrackerError(f"{self._http.name}: the answer is no XML; is it CalDAV?") from error
        if answer.status != _SEVERAL or root.tag != "{DAV:}multistatus":
            raise TrackerError(f"{self._http.name}: this is no answer of a calendar; is it CalDAV?")
        return root.iterfind("d:response", _NAMES)

    def _listed(self, answer: Answer) -> Iterator[Remote]:
        for part in self._responses(answer):
            href = part.findtext("d:href", "", _NAMES)
            etag = part.findtext(".//d:getetag", "", _NAMES)
            data = part.findtext(".//c:calendar-data", "", _NAMES)
            found = (
                _remote(data.encode(), _joined_address(self._http.base, href), etag)
                if data
                else None
            )
            if found is not None:
                yield found


def _joined_address(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip())
    except ValueError:  # no address; it is told when something is to be written there
        return href


def _resource_name(item_id: str) -> str:
    return quote(f"{item_id}{_DOMAIN}.ics", safe="@.")


def _todo_of(calendar: Calendar) -> Any:
    return next(iter(calendar.walk("VTODO")), None)


def _remote(content: bytes, href: str, etag: str) -> Remote | None:
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
    if not uid.endswith(_DOMAIN) or not pushed:
        return None
    return Remote(uid.removesuffix(_DOMAIN), href, pushed, now, etag, content, state, before)


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


def _new(item: Item) -> bytes:
    from icalendar import Calendar, Todo

    calendar = Calendar()
    calendar.add("prodid", "-//speechmine//push//ZH")
    calendar.add("version", "2.0")
    todo = Todo()
    todo.add("uid", item.id + _DOMAIN)
    todo.add("sequence", 0)
    _say_state(todo, item.state or "todo")
    if item.labels:
        todo.add("categories", list(item.labels))
    _set_fields(todo, item)
    calendar.add_component(todo)
    return bytes(calendar.to_ical(sorted=False))


def _changed(item: Item, content: object) -> bytes:
    """The same with our fields as the ledger has them now."""
    calendar, todo = _opened(item, content)
    for name in ("SUMMARY", "DESCRIPTION", "DUE", "RRULE", "DTSTAMP", _HASH):
        if name != "RRULE" or item.cycle:
            todo.pop(name, None)
    _set_fields(todo, item)
    return bytes(calendar.to_ical(sorted=False))


def _stated(item: Item, content: object) -> bytes:
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
