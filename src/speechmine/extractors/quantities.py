"""Numbers with unit and the words that bound them: 1.3万亿斤以上, 4.5-5%, 百分之八至九."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from speechmine.extractors.quantity_grammar import (
    Grammar,
    as_float,
    bound_before,
    bound_far,
    ends_of,
    grammar_of,
)
from speechmine.extractors.quantity_traps import CERTAIN, trap_of
from speechmine.model import Comparator, Quantity
from speechmine.numerals import (
    HUNDRED_MILLION,
    TEN_THOUSAND,
    approximate,
    parse_multiplier,
    with_full_marks,
    without_names,
)
from speechmine.patterns import compiled
from speechmine.rules.scanning import find_all
from speechmine.rules.schema import RuleSet

__all__ = ["DoubtfulQuantity", "find_quantities", "read_quantities"]

_CLAUSE_MARK = compiled(r"[，。；：、,;\n]")


@dataclass(frozen=True, slots=True)
class DoubtfulQuantity:
    """A number that by the rules measures nothing, and the trap in which it stands.

    ``start`` is where its wording begins.
    """

    start: int
    quantity: Quantity
    trap: str


def find_quantities(text: str, rules: RuleSet) -> tuple[Quantity, ...]:
    """All numbers of a text that measure something, in order.

    Names and ranks (世界500强, 5G), dates, document numbers, what stands in quotation marks,
    and numbers that define a class (亿元以上项目) give nothing.

    Args:
        text: any text.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> found = find_quantities("产量1.3万亿斤以上", default_rules())
        >>> [(q.low, q.high, q.unit, q.comparator) for q in found]
        [(1.3, None, '万亿斤', '>=')]
    """
    return read_quantities(text, rules)[0]


def read_quantities(
    text: str, rules: RuleSet
) -> tuple[tuple[Quantity, ...], tuple[DoubtfulQuantity, ...]]:
    """The numbers that measure something, and those that by the rules measure nothing.

    Args:
        text: any text.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> measures, doubtful = read_quantities("派出五个小组修渠30公里", default_rules())
        >>> [q.text for q in measures], [(d.quantity.text, d.trap) for d in doubtful]
        (['30公里'], [('五个', 'wording')])
    """
    grammar = grammar_of(rules)
    found: list[Quantity] = []
    doubtful: list[DoubtfulQuantity] = []
    bare = with_full_marks(without_names(text))
    for match in find_all(grammar.core, bare):
        kind = _kind(match, grammar)
        trap = (
            _unitless(bare, match, grammar) if kind is None else trap_of(bare, match, kind, grammar)
        )
        if trap is None:
            found.append(_quantity(text, match, grammar))
        elif trap not in CERTAIN:
            quantity = _quantity(text, match, grammar)
            doubtful.append(DoubtfulQuantity(quantity.start, quantity, trap))
    return tuple(found), tuple(doubtful)


def _unitless(bare: str, match: re.Match[str], grammar: Grammar) -> str:
    """Whether a number without a unit may measure something all the same."""
    if match["unit"] is not None:
        return "loose"  # 四千方, 两毛五
    shaped = grammar.shapes["core.unitless"].match(bare, match.start())
    return "no_unit" if shaped else "no_value"


def _kind(match: re.Match[str], grammar: Grammar) -> str | None:
    """What sort of unit the number has; None where it has none and counts nothing."""
    if match["fraction"] or match["share"] or match["half"]:
        return "rate"
    if match["nil"]:
        return "nil"
    if match["unit"] is None:
        return "measure" if match["mult"] else None
    rule = grammar.units[grammar.unit_of(match)]
    lone = not match["mult"] and "/" not in match["unit"]
    if rule.flag("multiplied") and lone and not _is_beside(rule.attribute("beside"), match):
        return None
    return rule.value


def _is_beside(pattern: str, match: re.Match[str]) -> bool:
    """水温烧到65度: what the unit needs before it where no 万 stands with the number."""
    if not pattern:
        return False
    before = match.string[max(0, match.start() - 16) : match.start()]
    return re.search(pattern, _CLAUSE_MARK.split(before)[-1]) is not None


def _quantity(text: str, match: re.Match[str], grammar: Grammar) -> Quantity:
    before, before_length = bound_before(text, match.start(), grammar)
    start = match.start() - before_length
    before = before or bound_far(text, match.start(), grammar)
    masked = (match["a"] or "")[:1] in ("X", "×") or (match["b"] or "")[:1] in ("X", "×")
    comparator = _comparator(match, before, grammar)
    power = _power(match, grammar)
    low, high = (None, None) if masked else _limits(_ends(match, power), comparator)
    if before == "range" and high is not None and comparator == "range":
        low = -high
    backwards = low is not None and high is not None and low > high
    if backwards:
        low, high = high, low
    unit = _unit(match, power, grammar)
    scale, norm_unit = _norm(match, unit, power, grammar)
    return Quantity(
        text=text[start : match.end()],
        start=start,
        end=match.end(),
        number_start=match.end("past") if match["past"] else match.start(),
        low=as_float(low),
        high=as_float(high),
        unit=unit,
        comparator="=" if masked and comparator == "range" else comparator,
        masked=masked,
        norm_low=_scaled(low, scale),
        norm_high=_scaled(high, scale),
        norm_unit=norm_unit,
        backwards=backwards,
    )


def _comparator(match: re.Match[str], before: str | None, grammar: Grammar) -> Comparator:
    approximately = match["a"] is not None and approximate(match["a"]) is not None
    if match["b"] or before == "range" or approximately:
        return "range"
    if match["past"]:
        return ">"
    if match["nearly"]:
        return "~"
    after = ">=" if match["more"] else grammar.bounds["after"].get(match["post"] or "")
    after = "<" if match["under"] else after
    inside = grammar.bounds["inside"].get(match["odd"] or match["odd2"] or "")
    found = [word for word in (before, after, inside) if word not in (None, "range")]
    firm = [word for word in found if word != "~"]
    chosen: Comparator = (firm or found or ["="])[0]  # type: ignore[assignment]
    return chosen


def _limits(
    values: tuple[Decimal | None, Decimal | None], comparator: Comparator
) -> tuple[Decimal | None, Decimal | None]:
    low, high = values
    if comparator in (">=", ">"):
        return low, None
    if comparator in ("<=", "<"):
        return None, high
    return low, high


def _power(match: re.Match[str], grammar: Grammar) -> str:
    """一亿四千万元 are 1.4亿元, 七万六千亩 7.6万亩: the largest power of a numeral in words.

    People, houses and the like are told one by one (两万三千人).
    """
    said, number = match["mult"] or "", match["b"] or match["a"] or ""
    if number.isascii() or any(map(str.isdecimal, number)):
        return said
    if HUNDRED_MILLION in number:
        return HUNDRED_MILLION
    rule = grammar.units.get(match["unit"] or "")
    parted = TEN_THOUSAND in number[:-1] and rule is not None and rule.flag("myriads")
    return TEN_THOUSAND if parted and not said else said


def _ends(match: re.Match[str], power: str) -> tuple[Decimal | None, Decimal | None]:
    """The two ends of a number, by a power of it."""
    ends = ends_of(match)
    said = match["mult"] or ""
    if power == said:
        return ends
    factor = parse_multiplier(said) / parse_multiplier(power)
    low, high = (end and end * factor for end in ends)
    return low, high


def _unit(match: re.Match[str], power: str, grammar: Grammar) -> str | None:
    if match["share"]:
        return "%" if match["percent"] else "‰"
    if match["fraction"]:
        return "%"
    unit = grammar.shapes["core.classifier"].sub("", match["unit"] or "")
    return power + unit or None


def _norm(
    match: re.Match[str], unit: str | None, power: str, grammar: Grammar
) -> tuple[Decimal | None, str | None]:
    """Factor to the common unit and its name; (None, None) where there is none."""
    if match["fraction"]:
        return Decimal(1), "%"
    rule = grammar.units.get("%" if match["share"] else match["unit"] or "")
    scale = rule.attributes.get("scale") if rule else None
    if rule is None or scale is None or unit == "‰":
        return None, None
    base = "" if match["share"] else match["unit"]
    factor = Decimal(str(scale)) * parse_multiplier(power)
    return factor, rule.attribute("norm") or base


def _scaled(value: Decimal | None, scale: Decimal | None) -> float | None:
    return None if value is None or scale is None else as_float(value * scale)
