"""Cycles and their rule (RFC 5545): 每月5日前 is ``FREQ=MONTHLY;BYMONTHDAY=5``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from speechmine.extractors.time_calendar import Reading, deadline_of
from speechmine.extractors.time_lengths import read_count
from speechmine.extractors.time_period import chinese_number

if TYPE_CHECKING:
    from speechmine.extractors.time_lexicon import TimeLexicon
    from speechmine.extractors.time_points import Anchor
    from speechmine.rules.matcher import Match

__all__ = ["CYCLE_READERS"]

_WEEKDAYS = dict(
    zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True)
)
_QUARTER_ENDS = "3,6,9,12"
_DECEMBER = 12
_MOST = 1000  # no cycle counts more of anything
_LAST = -1
_LONGEST_MONTH = 31

Rule = dict[str, object]


def _cycle(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    rule = _rule(match, lexicon) if _is_real(match) else {}
    shown = ";".join(f"{key}={value}" for key, value in rule.items()) or None
    span = (match.start, match.end)
    return Reading(deadline_of("recurring", text, span, recurrence=shown), opens=True)


def _plain_cycle(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    """逢五逢十: a cycle whose rule is left to its wording."""
    return Reading(deadline_of("recurring", text, (match.start, match.end)))


def _is_real(match: Match) -> bool:
    """每月40日前, 每年13月: there is no such day or month."""
    month = chinese_number(match.group("month"))
    days = [chinese_number(match.group(name)) or 0 for name in ("day", "day2") if match.group(name)]
    return month in (None, *range(1, _DECEMBER + 1)) and all(
        1 <= day <= _LONGEST_MONTH for day in days
    )


def _rule(match: Match, lexicon: TimeLexicon) -> Rule:
    """Frequency and interval from the unit, then the day that the cycle names."""
    base = lexicon.words["cycle"].get(_unit(match))
    if base is None:
        return {}
    parts = (part.partition("=") for part in f"FREQ={base}".split(";"))
    rule: Rule = {key: value for key, _, value in parts}
    every = _interval(match)
    if every is None:
        return {}
    if every > 1:
        rule["INTERVAL"] = every * int(str(rule.get("INTERVAL", 1)))
    return _quarter_day(match) or {**rule, **_day(match)}


def _unit(match: Match) -> str:
    half = "半" if match.group("count") == "半" else ""  # 每半年, 每半个月
    return half + (match.group("unit") or match.group("unit_of_count") or "")


def _interval(match: Match) -> int | None:
    """每两年 is every second one, so are 隔年 and 每隔一年; None where it is no whole number."""
    skips = "隔" in match.text
    if match.group("count") in (None, "半"):
        return 2 if skips else 1
    count = read_count(match.group("count"))
    if count is None or count[0] != count[1] or not 1 <= count[0] <= _MOST or count[0] % 1:
        return None
    every = int(count[0])
    return 2 if skips and every == 1 else every


def _quarter_day(match: Match) -> Rule | None:
    """每季度末: the last month of each quarter."""
    ends = match.group("end") in ("底", "末") or "末" in (match.group("edge") or "")
    if not _unit(match).startswith("季") or not ends:
        return None
    day = _days(match) or str(_LAST)
    return {"FREQ": "YEARLY", "BYMONTH": _QUARTER_ENDS, "BYMONTHDAY": day}


def _day(match: Match) -> Rule:
    """The month, day or weekday inside the cycle."""
    rule: Rule = {}
    edge = match.group("edge") or ""
    month = _DECEMBER if edge.startswith("年") else chinese_number(match.group("month"))
    if month is not None:
        rule["BYMONTH"] = month
    days = _days(match)
    if days is not None:
        rule["BYMONTHDAY"] = days
    elif match.group("end") in ("底", "末") or edge:
        rule["BYMONTHDAY"] = _LAST
    weekday = _WEEKDAYS.get(match.group("weekday") or "")
    return {**rule, "BYDAY": weekday} if weekday else rule


def _days(match: Match) -> str | None:
    days = [chinese_number(match.group(name)) for name in ("day", "day2") if match.group(name)]
    return ",".join(map(str, days)) if days else None


Reader = Callable[["str", "Match", "Anchor", "TimeLexicon"], "Reading | None"]

#: Reader of a rule by its ``value``.
CYCLE_READERS: Mapping[str, Reader] = {"cycle": _cycle, "cycle_plain": _plain_cycle}
