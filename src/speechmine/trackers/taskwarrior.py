"""Tasks in Taskwarrior, through its own program ``task``: export, change, import."""

from __future__ import annotations

import json
import subprocess
import uuid
from collections.abc import Iterable
from typing import Any

from speechmine.errors import UsageError
from speechmine.programs import find_program
from speechmine.trackers.answers import records, words
from speechmine.trackers.items import Item, content_hash
from speechmine.trackers.sink import ConflictError, Remote, TrackerError
from speechmine.writers.taskwarrior import midnight

__all__ = ["Taskwarrior"]

_FIELDS = ("smid", "smhash", "smtext")
_TIMEOUT = 120


class Taskwarrior:
    """The task list of ``TASKRC`` and ``TASKDATA``, or of their defaults."""

    def __init__(self) -> None:
        program = find_program("task")
        if program is None:
            raise UsageError("Taskwarrior is not installed: there is no program `task`")
        self._task = program

    def list(self) -> Iterable[Remote]:
        """Every task with our identifier, done and deleted ones too."""
        return tuple(self._exported("smid.any:"))

    def find(self, item_id: str) -> Remote | None:
        """One of them."""
        return next(iter(self._exported(f"uuid:{_uuid(item_id)}")), None)

    def create(self, item: Item) -> bool:
        """A new pending task."""
        begun = {"entry": midnight(item.begun)} if item.begun else {}
        self._import({"uuid": _uuid(item.id), "status": "pending", **begun, **_said(item)})
        return False

    def update(self, item: Item, remote: Remote) -> None:
        """Description, due day and our own attributes; the rest as it was exported."""
        latest = self.find(item.id)
        if latest is None or latest.version != remote.version:
            raise ConflictError(f"task {remote.ref} was changed in between")
        if not isinstance(latest.data, dict):
            raise UsageError("a task of Taskwarrior is expected")
        kept = {
            name: value for name, value in latest.data.items() if name not in ("due", "urgency")
        }
        self._import({**kept, **_said(item)})

    def _exported(self, test: str) -> Iterable[Remote]:
        try:
            found = json.loads(self._run("export", before=(test,)) or "[]")
        except (ValueError, RecursionError) as error:
            raise TrackerError("what task exports is no JSON") from error
        return [_remote(task) for task in records(found) if words(task.get("smid"))]

    def _import(self, task: dict[str, Any]) -> None:
        self._run("import", "-", given=json.dumps([task], ensure_ascii=False))

    def _run(self, *words: str, before: tuple[str, ...] = (), given: str = "") -> str:
        declared = (f"rc.uda.{name}.type=string" for name in _FIELDS)
        quiet = ("rc.confirmation=off", "rc.verbose=nothing", "rc.json.array=on", "rc.hooks=off")
        command = [self._task, *quiet, "rc.gc=off", *declared, *before, *words]
        try:
            done = subprocess.run(  # noqa: S603  # a program of the user's, no shell
                command, input=given, capture_output=True, text=True, timeout=_TIMEOUT, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise TrackerError(f"task does not answer ({type(error).__name__})") from error
        if done.returncode != 0:
            said = " ".join((done.stderr or done.stdout).split())[:300]
            raise TrackerError(f"task {words[0]} ended with {done.returncode}: {said}")
        return done.stdout


def _uuid(item_id: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"speechmine:{item_id}"))


def _said(item: Item) -> dict[str, Any]:
    due = {"due": midnight(item.due)} if item.due else {}
    own = {"smid": item.id, "smhash": item.hash, "smtext": item.text}
    return {"description": item.title, **due, **own}


def _remote(task: dict[str, Any]) -> Remote:
    item_id, ref, pushed, title, text, stamp, version = (
        words(task.get(name))
        for name in ("smid", "uuid", "smhash", "description", "smtext", "due", "modified")
    )
    now = content_hash(title, text, _day(stamp) if stamp else None)
    return Remote(item_id, ref, pushed, now, version, task)


def _day(stamp: str) -> str:
    """The day in Beijing of a time in UTC: 20240629T160000Z is the 30th."""
    import datetime as dt

    try:
        at = dt.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
        return (at + dt.timedelta(hours=8)).date().isoformat()
    except (ValueError, OverflowError):
        return stamp
