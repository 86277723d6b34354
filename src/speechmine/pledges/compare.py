"""Whether a number meets a target: by the target's comparator, unit, and what is good."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

from speechmine.characters import plain
from speechmine.model import Metric
from speechmine.pledges.families import series_of
from speechmine.rules.loader import default_rules
from speechmine.rules.schema import RuleSet

__all__ = ["MOVES", "Result", "amount_of", "compare", "part_of", "unit_of", "wanted"]

Wanted = Literal["more", "less", "neither"]
MOVES = ("yoy", "ppt", "average", "cumulative")
_POINTS = ("个百分点", "百分点")
_WHOLE = re.compile(r"^(?:全[国省市县区州盟旗镇乡]|我[国省市县区州]|本[省市县区])")
_UNDECIDED = "the achieved number is only a limit, on the side that decides nothing"


@dataclass(frozen=True, slots=True)
class Result:
    """Met or not; None with the reason where numbers cannot decide."""

    met: bool | None
    reason: str | None = None
    gap: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class _Amount:
    """Lower and upper value, None where open; falls are negative growth."""

    low: float | None
    high: float | None


def part_of(scope: str | None) -> str | None:
    """The part that a figure holds for; the whole place (全县) is none."""
    return None if scope is None or _WHOLE.match(scope) else scope


def unit_of(metric: Metric) -> str | None:
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
    """The number is the size of a rise or fall, no level."""
    return metric.change in MOVES


@functools.lru_cache(maxsize=8)
def _ceilings(rules: RuleSet) -> tuple[str, ...]:
    senses = (rule.terms for rule in rules.table("goal_senses") if rule.value == "less")
    return tuple(term for terms in senses for term in terms)


def wanted(metric: Metric) -> Wanted:
    """Whether more or less of the number itself is good: of a fall in energy use, more."""
    if metric.comparator in (">=", ">"):
        return "more"
    if metric.comparator in ("<=", "<"):
        return "less"
    if any(term in plain(metric.text) for term in _ceilings(default_rules())):
        return "less"
    series = series_of(metric.indicator_id)
    falls = moves(metric) and metric.direction == "down"
    if series is None:
        return "neither" if metric.kind == "plan" else "more"
    if series.better == "neither":
        return "neither"
    good = series.better == "more"
    return "more" if good != falls else "less"


def compare(target: Metric, achieved: Metric, *, tolerance: float = 0.0) -> Result:
    """Hold an achieved number against a target.

    Args:
        target: with a number.
        achieved: of the same indicator and time.
        tolerance: how far below 左右 still counts as about it, as a share of the target.

    Returns:
        ``met`` where numbers decide: at least, at most and ranges as they say; a bare number
        and 左右 by what is good for the indicator, without tolerance unless one is given. A
        range is met above its upper limit too where more is good.
    """
    if target.comparator == "none":
        return Result(None, "the target has no number")
    if target.masked or achieved.masked:
        return Result(None, "a number is masked")
    unit = unit_of(target)
    if unit != unit_of(achieved):
        return Result(None, f"units differ: {target.unit} and {achieved.unit}")
    if unit != "%" and moves(target) != moves(achieved):
        return Result(None, "one is a change, the other a level")
    sign = _sign(target, achieved)
    goal, done = _Amount(*amount_of(target)), _Amount(*amount_of(achieved, sign))
    gap = _gap(goal, done)
    good = wanted(target)
    if good == "neither":
        return Result(None, "neither more nor less of it is good", gap, unit)
    slack = tolerance if target.comparator == "~" else 0.0
    met = (
        _at_least(goal, done, slack, target)
        if good == "more"
        else _at_most(goal, done, slack, target)
    )
    return Result(met, None if met is not None else _UNDECIDED, gap, unit)


def _sign(target: Metric, achieved: Metric) -> int:
    """-1 where one rises and the other falls."""
    if not (moves(target) and moves(achieved)):
        return 1
    falls = [metric.direction == "down" for metric in (target, achieved)]
    return -1 if falls[0] != falls[1] else 1


def _gap(goal: _Amount, done: _Amount) -> float | None:
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
