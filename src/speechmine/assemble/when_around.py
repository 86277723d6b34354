"""Times in the clauses before and behind a task's own."""

from __future__ import annotations

from speechmine.assemble.findings import (
    FIRM_KINDS,
    Findings,
    SegmentFindings,
    times_between,
)
from speechmine.borders import Span
from speechmine.model import Deadline, TaskMention
from speechmine.packed import starting_at
from speechmine.rules.searching import patterns_by_id
from speechmine.text import starting_in

__all__ = ["carried", "tells_when"]

_END = "。；;，,"
# How many clauses back the time of a sentence may stand.
_MOST_CLAUSES = 6


def carried(part: SegmentFindings, mention: TaskMention, findings: Findings) -> list[Deadline]:
    """每年办班10期，培训竹农1500人: the time that opens a sentence is that of its next deed, too.

    Only of a deed that goes on without a subject of its own and can be checked.
    """
    announced = _announced(part, mention, findings)
    if announced:
        return announced
    if not mention.checkable or _has_subject(mention, findings):
        return []
    text = findings.view.text
    at = starting_at(part.clauses, mention.start + 1) - 1
    for clause in reversed(part.clauses[max(0, at - _MOST_CLAUSES) : at]):
        if text[clause.end - 1 : clause.end + 1].strip("，, ")[-1:] in (
            "；",
            ";",
            "。",
            "：",
            "\n",
        ):
            break
        times = times_between(findings.times, clause.start, clause.end)
        found = [t for t in times if t.kind in FIRM_KINDS and t.kind not in ("immediate", "at")]
        if found:
            verb = clause.action[0] if clause.action[1] > clause.action[0] else clause.end
            return [t for t in found[:1] if (t.start or 0) <= verb]
    return []


def _announced(part: SegmentFindings, mention: TaskMention, findings: Findings) -> list[Deadline]:
    """到2024年底前，改渠，修桥: a last day in a phrase of its own holds to the full stop."""
    if mention.subject is not None or mention.modality == "prohibited":
        return []
    text, first = findings.view.text, part.segment.start
    times = times_between(findings.times, first, mention.start)
    if not times:
        return []
    begun = max(text.rfind(mark, first, mention.start) for mark in "。；;：\n")
    times = [time for time in times if (time.start or 0) > begun]
    last = next((t for t in reversed(times) if t.kind in FIRM_KINDS), None)
    lasts = patterns_by_id(findings.rules, "rows")["row.last_day"]
    if last is None or last.kind != "by" or not lasts.match(last.text or ""):
        return []
    end = last.end or 0
    alone = text[end : end + 1] in ("，", ",")
    others = starting_in(findings.groups, end, max(mention.action[0], mention.start + 1))
    return [] if others or not alone else [last]


def _has_subject(mention: TaskMention, findings: Findings) -> bool:
    """县财政局安排资金, 结果纳入考核: said of somebody or something else."""
    if mention.subject is not None or mention.modality == "prohibited":
        return True
    named = starting_in(findings.groups, mention.start, max(mention.action[0], mention.start + 1))
    text = findings.view.text
    led = findings.pattern("going_on").match(text, mention.start, mention.end)
    return bool(named) or led is None


def tells_when(time: Deadline, span: Span, findings: Findings) -> bool:
    """确保6月底前完成: nothing but when."""
    text, start, end = findings.text, time.start or 0, time.end or 0
    before, after = text[span[0] : start], text[end : span[1]].rstrip(_END)
    done = findings.pattern("done.before").search(before) and findings.pattern("done.after").match(
        after
    )
    return bool(done) and time.kind in FIRM_KINDS
