"""What a target asks for, what can answer it, and when the two can be compared."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.grammar.spans import YearSpan
from speechmine.model import Metric, Segment
from speechmine.pledges.compare import compared_unit, moves, part_of
from speechmine.pledges.families import is_empty_name, series_of
from speechmine.pledges.footing import Footing, footing_of, unlike
from speechmine.pledges.report import Report
from speechmine.pledges.verdicts import SaidVerdict, sensed
from speechmine.rules.schema import RuleSet

__all__ = [
    "SoughtTarget",
    "ToldFigure",
    "ToldInWords",
    "asked_of",
    "comparable",
    "join_keys",
    "joins_of",
    "judged",
    "restates",
    "same_unit",
    "spellings_of",
    "turn_of",
    "why_unlike",
]

_LEAST_NAME = 4


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A number of the review with the time it holds for and what it counts from."""

    metric: Metric
    span: YearSpan
    footing: Footing


@dataclass(frozen=True, slots=True)
class SoughtTarget:
    """A target as it is looked for.

    Attributes:
        metric: with or without a number.
        footing: what it counts from.
        turn: how many figures of the same series stand before it in its sentence: of
            城乡居民收入分别增长8%和10% the second answers to the second.
    """

    metric: Metric
    footing: Footing
    turn: int


@dataclass(frozen=True, slots=True)
class ToldInWords:
    """A clause that names an indicator without a number that answers."""

    text: str
    start: int
    end: int
    segment: Segment
    verdict: SaidVerdict | None = None


def restates(report: Report, metric: Metric) -> bool:
    """去年报告提出，涨幅降到10%左右: the goal told again, no answer to it."""
    said = report.plain_text[report.segment_of(metric).start : metric.end]
    patterns = _restatements(report.rules)
    return any(pattern.search(said) for pattern in patterns)


@functools.lru_cache(maxsize=8)
def _restatements(rules: RuleSet) -> tuple[re.Pattern[str], ...]:
    table = rules.table("goal_senses")
    return tuple(re.compile(rule.pattern or "") for rule in table if rule.value == "restated")


def asked_of(report: Report, metric: Metric, year: int | None) -> SoughtTarget:
    """A target of a report as it is looked for in the next.

    Args:
        report: which sets the target.
        metric: the target.
        year: that it is due in.
    """
    return SoughtTarget(metric, footing_of(report, metric, year), turn_of(report, metric))


def why_unlike(asked: SoughtTarget, figure: ToldFigure) -> str | None:
    """Why a figure cannot be held against what is asked for, or None."""
    return unlike((asked.metric, asked.footing), (figure.metric, figure.footing))


def turn_of(report: Report, metric: Metric) -> int:
    """How many figures of the same series and kind stand before one in its sentence."""
    if metric.indicator is None:
        return 0
    segment = report.segment_of(metric)
    return sum(
        segment.start <= other.start
        and (other.start, other.end) < (metric.start, metric.end)
        and other.indicator == metric.indicator
        and (other.kind, other.unit) == (metric.kind, metric.unit)
        for other in report.extraction.metrics
    )


def join_keys(metric: Metric, rules: RuleSet) -> dict[str, str]:
    """What a figure can be found by: id, name, base, family."""
    series = series_of(metric.indicator_id, rules)
    found = {}
    if metric.indicator_id is not None:
        found["id"] = metric.indicator_id
    name = re.sub(r"\s", "", metric.indicator or "")
    if len(name) > 1 and not is_empty_name(name, rules):
        found["name"] = name
    if series is not None:
        found |= {"base": series.base, "family": series.family}
    return found


def joins_of(target: Metric, rules: RuleSet, *, families: bool) -> Iterator[tuple[str, str]]:
    """What a target may be found by, the nearest first."""
    keys = join_keys(target, rules)
    if target.indicator_id is not None:
        yield "id", target.indicator_id
        if target.comparator == "none" and "base" in keys:
            yield "base", keys["base"]  # a goal in words is for the level and for its growth
    elif "name" in keys:
        yield "name", keys["name"]
    if families and "family" in keys:
        yield "family", keys["family"]


def same_unit(target: Metric, answer: Metric, rules: RuleSet) -> bool:
    """A change may answer what reads as a level; that a level answers a change is too much."""
    here = part_of(answer.scope, rules) in (None, part_of(target.scope, rules))
    return here and compared_unit(target) == compared_unit(answer) and not moves(target)


def comparable(target: Metric, answer: Metric, rules: RuleSet) -> bool:
    """Same unit, and both a rise or both a level; a share may be said either way."""
    unit = compared_unit(target)
    if target.comparator != "none" and unit != compared_unit(answer):
        return False
    if part_of(answer.scope, rules) not in (None, part_of(target.scope, rules)):
        return False
    if target.comparator == "none" or unit == "%":
        return answer.change != "ppt" or target.change == "ppt"
    return moves(target) == moves(answer)


def spellings_of(target: Metric, rules: RuleSet) -> list[str]:
    """Spellings that are looked for in the review: those of one series, long enough to be its."""
    series = series_of(target.indicator_id, rules)
    known = series.terms if series else ()
    name = re.sub(r"\s", "", target.indicator or "")
    name = "" if name.startswith("“") else name  # a slogan or the name of a plan
    return [term for term in dict.fromkeys((name, *known)) if len(term) >= _LEAST_NAME]


def judged(mention: ToldInWords, indicator_id: str | None, rules: RuleSet) -> SaidVerdict | None:
    """The judgement of a mention, in the sense of its indicator."""
    series = series_of(indicator_id, rules)
    return sensed(mention.verdict, series) if mention.verdict else None
