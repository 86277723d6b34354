"""What the cell 完成时限 says: whether a deadline is a time, and all of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from speechmine.find import find_times
from speechmine.ledger.drafting.shown import is_of_rule, times_words
from speechmine.ledger.layout import ledger_patterns
from speechmine.model import Deadline, Task

__all__ = ["deadline_words", "is_condition", "is_time", "latest_day", "with_own_time"]

#: Kinds that say when; the others (继续, 及时, 抓紧) say how.
_WHEN = frozenset(("by", "within", "at", "before_event", "after_event", "recurring"))


def is_time(deadline: Deadline) -> bool:
    """Whether a deadline says when something is owed, not only how (继续) or in what case.

    Example:
        >>> is_time(Deadline("by", "6月底前", 0, 4)), is_time(Deadline("ongoing", "不断", 0, 2))
        (True, False)
    """
    words, said = ledger_patterns("times"), deadline.text or ""
    dated = deadline.latest is not None or deadline.edtf is not None
    if deadline.kind == "recurring" and not deadline.recurrence and not dated:
        return words["cycle"].search(said) is not None  # 定期 names none
    if is_condition(deadline):
        return False
    return deadline.kind in _WHEN or dated or words["begins"].match(said) is not None


def is_condition(deadline: Deadline) -> bool:
    """待国务院批准后, 查清后, 提前10分钟: a case that must come first, or how long before a deed.

    A meeting, a season or a holiday comes on its own, so 会后 and 汛期后 say when.

    Example:
        >>> is_condition(Deadline("after_event", "查清后", 0, 3, event="查清"))
        True
        >>> is_condition(Deadline("after_event", "春节后", 0, 3, event="春节"))
        False
    """
    words, said = ledger_patterns("times"), deadline.text or ""
    if deadline.latest or deadline.edtf or deadline.earliest or deadline.masked:
        return False
    if deadline.kind == "before_event":
        return words["ahead"].match(said) is not None
    after = deadline.kind == "after_event" and not deadline.duration
    return after and words["case"].search(said) is not None


def with_own_time(task: Task, text: str = "") -> Task:
    """The task with all words of its time (每日7时、15时), or without one that is only told.

    How far a deed is to be by then (5月20日前走完一遍) belongs to a time in a bracket or a label.

    Args:
        task: the task.
        text: of its document.
    """
    when = task.deadline
    if not when.text or when.start is None or when.end is None:
        return task
    if not task.start <= when.start < task.end:
        stands = text[when.start : when.end] == when.text
        more = ledger_patterns("times")["goes_on"].match(text, when.end) if stands else None
        return _saying(task, when.start, text[when.start : more.end()]) if more else task
    begun, end = when.start - task.start, when.end - task.start
    if len(when.text) == 1 or is_of_rule(task.text[:begun], when.text, task.text[end:]):
        return _with_next_cycle(task, end)
    named = next((p.end - task.start for p in task.parties if p.start == when.start), begun)
    begun = named if named < end else begun
    more = ledger_patterns("times")["listed"].match(task.text, end)
    return _saying(task, task.start + begun, task.text[begun : more.end() if more else end])


def _with_next_cycle(task: Task, at: int) -> Task:
    """周通报，每周一报送; 由每月一次加密到每周一次: of two cycles the second is owed."""
    times = find_times(task.text[at:]) if task.deadline.kind == "recurring" else ()
    whole = (time for time in times if time.kind == "recurring" and len(time.text or "") > 1)
    found = next(whole, None)
    if found is None:
        unit = len(task.deadline.text or "") == 1
        return replace(task, deadline=replace(task.deadline, text=None) if unit else Deadline())
    start, end = (task.start + at + (place or 0) for place in (found.start, found.end))
    return with_own_time(replace(task, deadline=replace(found, start=start, end=end)))


def _saying(task: Task, start: int, said: str) -> Task:
    limit = replace(task.deadline, text=said, start=start, end=start + len(said))
    return replace(task, deadline=limit)


def deadline_words(task: Task, named: str, times: Sequence[Deadline]) -> str:
    """The cell: the times of the row, and below them what the office's profile advises.

    Args:
        task: the task.
        named: what the row says.
        times: of the row, in order.
    """
    stated, limit = times_words(named, times), task.suggested_deadline
    if limit is None:
        return stated
    advised = f"{limit.days}日内{f'，{limit.date}前' if limit.date else ''}（建议）"
    return f"{stated}\n{advised}" if stated else advised


def latest_day(task: Task, times: Sequence[Deadline]) -> str:
    """The day that completes a row: of several that it shows, the last one.

    A whole year (今年) that a day stands in is a frame, and completes nothing. What begins on a day
    (6月1日起), is forbidden for a while, or gives a sum for a year has no last day.

    Args:
        task: the task.
        times: of the row.
    """
    limit = task.suggested_deadline
    known = [t for t in (task.deadline, *times) if t.latest and _has_last_day(t, task)]
    days = [t for t in known if not ledger_patterns("times")["frame"].fullmatch(t.text or "")]
    stated = max((t.latest or "" for t in days or known), default="")
    return stated or (limit.date if limit else None) or ""


def _has_last_day(time: Deadline, task: Task) -> bool:
    words, said = ledger_patterns("times"), time.text or ""
    behind = task.text.partition(said)[2] if said else ""
    of_year = words["frame"].fullmatch(said) and words["budgeted"].match(behind)
    return not (of_year or words["open_end"].search(said) or words["banned"].match(behind))
