"""Frames of targets and answers as numbers by place, indicator and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import pandas as pd

from speechmine.pledges.compare import MOVES, part_of
from speechmine.pledges.families import series_of
from speechmine.rules.schema import RuleSet

__all__ = [
    "EndOfRange",
    "Goal",
    "GoalKey",
    "Number",
    "cell",
    "done_by_key",
    "goals_by_key",
    "reported_years",
]

#: Which end of a range counts.
EndOfRange = Literal["low", "high", "mid"]
#: A place and a series of an indicator.
GoalKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that can be held against another: unit, and whether it is a fall."""

    value: float | None
    unit: str | None
    moves: bool
    falls: bool


@dataclass(frozen=True, slots=True)
class Goal:
    """The target of one place, indicator and year, with why it has no number."""

    number: Number
    row: Mapping[str, Any]
    count: int
    conflict: bool
    reason: str | None


def goals_by_key(
    targets: pd.DataFrame, value: EndOfRange, rules: RuleSet
) -> Mapping[GoalKey, Mapping[int, Goal]]:
    """The yearly targets of a panel by place and series, then year."""
    grouped: defaultdict[tuple[GoalKey, int], list[Mapping[str, Any]]] = defaultdict(list)
    for row in _records(targets):
        if row.get("horizon") == "annual" and (at := _place_and_year(row, "")) is not None:
            grouped[at].append(row)
    found: defaultdict[GoalKey, dict[int, Goal]] = defaultdict(dict)
    for (key, year), rows in grouped.items():
        found[key][year] = _goal_of(rows, value, rules)
    _share_absences(found, rules)
    return found


def _share_absences(goals: dict[GoalKey, dict[int, Goal]], rules: RuleSet) -> None:
    """进出口没有提出目标 is said of the indicator, and so of its growth where that is a series."""
    for (place, name), years in sorted(goals.items()):
        known = series_of(name, rules)
        if known is None or known.growth or known.growth_id is None:
            continue
        growth = goals.get((place, known.growth_id))
        if growth is None or any(goal.number.value is not None for goal in years.values()):
            continue
        for year, goal in years.items():
            growth.setdefault(year, goal)
        del goals[place, name]


def _goal_of(rows: Sequence[Mapping[str, Any]], value: EndOfRange, rules: RuleSet) -> Goal:
    """Of several wordings the first with a number for the whole place."""
    numbers = [_number_of_row(row, "", value, rules) for row in rows]
    order = sorted(range(len(rows)), key=lambda i: _preference(rows[i], numbers[i], rules))
    best = numbers[order[0]]
    row = rows[order[0]]
    alike = [
        n.value
        for n, r in zip(numbers, rows, strict=True)
        if _same_measure((n, r), (best, row), rules)
    ]
    reason = None
    if best.value is None:
        absent = cell(row, "explicitly_absent")
        reason = "the report says that none is set" if absent else "a goal in words, no number"
        reason = "the number is masked" if cell(row, "masked") else reason
    conflict = len({v for v in alike if v is not None}) > 1
    return Goal(best, row, len(alike), conflict, reason)


def _preference(row: Mapping[str, Any], number: Number, rules: RuleSet) -> tuple[object, ...]:
    start = cell(row, "start")
    return (
        number.value is None,
        _part_of_row(row, rules) is not None,
        cell(row, "kind") == "plan",
        str(cell(row, "doc_id")),
        start if isinstance(start, int) else 0,
    )


def _part_of_row(row: Mapping[str, Any], rules: RuleSet) -> str | None:
    return part_of(cast("str | None", cell(row, "scope")), rules)


def _same_measure(
    first: tuple[Number, Mapping[str, Any]],
    second: tuple[Number, Mapping[str, Any]],
    rules: RuleSet,
) -> bool:
    (one, row), (other, best) = first, second
    same = one.unit == other.unit and one.moves == other.moves
    return same and _part_of_row(row, rules) == _part_of_row(best, rules)


def done_by_key(
    achieved: pd.DataFrame | None, value: EndOfRange, rules: RuleSet
) -> Mapping[GoalKey, Mapping[int, Number]]:
    """What was achieved by place and series, then year; of several figures the first."""
    found: defaultdict[GoalKey, dict[int, Number]] = defaultdict(dict)
    for row in _records(achieved) if achieved is not None else ():
        number = _number_of_row(row, "achieved_", value, rules)
        at = _place_and_year(row, "achieved_")
        if at is not None and number.value is not None and row.get("horizon") != "plan":
            found[at[0]].setdefault(at[1], number)
    return found


def _number_of_row(
    row: Mapping[str, Any], prefix: str, value: EndOfRange, rules: RuleSet
) -> Number:
    unit = cell(row, f"{prefix}norm_unit")
    norm = "norm_" if unit is not None else ""
    low = cast("float | None", cell(row, f"{prefix}{norm}low"))
    high = cast("float | None", cell(row, f"{prefix}{norm}high"))
    written = cast("str | None", cell(row, f"{prefix}unit"))
    moves = cell(row, f"{prefix}change") in MOVES
    falls = cell(row, f"{prefix}direction") == "down"
    found = Number(_point(low, high, value), cast("str | None", unit) or written, moves, falls)
    series = series_of(_series_name(row, prefix), rules)
    if series is None or not (series.growth and moves and falls) or found.value is None:
        return found
    return Number(0.0 - found.value, found.unit, moves, falls=False)  # a fall is negative growth


def _series_name(row: Mapping[str, Any], prefix: str) -> str | None:
    """Id of the series that a number is of: an answer may have its own."""
    name = cell(row, "answer_indicator_id") if prefix else None
    return cast("str | None", name or cell(row, "indicator_id"))


def _point(low: float | None, high: float | None, value: EndOfRange) -> float | None:
    if low is None or high is None:
        return high if low is None else low
    return {"low": low, "high": high, "mid": (low + high) / 2}[value]


def _place_and_year(row: Mapping[str, Any], prefix: str) -> tuple[GoalKey, int] | None:
    """Place and series, and year; None where one of them is unknown."""
    place, year = cell(row, "place"), cell(row, "year")
    series = cell(row, "family") or _series_name(row, prefix)
    if place is None or year is None or series is None:
        return None
    return (str(place), str(series)), int(cast("int", year))


def reported_years(targets: pd.DataFrame) -> set[tuple[str, int]]:
    """Places and years that a panel has a report of."""
    rows = _records(targets)
    found = ((cell(row, "place"), cell(row, "report_year")) for row in rows)
    return {(str(place), int(cast("int", year))) for place, year in found if place and year}


def _records(frame: pd.DataFrame) -> list[Mapping[str, Any]]:
    return cast("list[Mapping[str, Any]]", frame.to_dict("records"))


def cell(row: Mapping[str, Any], name: str) -> str | int | float | None:
    """A cell of a row; None where it is empty."""
    value = row.get(name)
    return None if value is None or pd.isna(value) else value
