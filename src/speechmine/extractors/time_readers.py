"""Readers of the families beside the calendar: each turns one match into one reading."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from speechmine.extractors.time_calendar import Reading, deadline_of, read_calendar
from speechmine.extractors.time_conditions import condition_before, is_conditional
from speechmine.extractors.time_lengths import counted_length, exact_years, moved
from speechmine.extractors.time_period import Period, chinese_number, days_after, last_day, years
from speechmine.model import Deadline

if TYPE_CHECKING:
    from speechmine.extractors.time_lexicon import TimeLexicon
    from speechmine.extractors.time_points import Anchor
    from speechmine.rules.matcher import Match

__all__ = ["READERS"]

# 五年计划: the first year of the n-th since the third; the first two ran 1953-57 and 1958-62.
_PLAN_BASE, _REGULAR_SINCE, _FIRST, _LENGTH = 1951, 3, 1953, 5
# A speech of the first three months counts the year it is given in as the first one ahead.
_EARLY = 3
_MASK = frozenset("X×*＊")


def _none(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    return Reading(None)


def _calendar(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading | None:
    return read_calendar(text, match.start, anchor, lexicon)


def _century(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    kind = "by" if match.text[0] == "到" or match.text[-1] == "前" else "within"
    return Reading(deadline_of(kind, text, (match.start, match.end)))  # type: ignore[arg-type]


def _season(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    kind = "by" if match.text.endswith("前") else "within"
    return Reading(deadline_of(kind, text, (match.start, match.end)))  # type: ignore[arg-type]


def _plan(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    name = match.group("nth") or (match.group("plan") or "")[:-1]
    nth = chinese_number(name) or 0
    regular = nth >= _REGULAR_SINCE
    first = _PLAN_BASE + _LENGTH * nth if regular else _FIRST + _LENGTH * (nth - 1)
    period = years(first, first + _LENGTH - 1)
    span, part = (match.start, match.end), match.group("part") or ""
    if part.endswith("末"):
        end = Period(period.first, last_day(period.last)) if period else None
        return Reading(deadline_of("by", text, span, end))
    if part == "以来":
        known = deadline_of("within", text, span, period)
        since = f"{first}/.." if period else None
        return Reading(dataclasses.replace(known, edtf=since, latest=None))
    vague = part if part.endswith("期") and part != "时期" else None
    return Reading(deadline_of("within", text, span, period, modifier=vague))


def _future(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    """今后五年 said in January begins with this year; later on it is counted from the day."""
    length = counted_length(match, lexicon)
    count, year = exact_years(length), _early_year(anchor)
    if year and count:
        period = years(year, year + count - 1)
        return Reading(
            deadline_of("within", text, (match.start, match.end), period, duration=length)
        )
    return Reading(_counted(text, match, anchor, length))


def _past(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    """过去五年 said in January is the five years before; 近五年 may take in this one."""
    length = counted_length(match, lexicon)
    count, year = exact_years(length), _early_year(anchor)
    if year and count and match.group("past") == "过去":
        period = years(year - count, year - 1)
        return Reading(
            deadline_of("within", text, (match.start, match.end), period, duration=length)
        )
    return Reading(_counted(text, match, anchor, length, sign=-1))


def _span(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    if _MASK & set(match.text):
        span = (match.start, match.end)
        return Reading(deadline_of("within", text, span, masked=True))
    length = counted_length(match, lexicon)
    condition = condition_before(text, match.start, lexicon)
    if condition is not None:
        start = condition.start if condition.adjoins else match.start
        event = text[condition.start : condition.end]
        return Reading(
            deadline_of("after_event", text, (start, match.end), event=event, duration=length)
        )
    found = _counted(text, match, anchor, length)
    exact = _exact(length) and _ends_on_a_day(match)
    last = moved(anchor.date, length) if anchor.date is not None and exact else None
    if last is None or is_conditional(text, match.start, lexicon):
        return Reading(found)
    return Reading(_until(found, last.isoformat()))


def _exact(length: str | None) -> bool:
    """7日内 ends on a day; 三年内 may count whole years, 三五天内 names no day."""
    return length is not None and "/" not in length and length[-1] != "Y"


def _ends_on_a_day(match: Match) -> bool:
    """用半年多时间, 两个月左右 say how long and not until when."""
    if any(word in match.text for word in ("多", "左右", "时间")):
        return False
    return match.text.endswith("内") or match.rule.id == "span.done"


def _until(found: Deadline, last: str) -> Deadline:
    """7日内 said on 1 March runs to 8 March, and 一个月内 to 1 April."""
    return dataclasses.replace(found, edtf=f"{found.earliest}/{last}", latest=last)


def _undated(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    return Reading(deadline_of("within", text, (match.start, match.end)))


def _elapsed(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    """五年来: how long, and no day, because it may count whole years."""
    length = counted_length(match, lexicon)
    return Reading(deadline_of("within", text, (match.start, match.end), duration=length))


def _counted(
    text: str, match: Match, anchor: Anchor, length: str | None, *, sign: int = 1
) -> Deadline:
    """A stretch from the day of the speech on, or back: bounds to sort by, and no date."""
    day = anchor.date
    other = moved(day, length, sign) if day is not None else None
    span = (match.start, match.end)
    bare = deadline_of("within", text, span, duration=length)
    if day is None or other is None:
        return bare
    if sign > 0 and (length or "")[-1] in "YM":  # five years from 14 June end on 13 June
        other = days_after(other, -1) or other
    earliest, latest = sorted((day.isoformat(), other.isoformat()))
    return dataclasses.replace(bare, earliest=earliest, latest=latest)


def _early_year(anchor: Anchor) -> int | None:
    """The year of the speech where it is given before that year, or early in it."""
    date, year = anchor.date, anchor.this_year
    if year is None or date is None or date.year < year:
        return year
    return year if date.year == year and date.month <= _EARLY else None


def _congress(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    """党的二十大以来: since the day on which it opened."""
    name = match.group("congress") or ""
    since = lexicon.words["congress"].get(name)
    edtf = f"{since}/.." if since else None
    span = (match.start, match.end)
    return Reading(deadline_of("within", text, span, event=name, edtf=edtf, earliest=since))


def _near_years(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    """今明两年, 明后两年, 今明后三年."""
    year, period = anchor.this_year, None
    if match.group("days"):
        period = _two_days(match, anchor)
    elif year is not None:
        first = year if match.text.startswith("今") else year + 1
        last = year + 2 if "后" in match.text else year + 1
        period = years(first, last)
    return Reading(deadline_of("within", text, (match.start, match.end), period))


def _two_days(match: Match, anchor: Anchor) -> Period | None:
    """今明两天: the day of the speech and the one after it."""
    if anchor.date is None:
        return None
    ahead = 0 if match.text.startswith("今") else 1
    first, last = (days_after(anchor.date, ahead + day) for day in (0, 1))
    return Period(str(first), str(last)) if first and last else None


Reader = Callable[["str", "Match", "Anchor", "TimeLexicon"], "Reading | None"]

#: Reader of a rule by its ``value``; those of events stand in :mod:`time_events`.
READERS: Mapping[str, Reader] = {
    "none": _none,
    "calendar": _calendar,
    "century": _century,
    "season": _season,
    "plan": _plan,
    "future": _future,
    "past": _past,
    "near_years": _near_years,
    "span": _span,
    "undated": _undated,
    "elapsed": _elapsed,
    "congress": _congress,
}
