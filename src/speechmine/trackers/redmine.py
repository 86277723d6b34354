"""Tasks as issues of a Redmine project, over its REST interface.

The identifier and the hash of our fields stand in a custom field of issues, 外部编号 (text, used
as a filter), which an administrator makes once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from speechmine.errors import UsageError
from speechmine.trackers.answers import Record, counted, read_pages, records, words
from speechmine.trackers.http import Credentials, Http
from speechmine.trackers.items import Item, content_hash
from speechmine.trackers.sink import ConflictError, Remote, TrackerError

__all__ = ["Redmine"]

_FIELD = "外部编号"
_PAGE = 100


class Redmine:
    """A project; its address is that of its page, ``https://host/projects/name``."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        base, mark, project = url.rstrip("/").partition("/projects/")
        if not mark or not project or "/" in project:
            raise UsageError(f"{url}: the address of a project is expected: .../projects/NAME")
        self._http = Http(base, credentials, token=("X-Redmine-API-Key", ""))
        self._project = project
        self._fields: tuple[int, int] | None = None

    def list(self) -> Iterable[Remote]:
        """Every issue with our identifier, closed ones too."""
        return tuple(self._issues(f"cf_{self._field}=*"))

    def find(self, item_id: str) -> Remote | None:
        """One of them."""
        found = self._issues(f"cf_{self._field}=~{quote(item_id)}")
        return next((remote for remote in found if remote.id == item_id), None)

    def create(self, item: Item) -> bool:
        """A new issue with the project's first tracker and state."""
        # Without a start, Redmine takes today and refuses a day that has passed.
        start = item.begun if item.begun and item.begun <= (item.due or item.begun) else ""
        fields = {"project_id": self._project_id, "start_date": start, **self._said(item)}
        answer = self._http.json("POST", "/issues.json", json={"issue": fields})
        issue = answer.get("issue") if isinstance(answer, dict) else None
        made = _remote(issue, self._field) if isinstance(issue, dict) else None
        return made is not None and made.id == item.id

    def update(self, item: Item, remote: Remote) -> None:
        """Subject, description, due day and our field; all else stays as it is."""
        latest = self.find(item.id)
        if latest is None or latest.version != remote.version:
            raise ConflictError(f"{self._http.name}: issue {remote.ref} was changed in between")
        self._http.json("PUT", f"/issues/{remote.ref}.json", json={"issue": self._said(item)})

    def _said(self, item: Item) -> dict[str, Any]:
        return {
            "subject": item.title,
            "description": item.text,
            "due_date": item.due or "",
            "custom_fields": [{"id": self._field, "value": f"{item.id} {item.hash}"}],
        }

    @property
    def _field(self) -> int:
        return self._known()[0]

    @property
    def _project_id(self) -> int:
        return self._known()[1]

    def _known(self) -> tuple[int, int]:
        """Numbers of our field and of the project."""
        if self._fields is None:
            path = f"/projects/{quote(self._project)}.json?include=issue_custom_fields"
            answer = self._http.json("GET", path)
            try:
                project = answer["project"]
                fields = records(project["issue_custom_fields"])
                named = {words(f["name"]): int(f["id"]) for f in fields}
                number = int(project["id"])
            except (LookupError, TypeError, ValueError, OverflowError) as error:
                raise TrackerError(f"{self._http.name}: this is no Redmine project") from error
            if _FIELD not in named:
                advice = "an administrator makes one: issues, text, used as a filter, this project"
                raise TrackerError(f"the project has no custom field {_FIELD!r}; {advice}")
            self._fields = (named[_FIELD], number)
        return self._fields

    def _issues(self, test: str) -> Iterator[Remote]:
        number, project = self._known()
        where = f"project_id={project}&subproject_id=!*&status_id=*&sort=id&{test}"

        def fetch(start: int) -> tuple[object, int]:
            path = f"/issues.json?{where}&limit={_PAGE}&offset={start}"
            return counted(self._http.json("GET", path), "total_count")

        found = read_pages(fetch, self._http.name)
        yield from filter(None, (_remote(issue, number) for issue in found))


def _remote(issue: Record, field: int) -> Remote | None:
    fields = records(issue.get("custom_fields"))
    ours = next((words(f.get("value")) for f in fields if f.get("id") == field), "")
    item_id, _, pushed = ours.partition(" ")
    ref = words(issue.get("id"))
    if not item_id or not ref.isdecimal():
        return None
    said = (words(issue.get(name)) for name in ("subject", "description", "due_date"))
    return Remote(item_id, ref, pushed, content_hash(*said), words(issue.get("updated_on")))
