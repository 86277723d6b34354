"""What the cell 完成时限 says: whether a deadline is a time, and all of its words."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from speechmine.find import find_times
from speechmine.ledger.drafting.shown import is_judging, is_term, times_words
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
_CYCLE = re.compile(r"[每逐逢\d日天周旬月季年]|高峰|时段")
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
    then (5月20日前走完一遍，往后常态开展).

    Args:
        task: the task.
        text: of its document.
    """
    when, words = task.deadline, _times()
    of_event = _of_event_year(task)
    if of_event:
        return of_event
    if not when.text or when.start is None or when.end is None:
        return task
    if when.start < task.start or when.start >= task.end:
        more = words["goes_on"].match(text, when.end) if _stands(when, text) else None
        return _saying(task, when.text + more[0]) if more else task
    if _YEAR.fullmatch(when.text) and words["named"].match(task.text[when.end - task.start :]):
        return replace(task, deadline=Deadline("open"))
    before, behind = task.text[: when.start - task.start], task.text[when.end - task.start :]
    if is_judging(before, behind) or is_term(when.text, behind):
        return replace(task, deadline=Deadline("open"))
    if words["yearly"].fullmatch(when.text) and words["growing"].match(behind):
        return _lasting(task)
    return _said_whole(_without_name(task))


def _lasting(task: Task) -> Task:
    """财政逐年增加列支，用3年时间…: how long it takes, and not how it goes on."""
    length = _times()["lasting"].search(task.text)
    if length is None:
        return _said_whole(_without_name(task))
    start, end = (task.start + at for at in length.span("said"))
    return replace(task, deadline=Deadline("within", length["said"], start, end))


def _said_whole(task: Task) -> Task:
    """The words of a time inside a row, with those around it that belong to it."""
    when, words = task.deadline, _times()
    said, end = when.text or "", (when.end or 0) - task.start
    anew = words["changed"].search(task.text)
    if anew and anew.start() < end <= anew.start("said"):
        start = task.start + anew.start("said")
        end = task.start + anew.end("said")
        (cycle, *_) = find_times(anew["said"]) or (when,)
        return replace(task, deadline=replace(cycle, text=anew["said"], start=start, end=end))
    more = words["listed"].match(task.text, end)
    if more:
        return _saying(task, said + more[0])
    since = _year_before(task, when) or _counted_from(task, when)
    if since or len(said) > 1:
        return _saying(task, since + said) if since else task
    found = words["cycle"].search(task.text)
    return _saying(task, found[0] if found else None)


def _of_event_year(task: Task) -> Task | None:
    """投产后当年年底: the year is that of the event, so that no last day of it is known."""
    when, said = task.deadline, _times()["of_event"].search(task.text)
    if said is None:
        return None
    start, end = (task.start + at for at in said.span("said"))
    inside = when.text is None or start <= (when.start or 0) < end
    found = Deadline("after_event", said["said"], start, end, event=said["said"])
    return replace(task, deadline=found) if inside else None


def _year_before(task: Task, when: Deadline) -> str:
    """2023年|秋季开学前: the year that its time was read without."""
    words, before = _times(), task.text[: (when.start or 0) - task.start]
    year = words["dated"].search(before) if words["yearless"].match(when.text or "") else None
    return year[0] if year else ""


def _saying(task: Task, words: str | None) -> Task:
    return replace(task, deadline=replace(task.deadline, text=words))


def _without_name(task: Task) -> Task:
    """烟草公司收完半个月内: who is to do it stands in a column of its own."""
    when = task.deadline
    end = next((p.end for p in task.parties if p.start == when.start), None)
    if end is None or when.text is None or when.end is None or end >= when.end:
        return task
    said = when.text[end - (when.start or 0) :]
    return replace(task, deadline=replace(when, text=said, start=end))


def _stands(when: Deadline, text: str) -> bool:
    return text[when.start : when.end] == when.text


def _counted_from(task: Task, when: Deadline) -> str:
    """接报后，应当在1小时内报告: what a length is counted from, which stands before its comma."""
    counted = when.kind in ("within", "after_event") and when.edtf is None
    if not counted or when.start is None:
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
    """The day that completes a row: of several that it shows, the last one.

    The cell 完成时限 shows the earlier ones beside it. A whole year (今年) that a day stands in is
    a frame, and so completes nothing. How long a holiday is no text says: 五一期间 has no last day;
    nor has what begins on a day (6月1日起), is forbidden for a while, or gives a sum for a year.

    Args:
        task: the task.
        times: of the row.
    """
    limit = task.suggested_deadline
    known = [t for t in (task.deadline, *times) if t.latest and _has_last_day(t, task)]
    days = [t.latest for t in known if not _times()["frame"].fullmatch(t.text or "")]
    stated = max(filter(None, days or [t.latest for t in known]), default="")
    return stated or (limit.date if limit else None) or ""


def _has_last_day(time: Deadline, task: Task) -> bool:
    words, behind = _times(), _words_behind(time, task)
    if _is_holiday(time) or words["beginning"].search(time.text or ""):
        return False
    sum_of_year = words["frame"].fullmatch(time.text or "") and words["budgeted"].match(behind)
    return not sum_of_year and words["banned"].match(behind) is None


def _words_behind(time: Deadline, task: Task) -> str:
    """What the task goes on with behind a time; nothing where the time stands elsewhere."""
    at = task.text.find(time.text) if time.text else -1
    return task.text[at + len(time.text or "") :] if at >= 0 else ""


def _is_holiday(time: Deadline) -> bool:
    """五一期间: of the holiday only its first day is known."""
    one_day = _DAY.fullmatch(time.edtf or "") is not None or time.edtf is None
    named = _times()["holiday"].search(time.text or "") is not None
    return time.kind == "within" and named and one_day


@functools.cache
def _times() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(str(said)) for name, said in ledger_words()["times"].items()}
