"""The tables of units, comparators and traps, ready to find numbers with."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from speechmine.numerals import (
    ARABIC,
    CAPITAL,
    CHINESE,
    HALF_SIGN,
    HUNDRED,
    HUNDRED_MILLION,
    MASK,
    MIXED,
    MULTIPLIER,
    TEN_THOUSAND,
    approximate,
    parse_multiplier,
    parse_number,
)
from speechmine.patterns import compiled
from speechmine.rules.context import Contexts
from speechmine.rules.schema import Rule, RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id

__all__ = ["Grammar", "as_float", "bound_far", "ends_of", "grammar_of"]


@dataclass(frozen=True, slots=True)
class Grammar:
    """What is made of the rule tables once.

    Attributes:
        core: a number with its unit. units: a unit's rule. bounds: comparator words by
            position. contexts: what around a number makes it measure nothing.
        classed: what a number before it may class (超10亿元企业).
        part: behind a number that is the whole of which a part follows.
        far: a bound that other words part from its number (至少新建20个).
        bound_ends: the last characters of the bounds that stand before a number.
        shapes: how numbers are written. facts: what a part of one tells, by the part.
    """

    core: re.Pattern[str]
    units: Mapping[str, Rule]
    bounds: Mapping[str, Mapping[str, str]]
    contexts: Contexts
    classed: re.Pattern[str]
    part: re.Pattern[str]
    far: re.Pattern[str]
    bound_ends: frozenset[str]
    shapes: Patterns
    facts: Mapping[str, Callable[[str], frozenset[str]]]

    def unit_of(self, match: re.Match[str]) -> str:
        """The unit by which a number counts: 立方米 of 立方米每秒, 微克 of 微克/立方米."""
        written: str = match["unit"]
        if written in self.units:
            return written
        return self.shapes["per.begins"].split(written, maxsplit=1)[0]


@functools.lru_cache(maxsize=8)
def grammar_of(rules: RuleSet) -> Grammar:
    """Compile the tables of a rule set."""
    units = {term: rule for rule in rules.table("units") for term in rule.terms}
    bounds: dict[str, dict[str, str]] = {"before": {}, "inside": {}, "after": {}}
    for rule in rules.table("comparators"):
        bounds[rule.attribute("position")].update(dict.fromkeys(rule.terms, rule.value))
    traps = rules.table("number_traps")
    nouns = "|".join(re.escape(t) for r in traps if r.value == "class_noun" for t in r.terms)
    shapes = patterns_by_id(rules, "number_shapes")
    written = {name: shape.pattern for name, shape in shapes.items()}
    return Grammar(
        core=compiled(_core_pattern(units, bounds, written)),
        units=units,
        bounds=bounds,
        contexts=Contexts(traps),
        classed=compiled(f"{written['core.classed']}(?:{nouns}){written['core.counted']}"),
        part=compiled(_patterns_for(traps, "part")),
        far=_far_pattern(rules.table("comparators"), written["core.far"]),
        bound_ends=frozenset(term[-1] for term in bounds["before"]),
        shapes=shapes,
        facts={
            of: _facts_told(
                [
                    (rule.id.split(".")[1], shapes[rule.id])
                    for rule in rules.table("number_shapes")
                    if rule.value == of
                ]
            )
            for of in _PARTS
        },
    )


def _facts_told(
    shapes: Sequence[tuple[str, re.Pattern[str]]],
) -> Callable[[str], frozenset[str]]:
    """What a part of a number tells by itself; the same few units and marks stand with most."""

    @functools.lru_cache(maxsize=1024)
    def told(said: str) -> frozenset[str]:
        return frozenset(fact for fact, shape in shapes if shape.fullmatch(said))

    return told


#: Parts of a number, or beside one, that tell facts by themselves.
_PARTS = ("unit", "number", "post", "before")


def _patterns_for(table: Iterable[Rule], value: str) -> str:
    return "|".join(rule.pattern for rule in table if rule.value == value and rule.pattern)


def _far_pattern(table: Iterable[Rule], between: str) -> re.Pattern[str]:
    """至少新建20个, 不低于全国平均水平的90%."""
    firm = _any_unit(
        {
            term: rule.value
            for rule in table
            if rule.attribute("position") == "before" and not rule.flag("adjacent")
            for term in rule.terms
            if rule.value in (">=", "<=")
        }
    )
    return compiled(f"(?P<bound>{firm}){between}")


def _core_pattern(
    units: Mapping[str, Rule], bounds: Mapping[str, Mapping[str, str]], shapes: Mapping[str, str]
) -> str:
    core = {name.removeprefix("core."): shape for name, shape in shapes.items()}
    unit = "|".join(map(_spelled, sorted(units.items(), key=_longest_first)))
    odd = _any_unit(bounds["inside"])
    passed = "|".join(f"(?<={word})" for word, said in bounds["before"].items() if said != "none")
    bare = rf"{core['power']}(?:{passed}){core['power_first']}(?={MULTIPLIER}?(?:{unit}))"
    some = rf"{core['some']}(?=(?:{odd}){core['some_more']}(?:{unit}))"
    plain = rf"{ARABIC}(?:{core['hundred_million']}{ARABIC})?(?:{core['ten_thousand']}{ARABIC})?"
    number = rf"(?:{MASK}|{MIXED}|{plain}|{CAPITAL}|{CHINESE}|{core['half_of']}|{some})"
    return (
        rf"{core['begin']}(?:(?P<fraction>{CHINESE}{core['over']}{CHINESE})"
        rf"|(?P<half>{core['half']})|(?P<nil>{core['nil']})"
        rf"|(?P<share>{core['share']})?(?P<a>{core['minus']}{number}|{core['whole']}|{bare})"
        rf"(?:(?P<a_mult>{MULTIPLIER})?(?P<a_unit>{unit})?"
        rf"(?P<join>{core['join']})(?:{core['share_again']})?(?P<b>{number}))?"
        rf"(?P<odd>{odd})?(?P<mult>{MULTIPLIER})?(?P<odd2>{odd})?{core['blank']}"
        rf"(?P<unit>(?:{unit})(?:/(?:{MULTIPLIER})?(?:{unit}|{core['stroke']})|{core['each']})?)?"
        rf"{core['small']})(?P<post>{_any_unit(bounds['after'])}|(?P<more>{core['more']})|(?P<under>{core['under']}))?"
    )


def _spelled(entry: tuple[str, Rule]) -> str:
    """A unit as a pattern; 个点 is a percentage point behind decimals alone (0.2个点).

    Where 个人 would cut a word (100个人工湖), the shorter unit is left to match.
    """
    term, rule = entry
    if rule.flag("apart"):
        return f"{re.escape(term)}(?![{rule.attribute('not_before')}])"
    decimal = r"(?:(?<=\.\d)|(?<=\.\d\d))" if rule.flag("decimal") else ""
    return decimal + re.escape(term)


def _longest_first(entry: tuple[str, Rule]) -> int:
    return -len(entry[0])


def _any_unit(terms: Mapping[str, object]) -> str:
    return "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))


def bound_far(text: str, start: int, grammar: Grammar) -> str | None:
    """至少新建20个, 不低于全国平均水平的90%."""
    found = grammar.far.search(text, max(0, start - 20), start)
    return grammar.bounds["before"][found["bound"]] if found else None


_HALF, _TENTH, _HUNDREDTH = Decimal("0.5"), Decimal("0.1"), Decimal("0.01")
_FOUR_DIGITS = Context(prec=4)


def ends_of(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """The two ends of a number in its written unit; equal where it has one value."""
    if match["fraction"]:
        value = _in_percent(match["fraction"])
        return value, value
    if match["half"]:
        return _HALF, _HALF
    if match["nil"]:
        return Decimal(0), Decimal(0)
    if match["share"] and match["a"] == HUNDRED:
        return Decimal(100), Decimal(100)
    about = approximate(match["a"])
    if about is not None and match["b"] is None:
        return about
    low, high = _joined_ends(match)
    small = _small(match)
    return (low and low + small, high and high + small) if small else (low, high)


def as_float(value: Decimal | None) -> float | None:
    """None too for a number of hundreds of digits, which no floating-point number holds.

    Example:
        >>> as_float(Decimal("4.5")), as_float(Decimal("9" * 400))
        (4.5, None)
    """
    found = None if value is None else float(value)
    return found if found is not None and math.isfinite(found) else None


def _in_percent(fraction: str) -> Decimal | None:
    """三分之一 is 33.33 %; 一半 stays 0.5, for the text names no parts."""
    value = parse_number(fraction)
    return None if value is None else _FOUR_DIGITS.create_decimal(value * 100)


def _joined_ends(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """A number, or the two that 至 or ± joins."""
    factor = parse_multiplier(match["mult"] or "")
    last = _value(match["b"] or match["a"], match["mult"] or "")
    if match["b"] is None:
        return last, last
    first = _value(match["a"], match["a_mult"] or match["mult"] or "")
    if first is not None and match["a_mult"]:
        first = first * parse_multiplier(match["a_mult"]) / factor
    if match["join"] == "±" and first is not None and last is not None:
        return first - last, first + last
    return first, last


def _small(match: re.Match[str]) -> Decimal:
    """What stands behind the unit: 2元8角5分, 三成五."""
    parts = {"tenths": _TENTH, "hundredths": _HUNDREDTH, "tail": _TENTH}
    said = {name: match[name] for name in parts if match[name]}
    return sum(
        (
            _HALF if part == HALF_SIGN else (parse_number(part) or Decimal(0)) * parts[name]
            for name, part in said.items()
        ),
        Decimal(0),
    )


def _value(number: str, multiplier: str) -> Decimal | None:
    """In the written unit: 一亿两千三百 before 万人 is 12,300; 超万亿元 is one 万亿元."""
    if not number:
        return Decimal(1)
    if number == HALF_SIGN:  # 半个月
        return _HALF
    if number == TEN_THOUSAND:  # 万余人
        return parse_multiplier(number)
    if HUNDRED_MILLION in number or TEN_THOUSAND in number:
        value = parse_number(number + multiplier)
        return None if value is None else value / parse_multiplier(multiplier)
    return parse_number(number)
