"""Tasks as issues of a Jira project (REST 2, as Jira Data Center documents it).

The identifier and the hash of our fields are labels, which Jira keeps without a field of its own.
Built to the documented shapes and tested against recorded ones, not against a Jira.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from speechmine.errors import UsageError
from speechmine.trackers.http import Credentials, Http
from speechmine.trackers.items import Item, content_hash
from speechmine.trackers.sink import ConflictError, Remote, TrackerError

__all__ = ["Jira"]

_ALL, _ID, _HASH = "speechmine", "smid-", "smhash-"
_PAGE = 100
_FIELDS = "summary,description,duedate,labels,updated"
_KIND = "Task"


class Jira:
    """A project; its address is ``https://host/projects/KEY``."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        base, mark, key = url.rstrip("/").partition("/projects/")
        if not mark or not key.replace("_", "").isalnum():
            raise UsageError(f"{url}: the address of a project is expected: .../projects/KEY")
        token = credentials.token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = Http(base, headers=headers, basic=None if token else credentials)
        self._project = key

    def list(self) -> Iterable[Remote]:
        """Every issue with our label, closed ones too."""
        return tuple(self._search(f'project = "{self._project}" AND labels = "{_ALL}"'))

    def find(self, item_id: str) -> Remote | None:
        """One of them."""
        test = f'project = "{self._project}" AND labels = "{_ID}{item_id}"'
        return next(self._search(test), None)

    def create(self, item: Item) -> None:
        """A new issue of the kind Task, in the project's first state."""
        fields = {
            "project": {"key": self._project},
            "issuetype": {"name": _KIND},
            "labels": [_ALL, _ID + item.id, _HASH + item.hash],
            **_said(item),
        }
        self._http.json("POST", "/rest/api/2/issue", json={"fields": fields})

    def update(self, item: Item, remote: Remote) -> None:
        """Summary, description, due day and our hash; other labels stay."""
        latest = self.find(item.id)
        if latest is None or latest.version != remote.version:
            raise ConflictError(f"{self._http.base}: {remote.ref} was changed in between")
        labels = [{"remove": _HASH + remote.pushed}, {"add": _HASH + item.hash}]
        body = {"fields": _said(item), "update": {"labels": labels}}
        self._http.json("PUT", f"/rest/api/2/issue/{remote.ref}", json=body)

    def _search(self, jql: str) -> Iterator[Remote]:
        start, total = 0, 1
        while start < total:
            page = {"jql": f"{jql} ORDER BY key", "startAt": start, "maxResults": _PAGE}
            answer = self._http.json(
                "GET", "/rest/api/2/search", params={**page, "fields": _FIELDS}
            )
            try:
                total = int(answer["total"])
                found = [_remote(issue) for issue in answer["issues"]]
            except (LookupError, TypeError, ValueError) as error:
                raise TrackerError(f"{self._http.base}: the answer is no list of issues") from error
            yield from filter(None, found)
            start += len(found) or total


def _said(item: Item) -> dict[str, Any]:
    return {"summary": item.title, "description": item.text, "duedate": item.due}


def _remote(issue: dict[str, Any]) -> Remote | None:
    fields = issue["fields"]
    labels = [str(label) for label in fields.get("labels") or ()]
    item_id = next((x.removeprefix(_ID) for x in labels if x.startswith(_ID)), "")
    pushed = next((x.removeprefix(_HASH) for x in labels if x.startswith(_HASH)), "")
    if not item_id:
        return None
    said = (fields.get("summary") or "", fields.get("description") or "", fields.get("duedate"))
    now = content_hash(*said)
    return Remote(item_id, str(issue["key"]), pushed, now, str(fields.get("updated", "")))
