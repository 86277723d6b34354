"""Times that what is said before a list, or labels before a deed, give to all that follows.

全年目标：…; 发展目标 + 到2027年，…; 包案领导：甲县长，化解时限9月15日。; 2026年，…；…；….
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from speechmine.assemble.findings import Findings, SegmentFindings, times_between
from speechmine.borders import FULL_STOP, Span, end_behind
from speechmine.model import Deadline, Section
from speechmine.rules.scanning import find_all
from speechmine.rules.searching import patterns_by_id
from speechmine.scopes import Reach

__all__ = ["goals_by", "time_label", "times_ahead"]

_LONGEST_LABEL = 10
# Blanks at most between a full stop and the sentence behind it.
_INDENT = 8
_COMMAS = ("，", ",")
_OPENING = ("", "，", "。", "；", "：", "、")


def times_ahead(findings: Findings) -> Iterator[Reach[Deadline]]:
    """From where to where such times hold.

    Args:
        findings: the document.
    """
    yield from _goals(findings)
    yield from _labels(findings)
    yield from _periods(findings)
    for time, _ in _last_days(findings):
        yield Reach(time.end or 0, _line_end(findings.text, time.end or 0), time)


def goals_by(findings: Findings) -> Iterator[Reach[Deadline]]:
    """发展目标 + 到2027年，…: the figures of the points that follow are to be reached by then.

    A point without a figure (持续壮大队伍) may go on for good. A last day further inside a point
    is that point's own.

    Args:
        findings: the document.
    """
    text = findings.text
    for time, section in _last_days(findings):
        line = text.rfind("\n", 0, time.start or 0) + 1
        leads = line <= _line_end(text, section.start) + 1
        if leads or line == time.start:
            yield Reach(_line_end(text, time.end or 0), section.end, time)


def time_label(time: Deadline, findings: Findings) -> Span | None:
    """完成时限：8月底前: where the label of a time begins, and where the time ends.

    Args:
        time: the time.
        findings: the document.
    """
    start, end = time.start or 0, time.end or 0
    floor = max(0, start - _LONGEST_LABEL)
    label = findings.pattern("due_label").search(findings.text, floor, start)
    return (label.start(), end) if label else None


def _goals(findings: Findings) -> Iterator[Reach[Deadline]]:
    """全年目标再明确一遍：签约40个；到位80亿元。: the year of a goal is that of what it holds."""
    text, year = findings.text, findings.year
    for goal in find_all(findings.pattern("goal.ahead"), text):
        first, last = goal.span("said")
        time = Deadline("within", text[first:last], first, last)
        if year is not None:
            earliest, latest = f"{year}-01-01", f"{year}-12-31"
            time = replace(time, edtf=str(year), earliest=earliest, latest=latest)
        yield Reach(goal.end(), end_behind(FULL_STOP, text, goal.end()), time)


def _labels(findings: Findings) -> Iterator[Reach[Deadline]]:
    """Labels without a deed hold for what their line goes on with."""
    for part in findings.segments:
        if part.mentions:
            continue
        for time in times_between(findings.times, part.segment.start, part.segment.end):
            if time_label(time, findings):
                yield Reach(part.segment.end, _line_end(findings.text, part.segment.end), time)


def _periods(findings: Findings) -> Iterator[Reach[Deadline]]:
    """2026年，强化监督；办好实事；…: a period that opens a sentence holds for all of it."""
    text = findings.text
    for part in findings.segments:
        if part.segment.text[-1] not in "；;" or not _begins_sentence(part, text):
            continue
        for time in times_between(findings.times, part.segment.start, part.segment.start + 1):
            end = time.end or 0
            if time.kind == "within" and text[end : end + 1] in _COMMAS:
                yield Reach(part.segment.end, end_behind(FULL_STOP, text, part.segment.end), time)


def _begins_sentence(part: SegmentFindings, text: str) -> bool:
    before = text[max(0, part.segment.start - _INDENT) : part.segment.start]
    return before.rstrip(" 　")[-1:] in ("", "\n", "。", "！", "？")


def _last_days(findings: Findings) -> Iterator[tuple[Deadline, Section]]:
    """Last days (到2027年，) in parts that say what is to be reached."""
    title = findings.pattern("goal.title")
    for part in findings.sections:
        if title.search(part.title) is None:
            continue
        for time in times_between(findings.times, part.start, part.end):
            if time.kind == "by" and _stands_alone(time, findings):
                yield time, part


def _stands_alone(time: Deadline, findings: Findings) -> bool:
    """A last day (到2027年) in a phrase of its own."""
    text, (start, end) = findings.text, (time.start or 0, time.end or 0)
    lasts = patterns_by_id(findings.rules, "rows")["row.last_day"].match(text, start)
    opens = text[start - 1 : start].strip() in _OPENING
    return bool(lasts) and opens and text[end : end + 1] in _COMMAS


def _line_end(text: str, at: int) -> int:
    line = text.find("\n", at)
    return line if line >= 0 else len(text)
