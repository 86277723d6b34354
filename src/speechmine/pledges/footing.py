"""What a figure counts from: the year it is held against, one year's amount or all so far.

增长8% is not answered by 比2002年增长65.5%, nor 提升200万亩 by 累计1105万亩.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from speechmine.borders import CLAUSE, end_behind, start_before
from speechmine.grammar.spans import last_year_of_plan
from speechmine.model import Metric
from speechmine.pledges.compare import moves
from speechmine.pledges.report import Report
from speechmine.rules.schema import RuleSet

__all__ = ["Footing", "clause_around", "footing_of", "unlike"]


@dataclass(frozen=True, slots=True)
class Footing:
    """What a figure counts from.

    Attributes:
        base: the year that a change is told against, where the words name one that is not the
            year before.
        added: an amount, or a change, added up over years (累计).
        level: its words can be those of an amount reached so far (达到).
    """

    base: int | None = None
    added: bool = False
    level: bool = False


def footing_of(report: Report, metric: Metric, year: int | None) -> Footing:
    """The footing of a figure.

    Args:
        report: in which it stands.
        metric: the figure.
        year: the year it holds for; a change against the year before has no base of its own.
    """
    start, _ = clause_around(report.plain_text, metric.start, metric.end)
    said = report.plain_text[start : metric.end]
    table = _footing_patterns(report.rules)
    base = _base_year(said, table)
    if year is not None and base == year - 1:
        base = None
    within = bool(table["within"].search(said))
    added = not within and (metric.change == "cumulative" or bool(table["since"].search(said)))
    return Footing(base, added, bool(table["stock"].search(said)))


def _base_year(said: str, table: Mapping[str, re.Pattern[str]]) -> int | None:
    named = list(table["base"].finditer(said))
    if named:
        return int(named[-1]["year"])
    plans = list(table["base_plan"].finditer(said))
    return last_year_of_plan(plans[-1]["plan"]) if plans else None


def unlike(target: tuple[Metric, Footing], answer: tuple[Metric, Footing]) -> str | None:
    """Why two figures cannot be held against each other though unit and name agree, or None."""
    goal, owed = target
    figure, told = answer
    if moves(goal) and owed.base != told.base:
        held = told.base or owed.base
        return f"one is against {held}, the other against the year before"
    if told.base is not None and owed.base is None:
        return f"a change against {told.base}"
    if told.added and not (owed.added or (owed.level and not moves(goal))):
        return "added up over years against the amount of one year"
    if owed.added and not told.added and figure.change == "new":
        return "the amount of one year against one added up over years"
    return None


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause that holds a span, between two marks.

    Example:
        >>> text = "推进重大工程，全年完成投资9亿元，增长2%。"
        >>> text[slice(*clause_around(text, 11, 16))]
        '全年完成投资9亿元'
    """
    return start_before(CLAUSE, text, start), end_behind(CLAUSE, text, end)


@functools.lru_cache(maxsize=8)
def _footing_patterns(rules: RuleSet) -> Mapping[str, re.Pattern[str]]:
    return {
        rule.value: re.compile(rule.pattern or "|".join(map(re.escape, rule.terms)))
        for rule in rules.table("footings")
    }
