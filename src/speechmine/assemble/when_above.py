"""Times that a heading, a stage, or a closing bracket gives to the rows below or before it.

二、6月底前完成的工作; 第一阶段（3月至5月）：…; …（县民政局，12月20日前）; 时限：8月底前.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from speechmine.assemble.findings import (
    FIRM_KINDS,
    Draft,
    Findings,
    SegmentFindings,
    times_between,
)
from speechmine.assemble.when_ahead import goals_by, time_label, times_ahead
from speechmine.assemble.when_banned import is_banned_for_good
from speechmine.assemble.when_lines import (
    in_its_month,
    is_due_line,
    labels_below,
    leads_above,
    months_above,
)
from speechmine.borders import FULL_STOP, Span, end_behind
from speechmine.model import Deadline
from speechmine.scopes import Reach, Scopes
from speechmine.text import starting_in

__all__ = ["TimesAbove"]

_KINDS = ("by", "within")
_WEAKER = ("open", "per_plan")
# No bracket of parties is longer.
_LONGEST = 120
_UNSTATED_REACH = 30
_OPEN, _CLOSE = "（(", "）)"
_MARKS = "，,；;、：:"
_BULLETS = "•●·○▪■◆-—－–"


class TimesAbove:
    """The times of headings (二、6月底前完成的工作) and stages (第一阶段（3月至5月）：…).

    A year is the frame of a whole report (2026年工作安排) and no deadline of its items.
    """

    def __init__(self, findings: Findings) -> None:
        self._text = findings.view.text
        self._times = findings.times
        self._sections = {section.start: section.end for section in findings.sections}
        self._mark = findings.pattern("stage")
        self._lead = findings.pattern("stage.lead")
        self._above = Scopes(
            [
                *self._headings(findings),
                *self._stages(findings),
                *self._leads(),
                *times_ahead(findings),
                *leads_above(findings),
            ]
        )
        self._figures = Scopes(goals_by(findings))
        self._quantities = findings.quantities
        self._beside = Scopes([*labels_below(findings), *_times_beside(findings)])
        self._months = Scopes(months_above(findings))
        self._unstated = next(_of_what_has_none(findings), None)
        self._findings = findings

    def give(self, draft: Draft) -> Draft:
        """The draft with the time that closes its row or stands nearest above it.

        Only where it has none of its own.
        """
        beside = self._beside.at(draft.mention.start)
        if beside is not None and _yields(draft):
            return dataclasses.replace(draft, deadline=beside)
        month = self._months.at(draft.mention.start)
        if month is not None and draft.deadline.kind in FIRM_KINDS:
            own = in_its_month(draft.deadline, month, self._findings)
            return dataclasses.replace(draft, deadline=own)
        if draft.deadline.kind not in _WEAKER:
            return draft
        above = month or self._above.at(draft.mention.start)
        if above is None and any(starting_in(self._quantities, *_span(draft))):
            above = self._figures.at(draft.mention.start)
        if above is None and draft.deadline.kind == "open" and draft.mention.checkable:
            above = self._unstated
        return dataclasses.replace(draft, deadline=above, given=True) if above else draft

    def _headings(self, findings: Findings) -> Iterator[Reach[Deadline]]:
        for part in findings.segments:
            end = self._sections.get(part.segment.start)
            due = is_due_line(findings, part.segment.start)
            if end is not None and _is_title(part) and not due:
                for time in times_between(self._times, part.segment.start, part.segment.end)[:1]:
                    if _is_due(time) and self._gives(time):
                        yield Reach(part.segment.end, end, time)

    def _gives(self, time: Deadline) -> bool:
        """自查阶段（3月至5月）; 下半年怎么干, 三季度例会 frame what is said, and set no day."""
        start, end = time.start or 0, time.end or 0
        bracketed = self._text[start - 1 : start].endswith(("（", "(")) or self._text.startswith(
            ("）", ")"), end
        )
        return time.kind == "by" or bracketed

    def _stages(self, findings: Findings) -> Iterator[Reach[Deadline]]:
        """A stage holds to the end of its line, or where it stands alone, to the next one."""
        heads = [head for part in findings.segments for head in self._stage(part)]
        starts = [part.segment.start for part, _ in heads]
        for i, (part, time) in enumerate(heads):
            stop = starts[i + 1] if i + 1 < len(starts) else self._end_of(part, findings)
            line = self._text.find("\n", part.segment.end)
            alone = not self._text[part.segment.end : line if line >= 0 else None].strip()
            stop = stop if alone else min(stop, line if line >= 0 else len(self._text))
            yield Reach(time.end or 0, stop, time)

    def _stage(self, part: SegmentFindings) -> Iterator[tuple[SegmentFindings, Deadline]]:
        line = self._text.rfind("\n", 0, part.segment.start) + 1
        for time in times_between(self._times, part.segment.start, part.segment.end)[:1]:
            if _is_due(time) and self._mark.match(self._text[line : time.start]):
                yield part, time

    def _leads(self) -> Iterator[Reach[Deadline]]:
        """二季度抓外出：…: a time that opens its line leads the sentence behind it."""
        for time in self._times:
            start = time.start or 0
            opens = self._text[start - 1 : start] in ("", "\n") and _is_due(time)
            if opens and self._lead.match(self._text, time.end or 0):
                yield Reach(start, end_behind(FULL_STOP, self._text, start), time)

    def _end_of(self, part: SegmentFindings, findings: Findings) -> int:
        inside = (s.end for s in findings.sections if s.id == part.segment.section)
        return next(inside, len(self._text))


def _of_what_has_none(findings: Findings) -> Iterator[Deadline]:
    """未注明时限的，均须于11月底前完成: what the document says of all that has no time."""
    text, unstated = findings.view.text, findings.pattern("unstated")
    for time in findings.times:
        start = time.start or 0
        since = max(0, start - _UNSTATED_REACH)
        if time.kind == "by" and unstated.search(text, since, start):
            yield time


def _span(draft: Draft) -> Span:
    return draft.mention.start, draft.mention.end


def _yields(draft: Draft) -> bool:
    return draft.deadline.kind not in FIRM_KINDS and not is_banned_for_good(draft.deadline)


def _is_title(part: SegmentFindings) -> bool:
    """6月底前完成的工作; a numbered sentence that says who does what is no title."""
    heading = part.segment
    return heading.discourse == "heading" and "，" not in heading.text


def _is_due(time: Deadline) -> bool:
    """Finer than a year, with an end that can be owed."""
    if time.kind not in _KINDS:
        return False
    return time.masked or (time.latest is not None and "-" in (time.edtf or ""))


def _times_beside(findings: Findings) -> Iterator[Reach[Deadline]]:
    """From where to where a closing time holds, in text order of the times."""
    text, free = findings.view.text, 0
    for time in findings.times:
        found = _bracket(time, findings) or time_label(time, findings)
        if found is None:
            continue
        opens, closes = found
        yield Reach(max(free, _reach(opens, text)), opens, time)
        free = closes


def _bracket(time: Deadline, findings: Findings) -> Span | None:
    """A bracket that names who and ends in a time."""
    text, (start, end) = findings.view.text, (time.start or 0, time.end or 0)
    if text[end : end + 1] not in tuple(_CLOSE):
        return None
    floor = max(0, start - _LONGEST, text.rfind("\n", 0, start) + 1)
    opens = max(text.rfind(mark, floor, start) for mark in _OPEN)
    if opens < 0 or any(mark in text[opens:start] for mark in _CLOSE + "。"):
        return None
    lead = findings.pattern("throughout").search(text, opens, start)
    apart = text[(lead.start() if lead else start) - 1] in _MARKS
    return (opens, end + 1) if apart and starting_in(findings.groups, opens, start) else None


def _reach(opens: int, text: str) -> int:
    """Back to the sentence's start, to the line's behind a full stop, or over a list of bullets."""
    line = text.rfind("\n", 0, opens) + 1
    said = text[line:opens].rstrip()
    if not said:
        return _list_above(line, text)
    if said.endswith(("。", "；")):
        return line
    return max(line, text.rfind("。", line, opens) + 1)


def _list_above(line: int, text: str) -> int:
    """The line above a bracket that stands alone; of bullets, all of them."""
    while line > 0:
        above = text.rfind("\n", 0, line - 1) + 1
        bullet = text[above : above + 1] in tuple(_BULLETS)
        follows = text[text.rfind("\n", 0, above - 1) + 1 : above][:1] if above else ""
        line = above
        if not (bullet and follows and follows in _BULLETS):
            break
    return line
