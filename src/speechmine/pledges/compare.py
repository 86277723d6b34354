"""Whether a number meets a target: by the target's comparator, unit, and what is good."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

from speechmine.characters import plain
from speechmine.extractors.metric_context import vocabulary_of
from speechmine.model import Metric
from speechmine.pledges.families import pattern_of, series_of
from speechmine.rules.schema import RuleSet

__all__ = [
    "MOVES",
    "About",
    "Leniency",
    "Result",
    "amount_of",
    "compared_unit",
    "held_against",
    "moves",
    "part_of",
    "wanted",
]

Wanted = Literal["more", "less", "neither"]
About = Literal["side", "near", "open"]
MOVES = ("yoy", "ppt", "average", "cumulative")
# Two spellings of one unit, and the one that records have.
_POINTS = ("个百分点", "百分点")
_ROUNDING = 1e-9
_UNDECIDED = "the achieved number is only a limit, on the side that decides nothing"


@dataclass(frozen=True, slots=True)
class Result:
    """Met or not; None with the reason where numbers cannot decide."""

    met: bool | None
    reason: str | None = None
    gap: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Leniency:
    """How marks without a side are read.

    Attributes:
        about: ``side``, ``near`` or ``open``, as in :func:`speechmine.promises`.
        tolerance: how far beside 左右 still counts as about it, as a share of the target.
    """

    about: About = "side"
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class _Amount:
    """Lower and upper value, None where open; falls are negative growth."""

    low: float | None
    high: float | None


def part_of(scope: str | None, rules: RuleSet) -> str | None:
    """The part that a figure holds for; the whole place (全县) is none."""
    return None if scope is None or _whole_place(rules).match(scope) else scope


@functools.lru_cache(maxsize=8)
def _whole_place(rules: RuleSet) -> re.Pattern[str]:
    return pattern_of(rules, "whole_place")


def compared_unit(metric: Metric) -> str | None:
    """The unit that amounts are compared in."""
    unit = metric.norm_unit or metric.unit
    return "个百分点" if unit in _POINTS else unit


def amount_of(metric: Metric, sign: int = 1) -> tuple[float | None, float | None]:
    """Limits in that unit, turned round where growth is counted downwards."""
    low, high = (
        (metric.norm_low, metric.norm_high) if metric.norm_unit else (metric.low, metric.high)
    )
    if sign > 0:
        return low, high
    return (None if high is None else -high), (None if low is None else -low)


def moves(metric: Metric) -> bool:
    """The number is the size of a rise or fall, no level; 累计达到90座 is a level."""
    added = metric.change == "cumulative" and metric.direction not in ("up", "down")
    return metric.change in MOVES and not added


def counts_things(unit: str | None, rules: RuleSet) -> bool:
    """Whether a unit is a measure word: 30个 and 57家 can count the same things.

    Example:
        >>> from speechmine.rules.loader import chosen_rules
        >>> [counts_things(unit, chosen_rules()) for unit in ("家", "公里")]
        [True, False]
    """
    return unit in _counters(rules)


@functools.lru_cache(maxsize=8)
def _counters(rules: RuleSet) -> frozenset[str]:
    return frozenset(vocabulary_of(rules).counters)


@functools.lru_cache(maxsize=8)
def _ceilings(rules: RuleSet) -> tuple[str, ...]:
    senses = (rule.terms for rule in rules.table("goal_senses") if rule.value == "less")
    return tuple(term for terms in senses for term in terms)


def wanted(metric: Metric, rules: RuleSet) -> Wanted:
    """Whether more or less of the number itself is good: of a fall in energy use, more."""
    if metric.comparator in (">=", ">"):
        return "more"
    if metric.comparator in ("<=", "<"):
        return "less"
    if any(term in plain(metric.text) for term in _ceilings(rules)):
        return "less"
    series = series_of(metric.indicator_id, rules)
    falls = moves_down(metric)
    if series is None:
        return "neither" if metric.kind == "plan" else "more"
    if series.better == "neither":
        return "neither"
    good = series.better == "more"
    return "more" if good != falls else "less"


def held_against(
    target: Metric, achieved: Metric, rules: RuleSet, reading: Leniency | None = None
) -> Result:
    """Hold an achieved number against a target.

    Args:
        target: with a number.
        achieved: of the same indicator and time.
        rules: which say what is a measure word, and of what less is better.
        reading: how 左右 and marks without a side count.

    Returns:
        ``met`` where numbers decide: at least, at most and ranges as they say; a bare number
        and 左右 by what is good for the indicator, without tolerance unless one is given. A
        range is met above its upper limit too where more is good.
    """
    reading = reading or Leniency()
    reason = _why_not(target, achieved, rules)
    if reason is not None:
        return Result(None, reason)
    unit = compared_unit(target)
    goal, done = (
        _Amount(*amount_of(target)),
        _Amount(*amount_of(achieved, _sign_of(target, achieved))),
    )
    gap = _gap_between(goal, done)
    met, reason = _met(goal, done, target, reading, rules)
    return Result(met, reason, gap, unit)


def _why_not(target: Metric, achieved: Metric, rules: RuleSet) -> str | None:
    if target.comparator == "none":
        return "the target has no number"
    if target.masked or achieved.masked:
        return "a number is masked"
    unit, other = compared_unit(target), compared_unit(achieved)
    if unit != other and not (counts_things(unit, rules) and counts_things(other, rules)):
        return f"units differ: {target.unit} and {achieved.unit}"
    if unit != "%" and moves(target) != moves(achieved):
        return "one is a change, the other a level"
    return None


def _met(
    goal: _Amount, done: _Amount, target: Metric, reading: Leniency, rules: RuleSet
) -> tuple[bool | None, str | None]:
    good = wanted(target, rules)
    sideless = target.comparator == "~" or (target.comparator == "=" and _is_mark(target, rules))
    if sideless and reading.about == "open":
        return None, f"{target.text} names no side (about='side' judges it)"
    if sideless and reading.about == "near":
        return _is_near(goal, done, reading.tolerance), None
    if good == "neither":
        return None, "neither more nor less of it is good"
    slack = reading.tolerance if target.comparator == "~" else 0.0
    decide = _at_least if good == "more" else _at_most
    met = decide(goal, done, slack, target)
    return met, None if met is not None else _UNDECIDED


def _is_mark(target: Metric, rules: RuleSet) -> bool:
    """居民消费价格涨幅2%: less is good, and still the number is no ceiling by its own words."""
    series = series_of(target.indicator_id, rules)
    ceiling = any(term in plain(target.text) for term in _ceilings(rules))
    return series is not None and series.better == "less" and not moves_down(target) and not ceiling


def moves_down(metric: Metric) -> bool:
    """The number is the size of a fall."""
    return moves(metric) and metric.direction == "down"


def _is_near(goal: _Amount, done: _Amount, tolerance: float) -> bool | None:
    base, value = goal.low or goal.high, done.low if done.low is not None else done.high
    if base is None or value is None:
        return None
    return abs(value - base) <= abs(base) * tolerance + _ROUNDING


def _sign_of(target: Metric, achieved: Metric) -> int:
    """-1 where one rises and the other falls."""
    if not (moves(target) and moves(achieved)):
        return 1
    falls = [metric.direction == "down" for metric in (target, achieved)]
    return -1 if falls[0] != falls[1] else 1


def _gap_between(goal: _Amount, done: _Amount) -> float | None:
    base = goal.low if goal.low is not None else goal.high
    value = done.low if done.low is not None else done.high
    if base is None or value is None:
        return None
    return round(value - base, 10)


def _at_least(goal: _Amount, done: _Amount, slack: float, target: Metric) -> bool | None:
    floor = goal.low if goal.low is not None else goal.high
    if floor is None:
        return None
    floor -= abs(floor) * slack
    if done.low is not None and done.low >= floor:
        return done.low > floor or target.comparator != ">"
    return False if done.high is not None and done.high <= floor else None


def _at_most(goal: _Amount, done: _Amount, slack: float, target: Metric) -> bool | None:
    ceiling = goal.high if goal.high is not None else goal.low
    if ceiling is None:
        return None
    ceiling += abs(ceiling) * slack
    if done.high is not None and done.high <= ceiling:
        return done.high < ceiling or target.comparator != "<"
    return False if done.low is not None and done.low >= ceiling else None
