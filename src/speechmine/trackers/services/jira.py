"""Tasks as issues of a Jira project (REST 2, as Jira Data Center documents it).

The identifier and the hash of our fields are labels, which Jira keeps without a field of its own.
Built to the documented shapes and tested against recorded ones, not against a Jira.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from speechmine.errors import UsageError
from speechmine.trackers.answers import AnsweredRecord, page_of_issues, read_pages, text_in
from speechmine.trackers.credentials import Credentials, credentials_for
from speechmine.trackers.http import Http
from speechmine.trackers.items import Item, content_hash
from speechmine.trackers.options import TrackerOptions
from speechmine.trackers.sink import ConflictError, Remote

__all__ = ["Jira", "open_jira"]

_ALL, _ID, _HASH = "speechmine", "smid-", "smhash-"
_PAGE = 100
_FIELDS = "summary,description,duedate,labels,updated"
_KIND = "Task"
_KEY = re.compile(r"\w{1,255}-\d{1,12}")


def open_jira(
    where: str,
    options: TrackerOptions,  # noqa: ARG001  # an office profile says nothing of it
) -> Jira:
    """The project of an address.

    Raises:
        UsageError: there is none at this address.
    """
    return Jira(where, credentials_for(where))


class Jira:
    """A project; its address is ``https://host/projects/KEY``."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        base, mark, key = url.rstrip("/").partition("/projects/")
        if not mark or not key.replace("_", "").isalnum():
            raise UsageError(f"{url}: the address of a project is expected: .../projects/KEY")
        self._http = Http(base, credentials, token=("Authorization", "Bearer "))
        self._project = key
        self._key = re.compile(re.escape(key) + r"-\d{1,12}")

    def list(self) -> Iterable[Remote]:
        """Every issue with our label, closed ones too."""
        return tuple(self._search(f'project = "{self._project}" AND labels = "{_ALL}"'))

    def find(self, item_id: str) -> Remote | None:
        """One of them."""
        test = f'project = "{self._project}" AND labels = "{_ID}{item_id}"'
        return next(self._search(test), None)

    def create(self, item: Item) -> bool:
        """A new issue of the kind Task, in the project's first state."""
        fields = {
            "project": {"key": self._project},
            "issuetype": {"name": _KIND},
            "labels": [_ALL, _ID + item.id, _HASH + item.hash],
            **_issue_fields(item),
        }
        made = self._http.json("POST", "/rest/api/2/issue", json={"fields": fields})
        return isinstance(made, dict) and self._key.fullmatch(text_in(made.get("key"))) is not None

    def update(self, item: Item, remote: Remote) -> None:
        """Summary, description, due day and our hash; other labels stay."""
        latest = self.find(item.id)
        if latest is None or latest.version != remote.version:
            raise ConflictError(f"{self._http.name}: {remote.ref} was changed in between")
        labels = [{"remove": _HASH + remote.pushed}, {"add": _HASH + item.hash}]
        body = {"fields": _issue_fields(item), "update": {"labels": labels}}
        self._http.json("PUT", f"/rest/api/2/issue/{remote.ref}", json=body)

    def _search(self, jql: str) -> Iterator[Remote]:
        def fetch(start: int) -> tuple[object, int]:
            page = {"jql": f"{jql} ORDER BY key", "startAt": start, "maxResults": _PAGE}
            where = {**page, "fields": _FIELDS}
            return page_of_issues(
                self._http.json("GET", "/rest/api/2/search", params=where), "total"
            )

        yield from filter(None, map(_remote, read_pages(fetch, self._http.name)))


def _issue_fields(item: Item) -> dict[str, Any]:
    return {"summary": item.title, "description": item.text, "duedate": item.due}


def _remote(issue: AnsweredRecord) -> Remote | None:
    fields = issue.get("fields")
    ref = text_in(issue.get("key"))
    if not isinstance(fields, dict) or not _KEY.fullmatch(ref):
        return None
    listed = fields.get("labels")
    labels = list(map(text_in, listed)) if isinstance(listed, list) else []
    item_id = next((x.removeprefix(_ID) for x in labels if x.startswith(_ID)), "")
    pushed = next((x.removeprefix(_HASH) for x in labels if x.startswith(_HASH)), "")
    if not item_id:
        return None
    said = (text_in(fields.get(name)) for name in ("summary", "description", "duedate"))
    return Remote(item_id, ref, pushed, content_hash(*said), text_in(fields.get("updated")))
