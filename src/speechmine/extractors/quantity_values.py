"""The value of a matched number: 4万一千, 七八十, 2元8角5分, 20±2, 过半."""

from __future__ import annotations

import math
import re
from decimal import Context, Decimal

from speechmine.numerals import (
    HALF_SIGN,
    HUNDRED,
    HUNDRED_MILLION,
    TEN_THOUSAND,
    approximate,
    parse_multiplier,
    parse_number,
)

__all__ = ["as_float", "ends_of"]

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
