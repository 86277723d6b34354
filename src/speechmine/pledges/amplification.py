"""Targets against those of the level above, of the year before, and against what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from speechmine.divisions import division_of_code, parent_of
from speechmine.errors import UsageError
from speechmine.frame import frame_of
from speechmine.pledges.measures import (
    EndOfRange,
    Goal,
    GoalKey,
    Number,
    cell,
    done_by_key,
    goals_by_key,
    reported_years,
)
from speechmine.rules.loader import RulesLike, chosen_rules
from speechmine.tables import Row, columns_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ratchet"]

_RATES = ("%", "‰", "个百分点")
_PART_OF_WHOLE = "an amount of a part is not held against that of its whole"
_NEEDED = ("place", "year", "indicator_id", "low", "high", "unit", "change", "horizon")
_ANSWERED = ("place", "year", "indicator_id", "achieved_low", "achieved_high", "achieved_unit")


def ratchet(
    targets: pd.DataFrame,
    hierarchy: Mapping[str, str] | None = None,
    *,
    achieved: pd.DataFrame | None = None,
    value: EndOfRange = "low",
    rules: RulesLike | None = None,
) -> pd.DataFrame:
    """Top-down amplification (层层加码) and the ratchet of yearly targets.

    With T the target, A what was achieved, p a place, P its parent, i an indicator, t a year:

        amplification = T[p,i,t] - T[P,i,t]
            Li, Liu, Weng & Zhou (2019), "Target Setting in Tournaments: Theory and Evidence from
            China", The Economic Journal 129: targets rise down the levels. For rates (%, ‰,
            amounts per unit); an amount of a part and of its whole have no such difference.
        step = T[p,i,t] - T[p,i,t-1]
            the place's own target of the year before; 王贤彬、黄亮雄 on 31 provinces.
        lift = T[p,i,t] - A[p,i,t-1]
            the ratchet proper, the bar against last year's result: Weitzman (1980), "The
            'Ratchet Principle' and Performance Incentives", Bell Journal of Economics 11.
        deviation = A[p,i,t] - T[p,i,t]
            over- and underfulfilment: 魏建、鉴闻 (2018).

    Differences are in the unit of the target after conversion; growth rates differ in percentage
    points. A fall counts as negative growth against a rise. Nothing is interpolated: a missing
    number leaves the difference empty with a reason beside it.

    Args:
        targets: of :func:`targets`; yearly targets (``horizon`` annual) of indicators that the
            table knows count, and of several wordings in one report the first for the whole
            place. Where families were joined there, series are joined here.
        hierarchy: the parent of each place: ``{"清溪市望江区": "清溪市"}``; by default what the
            code list says of ``place_code`` (a county's is its prefecture, a province's 中国).
        achieved: a frame of :func:`achieved`, or rows of :func:`promises` of any number of
            report pairs.
        value: the end of a range that counts: low (as in Li et al.), high, or mid.
        rules: rules of your own, or their folder, that the targets were read by.

    Returns:
        A frame with the columns of :func:`speechmine.tables.columns_of` for ``ratchet``, one row
        a place, indicator and year, from the first year with a target to the last.

    Raises:
        UsageError: a frame lacks a column, or a place is its own ancestor.

    Example:
        >>> from speechmine.model import Document
        >>> from speechmine.pledges import targets
        >>> goal = "今年的主要预期目标是：地区生产总值增长{}。"
        >>> above = Document(goal.format("5%左右"), id="a", date="2024-01-20", place="清溪市")
        >>> below = Document(goal.format("6%以上"), id="b", date="2024-01-08", place="望江区")
        >>> table = ratchet(targets([above, below]), {"望江区": "清溪市"})
        >>> table[["place", "target", "amplification"]].fillna(0).values.tolist()
        [['望江区', 6.0, 1.0], ['清溪市', 5.0, 0.0]]
        >>> table["amplification_reason"].tolist()[1]
        'no parent in the hierarchy'
    """
    _check_columns(targets, _NEEDED)
    chosen = chosen_rules(rules)
    hierarchy = _by_code(targets) if hierarchy is None else hierarchy
    _check_tree(hierarchy)
    if achieved is not None:
        achieved = _as_answers(achieved)
        _check_columns(achieved, _ANSWERED)
    world = _World(
        goals_by_key(targets, value, chosen),
        done_by_key(achieved, value, chosen),
        hierarchy,
        reported_years(targets),
    )
    frame = frame_of(world.rows(), "ratchet")
    frame.attrs.update(
        method="differences of targets by place, indicator and year: Li et al. 2019; Weitzman 1980",
        params={"value": value, "places": len(hierarchy), "achieved": achieved is not None},
    )
    return frame


class _World:
    """All numbers, by place and indicator, then year."""

    def __init__(
        self,
        goals: Mapping[GoalKey, Mapping[int, Goal]],
        done: Mapping[GoalKey, Mapping[int, Number]],
        hierarchy: Mapping[str, str],
        reported: set[tuple[str, int]],
    ) -> None:
        self._goals, self._done = goals, done
        self._hierarchy, self._reported = hierarchy, reported
        self._codes = {
            place: cell(goal.row, "place_code")
            for (place, _), years in goals.items()
            for goal in years.values()
        }

    def rows(self) -> Iterator[Row]:
        """One row a place, indicator and year, sorted so."""
        for key in sorted(self._goals):
            years = self._goals[key]
            for year in range(min(years), max(years) + 1):
                yield self._row(key, year)

    def _row(self, key: GoalKey, year: int) -> Row:
        place, indicator = key
        goal = self._goals[key].get(year)
        row: Row = {
            **dict.fromkeys(column.name for column in columns_of("ratchet")),
            "place": place,
            "place_code": self._codes.get(place),
            "year": year,
            "indicator_id": indicator,
            "explicitly_absent": False,
            "n_wordings": 0,
            "conflict": False,
            "target_reason": self._why_no_goal(place, indicator, year),
        }
        if goal is not None:
            row |= _goal_cells(goal)
        own = goal.number if goal else None
        parent = self._hierarchy.get(place)
        above = self._goal(parent, indicator, year)
        row["parent"] = parent
        row["parent_comparator"] = cell(above.row, "comparator") if above else None
        row |= self._difference(
            own,
            above.number if above else None,
            ("parent_target", "amplification"),
            _why_no_parent(parent, self._why_no_goal(parent or "", indicator, year)),
        )
        if row["amplification"] is not None and not _is_rate(own):
            row |= {"amplification": None, "amplification_reason": _PART_OF_WHOLE}
        row |= self._against_years(key, year, own)
        return row

    def _against_years(self, key: GoalKey, year: int, own: Number | None) -> Row:
        before = self._goal(*key, year - 1)
        done = self._done.get(key, {})
        row = self._difference(
            own,
            before.number if before else None,
            ("previous_target", "step"),
            f"the year before: {self._why_no_goal(*key, year - 1)}",
        )
        none = "no achieved number given"
        row |= self._difference(own, done.get(year - 1), ("previous_achieved", "lift"), none)
        row |= self._difference(own, done.get(year), ("achieved", "deviation"), none)
        if row["deviation"] is not None:
            row["deviation"] = 0.0 - cast("float", row["deviation"])
        return row

    def _goal(self, place: str | None, indicator: str, year: int) -> Goal | None:
        return self._goals.get((place or "", indicator), {}).get(year)

    def _why_no_goal(self, place: str, indicator: str, year: int) -> str | None:
        goal = self._goal(place, indicator, year)
        if goal is not None:
            return goal.reason
        if (place, year) in self._reported:
            return "no target for it found in the report"
        return "no report of that year"

    @staticmethod
    def _difference(
        own: Number | None, other: Number | None, names: tuple[str, str], why: str | None
    ) -> Row:
        """The other number in the own's terms, own less other, or why there is none."""
        number, difference = names
        row: Row = {number: None, difference: None, f"{difference}_reason": None}
        value, reason = (None, why) if other is None or other.value is None else _turned(own, other)
        row[number] = value
        if own is None or own.value is None:
            row[f"{difference}_reason"] = "no target of its own"
        elif value is None:
            row[f"{difference}_reason"] = reason
        else:
            row[difference] = round(own.value - value, 10)
        return row


def _is_rate(number: Number | None) -> bool:
    """A rate or concentration, which means the same for a part and its whole."""
    unit = (number.unit if number else None) or ""
    return unit in _RATES or "/" in unit


def _turned(own: Number | None, other: Number) -> tuple[float | None, str | None]:
    """A number in the terms of another: same unit, falls as negative growth."""
    if own is None or own.value is None:
        return other.value, None
    if own.unit != other.unit:
        return None, f"units differ: {own.unit} and {other.unit}"
    if own.moves != other.moves and own.unit != "%":
        return None, "one is a change, the other a level"
    turned = own.moves and other.moves and own.falls != other.falls
    return (-cast("float", other.value) if turned else other.value), None


def _goal_cells(goal: Goal) -> Row:
    row = goal.row
    return {
        **{name: cell(row, name) for name in ("level", "indicator", "comparator", "hardness")},
        "target": goal.number.value,
        "unit": goal.number.unit,
        "explicitly_absent": bool(cell(row, "explicitly_absent")),
        "n_wordings": goal.count,
        "conflict": goal.conflict,
        "target_reason": goal.reason,
    }


def _why_no_parent(parent: str | None, reason: str | None) -> str:
    return "no parent in the hierarchy" if parent is None else f"the parent: {reason}"


def _as_answers(achieved: pd.DataFrame) -> pd.DataFrame:
    """A frame of results in the columns of promises: figures of one whole year, like for like."""
    if "achieved_low" in achieved.columns or not {"part", "base", "added"} <= set(achieved):
        return achieved
    yearly = ~achieved["period"].fillna("").str.contains("/")
    plain = yearly & ~achieved["part"] & ~achieved["added"] & achieved["base"].isna()
    names = ["low", "high", "unit", "change", "direction", "norm_low", "norm_high", "norm_unit"]
    return achieved[plain].rename(columns={name: f"achieved_{name}" for name in names})


def _by_code(targets: pd.DataFrame) -> Mapping[str, str]:
    """The parent of each place of a panel that has a code, by the name it has in the panel."""
    _check_columns(targets, ["place_code"])
    coded = targets.dropna(subset=["place", "place_code"]).drop_duplicates("place")
    names = dict(zip(coded["place_code"], coded["place"], strict=True))
    parents = {}
    for code, name in names.items():
        division = division_of_code(code)
        above = parent_of(division) if division is not None else None
        if above is not None:
            parents[name] = names.get(above.code, above.name)
    return parents


def _check_columns(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    if not hasattr(frame, "columns"):
        raise UsageError(
            f"a frame is expected, not {type(frame).__name__}: speechmine.targets(...) makes one"
        )
    for column in columns:
        if column not in frame.columns:
            raise UsageError(f"the frame has no column {column!r}")


def _check_tree(hierarchy: Mapping[str, str]) -> None:
    for place in hierarchy:
        seen, above = {place}, hierarchy.get(place)
        while above is not None:
            if above in seen:
                raise UsageError(f"the hierarchy goes in a circle at {above!r}")
            seen.add(above)
            above = hierarchy.get(above)
