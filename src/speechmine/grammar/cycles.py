"""Cycles and their rule (RFC 5545): 每月5日前 is ``FREQ=MONTHLY;BYMONTHDAY=5``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.grammar.lengths import HALF, read_count
from speechmine.grammar.ranges import TimeReading

if TYPE_CHECKING:
    from speechmine.grammar.said import Said

__all__ = ["read_cycle"]

_QUARTERLY = "MONTHLY;INTERVAL=3"
_QUARTER_ENDS = "3,6,9,12"
_DECEMBER = 12
_MOST = 1000  # no cycle counts more of anything
_LAST = -1
_LONGEST_MONTH = 31

Recurrence = dict[str, object]


def read_cycle(said: Said) -> TimeReading:
    """The rule of a cycle; an event behind it may be its own (每年 + 春节前)."""
    rule = _rule(said) if _is_real(said) else {}
    shown = ";".join(f"{key}={value}" for key, value in rule.items()) or None
    return TimeReading(said.deadline(kind="recurring", recurrence=shown), opens=True)


def _is_real(said: Said) -> bool:
    """每月40日前, 每年13月: there is no such day or month."""
    days = [said.number(name) or 0 for name in ("day", "day2") if said[name]]
    return said.number("month") in (None, *range(1, _DECEMBER + 1)) and all(
        1 <= day <= _LONGEST_MONTH for day in days
    )


def _rule(said: Said) -> Recurrence:
    """Frequency and interval from the unit, then the day that the cycle names."""
    base, every = _base(said), _interval(said)
    if base is None or every is None:
        return {}
    parts = (part.partition("=") for part in f"FREQ={base}".split(";"))
    rule: Recurrence = {key: value for key, _, value in parts}
    if every > 1:
        rule["INTERVAL"] = every * int(str(rule.get("INTERVAL", 1)))
    quarter = _quarter_day(said) if base == _QUARTERLY else None
    return quarter or {**rule, **_day(said)}


def _base(said: Said) -> str | None:
    """How often the unit comes round; 每半年 and 每半个月 are units of their own."""
    half = (said["count"] or "") if _is_half(said) else ""
    return said.word("cycle", half + (said["unit"] or said["unit_of_count"] or ""))


def _is_half(said: Said) -> bool:
    return read_count(said["count"]) == (HALF, HALF)


def _interval(said: Said) -> int | None:
    """每两年 is every second one, so are 隔年 and 每隔一年; None where it is no whole number."""
    if said["count"] is None or _is_half(said):
        return 2 if said["skips"] else 1
    count = read_count(said["count"])
    if count is None or count[0] != count[1] or not 1 <= count[0] <= _MOST or count[0] % 1:
        return None
    every = int(count[0])
    return 2 if said["skips"] and every == 1 else every


def _quarter_day(said: Said) -> Recurrence | None:
    """每季度末: the last month of each quarter."""
    if not _closes(said) and not said.lexicon.parts["cycle.quarter_end"].search(said["edge"] or ""):
        return None
    return {"FREQ": "YEARLY", "BYMONTH": _QUARTER_ENDS, "BYMONTHDAY": _days(said) or str(_LAST)}


def _day(said: Said) -> Recurrence:
    """The month, day or weekday inside the cycle."""
    rule: Recurrence = {}
    edge, days = said["edge"] or "", _days(said)
    of_year = said.word("edge_of", edge[:1]) == "year"
    month = _DECEMBER if of_year else said.number("month")
    if month is not None:
        rule["BYMONTH"] = month
    if days is not None:
        rule["BYMONTHDAY"] = days
    elif _closes(said) or edge:
        rule["BYMONTHDAY"] = _LAST
    weekday = said.word("weekday", said["weekday"])
    return {**rule, "BYDAY": weekday} if weekday else rule


def _closes(said: Said) -> bool:
    return said.word("edge", said["end"]) == "closing"


def _days(said: Said) -> str | None:
    days = [said.number(name) for name in ("day", "day2") if said[name]]
    return ",".join(map(str, days)) if days else None
