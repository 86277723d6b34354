"""Every number of a text, whether it measures anything or not: 拾壹, 十分之一, 大于20并小于30."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from speechmine.extractors.quantity_grammar import as_float, grammar_of
from speechmine.model import Comparator, Quantity
from speechmine.numerals import parse_multiplier, parse_number
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns

__all__ = ["find_numbers"]

_HALF, _TENTH, _HUNDREDTH = Decimal("0.5"), Decimal("0.1"), Decimal("0.01")
_LONGEST_BOUND = 7
_FIRM: Mapping[str, Comparator] = {">=": ">=", ">": ">", "<=": "<=", "<": "<"}
#: A character of the script, which the digits are, too.
_LETTER = compiled(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """What numbers are read with.

    Attributes:
        lone: what may follow a single digit. glue: what may part two bounds of one number.
        copula: what may part a bound and its number. bounds: comparator words before a number.
        after: those behind it. money: spelling of a currency to its unit. coin: the unit of
            small money by itself.
        tail: what may follow a number: a vague word, a power, a unit. small: tenths, hundredths.
        shapes: how numbers are written.
    """

    lone: tuple[str, ...]
    glue: frozenset[str]
    copula: tuple[str, ...]
    bounds: Mapping[str, str]
    after: Mapping[str, str]
    money: Mapping[str, str]
    coin: str
    tail: re.Pattern[str]
    small: re.Pattern[str]
    shapes: Patterns


def find_numbers(text: str, rules: RuleSet) -> tuple[Quantity, ...]:
    """All numbers of a text, in order, with unit and bound where they have one.

    Args:
        text: any text.
        rules: the rule set.

    Returns:
        Quantities with the whole value (4120亿 is 412000000000) and the unit without 万 and 亿.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> found = find_numbers("答案是四，大于20并小于30", default_rules())
        >>> [(q.text, q.low, q.high) for q in found]
        [('四', 4.0, 4.0), ('大于20并小于30', 20.0, 30.0)]
    """
    words = _words_of(rules)
    found: list[Quantity] = []
    for number in _numbers(text, words):
        both = _two_sided(found[-1], number, text, words) if found else None
        if both is not None:
            found.pop()
        found.append(both or number)
    return tuple(found)


@functools.lru_cache(maxsize=8)
def _words_of(rules: RuleSet) -> NumberWords:
    grammar, uses = grammar_of(rules), _uses(rules)
    money, coins = (_units_of(rules, value) for value in ("money", "tenth"))
    signs = {term: sign for sign in (">=", "<=") for term in uses[sign]}
    whole = (term for term in grammar.units if term not in uses["tenth"])
    units = _any_of([*whole, *money])
    return NumberWords(
        lone=uses["lone"],
        glue=frozenset(("", *uses["and"])),
        copula=uses["copula"],
        bounds={**grammar.bounds["before"], **signs},
        after=grammar.bounds["after"],
        money=money,
        coin=next(unit for unit in coins.values() if unit),
        tail=compiled(rf"{grammar.shapes['bare.tail'].pattern}(?P<unit>{units})?"),
        small=compiled(_small_pattern(uses, grammar.shapes)),
        shapes=grammar.shapes,
    )


def _small_pattern(uses: Mapping[str, tuple[str, ...]], shapes: Patterns) -> str:
    number, again = shapes["bare.numeral"].pattern, shapes["bare.again"].pattern
    return (
        rf"{again}(?:(?P<tenths>{number})(?:{_any_of(uses['tenth'])}))?"
        rf"{again}(?:(?P<hundredths>{number})(?:{_any_of(uses['hundredth'])})"
        rf"{shapes['bare.money_ends'].pattern})?"
    )


def _units_of(rules: RuleSet, value: str) -> Mapping[str, str]:
    """What spellings of money are a unit's."""
    used = [rule for rule in rules.table("numbers") if rule.value == value]
    return {term: rule.attribute("unit") for rule in used for term in rule.terms}


def _uses(rules: RuleSet) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for rule in rules.table("numbers"):
        found[rule.value] = (*found.get(rule.value, ()), *rule.terms)
    return found


def _any_of(terms: Iterable[str]) -> str:
    return "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))


def _numbers(text: str, words: NumberWords) -> Iterator[Quantity]:
    at = 0
    while (match := words.shapes["bare.token"].search(text, at)) is not None:
        number = None if _is_word(text, match, words) else _number_read(text, match, words)
        at = number.end if number is not None else match.end()
        if number is not None:
            yield _bounded(text, number, words)


def _is_word(text: str, match: re.Match[str], words: NumberWords) -> bool:
    """一看, 陆地, 美味十足: a single character that only looks like a digit."""
    if match["plain"] is None or len(match[0]) > 1 or match[0].isascii():
        return False
    before = text[: match.start()]
    named = before.endswith(words.copula) or not _LETTER.match(before[-1:])
    if not _LETTER.match(text[match.end() : match.end() + 1]):
        return not named and words.shapes["bare.wordy"].fullmatch(match[0]) is not None
    if words.shapes["bare.capital"].fullmatch(match[0]):
        return True
    tail = words.tail.match(text, match.end())
    unit = (tail and tail["unit"]) or ""
    measures = unit in words.money or len(unit) > 1
    return not measures and not text.startswith(words.lone, match.end())


def _number_read(text: str, match: re.Match[str], words: NumberWords) -> Quantity | None:
    if match["rate"]:
        unit = "%" if match["percent"] else "‰"
        return _plain_quantity(text, match.span(), _value_said(match["rate"], words), unit)
    if match["fraction"]:
        return _plain_quantity(text, match.span(), parse_number(match["fraction"]), None)
    if match["over"]:
        over, under = Decimal(match["over"]), Decimal(match["under"])
        return _plain_quantity(text, match.span(), over / under if under else None, None)
    if match["some"]:
        some = _plain_quantity(text, match.span(), parse_multiplier(match["some"]), None)
        return some and dataclasses.replace(some, high=None, comparator=">")
    return _measured(text, match, words)


def _value_said(number: str, words: NumberWords) -> Decimal | None:
    return parse_number(words.shapes["bare.point"].sub(".", number.replace("，", ",")))


def _plain_quantity(
    text: str, span: tuple[int, int], value: Decimal | None, unit: str | None
) -> Quantity | None:
    if value is None:
        return None
    start, end = span
    exact = as_float(value)
    if exact is None:
        return None
    return Quantity(text[start:end], start, end, start, exact, exact, unit, "=")


def _measured(text: str, match: re.Match[str], words: NumberWords) -> Quantity | None:
    """A number with its unit, the half or the small money behind it, or the second number."""
    value = _value_said(match["plain"], words)
    tail = words.tail.match(text, match.end())
    if value is None or tail is None:
        return None
    value *= parse_multiplier(tail["power"] or "")
    joined = _two_numbers(text, match, value, tail, words)
    if joined is not None:
        return joined
    written = tail["unit"]
    read = (value, words.money.get(written or "", written), tail.end())
    value, unit, end = _with_change(text, match.start(), read, words)
    if unit is not None and words.shapes["bare.half"].match(text, end):
        value, end = value + _HALF, end + 1
    number = _plain_quantity(text, (match.start(), end), value, unit)
    if number is None or not tail["odd"]:
        return number
    return dataclasses.replace(number, high=None, comparator=">")


def _with_change(
    text: str, start: int, read: tuple[Decimal, str | None, int], words: NumberWords
) -> tuple[Decimal, str | None, int]:
    """123元 + 1角1分; 九角九分 by itself."""
    value, unit, end = read
    if unit in words.money.values():
        more, end = _change(text, end, words)
        return value + more, unit, end
    if unit is None:
        more, last = _change(text, start, words)
        return (more, words.coin, last) if more else read
    return read


def _change(text: str, at: int, words: NumberWords) -> tuple[Decimal, int]:
    """What tenths and hundredths of a currency stand there (1角1分; 一块二 has two tenths)."""
    small = words.small.match(text, at)
    if small is not None and small.end() > at:
        said = (small[part] for part in ("tenths", "hundredths"))
        tenths, hundredths = ((part and _value_said(part, words)) or Decimal(0) for part in said)
        return tenths * _TENTH + hundredths * _HUNDREDTH, small.end()
    last = words.shapes["bare.last_digit"].match(text, at)
    value = _value_said(last[0], words) if last else None
    return (value * _TENTH, at + 1) if value else (Decimal(0), at)


def _two_numbers(
    text: str, match: re.Match[str], value: Decimal, tail: re.Match[str], words: NumberWords
) -> Quantity | None:
    """20–100个, 1万-5万元, 第十和第十五之间."""
    join = words.shapes["bare.join"].match(text, tail.end())
    second = words.tail.match(text, join.end()) if join else None
    last = _value_said(join["b"], words) if join else None
    if join is None or second is None or last is None:
        return None
    between = words.shapes["bare.between"].match(text, second.end())
    if join["between"] and between is None:
        return None
    factor = parse_multiplier(second["power"] or "")
    scale = Decimal(1) if tail["power"] or tail["unit"] else factor
    end = between.end() if between else second.end()
    unit = words.money.get(second["unit"] or "", second["unit"])
    low, high = as_float(value * scale), as_float(last * factor)
    if low is None or high is None or low > high:
        return None  # 1999-3 are two numbers
    span = text[match.start() : end]
    return Quantity(span, match.start(), end, match.start(), low, high, unit, "range")


def _bounded(text: str, number: Quantity, words: NumberWords) -> Quantity:
    """The number with the word that bounds it, before it (至少是3) or behind (3.04块以上)."""
    if number.comparator != "=":
        return number
    start, sign = _bound_before(text, number.start, words)
    after = _bound_after(text, number.end, words)
    if sign is None:
        start, sign = number.start, _FIRM.get(words.after.get(after, ""))
    if sign is None:
        return number
    end = number.end + len(after)
    low, high = (number.low, None) if sign[0] == ">" else (None, number.high)
    told = text[start:end]
    return dataclasses.replace(
        number, text=told, start=start, end=end, low=low, high=high, comparator=sign
    )


def _bound_before(text: str, at: int, words: NumberWords) -> tuple[int, Comparator | None]:
    """Where a bound in front begins, and its sign; a copula may stand in between."""
    copula = next((w for w in words.copula if text.endswith(w, 0, at)), "")
    for end in dict.fromkeys((at, at - len(copula))):
        for start in range(max(0, end - _LONGEST_BOUND), end):
            sign = _FIRM.get(words.bounds.get(text[start:end], ""))
            if sign is not None:
                return start, sign
    return at, None


def _bound_after(text: str, at: int, words: NumberWords) -> str:
    return max((w for w in words.after if text.startswith(w, at)), key=len, default="")


def _two_sided(first: Quantity, second: Quantity, text: str, words: NumberWords) -> Quantity | None:
    """大于20并小于30: two bounds of one number."""
    if text[first.end : second.start] not in words.glue or first.high is not None:
        return None
    if first.low is None or second.low is not None or second.high is None:
        return None
    if first.low > second.high:
        return None
    return dataclasses.replace(
        second,
        text=text[first.start : second.end],
        start=first.start,
        low=first.low,
        comparator="range",
    )
