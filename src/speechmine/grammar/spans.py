"""The years that a phrase names: 今年, 今后五年, “十五五”时期, 到2030年.

One reading for all who ask: which phrases count is said by the tables that they look up
(``periods`` for a number in its sentence, ``horizons`` for a target and its answer), what an entry
of one means by its ``value``, here.
"""

from __future__ import annotations

from dataclasses import dataclass

from speechmine.changes import quickly_made
from speechmine.grammar.periods import PLAN_LENGTH, chinese_number, plan_years, years
from speechmine.rules.matcher import Match

__all__ = ["YearSpan", "last_year_of_plan", "years_meant"]


@quickly_made
@dataclass(frozen=True, slots=True)
class YearSpan:
    """First and last year that a figure holds for; None where the year of the text is unknown.

    ``part`` is a figure for less than a year; ``stated`` whether the words give the time.
    """

    first: int | None
    last: int | None
    part: bool = False
    stated: bool = True

    @property
    def edtf(self) -> str | None:
        """The span as EDTF."""
        period = years(self.first, self.last)
        return None if period is None else period.edtf


def years_meant(match: Match, year: int | None) -> YearSpan | None:
    """What a phrase means.

    Args:
        match: of an entry whose value is ``this``, ``last``, ``next``, ``past``, ``year``, ``plan``
            or ``part``.
        year: of the text; without it the relative ones mean nothing.

    Returns:
        The years; None where they are unknown, or the entry names none.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> from speechmine.rules.matcher import Matcher
        >>> said = Matcher(default_rules().table("horizons")).find("今后五年年均增长6%")
        >>> years_meant(said[0], 2026).edtf
        '2026/2030'
    """
    value = match.rule.value
    if value == "part":
        return YearSpan(None, None, part=True)
    if value == "year":
        named = int((match.group("year") or "").replace(" ", ""))
        return YearSpan(named, named)
    if value == "plan":
        return _plan_span(match)
    return None if year is None else _relative(match, year)


def _plan_span(match: Match) -> YearSpan | None:
    plan = plan_years(chinese_number(match.group("plan")))
    if plan is None:
        return None
    last = int(plan.last)
    return YearSpan(last if match.group("end") else int(plan.first), last)


def last_year_of_plan(name: str) -> int | None:
    """十四五 is 2021 to 2025.

    Args:
        name: without 五.

    Example:
        >>> last_year_of_plan("十四"), last_year_of_plan("八")
        (2025, 1995)
    """
    plan = plan_years(chinese_number(name))
    return None if plan is None else int(plan.last)


def _relative(match: Match, year: int) -> YearSpan | None:
    count = _count(match)
    first, last = {
        "this": (0, 0),
        "last": (-1, -1),
        "next": (0, count - 1),
        "past": (-count, -1),
    }.get(match.rule.value, (None, None))
    return None if first is None or last is None else YearSpan(year + first, year + last)


def _count(match: Match) -> int:
    """How many years: a term of office is five."""
    words = next((match.group(name) for name, *_ in match.groups), None)
    return chinese_number(words) or PLAN_LENGTH
