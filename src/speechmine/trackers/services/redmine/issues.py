"""Tasks as issues of a Redmine project, over its REST interface.

The identifier, the hash of our fields and the state that we wrote last stand in a custom field
of issues, 外部编号 (text, used as a filter), which an administrator makes once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from speechmine.errors import UsageError
from speechmine.ledger.round_words import round_words
from speechmine.ledger.states import StateKind, known_kind
from speechmine.trackers.answers import AnsweredRecord, page_of_issues, read_pages, records, text_in
from speechmine.trackers.credentials import Credentials, credentials_for
from speechmine.trackers.http import Http
from speechmine.trackers.items import Item, content_hash
from speechmine.trackers.options import TrackerOptions
from speechmine.trackers.services.redmine.project import IssueState, Project, ProjectReader
from speechmine.trackers.sink import (
    ConflictError,
    Progress,
    Remote,
    TrackerError,
)

__all__ = ["Redmine", "open_redmine"]

_PAGE = 100
_WHOLE = 100


def open_redmine(where: str, options: TrackerOptions) -> Redmine:
    """The project of an address.

    Raises:
        UsageError: there is none at this address.
    """
    return Redmine(
        where, credentials_for(where), tracker=options.tracker, category=options.category
    )


class Redmine:
    """A project; its address is that of its page, ``https://host/projects/name``.

    Args:
        url: the address.
        credentials: who asks.
        tracker: name of the tracker (跟踪标签) of new issues; else one that is called 督办, 任务 or
            the like, where the project has one.
        category: name of the category (类别) of new issues, which the project must have.
    """

    def __init__(
        self, url: str, credentials: Credentials, *, tracker: str = "", category: str = ""
    ) -> None:
        base, mark, project = url.rstrip("/").partition("/projects/")
        if not mark or not project or "/" in project:
            raise UsageError(f"{url}: the address of a project is expected: .../projects/NAME")
        self._http = Http(base, credentials, token=("X-Redmine-API-Key", ""))
        self._name = project
        self._named = (tracker, category)
        self._read: Project | None = None

    def list(self) -> Iterable[Remote]:
        """Every issue with our identifier, closed ones too."""
        return tuple(self._issues(f"cf_{self._project.field}=*"))

    def find(self, item_id: str) -> Remote | None:
        """One of them."""
        found = self._issues(f"cf_{self._project.field}=~{quote(item_id)}")
        return next((remote for remote in found if remote.id == item_id), None)

    def create(self, item: Item) -> bool:
        """A new issue in the state of the ledger, where the project's workflow begins with it."""
        project = self._project
        # Without a start, Redmine takes today and refuses a day that has passed.
        start = item.begun if item.begun and item.begun <= (item.due or item.begun) else ""
        chosen = {"tracker_id": project.tracker, "category_id": project.category}
        fields: dict[str, Any] = {
            "project_id": project.id,
            "start_date": start,
            **{name: number for name, number in chosen.items() if number is not None},
            **self._said(item, "todo"),
        }
        answer = self._http.json("POST", "/issues.json", json={"issue": fields})
        issue = answer.get("issue") if isinstance(answer, dict) else None
        made = self._remote(issue) if isinstance(issue, dict) else None
        if made is None or made.id != item.id:
            return False
        if made.state and item.state not in ("", made.state):
            self.set_state(item, made)
        return True

    def update(self, item: Item, remote: Remote) -> None:
        """Subject, description, due day and our field; all else stays as it is."""
        self._unchanged(item, remote)
        self._put(remote, self._said(item, remote.state_pushed))

    def set_state(self, item: Item, remote: Remote) -> None:
        """The state of the ledger, where the project's workflow has a way to it.

        Raises:
            TrackerError: it has none; the issue stays in its state.
        """
        self._unchanged(item, remote)
        wanted = self._state_for(item.state)
        if wanted is None:
            raise TrackerError(f"{self._http.name}: no state there means {item.state}")
        mark = self._mark(f"{item.id} {remote.pushed}", item.state)
        self._put(remote, {"status_id": wanted.id, **mark})
        now = self.find(item.id)
        if now is None or now.state != item.state:
            self._put(remote, self._mark(f"{item.id} {remote.pushed}", remote.state_pushed))
            advice = "an administrator can open the workflow"
            raise TrackerError(
                f"{self._http.name}: issue {remote.ref} cannot become {wanted.name}; {advice}"
            )

    def progress(self, remote: Remote) -> Progress:
        """State, share done and notes; an issue that nobody touched is not asked for.

        Raises:
            TrackerError: the server does not tell the states of issues.
        """
        if not self._project.states:
            raise TrackerError(f"{self._http.name}: the states of issues cannot be read; try again")
        issue: object = remote.data
        # Its clock has seconds: what was begun may have been touched in the second it was made.
        if isinstance(issue, dict) and (
            issue.get("created_on") != issue.get("updated_on") or remote.state not in ("", "todo")
        ):
            answer = self._http.json("GET", f"/issues/{remote.ref}.json?include=journals")
            issue = answer.get("issue") if isinstance(answer, dict) else None
        if not isinstance(issue, dict):
            return Progress()
        percent = issue.get("done_ratio")
        return Progress(
            remote.state,
            _name_in(issue, "status"),
            percent if isinstance(percent, int) and 0 < percent <= _WHOLE else None,
            tuple(_journal_notes(issue)),
            text_in(issue.get("subject")),
            text_in(issue.get("due_date")),
        )

    def _unchanged(self, item: Item, remote: Remote) -> None:
        latest = self.find(item.id)
        if latest is None or latest.version != remote.version:
            raise ConflictError(f"{self._http.name}: issue {remote.ref} was changed in between")

    def _put(self, remote: Remote, fields: dict[str, Any]) -> None:
        self._http.json("PUT", f"/issues/{remote.ref}.json", json={"issue": fields})

    def _said(self, item: Item, state: StateKind) -> dict[str, Any]:
        return {
            "subject": item.title,
            "description": item.text,
            "due_date": item.due or "",
            **self._mark(f"{item.id} {item.hash}", state),
        }

    def _mark(self, said: str, state: StateKind) -> dict[str, Any]:
        value = f"{said} {state}".rstrip()
        return {"custom_fields": [{"id": self._project.field, "value": value}]}

    def _state_for(self, kind: StateKind) -> IssueState | None:
        """Of the states that mean it, one that closes the issue where it is done."""
        states = [state for state in self._project.states if state.kind == kind]
        closing = [state for state in states if state.closed == (kind in ("done", "cancelled"))]
        return next(iter(closing or states), None)

    @property
    def _project(self) -> Project:
        if self._read is None:
            self._read = ProjectReader(self._http, self._name, self._named).read()
        return self._read

    def _issues(self, test: str) -> Iterator[Remote]:
        project = self._project
        where = f"project_id={project.id}&subproject_id=!*&status_id=*&sort=id&{test}"

        def fetch(start: int) -> tuple[object, int]:
            path = f"/issues.json?{where}&limit={_PAGE}&offset={start}"
            return page_of_issues(self._http.json("GET", path), "total_count")

        found = read_pages(fetch, self._http.name)
        yield from filter(None, map(self._remote, found))

    def _remote(self, issue: AnsweredRecord) -> Remote | None:
        fields = records(issue.get("custom_fields"))
        number = self._project.field
        ours = next((text_in(f.get("value")) for f in fields if f.get("id") == number), "")
        item_id, pushed, before, *_ = (*ours.split(" "), "", "")
        ref = text_in(issue.get("id"))
        if not item_id or not ref.isdecimal():
            return None
        said = (text_in(issue.get(name)) for name in ("subject", "description", "due_date"))
        version, now = text_in(issue.get("updated_on")), content_hash(*said)
        state, known = self._kind(issue), known_kind(before)
        return Remote(item_id, ref, pushed, now, version, issue, state, known)

    def _kind(self, issue: AnsweredRecord) -> StateKind:
        name = _name_in(issue, "status")
        return next((state.kind for state in self._project.states if state.name == name), "")


def _name_in(issue: AnsweredRecord, field: str) -> str:
    value = issue.get(field)
    return text_in(value.get("name")) if isinstance(value, dict) else ""


def _journal_notes(issue: AnsweredRecord) -> Iterator[str]:
    """What people noted, with day and name."""
    pattern = str(round_words()["pulled"]["comment"])
    for entry in records(issue.get("journals")):
        text = " ".join(text_in(entry.get("notes")).split())
        about = f"{text_in(entry.get('created_on'))[:10]} {_name_in(entry, 'user')}".strip()
        if text:
            yield pattern.format(about=about, text=text)
