"""What has to be known of a Redmine project: its field for identifiers, its states, its names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from speechmine.errors import UsageError
from speechmine.ledger.round_words import round_words
from speechmine.ledger.states import StateKind, kind_of_state
from speechmine.trackers.answers import AnsweredRecord, records, text_in
from speechmine.trackers.http import Http
from speechmine.trackers.sink import RejectedError, TrackerError, UnavailableError

__all__ = ["IssueState", "Project", "ProjectReader"]

_FIELD = "外部编号"
_INCLUDED = "issue_custom_fields,trackers,issue_categories"


@dataclass(frozen=True, slots=True)
class IssueState:
    """A state of issues: its number, its name, what it means."""

    id: int
    name: str
    kind: StateKind
    closed: bool


@dataclass(frozen=True, slots=True)
class Project:
    """What has to be known of a project; ``tracker``, ``category`` are None where none is set."""

    id: int
    field: int
    tracker: int | None
    category: int | None
    states: tuple[IssueState, ...]


@dataclass(frozen=True, slots=True)
class ProjectReader:
    """Asks a server for a project.

    Attributes:
        http: the server. name: of the project in addresses.
        named: tracker and category of new issues, empty where none is chosen.
    """

    http: Http
    name: str
    named: tuple[str, str]

    def read(self) -> Project:
        """The project, its field for identifiers, and what it calls things.

        Raises:
            TrackerError: there is no project, or it has no such field.
            UsageError: it has no tracker or category of the name given.
        """
        path = f"/projects/{quote(self.name)}.json?include={_INCLUDED}"
        answer = self.http.json("GET", path)
        try:
            project = answer["project"]
            number = int(project["id"])
            named = _ids_by_name(records(project["issue_custom_fields"]))
            trackers = _ids_by_name(records(project.get("trackers")))
            categories = _ids_by_name(records(project.get("issue_categories")))
        except (LookupError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise TrackerError(f"{self.http.name}: this is no Redmine project") from error
        field = named.get(_FIELD) or self._field_of_all(number)
        if field is None:
            advice = "an administrator makes one: issues, text, used as a filter, this project"
            raise TrackerError(f"the project has no custom field {_FIELD!r}; {advice}")
        tracker, category = self.named
        likely = next(
            (name for name in round_words()["redmine"]["trackers"] if name in trackers), ""
        )
        return Project(
            number,
            field,
            _chosen("tracker", tracker, trackers) if tracker else trackers.get(likely),
            _chosen("category", category, categories) if category else None,
            tuple(self._states()),
        )

    def _field_of_all(self, project: int) -> int | None:
        """A field set for all projects: not listed with the project, but known to it.

        The list of all fields is for administrators alone; any issue shows its fields to all.
        """
        for path, name in (
            (f"/issues.json?project_id={project}&status_id=*&limit=1", "issues"),
            ("/custom_fields.json", "custom_fields"),
            ("/issues.json?status_id=*&limit=1", "issues"),
        ):
            found = self._listed_fields(path, name).get(_FIELD)
            if found is not None and self._filters(project, found):
                return found
        return None

    def _listed_fields(self, path: str, name: str) -> dict[str, int]:
        try:
            answer = self.http.json("GET", path)
        except UnavailableError:
            raise
        except TrackerError:
            return {}
        listed = records(answer.get(name)) if isinstance(answer, dict) else []
        if name == "custom_fields":
            return _ids_by_name([f for f in listed if f.get("customized_type") == "issue"])
        return _ids_by_name([f for issue in listed for f in records(issue.get("custom_fields"))])

    def _filters(self, project: int, field: int) -> bool:
        """Whether the project knows the field: it finds a filter by it wrong that names nothing.

        A filter by a field that it does not know it passes over in silence.
        """
        test = f"set_filter=1&f[]=cf_{field}&op[cf_{field}]=~&v[cf_{field}][]="
        try:
            self.http.json("GET", f"/issues.json?project_id={project}&{test}&limit=1")
        except RejectedError:
            return True
        return False

    def _states(self) -> Iterator[IssueState]:
        """The states of issues; a push does without them, and then carries none."""
        try:
            answer = self.http.json("GET", "/issue_statuses.json")
        except TrackerError:
            return
        listed = records(answer.get("issue_statuses")) if isinstance(answer, dict) else []
        for at, state in enumerate(listed):
            name, closed, number = (
                text_in(state.get("name")),
                state.get("is_closed"),
                state.get("id"),
            )
            if isinstance(number, int):
                usual: StateKind = "done" if closed else "doing" if at else "todo"
                yield IssueState(number, name, kind_of_state(name) or usual, bool(closed))


def _ids_by_name(entries: Sequence[AnsweredRecord]) -> dict[str, int]:
    """Numbers by name; an entry that has not both is none."""
    pairs = ((text_in(entry.get("name")), entry.get("id")) for entry in entries)
    return {name: number for name, number in pairs if name and isinstance(number, int)}


def _chosen(what: str, name: str, there: dict[str, int]) -> int:
    if name not in there:
        known = "、".join(there) or "none"
        raise UsageError(f"the project has no {what} {name!r}; there are: {known}")
    return there[name]
