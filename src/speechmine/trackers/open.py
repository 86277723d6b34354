"""Which tracker an address means."""

from __future__ import annotations

import re

from speechmine.errors import UsageError
from speechmine.trackers.http import credentials_for
from speechmine.trackers.sink import Sink

__all__ = ["KINDS", "open_sink"]

_USER = re.compile(r"//[^/]*@")
#: Kinds with an address of theirs.
KINDS = {
    "caldav": "caldav:https://calendar.example/user/duban/",
    "redmine": "redmine:https://tasks.example/projects/duban",
    "jira": "jira:https://jira.example/projects/DB",
    "github": "github:owner/name",
    "taskwarrior": "taskwarrior:",
}


def open_sink(address: str) -> Sink:
    """The tracker of an address; the credentials come from the environment or the keyring.

    Args:
        address: the kind, a colon, and where: one of :data:`KINDS`.

    Raises:
        UsageError: no such kind, or no such address.
    """
    kind, _, where = address.partition(":")
    if kind == "caldav":
        from speechmine.trackers.caldav import CalDav

        return CalDav(where, credentials_for(where))
    if kind == "redmine":
        from speechmine.trackers.redmine import Redmine

        return Redmine(where, credentials_for(where))
    if kind == "jira":
        from speechmine.trackers.jira import Jira

        return Jira(where, credentials_for(where))
    if kind == "github":
        from speechmine.trackers.github import GitHub

        return GitHub(where, credentials_for("https://api.github.com"))
    if kind == "taskwarrior":
        from speechmine.trackers.taskwarrior import Taskwarrior

        return Taskwarrior()
    known = ", ".join(KINDS.values())
    shown = _USER.sub("//***@", address)
    raise UsageError(f"{shown}: a kind of tracker is expected in front, as in {known}")
