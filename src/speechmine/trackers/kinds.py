"""Every kind of tracker that tasks can be pushed to.

A new one is an entry here and a module with a :class:`speechmine.trackers.sink.Sink`; the help of
the command line, the table in the documentation and the messages on what there is follow.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TRACKERS", "TrackerKind"]


@dataclass(frozen=True, slots=True)
class TrackerKind:
    """A kind of tracker.

    Attributes:
        name: what stands before the colon of its address.
        open: module (in this package) and function that open it: what stands behind the colon and
            :class:`speechmine.trackers.options.TrackerOptions` in, a sink out.
        example: of an address.
        chinese, english: what stands behind the colon.
        keeps: what of a task it takes, in Chinese and in English, for the documentation.
        two_way: whether states and comments come back.
    """

    name: str
    open: str
    example: str
    chinese: str
    english: str
    keeps: tuple[str, str]
    two_way: bool = False


#: In the order in which they are listed.
TRACKERS: tuple[TrackerKind, ...] = (
    TrackerKind(
        "caldav",
        "services.caldav:open_caldav",
        "caldav:https://calendar.example/user/duban/",
        "日历网址",
        "URL of a calendar (日历)",
        ("日历里的待办：题目、正文、最迟日期、周期", "to-dos: title, text, last day, cycle"),
        two_way=True,
    ),
    TrackerKind(
        "redmine",
        "services.redmine:open_redmine",
        "redmine:https://tasks.example/projects/duban",
        "项目网址",
        "URL of a project",
        ("问题：题目、正文、最迟日期、状态", "issues: title, text, last day, state"),
        two_way=True,
    ),
    TrackerKind(
        "jira",
        "services.jira:open_jira",
        "jira:https://jira.example/projects/DB",
        "项目网址",
        "URL of a project",
        ("问题：题目、正文、最迟日期", "issues: title, text, last day"),
    ),
    TrackerKind(
        "github",
        "services.github:open_github",
        "github:owner/name",
        "用户/仓库",
        "owner/name",
        ("问题：题目、正文", "issues: title, text"),
    ),
    TrackerKind(
        "taskwarrior",
        "services.taskwarrior:open_taskwarrior",
        "taskwarrior:",
        "（本机的）",
        " (this machine's)",
        ("任务：题目、最迟日期、项目、标签", "tasks: title, last day, project, tags"),
        two_way=True,
    ),
)
