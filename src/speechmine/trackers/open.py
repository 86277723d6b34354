"""Which tracker an address means."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from speechmine.errors import UsageError
from speechmine.trackers.http import credentials_for
from speechmine.trackers.sink import Sink

__all__ = ["KINDS", "TrackerOptions", "load_tracker_options", "open_sink"]

_USER = re.compile(r"//[^/]*@")
#: Kinds with an address of theirs.
KINDS = {
    "caldav": "caldav:https://calendar.example/user/duban/",
    "redmine": "redmine:https://tasks.example/projects/duban",
    "jira": "jira:https://jira.example/projects/DB",
    "github": "github:owner/name",
    "taskwarrior": "taskwarrior:",
}


@dataclass(frozen=True, slots=True)
class TrackerOptions:
    """What an office profile says of trackers, in its table ``[tracker]``.

    Attributes:
        tracker, category: of new issues in Redmine (跟踪标签, 类别).
        project: of new tasks in Taskwarrior.
    """

    tracker: str = ""
    category: str = ""
    project: str = ""


def load_tracker_options(path: str | os.PathLike[str]) -> TrackerOptions:
    """The table ``[tracker]`` of an office profile.

    Raises:
        UsageError: it cannot be read, or has another field.
    """
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8-sig")).get("tracker", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: the profile cannot be read ({error})") from error
    known = [field.name for field in fields(TrackerOptions)]
    if not isinstance(data, dict) or not all(isinstance(v, str) for v in data.values()):
        raise UsageError(f"{path}: tracker: texts are expected below a line [tracker]")
    for name in data:
        if name not in known:
            there = ", ".join(known)
            raise UsageError(f"{path}: tracker: field {name}: no such field; there are: {there}")
    return TrackerOptions(**data)


def open_sink(address: str, options: TrackerOptions | None = None) -> Sink:
    """The tracker of an address; the credentials come from the environment or the keyring.

    Args:
        address: the kind, a colon, and where: one of :data:`KINDS`.
        options: what an office profile says of trackers.

    Raises:
        UsageError: no such kind, or no such address.
    """
    kind, _, where = address.partition(":")
    wanted = options or TrackerOptions()
    if kind == "caldav":
        from speechmine.trackers.caldav import CalDav

        return CalDav(where, credentials_for(where))
    if kind == "redmine":
        from speechmine.trackers.redmine import Redmine

        chosen = {"tracker": wanted.tracker, "category": wanted.category}
        return Redmine(where, credentials_for(where), **chosen)
    if kind == "jira":
        from speechmine.trackers.jira import Jira

        return Jira(where, credentials_for(where))
    if kind == "github":
        from speechmine.trackers.github import GitHub

        return GitHub(where, credentials_for("https://api.github.com"))
    if kind == "taskwarrior":
        from speechmine.trackers.taskwarrior import Taskwarrior

        return Taskwarrior(wanted.project)
    known = ", ".join(KINDS.values())
    shown = _USER.sub("//***@", address)
    raise UsageError(f"{shown}: a kind of tracker is expected in front, as in {known}")
