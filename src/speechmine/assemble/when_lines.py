"""Times that lines of their own give to a block: labels below it, months above it.

整改措施：…, 责任单位：…, 整改时限：6月底前 closes all of it; in a calendar of work (四月  守夜。)
each month holds for what stands below.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from speechmine.assemble.findings import Findings, times_between
from speechmine.borders import Span
from speechmine.grammar.times import find_times
from speechmine.model import Deadline, TimeFrame
from speechmine.scopes import Reach

__all__ = ["in_its_month", "is_due_line", "labels_below", "leads_above", "months_above"]

# A heading of a month says little else.
_LONGEST_MONTH = 24
_LIMITS = ("by", "within", "at")
# Fewer lines with a month are no calendar.
_FEWEST_MONTHS = 3
# So far above its label a block begins.
_MOST_LINES = 24
# No list that one line leads or sums up is longer.
_MOST_ITEMS = 60


def labels_below(findings: Findings) -> Iterator[Reach[Deadline]]:
    """The last day in a label of its own line, for the block that it closes.

    Args:
        findings: the document.
    """
    lines = list(_lines(findings.text))
    for at, (start, end) in enumerate(lines):
        if at and is_due_line(findings, start) and not _leads(lines, at, findings):
            for time in times_between(findings.times, start, end)[:1]:  # 立行立改, too
                yield Reach(_block_above(lines, at, findings), start, time)
    yield from _summed_up(lines, findings)


def leads_above(findings: Findings) -> Iterator[Reach[Deadline]]:
    """6月底前： or 完成时限：6月底前 + 工作措施：, for the numbered lines that follow.

    Args:
        findings: the document.
    """
    text, lead = findings.text, findings.pattern("lead.line")
    lines = list(_lines(text))
    for at, (start, end) in enumerate(lines[:-1]):
        due = is_due_line(findings, start)
        if _leads(lines, at, findings) if due else lead.match(text, start, end):
            found = _limits(findings, start, end)
            for time in [t for t in found if due or _fills(t, (start, end), findings)][:1]:
                yield Reach(end, _items_below(lines, at + 1 + due, findings), time)


def is_due_line(findings: Findings, start: int) -> bool:
    """Whether a line begins with the label of a last day.

    Args:
        findings: the document.
        start: of the line.
    """
    return findings.pattern("due_line").match(findings.text, start) is not None


def months_above(findings: Findings) -> Iterator[Reach[Deadline]]:
    """The month of each part in a calendar of work, up to the next one.

    Args:
        findings: the document.
    """
    text, month = findings.text, findings.pattern("calendar.month_line")
    heads = [
        line
        for line in _lines(text)
        if line[1] - line[0] <= _LONGEST_MONTH and month.match(text, *line)
    ]
    if len(heads) < _FEWEST_MONTHS:
        return
    closing = findings.pattern("calendar.closing_line").search(text, heads[-1][1])
    last = closing.start() if closing else len(text)
    stops = [*(start for start, _ in heads[1:]), last]
    for (start, end), stop in zip(heads, stops, strict=True):
        for time in times_between(findings.times, start, end)[:1]:
            yield Reach(end, stop, time)


def in_its_month(time: Deadline, month: Deadline, findings: Findings) -> Deadline:
    """月初, 这个月 below the heading of a month: of that month, and not of the speech's.

    Args:
        time: of a row.
        month: that stands above it.
        findings: the document.
    """
    if not month.earliest or not findings.pattern("of_the_month").match(time.text or ""):
        return time
    day = dt.date.fromisoformat(month.earliest)
    read = find_times(time.text or "", TimeFrame(day, day.year), findings.rules)
    found = read[0] if read else None
    if found is None or found.kind != time.kind:
        return time
    return replace(time, edtf=found.edtf, earliest=found.earliest, latest=found.latest)


def _limits(findings: Findings, start: int, end: int) -> list[Deadline]:
    """The times of a line that something can be done by; 抓紧 is none, 今年 frames a report."""
    times = times_between(findings.times, start, end)
    return [time for time in times if _is_due(time)]


def _is_due(time: Deadline) -> bool:
    frames = time.kind == "within" and (time.edtf or "").isdecimal()
    return not frames and (time.kind in _LIMITS or time.event is not None)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        yield start, end
        start = end + 1


def _leads(lines: Sequence[Span], at: int, findings: Findings) -> bool:
    """完成时限：6月底前 above 工作措施：, and not below it."""
    return at + 1 < len(lines) and _heads_measures(lines[at + 1], findings)


def _fills(time: Deadline, line: Span, findings: Findings) -> bool:
    """6月底前完成以下工作：, 近期工作（5月底前完成）: at the head of a line, or in a bracket."""
    start, number = time.start or 0, findings.pattern("lead.number")
    opens = number.fullmatch(findings.text, line[0], start) is not None
    return opens or findings.text[start - 1 : start] in ("（", "(")


def _items_below(lines: Sequence[Span], at: int, findings: Findings) -> int:
    """Where the numbered lines end."""
    item, stop = findings.pattern("item.line"), min(len(lines), at + _MOST_ITEMS)
    while at < stop and item.match(findings.text, *lines[at]):
        at += 1
    return lines[at][0] if at < len(lines) else len(findings.text)


def _summed_up(lines: Sequence[Span], findings: Findings) -> Iterator[Reach[Deadline]]:
    """以上工作6月底前完成: for what stands before it in its line, else for the items above."""
    text = findings.text
    for said in findings.pattern("summed_up").finditer(text):
        times = _limits(findings, said.start(), said.end())
        at = bisect_right(lines, said.start(), key=lambda line: line[0]) - 1
        begun = lines[at][0]
        if not text[begun : said.start()].strip():
            begun = lines[_items_above(lines, at, findings)][0]
        for time in times[:1]:
            yield Reach(begun, said.start(), time)


def _items_above(lines: Sequence[Span], at: int, findings: Findings) -> int:
    """The first of the numbered lines right above; the line above where none is."""
    item, first, floor = findings.pattern("item.line"), at, max(0, at - _MOST_ITEMS)
    while first > floor and item.match(findings.text, *lines[first - 1]):
        first -= 1
    return first if first < at else max(0, at - 1)


def _block_above(lines: Sequence[Span], at: int, findings: Findings) -> int:
    """Where the block begins: at the head of its measures, else at the item right above."""
    above = at - 1
    while above > 0 and _is_label(lines[above], findings):
        if _heads_measures(lines[above], findings):
            return _first_label(lines, above, findings)
        above -= 1
    for head in range(above, max(-1, above - _MOST_LINES), -1):
        if is_due_line(findings, lines[head][0]):
            break
        if _heads_measures(lines[head], findings):
            return _first_label(lines, head, findings)
    return lines[above][0]


def _is_label(line: Span, findings: Findings) -> bool:
    labelled = findings.pattern("label.line").match(findings.text, *line) is not None
    return labelled and not is_due_line(findings, line[0])


def _heads_measures(line: Span, findings: Findings) -> bool:
    return findings.pattern("measures.line").match(findings.text, *line) is not None


def _first_label(lines: Sequence[Span], at: int, findings: Findings) -> int:
    while at > 0 and _is_label(lines[at - 1], findings):
        at -= 1
    return lines[at][0]
