"""A calendar over CalDAV (RFC 4791), asked and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from speechmine.trackers.credentials import Credentials, credentials_for
from speechmine.trackers.http import Answer, Http
from speechmine.trackers.items import Item
from speechmine.trackers.options import TrackerOptions
from speechmine.trackers.services.caldav.todo import (
    DOMAIN,
    changed_todo,
    new_todo,
    progress_of,
    remote_of,
    stated_todo,
)
from speechmine.trackers.sink import ConflictError, Progress, Remote, TrackerError

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["CalDav", "open_caldav"]

_CREATED, _SEVERAL = 201, 207
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
        return remote_of(answer.content, here, answer.headers.get("ETag", ""))

    def create(self, item: Item) -> bool:
        """A new VTODO, which needs action; some servers answer with a page that says "created"."""
        if not self._made:
            self._make()
        headers = {**_CALENDAR, "If-None-Match": "*"}
        name = _resource_name(item.id)
        answer = self._http.ask("PUT", name, data=new_todo(item), headers=headers, page=True)
        return answer is not None and answer.status == _CREATED and "ETag" in answer.headers

    def update(self, item: Item, remote: Remote) -> None:
        """Summary, description and due day; all else stays as it is."""
        if not remote.version:  # the server offers no conditions: look first
            latest = self.find(item.id)
            if latest is None or latest.data != remote.data:
                raise ConflictError(f"{self._http.name}: {item.id} was changed in between")
        self._put(remote, changed_todo(item, remote.data))

    def set_state(self, item: Item, remote: Remote) -> None:
        """The status; what says when and how far it was completed goes where it is not any more."""
        self._put(remote, stated_todo(item, remote.data))

    def progress(self, remote: Remote) -> Progress:
        """Status, percentage, comments, and our fields as they stand there."""
        return progress_of(remote)

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
                remote_of(data.encode(), _joined_address(self._http.base, href), etag)
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
    return quote(f"{item_id}{DOMAIN}.ics", safe="@.")
