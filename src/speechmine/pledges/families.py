"""Series of indicators: what an id stands for, whether more of it is good, what may continue it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from speechmine.rules.schema import Rule, RuleSet

__all__ = ["Series", "is_empty_name", "pattern_of", "series_of"]


@dataclass(frozen=True, slots=True)
class Series:
    """One id of the indicator table.

    Attributes:
        id: as metrics carry it; the level of an indicator and its growth are two series.
        family: id of the series whose name this one had or took over; itself where alone.
        base: id that the level and its growth have in common.
        better: more, less or neither.
        terms: spellings of the indicator.
        growth: the numbers are rates of change.
        growth_id: id of the rates of change of this indicator, where it has one.
    """

    id: str
    family: str
    base: str
    better: str
    terms: tuple[str, ...]
    growth: bool
    growth_id: str | None = None


def series_of(indicator_id: str | None, rules: RuleSet) -> Series | None:
    """The series of an id, or None where the table does not know it.

    Example:
        >>> from speechmine.rules.loader import chosen_rules
        >>> rules = chosen_rules()
        >>> series_of("gnp_growth", rules).family, series_of("cpi", rules).better
        ('gdp_growth', 'less')
    """
    return _series_by_id(rules).get(indicator_id or "")


def is_empty_name(name: str, rules: RuleSet) -> bool:
    """Whether a name says who pays, not for what, or can be of anything (项目, 资金).

    Example:
        >>> from speechmine.rules.loader import chosen_rules
        >>> [is_empty_name(name, chosen_rules()) for name in ("项目", "养老床位")]
        [True, False]
    """
    return name in _empty_names(rules)


@functools.lru_cache(maxsize=8)
def _empty_names(rules: RuleSet) -> frozenset[str]:
    """Names that say who pays, not for what, or that anything can have."""
    rows = (rule for rule in rules.table("goal_senses") if rule.value in ("payer", "generic"))
    return frozenset(term for rule in rows for term in rule.terms)


def pattern_of(rules: RuleSet, sense: str) -> re.Pattern[str]:
    """The words of one sense, of all rules that have it.

    Example:
        >>> from speechmine.rules.loader import chosen_rules
        >>> bool(pattern_of(chosen_rules(), "whole_place").match("全县"))
        True
    """
    found = (rule.pattern for rule in rules.table("goal_senses") if rule.value == sense)
    return re.compile("|".join(f"(?:{pattern})" for pattern in found if pattern))


@functools.lru_cache(maxsize=8)
def _series_by_id(rules: RuleSet) -> Mapping[str, Series]:
    named = {rule.id: rule for rule in rules.table("indicators")}
    found: dict[str, Series] = {}
    for rule in named.values():
        head = named.get(rule.attribute("family"), rule)
        found[rule.id] = _series_of_rule(rule, rule.id, head.id, growth=False)
        growth = rule.attribute("growth")
        if growth:
            family = head.attribute("growth") or growth
            found[growth] = _series_of_rule(rule, growth, family, growth=True)
    return found


def _series_of_rule(rule: Rule, name: str, family: str, *, growth: bool) -> Series:
    better, growth_id = rule.attribute("better", "more"), rule.attribute("growth") or None
    return Series(name, family, rule.id, better, rule.terms, growth, growth_id)
