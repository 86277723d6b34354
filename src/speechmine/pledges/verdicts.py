"""How a report judges what it achieved: 超额完成年度目标, 好于预期, 未能实现."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from speechmine.characters import plain
from speechmine.model import Metric, Segment
from speechmine.pledges.families import Series
from speechmine.pledges.report import Report
from speechmine.rules.schema import Rule, RuleSet

__all__ = [
    "SaidVerdict",
    "VerdictValue",
    "general_verdicts",
    "sensed",
    "subject_of",
    "verdict_of",
    "verdicts_in",
]

VerdictValue = Literal["exceeded", "met", "mostly", "missed", "above", "below"]
#: Good or bad is told by the indicator.
_SIDES = {
    ("above", "more"): "exceeded",
    ("above", "less"): "missed",
    ("below", "less"): "met",
    ("below", "more"): "missed",
}
# A line's first sentence begins after its dashes and blanks.
_REACH = 4
_CLAUSE_ENDS = "，：；。、\n"


@dataclass(frozen=True, slots=True)
class SaidVerdict:
    """The words of a judgement, in offsets of the original text.

    ``general`` judges all that its sentence names, or the whole year.
    """

    value: VerdictValue
    text: str
    start: int
    end: int
    general: bool


def verdicts_in(report: Report, segment: Segment) -> tuple[SaidVerdict, ...]:
    """The judgements of one sentence, in order; where two overlap, the first rule's."""
    return _verdicts(report, segment)


@functools.lru_cache(maxsize=4096)
def _verdicts(report: Report, segment: Segment) -> tuple[SaidVerdict, ...]:
    text = report.plain_text[segment.start : segment.end]
    found: list[SaidVerdict] = []
    for rule, pattern in _verdict_patterns(report.rules):
        for match in pattern.finditer(text):
            start, end = segment.start + match.start(), segment.start + match.end()
            if not any(v.start < end and start < v.end for v in found):
                general = rule.attribute("reach") == "all"
                said = report.document.text[start:end]
                found.append(SaidVerdict(rule.value, said, start, end, general))  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda v: v.start))


@functools.lru_cache(maxsize=8)
def _verdict_patterns(rules: RuleSet) -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    table = rules.table("verdicts")
    return tuple((rule, re.compile(rule.pattern)) for rule in table if rule.pattern)


@functools.lru_cache(maxsize=8)
def _words_that_open(rules: RuleSet) -> tuple[str, ...]:
    """Words that lead to a judgement and name nothing, the longest first."""
    words = (rule.terms for rule in rules.table("verdicts") if rule.value == "opener")
    return tuple(sorted((word for terms in words for word in terms), key=len, reverse=True))


def verdict_of(
    report: Report, metric: Metric, others: Sequence[Metric], series: Series | None
) -> SaidVerdict | None:
    """The judgement that a sentence passes on one of its figures.

    One that follows figures is of the last (超过预期) or of all (实现目标); one that stands
    before is of those after it, or of its own subject: 进出口…未能实现 is not of the figure before.

    Args:
        report: the report.
        metric: the figure.
        others: all figures of the report.
        series: of the figure, for the sense of 高于 and 低于.
    """
    segment = report.segment_of(metric)
    inside = [m for m in others if segment.start <= m.start < segment.end]
    for verdict in verdicts_in(report, segment):
        if _is_of(verdict, metric, inside, report):
            return sensed(verdict, series)
    return _of_topic(report, metric, segment, series)


def _of_topic(
    report: Report, metric: Metric, segment: Segment, series: Series | None
) -> SaidVerdict | None:
    """The judgement of a topic sentence: 就业超过预期目标。城镇新增就业859万人 is such a pair."""
    text = report.plain_text
    line = 1 + max(text.rfind("\n", 0, segment.start), text.rfind("\r", 0, segment.start))
    first = report.extraction.segments[max(0, report.index_at(line + _REACH))]
    if first.start >= segment.start or first.start < line:
        return None
    for verdict in verdicts_in(report, first):
        subject = subject_of(verdict, report)
        if subject and subject in (metric.indicator or ""):
            return sensed(verdict, series)
    return None


def sensed(verdict: SaidVerdict, series: Series | None) -> SaidVerdict:
    """高于 and 低于 as good or bad, where the indicator tells."""
    value = _SIDES.get((verdict.value, series.better if series else ""), verdict.value)
    return SaidVerdict(value, verdict.text, verdict.start, verdict.end, verdict.general)  # type: ignore[arg-type]


def _is_of(verdict: SaidVerdict, metric: Metric, inside: Sequence[Metric], report: Report) -> bool:
    if verdict.start >= metric.start and verdict.end <= metric.end:
        return True
    before = [m for m in inside if m.end <= verdict.start]
    subject = subject_of(verdict, report)
    if metric in before:
        if subject:
            return False
        return verdict.general or before[-1].end == metric.end
    after = [m for m in inside if m.start >= verdict.end]
    named = not subject or subject in (metric.indicator or "")
    if metric not in after or before or not named:
        return False
    return verdict.general or after[0].start == metric.start


def subject_of(verdict: SaidVerdict, report: Report) -> str:
    """What the judgement's own clause names before it: 外贸 of 外贸增长目标未能实现."""
    text = report.plain_text
    start = max(text.rfind(mark, 0, verdict.start) for mark in _CLAUSE_ENDS) + 1
    said = text[start : verdict.start].strip("—-─ 　")
    for word in _words_that_open(report.rules):
        said = said.replace(word, "")
    return said if len(said) > 1 else ""


def general_verdicts(report: Report) -> Iterator[SaidVerdict]:
    """Judgements of the year as a whole: 较好完成全年主要目标任务.

    They speak of the main or of all goals; of one figure or one field is another matter.
    """
    for segment in report.extraction.segments:
        if segment.zone in ("review", "opening") and segment.discourse != "heading":
            for verdict in verdicts_in(report, segment):
                if verdict.general and _of_all(verdict, report.rules):
                    yield verdict


def _of_all(verdict: SaidVerdict, rules: RuleSet) -> bool:
    return any(word in plain(verdict.text) for word in _words_of_all(rules))


@functools.lru_cache(maxsize=8)
def _words_of_all(rules: RuleSet) -> tuple[str, ...]:
    words = (rule.terms for rule in rules.table("verdicts") if rule.value == "whole")
    return tuple(word for terms in words for word in terms)
