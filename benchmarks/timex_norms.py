"""Our records in the comparable form of the third-party cases."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from speechmine.grammar.periods import last_day
from speechmine.model import Deadline, Quantity
from speechmine.numerals import parse_multiplier

__all__ = ["quantity_norm", "time_norm"]

Norm = dict[str, Any]

_CURRENCIES = {
    "元": "CNY",
    "块": "CNY",
    "人民币": "CNY",
    "美元": "USD",
    "欧元": "EUR",
    "日元": "JPY",
    "英镑": "GBP",
    "港元": "HKD",
    "港币": "HKD",
    "澳元": "AUD",
    "卢布": "RUB",
}
_UNIT = re.compile(r"(?P<mult>[十百千万亿]*)(?P<unit>.*)$")
_TENTH = 10  # per cent
#: Words that count things and measure none.
_COUNTERS = frozenset(("个", "台", "双", "次", "块"))
_EVERY = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M", "YEARLY": "Y"}


def time_norm(time: Deadline) -> Norm | None:
    """A time: a cycle, a bound, a period or a length."""
    if time.recurrence is not None:
        return _cycle(time.recurrence)
    if time.kind == "by" and time.edtf is not None:
        return _end(time, last_day(time.edtf.removeprefix("../")))
    if time.edtf is not None and time.edtf.endswith("/..") and time.earliest is not None:
        return {"kind": "bound", "side": "start", "date": time.earliest}
    if time.earliest is not None and time.latest is not None:
        return {"kind": "interval", "start": time.earliest, "end": time.latest}
    return _length(time.duration) if time.duration is not None else None


def _end(time: Deadline, day: str) -> Norm:
    """A bound; whether its unit still counts is not said. 月底 by itself is the day it names."""
    if (time.text or "")[-1:] in ("底", "末") and (time.text or "")[:1] not in ("到", "截", "至"):
        return {"kind": "interval", "start": day, "end": day}
    return {"kind": "bound", "side": "end", "date": day, "inclusive": None}


def _cycle(rule: str) -> Norm:
    parts = dict(part.split("=") for part in rule.split(";"))
    every = f"P{parts.get('INTERVAL', '1')}{_EVERY[parts['FREQ']]}"
    return {"kind": "set", "iso": every, "timex": every}


def _length(duration: str) -> Norm:
    first, _, last = duration.partition("/")
    if not last:
        return {"kind": "duration", "iso": first}
    return {"kind": "duration_range", "lo": first, "hi": "inf" if last == ".." else last}


def quantity_norm(quantity: Quantity) -> Norm | None:
    """A number: its kind is that of its unit."""
    match = _UNIT.match(quantity.unit or "")
    multiplier, unit = (match["mult"], match["unit"]) if match else ("", "")
    low, high = (_times(value, multiplier) for value in (quantity.low, quantity.high))
    if low is None and high is None:
        return None
    kind, more = _kind(unit)
    if unit == "成":  # tenths
        low, high = (None if v is None else v * _TENTH for v in (low, high))
    return {**_value(quantity, kind, low, high), **more}


def _times(value: float | None, multiplier: str) -> Decimal | None:
    return None if value is None else Decimal(str(value)) * parse_multiplier(multiplier)


def _kind(unit: str) -> tuple[str, Norm]:
    if unit in ("%", "成"):
        return "percent", {}
    if unit == "个百分点":
        return "percentage_point", {}
    if unit == "倍":
        return "multiple", {}
    currency = next((code for name, code in _CURRENCIES.items() if unit.endswith(name)), None)
    currency = "USD" if "美元" in unit else currency
    if currency is not None:
        return "money", {"currency": currency}
    return ("quantity", {"unit": unit}) if unit and unit not in _COUNTERS else ("number", {})


def _value(quantity: Quantity, kind: str, low: Decimal | None, high: Decimal | None) -> Norm:
    if low is not None and low == high:
        return {"kind": kind, "value": str(low)}
    if kind == "number":
        opening = "(" if quantity.comparator == ">" or low is None else "["
        closing = ")" if quantity.comparator == "<" or high is None else "]"
        interval = f"{opening}{_shown(low)},{_shown(high)}{closing}"
        return {"kind": "number_range", "interval": interval}
    if low is not None and high is not None:
        return {"kind": f"{kind}_range", "lo": str(low), "hi": str(high)}
    side, value = ("min", low) if low is not None else ("max", high)
    return {"kind": f"{kind}_bound", "side": side, "value": str(value)}


def _shown(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
