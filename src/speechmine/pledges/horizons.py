"""Which time a figure holds for: its own sentence says so, or what stands above it."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from speechmine.borders import CLAUSE, start_before
from speechmine.grammar.periods import PLAN_LENGTH, ends_plan
from speechmine.grammar.spans import YearSpan, years_meant
from speechmine.model import Metric, Segment
from speechmine.patterns import compiled
from speechmine.pledges.report import Report
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet
from speechmine.scopes import Reach, Scopes

__all__ = ["Horizon", "achieved_span", "owed_span"]

Horizon = Literal["annual", "average", "plan"]

# How far into a sentence a time still governs what follows it in the paragraph.
_HEAD = 14
_FIRST_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Cue:
    """A time in the text, in offsets of the original.

    ``governs`` what follows: “十五五”时期 does, “十五五”规划编制 does not.
    """

    start: int
    end: int
    span: YearSpan
    governs: bool = True


def owed_span(report: Report, metric: Metric) -> tuple[YearSpan, Horizon] | None:
    """When a target is due; None where its own words date it before the report's year."""
    year = report.year
    own = _own_cues(report, metric)
    ahead = [cue for cue in own if not cue.span.part and _is_ahead(cue.span, year)]
    if ahead:
        span = ahead[-1].span
    elif _whole_year(report, metric):
        span = YearSpan(year, year)
    elif own and year is not None and _is_over(own[-1].span, metric, year):
        return None
    else:
        span = _above(report, metric, ahead=True) or _told(metric, year)
    if metric.change == "average" and span.first == span.last:
        return _averaged(span, year), "average"
    return span, _horizon(span, metric, year)


def _averaged(span: YearSpan, year: int | None) -> YearSpan:
    """The years of a mean of which one year is told: 到2030年，年均增长6%, said in 2026.

    They begin with the report's year where the last one ends a five-year plan that begins in
    it; where nothing tells the first year it stays open, as does a mean told of one year.
    """
    if span.last is None or span.last == year:
        return YearSpan(None, None, stated=False)
    begins = year is not None and span.last - PLAN_LENGTH + 1 == year
    return YearSpan(year if begins and ends_plan(span.last) else None, span.last)


def achieved_span(report: Report, metric: Metric) -> YearSpan:
    """The time that a figure of a report's review holds for; by default the year before."""
    own = _own_cues(report, metric)
    last = report.year - 1 if report.year is not None else None
    clause = _clause_start(report, metric)
    if any(cue.span.part and cue.start >= clause for cue in own):
        return YearSpan(last, last, part=True)
    whole = [cue.span for cue in own if not cue.span.part]
    span = whole[-1] if whole else _above(report, metric, ahead=False)
    span = span or YearSpan(last, last, stated=False)
    if metric.change == "average" and span.first == span.last:
        return YearSpan(None, None)
    return span


def _told(metric: Metric, year: int | None) -> YearSpan:
    """What the extraction read from further above, else the report's own year."""
    years = [int(found) for found in re.findall(r"\d{4}", metric.period or "")]
    if years and (year is None or years[-1] >= year):
        return YearSpan(years[0], years[-1])
    return YearSpan(year, year, stated=False)


def _horizon(span: YearSpan, metric: Metric, year: int | None) -> Horizon:
    if metric.change == "average":
        return "average"
    return "annual" if span.first == span.last and span.last == year else "plan"


def _is_ahead(span: YearSpan, year: int | None) -> bool:
    return year is None or (span.last is not None and span.last >= year)


def _whole_year(report: Report, metric: Metric) -> bool:
    """全年新增就业2万人: the sentence means the report's own year."""
    start, end = report.segment_of(metric).start, metric.end
    return report.year is not None and bool(
        _whole_years(report.rules).search(report.plain_text[start:end])
    )


@functools.lru_cache(maxsize=8)
def _whole_years(rules: RuleSet) -> re.Pattern[str]:
    return compiled(
        next(rule.pattern for rule in rules.table("horizons") if rule.value == "whole") or "(?!)"
    )


def _is_over(span: YearSpan, metric: Metric, year: int) -> bool:
    """The words give past years, and the metric reads them so too."""
    past = span.last is not None and span.last < year and span.stated
    told = re.findall(r"\d{4}", metric.period or "")
    return past and bool(told) and int(told[-1]) < year


def _own_cues(report: Report, metric: Metric) -> list[_Cue]:
    """Times of the metric's own sentence that stand before its number or in its words."""
    segment = report.segment_of(metric)
    return _cues_between(report, segment.start, metric.end)


def _clause_start(report: Report, metric: Metric) -> int:
    segment = report.segment_of(metric)
    return start_before(CLAUSE, report.document.text, metric.start, segment.start)


def _above(report: Report, metric: Metric, *, ahead: bool) -> YearSpan | None:
    """The time that opens an earlier sentence of the paragraph, or a paragraph or heading above."""
    at = report.index_at(metric.start)
    if at < 0:
        return None
    return _times_above(report, ahead=ahead).at(report.extraction.segments[at].start)


@functools.lru_cache(maxsize=64)
def _times_above(report: Report, *, ahead: bool) -> Scopes[YearSpan]:
    return Scopes(_reaches(report, ahead=ahead))


def _reaches(report: Report, *, ahead: bool) -> Iterator[Reach[YearSpan]]:
    """What opens a line holds in its main part, what opens a sentence in its line."""
    segments, end = report.extraction.segments, len(report.document.text) + 1
    parts = sorted(found.start for found in report.extraction.sections if found.parent is None)
    opening = [_opens_line(report, segment) for segment in segments]
    lines = [segment.start for segment, opens in zip(segments, opening, strict=True) if opens]
    for segment, opens in zip(segments, opening, strict=True):
        for span in _head_spans(report, segment, opens=opens):
            if not span.part and _is_ahead(span, report.year) == ahead:
                stop = _next(parts, segment.start, end)
                stop = stop if opens else min(stop, _next(lines, segment.start, end))
                yield Reach(segment.start, stop, span)
                break


def _next(starts: Sequence[int], at: int, end: int) -> int:
    i = bisect.bisect_right(starts, at)
    return starts[i] if i < len(starts) else end


def _head_spans(report: Report, segment: Segment, *, opens: bool) -> Sequence[YearSpan]:
    """The time that a sentence opens with, or those that a heading names anywhere.

    Inside a paragraph only its very first words count: 抓好“十五五”谋划布局 dates nothing.
    """
    heading = segment.discourse == "heading"
    reach = segment.end if heading else segment.start + (_HEAD if opens else _FIRST_WORDS)
    cues = [c for c in _cues_between(report, segment.start, segment.end) if c.start < reach]
    return [c.span for c in cues] if heading else [c.span for c in cues if c.governs][:1]


def _opens_line(report: Report, segment: Segment) -> bool:
    text, at = report.document.text, segment.start
    while at > 0 and text[at - 1] in " \u3000\t":
        at -= 1
    return at == 0 or text[at - 1] in "\n\r"


def _cues_between(report: Report, start: int, end: int) -> list[_Cue]:
    cues = _cues(report)
    first = bisect.bisect_left(cues, start, key=lambda cue: cue.start)
    found = []
    for cue in cues[first:]:
        if cue.start >= end:
            break
        if cue.end <= end:
            found.append(cue)
    return found


@functools.lru_cache(maxsize=64)
def _cues(report: Report) -> tuple[_Cue, ...]:
    found: list[_Cue] = []
    for match in _matcher(report.rules).find_each(report.view.text):
        span = years_meant(match, report.year)
        if span is not None:
            start, end = report.view.place(match.start, match.end)
            governs = match.rule.value != "plan" or match.group("stretch") is not None
            found.append(_Cue(start, end, span, governs))
    return tuple(sorted(found, key=lambda cue: (cue.start, -cue.end)))


@functools.lru_cache(maxsize=8)
def _matcher(rules: RuleSet) -> Matcher:
    return Matcher(rules.table("horizons"))
