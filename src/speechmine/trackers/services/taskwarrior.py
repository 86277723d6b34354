"""Tasks in Taskwarrior, through its own program ``task``: export, change, import."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from speechmine.errors import UsageError
from speechmine.ledger.states import StateKind, known_kind
from speechmine.programs import find_program
from speechmine.trackers.answers import records, text_in
from speechmine.trackers.items import Item, content_hash
from speechmine.trackers.options import TrackerOptions
from speechmine.trackers.sink import ConflictError, Progress, Remote, TrackerError
from speechmine.writers.todos.taskwarrior import tag_of

__all__ = ["Taskwarrior", "open_taskwarrior"]

_FIELDS = ("smid", "smhash", "smtext", "smstate")
_TIMEOUT = 120
_KINDS: Mapping[str, StateKind] = {"completed": "done", "deleted": "cancelled"}
#: What brings a task into a state; the program keeps the time.
_COMMANDS: Mapping[StateKind, str] = {"doing": "start", "done": "done", "cancelled": "delete"}


def open_taskwarrior(
    where: str,  # noqa: ARG001  # there is one on a machine
    options: TrackerOptions,
) -> Taskwarrior:
    """The task list of this machine.

    Raises:
        UsageError: there is none at this address.
    """
    return Taskwarrior(options.project)


class Taskwarrior:
    """The task list of ``TASKRC`` and ``TASKDATA``, or of their defaults.

    Args:
        project: where new tasks go; by default the title of their speech.
    """

    def __init__(self, project: str = "") -> None:
        program = find_program("task")
        if program is None:
            raise UsageError("Taskwarrior is not installed: there is no program `task`")
        self._task = program
        self._project = project

    def list(self) -> Iterable[Remote]:
        """Every task with our identifier, done and deleted ones too."""
        return tuple(self._exported("smid.any:"))

    def find(self, item_id: str) -> Remote | None:
        """One of them."""
        return next(iter(self._exported(f"uuid:{_uuid(item_id)}")), None)

    def create(self, item: Item) -> bool:
        """A new task, with its themes as tags and the speech as its project."""
        project = (self._project or item.project).replace(".", "．")
        tags = [tag for label in item.labels if (tag := tag_of(label))]
        new = {"entry": item.begun, "project": project, "tags": tags}
        said = {name: value for name, value in new.items() if value}
        self._import({"uuid": _uuid(item.id), "status": "pending", **said, **_attributes(item)})
        self._bring(_uuid(item.id), item.state or "todo")
        return False

    def update(self, item: Item, remote: Remote) -> None:
        """Description, due day and our own attributes; the rest as it was exported."""
        latest = self._unchanged(item, remote)
        kept = {name: value for name, value in latest.items() if name not in ("due", "urgency")}
        self._import({**kept, **_attributes(item)})

    def set_state(self, item: Item, remote: Remote) -> None:
        """Started, done, deleted; a closed task that is open in the ledger is taken up again."""
        latest = self._unchanged(item, remote)
        if _state_kind(latest) in _KINDS.values():
            open_again = {
                name: value for name, value in latest.items() if name not in ("end", "urgency")
            }
            self._import({**open_again, "status": "pending"})
        elif item.state == "todo":
            self._run("stop", before=(remote.ref,))
        self._bring(remote.ref, item.state)

    def progress(self, remote: Remote) -> Progress:
        """Status and annotations."""
        task = remote.data if isinstance(remote.data, dict) else {}
        notes = (_note(note) for note in records(task.get("annotations")))
        due = text_in(task.get("due"))
        return Progress(
            remote.state,
            text_in(task.get("status")),
            None,
            tuple(notes),
            text_in(task.get("description")),
            _local_day(due) if due else "",
        )

    def _bring(self, ref: str, state: StateKind) -> None:
        """Into a state from pending, and note that we did."""
        self._run("modify", f"smstate:{state}", before=(ref,))
        if state in _COMMANDS:
            self._run(_COMMANDS[state], before=(ref,))

    def _unchanged(self, item: Item, remote: Remote) -> dict[str, Any]:
        """The task as it is; it must be as it was."""
        latest = self.find(item.id)
        if latest is None or latest.version != remote.version:
            raise ConflictError(f"task {remote.ref} was changed in between")
        if not isinstance(latest.data, dict):
            raise UsageError("a task of Taskwarrior is expected")
        return latest.data

    def _exported(self, test: str) -> Iterable[Remote]:
        try:
            found = json.loads(self._run("export", before=(test,)) or "[]")
        except (ValueError, RecursionError) as error:
            raise TrackerError("what task exports is no JSON") from error
        return [_remote(task) for task in records(found) if text_in(task.get("smid"))]

    def _import(self, task: dict[str, Any]) -> None:
        self._run("import", "-", given=json.dumps([task], ensure_ascii=False))

    def _run(self, *text_in: str, before: tuple[str, ...] = (), given: str = "") -> str:
        declared = (f"rc.uda.{name}.type=string" for name in _FIELDS)
        quiet = ("rc.confirmation=off", "rc.verbose=nothing", "rc.json.array=on", "rc.hooks=off")
        command = [self._task, *quiet, "rc.gc=off", *declared, *before, *text_in]
        try:
            done = subprocess.run(  # noqa: S603  # a program of the user's, no shell
                command, input=given, capture_output=True, text=True, timeout=_TIMEOUT, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise TrackerError(f"task does not answer ({type(error).__name__})") from error
        if done.returncode != 0:
            said = " ".join((done.stderr or done.stdout).split())[:300]
            raise TrackerError(f"task {text_in[0]} ended with {done.returncode}: {said}")
        return done.stdout


def _uuid(item_id: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"speechmine:{item_id}"))


def _attributes(item: Item) -> dict[str, Any]:
    due = {"due": item.due} if item.due else {}
    own = {"smid": item.id, "smhash": item.hash, "smtext": item.text}
    return {"description": item.title, **due, **own}


def _state_kind(task: Mapping[str, Any]) -> StateKind:
    return _KINDS.get(text_in(task.get("status")), "doing" if task.get("start") else "todo")


def _remote(task: dict[str, Any]) -> Remote:
    item_id, ref, pushed, title, text, stamp, version, before = (
        text_in(task.get(name))
        for name in (
            "smid",
            "uuid",
            "smhash",
            "description",
            "smtext",
            "due",
            "modified",
            "smstate",
        )
    )
    now = content_hash(title, text, _local_day(stamp) if stamp else None)
    known = known_kind(before)
    return Remote(item_id, ref, pushed, now, version, task, _state_kind(task), known)


def _note(note: Mapping[str, Any]) -> str:
    """An annotation in one line, with its day."""
    said = " ".join(text_in(note.get("description")).split())
    return f"{_local_day(text_in(note.get('entry')))}：{said}"


def _local_day(stamp: str) -> str:
    """The day on which a time in UTC falls where the program runs; we run there, too."""
    try:
        at = dt.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
        return at.astimezone().date().isoformat()
    except (ValueError, OverflowError):
        return stamp
