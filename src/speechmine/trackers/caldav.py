"""Tasks in a calendar over CalDAV (RFC 4791): one VTODO (RFC 5545) each, named by our id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

from speechmine.errors import UsageError
from speechmine.trackers.http import Credentials, Http
from speechmine.trackers.items import Item, content_hash
from speechmine.trackers.sink import Remote, TrackerError

if TYPE_CHECKING:
    from icalendar import Calendar

__all__ = ["CalDav"]

_DOMAIN = "@speechmine"
_HASH = "X-SPEECHMINE-HASH"
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


class CalDav:
    """A calendar; it is made where it does not exist yet."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        self._http = Http(url.rstrip("/") + "/", headers={}, basic=credentials)
        self._made = False

    def list(self) -> Iterable[Remote]:
        """Every VTODO with our hash in it."""
        headers = {**_XML, "Depth": "1"}
        answer = self._http.ask("REPORT", "", data=_QUERY, headers=headers, missing=True)
        if answer is None:
            return ()
        self._made = True
        return tuple(self._listed(answer.content))

    def find(self, item_id: str) -> Remote | None:
        """One of them."""
        answer = self._http.ask("GET", _name(item_id), missing=True)
        if answer is None:
            return None
        return _remote(answer.content, self._http.base + _name(item_id), answer.headers["ETag"])

    def create(self, item: Item) -> None:
        """A new VTODO, which needs action."""
        if not self._made:
            self._make()
        headers = {**_CALENDAR, "If-None-Match": "*"}
        self._http.ask("PUT", _name(item.id), data=_new(item), headers=headers)

    def update(self, item: Item, remote: Remote) -> None:
        """Summary, description and due day; all else stays as it is."""
        headers = {**_CALENDAR, "If-Match": remote.version}
        self._http.ask("PUT", remote.ref, data=_changed(item, remote.data), headers=headers)

    def _make(self) -> None:
        if self._http.ask("PROPFIND", "", headers={"Depth": "0"}, missing=True) is None:
            self._http.ask("MKCALENDAR", "", data=_MAKE, headers=_XML)
        self._made = True

    def _listed(self, content: bytes) -> Iterator[Remote]:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise TrackerError(f"{self._http.base}: the answer is no XML; is it CalDAV?") from error
        for answer in root.iterfind("d:response", _NAMES):
            href, etag = (
                answer.findtext("d:href", "", _NAMES),
                answer.findtext(".//d:getetag", "", _NAMES),
            )
            data = answer.findtext(".//c:calendar-data", "", _NAMES)
            found = _remote(data.encode(), urljoin(self._http.base, href), etag) if data else None
            if found is not None:
                yield found


def _name(item_id: str) -> str:
    return quote(f"{item_id}{_DOMAIN}.ics", safe="@.")


def _todo_of(calendar: Calendar) -> Any:
    return next(iter(calendar.walk("VTODO")), None)


def _remote(content: bytes, href: str, etag: str) -> Remote | None:
    from icalendar import Calendar

    try:
        calendar: Any = Calendar.from_ical(content)
    except ValueError:
        return None  # somebody else's, and not to be understood
    todo = _todo_of(calendar)
    if todo is None or _HASH not in todo or not str(todo.get("UID", "")).endswith(_DOMAIN):
        return None
    due = todo.get("DUE")
    day = due.dt if due is not None else None
    said = content_hash(
        str(todo.get("SUMMARY", "")),
        str(todo.get("DESCRIPTION", "")),
        day.isoformat()[:10] if day is not None else None,
    )
    item_id = str(todo["UID"]).removesuffix(_DOMAIN)
    return Remote(item_id, href, str(todo[_HASH]), said, etag, content)


def _new(item: Item) -> bytes:
    from icalendar import Calendar, Todo

    calendar = Calendar()
    calendar.add("prodid", "-//speechmine//push//ZH")
    calendar.add("version", "2.0")
    todo = Todo()
    todo.add("uid", item.id + _DOMAIN)
    todo.add("status", "NEEDS-ACTION")
    todo.add("sequence", 0)
    if item.labels:
        todo.add("categories", list(item.labels))
    _say(todo, item)
    calendar.add_component(todo)
    return bytes(calendar.to_ical(sorted=False))


def _changed(item: Item, content: object) -> bytes:
    from icalendar import Calendar

    if not isinstance(content, bytes):
        raise UsageError("a task of this calendar is expected")
    calendar: Any = Calendar.from_ical(content)
    todo = _todo_of(calendar)
    sequence = int(todo.get("SEQUENCE", 0)) + 1
    for name in ("SUMMARY", "DESCRIPTION", "DUE", "DTSTAMP", "SEQUENCE", _HASH):
        todo.pop(name, None)
    todo.add("sequence", sequence)
    _say(todo, item)
    return bytes(calendar.to_ical(sorted=False))


def _say(todo: Any, item: Item) -> None:
    """Our fields. A day that a person's start lies behind cannot be due (RFC 5545, 3.8.2.3)."""
    begun = dt.date.fromisoformat(item.begun) if item.begun else dt.date(1970, 1, 1)
    todo.add("dtstamp", dt.datetime.combine(begun, dt.time(), dt.UTC))
    todo.add("summary", item.title)
    todo.add("description", item.text)
    if item.due:
        todo.pop("DURATION", None)
        todo.add("due", dt.date.fromisoformat(item.due))
    todo.add(_HASH, item.hash)
