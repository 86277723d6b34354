"""What the cell 完成时限 says: whether a deadline is a time, and all of its words."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from speechmine.ledger.drafting.shown import times_words
from speechmine.ledger.layout import ledger_words
from speechmine.model import Deadline, Task

__all__ = [
    "condition_words",
    "deadline_words",
    "is_condition",
    "is_time",
    "latest_day",
    "with_own_time",
]

_YEAR = re.compile(r"\d{4}年度?|[上本]年度")
# 每两周, 逐月; 定期 names no cycle.
_CYCLE = re.compile(r"[每逐\d日天周旬月季年]")
#: Kinds that say when; the others (继续, 及时, 抓紧) say how.
_WHEN = frozenset(("by", "within", "at", "before_event", "after_event", "recurring"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_time(deadline: Deadline) -> bool:
    """Whether a deadline says when something is owed, not only how (继续) or in what case.

    Args:
        deadline: of a task.

    Example:
        >>> is_time(Deadline("by", "6月底前", 0, 4)), is_time(Deadline("ongoing", "不断", 0, 2))
        (True, False)
        >>> is_time(Deadline("after_event", "待批准后", 0, 4))
        False
    """
    dated = deadline.latest is not None or deadline.edtf is not None
    if deadline.kind == "recurring" and not deadline.recurrence and not dated:
        return _CYCLE.search(deadline.text or "") is not None
    if is_condition(deadline):
        return False
    begins = _times()["begins"].match(deadline.text or "") is not None
    return deadline.kind in _WHEN or dated or begins


def is_condition(deadline: Deadline) -> bool:
    """待国务院批准后, 查清后, 提前10分钟: a case that must come first, or how long before a deed.

    A meeting, a season or a holiday comes on its own, so 会后 and 汛期后 say when.

    Args:
        deadline: of a task.

    Example:
        >>> is_condition(Deadline("after_event", "查清后", 0, 3, event="查清"))
        True
        >>> is_condition(Deadline("after_event", "春节后", 0, 3, event="春节"))
        False
    """
    dated = deadline.latest or deadline.edtf or deadline.earliest
    text = deadline.text or ""
    if dated or deadline.masked or deadline.kind not in ("before_event", "after_event"):
        return False
    if deadline.kind == "before_event":
        return _times()["ahead"].match(text) is not None
    return deadline.duration is None and _times()["case"].search(text) is not None


def condition_words(deadline: Deadline, named: str) -> str:
    """What must come first, where the words of the row do not say it.

    Args:
        deadline: of the task.
        named: what the row says.
    """
    text = deadline.text or ""
    return "" if not is_condition(deadline) or text in named else text


def with_own_time(task: Task, text: str = "") -> Task:
    """The task with all that its text says of the time.

    Without a year that belongs to a name: 取消2023年度先进集体称号. A cycle of which only the unit
    was read is the one that the text has (周通报，每周一报送), or none; hours that go on in a list
    belong to it (每日7时、15时、20时), and so does what a bracket or a label says of the deed by
    then (4月30日前完成首轮，此后长期坚持).

    Args:
        task: the task.
        text: of its document.
    """
    when, words = task.deadline, _times()
    if not when.text or when.start is None or when.end is None:
        return task
    if when.start < task.start or when.start >= task.end:
        more = words["goes_on"].match(text, when.end) if _stands(when, text) else None
        return replace(task, deadline=replace(when, text=when.text + more[0])) if more else task
    end = when.end - task.start
    if _YEAR.fullmatch(when.text) and words["named"].match(task.text[end:]):
        return replace(task, deadline=Deadline("open"))
    more = words["listed"].match(task.text, end)
    if more:
        return replace(task, deadline=replace(when, text=when.text + more[0]))
    since = _counted_from(task, when)
    if since:
        return replace(task, deadline=replace(when, text=since + when.text))
    if len(when.text) > 1:
        return task
    found = words["cycle"].search(task.text)
    return replace(task, deadline=replace(when, text=found[0] if found else None))


def _stands(when: Deadline, text: str) -> bool:
    return text[when.start : when.end] == when.text


def _counted_from(task: Task, when: Deadline) -> str:
    """接报后，应当在1小时内报告: what a length is counted from, which stands before its comma."""
    if when.kind != "within" or when.edtf is not None or when.start is None:
        return ""
    if not (when.duration or _times()["length"].search(when.text or "")):
        return ""
    since = _times()["counted"].search(task.text[: when.start - task.start])
    if since is None:
        return ""
    begun = task.start + since.start("since")
    ends = (p.end for p in task.parties if begun <= p.start and p.end <= task.start + since.end())
    named = max(ends, default=begun)
    return since["since"][max(0, named - begun) :]


def deadline_words(task: Task, named: str, times: Sequence[Deadline]) -> str:
    """The cell: the times of the row, and below them what the office's profile advises.

    Args:
        task: the task.
        named: what the row says.
        times: of the row, in order.
    """
    limit = task.suggested_deadline
    stated = times_words(named, times)
    if limit is None:
        return stated
    advised = f"{limit.days}日内{f'，{limit.date}前' if limit.date else ''}（建议）"
    return f"{stated}\n{advised}" if stated else advised


def latest_day(task: Task, times: Sequence[Deadline]) -> str:
    """The day to look at a row: of several, the one that is due first.

    A row stays open until all of it is done; one that waited for its last day would warn of the
    first part too late. How long a holiday is no text says: 五一期间 has no last day.

    Args:
        task: the task.
        times: of the row.
    """
    limit = task.suggested_deadline
    own = None if _is_holiday(task.deadline) else task.deadline.latest
    days = [own, limit.date if limit else None, *(t.latest for t in times if not _is_holiday(t))]
    return min(filter(None, days), default="")


def _is_holiday(time: Deadline) -> bool:
    """五一期间: of the holiday only its first day is known."""
    one_day = _DAY.fullmatch(time.edtf or "") is not None or time.edtf is None
    named = _times()["holiday"].search(time.text or "") is not None
    return time.kind == "within" and named and one_day


@functools.cache
def _times() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(str(said)) for name, said in ledger_words()["times"].items()}
