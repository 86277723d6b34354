"""By when: a time belongs to the verb it stands before (GUIDELINE L3)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from speechmine.assemble.findings import (
    FIRM_KINDS,
    Findings,
    SegmentFindings,
    times_between,
)
from speechmine.assemble.when_around import carried, tells_when
from speechmine.assemble.when_banned import allowed_times, forbids, outside_bans
from speechmine.assemble.when_own import adverbial, attributive
from speechmine.borders import Span
from speechmine.model import Clause, Deadline, TaskMention

__all__ = ["deadline_of", "lead_time", "most_pressing"]

# A dated time beats a word; among words the more pressing one is kept.
_PRECEDENCE = (
    "by",
    "at",
    "within",
    "before_event",
    "after_event",
    "recurring",
    "immediate",
    "per_plan",
    "ongoing",
    "open",
)
# Bounds of a whole stretch, or mere urgency, give way to the day that a later clause names.
_LOOSE = ("within", "immediate")
_DATED_LATER = dt.timedelta(days=31)
# No time is said.
_OPEN = Deadline()


def deadline_of(part: SegmentFindings, mention: TaskMention, findings: Findings) -> Deadline:
    """L3: a time in the clauses of the row, else one that opens its sentence."""
    own = _free(adverbial(part, mention, findings), findings)
    before = _free(_leading(mention, findings), findings)
    if forbids(part, mention, findings):
        for_a_while = most_pressing(allowed_times([*own, *before], findings), findings)
        return for_a_while or Deadline(kind="ongoing")
    own, before = (outside_bans(found, part, mention, findings) for found in (own, before))
    said_last = [] if mention.result is None else _in_result(mention.result, findings)
    after = _free(said_last, findings)
    rows = _without_beginning([*own, *before], findings)
    firm = _first_stage(rows, findings) or most_pressing(rows, findings, firm=True)
    if firm is not None and firm.kind in _LOOSE:
        later = [*(rows if _is_planned(firm, findings) else ()), *after]
        firm = next((time for time in later if _tightens(time, firm)), firm)
    after = [time for time in after if not own or time.kind != "immediate"]
    found = firm or most_pressing([*own, *before, *after], findings) or _OPEN
    if found.kind == "open" and not _is_case(mention, findings):
        passed_on = _free(carried(part, mention, findings), findings)
        found = passed_on[0] if passed_on else found
    return _as_owed(found, findings)


def _is_case(mention: TaskMention, findings: Findings) -> bool:
    """考核不合格的调离岗位: what is owed in that case only, and so at no time said before."""
    return findings.pattern("row.case").match(findings.text, mention.start, mention.end) is not None


def _leading(mention: TaskMention, findings: Findings) -> list[Deadline]:
    """X月上旬，要召开…: times of the row before the clause with its verb."""
    first = min(mention.start, mention.clause[0])
    return times_between(findings.times, first, mention.clause[0])


def _without_beginning(times: Iterable[Deadline], findings: Findings) -> list[Deadline]:
    """从下个月起，每月现场办公: in order, and a beginning only where no cycle goes on from it."""
    found = sorted(times, key=lambda time: time.start or 0)
    if not any(time.kind == "recurring" for time in found):
        return found
    since, text = findings.pattern("opening.since"), findings.text
    return [t for t in found if t.kind != "within" or not since.search(text[t.start or 0 : t.end])]


def _is_planned(time: Deadline, findings: Findings) -> bool:
    """今年拟安排三千万元，抓紧兑现到位: of what is planned the deed is owed, not the plan."""
    return findings.pattern("planned.behind").match(findings.text, time.end or 0) is not None


def _tightens(later: Deadline, firm: Deadline) -> bool:
    """这周挨户走，20号前收齐; 今年安排三千万元，抓紧兑现: what a later clause asks for is owed."""
    whole_year = firm.kind == "within" and "-" not in (firm.edtf or "-")
    return later.kind == "by" or (whole_year and later.kind == "immediate")


def _as_owed(time: Deadline, findings: Findings) -> Deadline:
    """从今天起启动 asks for a beginning on that day, 即日起 for one at once."""
    text = findings.view.text[time.start or 0 : time.end or 0]
    if time.kind != "within" or not (time.edtf is None or time.edtf.endswith("/..")):
        return time
    if findings.pattern("from_now.at_once").fullmatch(text):
        return dataclasses.replace(time, kind="immediate", edtf=None, earliest=None, latest=None)
    if not findings.pattern("from_now.day").fullmatch(text):
        return time
    turns = findings.pattern("from_now.turn").match(findings.view.text, time.end or 0)
    if turns:
        return dataclasses.replace(time, kind="at", edtf=time.earliest, latest=time.earliest)
    return time


def lead_time(part: SegmentFindings, findings: Findings) -> Deadline | None:
    """今年办好三件实事：（1）…: the time of a clause that announces a list covers its items."""
    for at, (clause, following) in enumerate(pairwise(part.clauses)):
        if clause.leads and following.item is not None:
            times = times_between(findings.times, clause.start, clause.end)
            opening = [t for c in part.clauses[:at] for t in _opening(c, findings)]
            return most_pressing(times or opening, findings, firm=True)
    return None


def _opening(clause: Clause, findings: Findings) -> list[Deadline]:
    """2026年，要抓好三件事：一是…: a period that opens an earlier clause of the same sentence."""
    times = times_between(findings.times, clause.start, clause.start + 1)
    return [t for t in times if t.kind in ("within", "by") and clause.item is None]


def most_pressing(
    times: Iterable[Deadline], findings: Findings, *, firm: bool = False
) -> Deadline | None:
    """The time that binds most; of equals the one nearest to the verb."""
    candidates = [t for t in times if not firm or t.kind in FIRM_KINDS]
    return min(candidates, key=lambda t: (_rank(t, findings), -(t.start or 0)), default=None)


def _first_stage(times: Sequence[Deadline], findings: Findings) -> Deadline | None:
    """上半年开工、明年底前投运: of the days that one row goes through, the first is due first."""
    stages = [t for t in times if t.kind in FIRM_KINDS and not _is_loose(t, findings)]
    if stages and _is_while(stages[0], findings):
        return next((t for t in stages[1:] if t.kind == "recurring"), stages[0])
    if stages and _leads_up(stages[0], findings):
        due = (t for t in stages[1:] if t.kind in ("by", "at") or t.duration is not None)
        own = stages[0] if stages[0].kind == "at" else None
        return own or next(due, stages[0])
    return stages[0] if stages else None


def _leads_up(time: Deadline, findings: Findings) -> bool:
    """这周挨户走，20号前收齐; 散会以后，今晚就开会: a bare setting before the day that counts."""
    if time.kind == "after_event":
        return time.duration is None and time.edtf is None
    pointing = findings.pattern("pointing")
    return time.kind in ("within", "at") and pointing.match(time.text or "") is not None


def _is_while(time: Deadline, findings: Findings) -> bool:
    """方案实施以前，每日疏导; 高温季节（7月至8月）每周检查: as long as it goes on, a cycle runs."""
    if time.kind == "before_event":
        return (
            time.duration is None and findings.pattern("while").search(time.text or "") is not None
        )
    before, behind = _beside(time, findings.text)
    return time.kind == "within" and before in ("（", "(") and behind in ("）", ")")


def _beside(time: Deadline, text: str) -> tuple[str, str]:
    """The characters on both sides of a time."""
    start, end = time.start or 0, time.end or 0
    return text[max(0, start - 1) : start], text[end : end + 1]


def _is_loose(time: Deadline, findings: Findings) -> bool:
    """A setting, a beginning, an hour or mere urgency yields to a day or a cycle."""
    whole_year = time.kind == "within" and (time.edtf or "").isdecimal()
    return whole_year or _rank(time, findings) >= _PRECEDENCE.index("immediate")


def _rank(time: Deadline, findings: Findings) -> int:
    """汛期间每日巡查 recurs, 会后抓紧落实 is urgent: the bare setting of a deed yields to it.

    So does its beginning: 从下周一开始，到春节前结束.
    """
    setting = time.kind == "within" and time.event is not None and time.edtf is None
    meeting = findings.pattern("meeting.bare").match(time.event or "")
    bare = time.kind == "after_event" and time.duration is None and meeting is not None
    since = time.kind == "within" and (time.edtf or "").endswith("/..")
    hour = findings.pattern("hour").fullmatch(time.text or "") is not None
    if findings.pattern("regular.bare").match(time.text or ""):  # 每年 says more than 定期
        return _PRECEDENCE.index("immediate")
    if hour:  # 从明天起六点半开磅: an hour of no day says least
        return _PRECEDENCE.index("ongoing")
    return _PRECEDENCE.index("immediate" if setting or bare or since else time.kind)


def _in_result(span: Span, findings: Findings) -> list[Deadline]:
    """确保如期完工, 确保6月底前完成: a result clause that says when the matter is to be done."""
    times = times_between(findings.times, *span)
    return [t for t in times if t.kind == "per_plan" or tells_when(t, span, findings)]


def _free(times: Sequence[Deadline], findings: Findings) -> list[Deadline]:
    """Times that something can be owed by: not past (去年), not part of a name (今年的盘子)."""
    if not times:
        return []
    return [t for t in times if not _past(t, findings) and not attributive(t, findings)]


def _past(time: Deadline, findings: Findings) -> bool:
    """Before the year of the speech, or well before its day in the same year.

    A paper is often dated some weeks after the day on which it was said.
    """
    if findings.pattern("past.words").match(findings.text, time.start or 0):
        return True
    if time.latest is None or findings.year is None:
        return False
    year, date = findings.year, findings.date
    if int(time.latest[:4]) < year:
        return True
    if date is None or date.year != year:
        return False
    return dt.date.fromisoformat(time.latest) + _DATED_LATER < date
