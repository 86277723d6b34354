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
    Span,
    times_between,
)
from speechmine.assemble.when_around import behind, carried, leading, tells_when
from speechmine.assemble.when_own import adverbial, attributive
from speechmine.model import Deadline, TaskMention
from speechmine.patterns import compiled

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
# What can be forbidden for a while.
_WHILE = ("by", "within", "before_event")
# 明天检查组进村，各村不搞夹道欢迎: the day of an occasion is none to have done with it.
_OWED_BY = FIRM_KINDS - {"at"}
_CLAUSE = compiled("[^，,]+")


def deadline_of(
    part: SegmentFindings, mention: TaskMention, span: Span, findings: Findings
) -> Deadline:
    """L3: a time in the clause, else in the clauses around that only say when."""
    own = _free(adverbial(part, mention, findings), findings)
    before = _free(leading(mention, span, findings), findings)
    if _forbidden(mention, findings):
        return _until_when([*own, *before], findings) or Deadline(kind="ongoing")
    after = _free(behind(part, mention, findings), findings)
    if mention.result is not None:
        after += _free(_in_result(mention.result, findings), findings)
    rows = sorted([*own, *_within(mention, before)], key=lambda time: time.start or 0)
    firm = _first_stage(rows, findings) or most_pressing(rows, findings, firm=True)
    if firm is not None and firm.kind in _LOOSE:
        firm = next((time for time in after if _tightens(time, firm)), firm)
    after = [time for time in after if not own or time.kind != "immediate"]
    found = firm or most_pressing([*own, *before, *after], findings) or _OPEN
    if found.kind == "open":
        passed_on = _free(carried(part, mention, findings), findings)
        found = passed_on[0] if passed_on else found
    return _as_owed(found, findings)


def _within(mention: TaskMention, times: Iterable[Deadline]) -> list[Deadline]:
    """Times before the verb's clause, in the span of the task itself."""
    return [time for time in times if (time.start or 0) >= mention.start]


def _tightens(later: Deadline, firm: Deadline) -> bool:
    """这周挨户走，20号前收齐; 今年安排三千万元，抓紧兑现: what a later clause asks for is owed."""
    whole_year = firm.kind == "within" and "-" not in (firm.edtf or "-")
    return later.kind == "by" or (whole_year and later.kind == "immediate")


def _forbidden(mention: TaskMention, findings: Findings) -> bool:
    """严禁…, and in plain words: 谁都不许进, 不要往外倒."""
    if mention.modality == "prohibited":
        return True
    text, (start, end) = findings.view.text, mention.clause
    stop = end if mention.action[0] == mention.action[1] else mention.action[0]
    if findings.pattern("forbidding").search(text, start, max(stop, start)):
        return True
    return _bans_alone(mention, findings)


def _bans_alone(mention: TaskMention, findings: Findings) -> bool:
    """客商来了不搞横幅、不摆鲜花: a row that bans and asks for nothing.

    要亲自抓，不要当二传手 asks for something, and so do 电话响三声要接 and 十天内付讫，莫打白条.
    """
    text, plainly = findings.view.text, findings.pattern("forbidding.plainly")
    clauses = [hit.span() for hit in _CLAUSE.finditer(text, mention.start, mention.end)]
    asked = [span for span in clauses if not plainly.search(text[slice(*span)])]
    return len(asked) < len(clauses) and not any(_asks(c, mention, findings) for c in asked)


def _asks(clause: Span, mention: TaskMention, findings: Findings) -> bool:
    """A clause that says in so many words that it asks, or by when its deed is done."""
    start, end = clause
    if findings.pattern("asking").search(findings.view.text[start:end]):
        return True
    known = mention.action[0] < mention.action[1]
    deed = (mention.action if known else mention.object)[0]
    times = times_between(findings.times, start, end)
    return start <= deed < end and any(time.kind in _OWED_BY for time in times)


def _until_when(times: Iterable[Deadline], findings: Findings) -> Deadline | None:
    """入库完成以前任何人不得…: what is forbidden for a while; 入汛后不得… has no end."""
    return most_pressing((t for t in times if t.kind in _WHILE), findings)


def _as_owed(time: Deadline, findings: Findings) -> Deadline:
    """从今天起 asks for a beginning on that day, 即日起 for one at once."""
    text = findings.view.text[time.start or 0 : time.end or 0]
    if time.kind != "within" or not (time.edtf is None or time.edtf.endswith("/..")):
        return time
    if findings.pattern("from_now.at_once").fullmatch(text):
        return dataclasses.replace(time, kind="immediate", edtf=None, earliest=None, latest=None)
    turns = findings.pattern("from_now.turn").match(findings.view.text, time.end or 0)
    if turns and findings.pattern("from_now.day").fullmatch(text):
        return dataclasses.replace(time, kind="at", edtf=time.earliest, latest=time.earliest)
    return time


def lead_time(part: SegmentFindings, findings: Findings) -> Deadline | None:
    """今年办好三件实事：（1）…: the time of a clause that announces a list covers its items."""
    for clause, following in pairwise(part.clauses):
        if clause.leads and following.item is not None:
            times = times_between(findings.times, clause.start, clause.end)
            return most_pressing(times, findings, firm=True)
    return None


def most_pressing(
    times: Iterable[Deadline], findings: Findings, *, firm: bool = False
) -> Deadline | None:
    """The time that binds most; of equals the one nearest to the verb."""
    candidates = [t for t in times if not firm or t.kind in FIRM_KINDS]
    return min(candidates, key=lambda t: (_rank(t, findings), -(t.start or 0)), default=None)


def _first_stage(times: Sequence[Deadline], findings: Findings) -> Deadline | None:
    """上半年开工、明年底前投运: of the days that one row goes through, the first is due first."""
    stages = [t for t in times if t.kind in FIRM_KINDS and not _is_loose(t, findings)]
    if stages and _leads_up(stages[0], findings):
        return next((t for t in stages if t.kind in ("by", "at")), stages[0])
    return stages[0] if stages else None


def _leads_up(time: Deadline, findings: Findings) -> bool:
    """这周挨户走，20号前收齐; 散会以后，今晚就开会: a bare setting before the day that counts."""
    if time.kind == "after_event":
        return time.duration is None and time.edtf is None
    pointing = findings.pattern("pointing")
    return time.kind in ("within", "at") and pointing.match(time.text or "") is not None


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
    return _PRECEDENCE.index("immediate" if setting or bare or since or hour else time.kind)


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
    if time.latest is None or findings.year is None:
        return False
    year, date = findings.year, findings.date
    if int(time.latest[:4]) < year:
        return True
    if date is None or date.year != year:
        return False
    return dt.date.fromisoformat(time.latest) + _DATED_LATER < date
