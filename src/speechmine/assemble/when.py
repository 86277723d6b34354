"""By when: a time belongs to the verb it stands before (GUIDELINE L3)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from speechmine.assemble.findings import (
    FIRM_KINDS,
    Findings,
    SegmentFindings,
    Span,
    times_between,
)
from speechmine.model import Deadline, TaskMention
from speechmine.rules.loader import default_rules

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
# What stands between such a word and the verb is the object, its times included.
_OBJECT_MARK = re.compile("[把将对]")
_SHORTEST_OBJECT = 1
_END = "。；;，,"


def deadline_of(
    part: SegmentFindings, mention: TaskMention, span: Span, findings: Findings
) -> Deadline:
    """L3: a time before the verb in the clause, else in the clauses around that only say when."""
    if mention.modality == "prohibited":
        return Deadline(kind="ongoing")
    unknown = mention.action[0] == mention.action[1]  # then the verb may stand anywhere
    before = mention.clause[1] if unknown else max(mention.action[0], mention.clause[0] + 1)
    own = _adverbial(times_between(findings.times, mention.clause[0], before), mention, findings)
    around = [
        *times_between(findings.times, span[0], mention.clause[0]),
        *_trailing(part, mention, findings),
    ]
    if mention.result is not None:
        around += _in_result(mention.result, findings)
    own, around = _free(own, findings), _free(around, findings)
    return most_pressing(own, firm=True) or most_pressing([*own, *around]) or Deadline()


def lead_time(part: SegmentFindings, findings: Findings) -> Deadline | None:
    """今年办好三件实事：（1）…: the time of a clause that announces a list covers its items."""
    for clause, following in pairwise(part.clauses):
        if clause.leads and following.item is not None:
            return most_pressing(times_between(findings.times, clause.start, clause.end), firm=True)
    return None


def most_pressing(times: Iterable[Deadline], *, firm: bool = False) -> Deadline | None:
    """The time that binds most; of equals the one nearest to the verb."""
    candidates = [t for t in times if not firm or t.kind in FIRM_KINDS]
    rank = _PRECEDENCE.index
    return min(candidates, key=lambda t: (rank(t.kind), -(t.start or 0)), default=None)


def _in_result(span: Span, findings: Findings) -> list[Deadline]:
    """确保如期完工, 确保6月底前完成: a result clause that says when the matter is to be done."""
    done = {rule.id: rule.pattern or "" for rule in default_rules().table("time_parts")}
    text = findings.view.text
    found = []
    for time in times_between(findings.times, *span):
        start, end = time.start or 0, time.end or 0
        before, after = text[span[0] : start], text[end : span[1]].rstrip(_END)
        tells = re.search(done["done.before"], before) and re.match(done["done.after"], after)
        if time.kind == "per_plan" or (tells and time.kind in FIRM_KINDS):
            found.append(time)
    return found


def _adverbial(
    times: Iterable[Deadline], mention: TaskMention, findings: Findings
) -> list[Deadline]:
    """Times that modify the verb; 把开工前审批压缩到… holds one that belongs to its object."""
    text = findings.view.text
    return [t for t in times if not _OBJECT_MARK.search(text, mention.clause[0], t.start or 0)]


def _free(times: Iterable[Deadline], findings: Findings) -> list[Deadline]:
    """Times that something can be owed by: not past (去年), not part of a name (今年的盘子)."""
    return [t for t in times if not _past(t, findings.year) and not _attributive(t, findings)]


def _past(time: Deadline, year: int | None) -> bool:
    return year is not None and time.latest is not None and int(time.latest[:4]) < year


def _attributive(time: Deadline, findings: Findings) -> bool:
    end = time.end or 0
    return findings.view.text[end : end + 1] == "的"


def _trailing(part: SegmentFindings, mention: TaskMention, findings: Findings) -> list[Deadline]:
    """…方案，6月底前完成: a clause after the task that only says when."""
    at = bisect_left(part.clauses, mention.clause[1], key=lambda c: c.start)
    if at == len(part.clauses):
        return []
    following = part.clauses[at]
    if following.object[1] > following.object[0] + _SHORTEST_OBJECT:
        return []
    times = times_between(findings.times, following.start, following.end)
    return [t for t in times if t.kind in FIRM_KINDS]
