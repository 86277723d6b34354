"""Readers of times that nothing need be owed by: lengths, bare days, decades, holidays."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from speechmine.extractors.time_calendar import Reading, deadline_of, with_tail
from speechmine.extractors.time_holidays import next_holiday
from speechmine.extractors.time_lengths import counted_length, length_of, moved
from speechmine.extractors.time_period import (
    Period,
    add_months,
    chinese_number,
    day_period,
    day_unit,
    months,
    years,
)
from speechmine.extractors.time_points import full_year

if TYPE_CHECKING:
    from speechmine.extractors.time_lexicon import TimeLexicon
    from speechmine.extractors.time_points import Anchor
    from speechmine.rules.matcher import Match

__all__ = ["PLAIN_READERS"]

_DECADE, _CENTURY = 10, 100


def _within(text: str, match: Match, period: Period | None, modifier: str | None = None) -> Reading:
    span = (match.start, match.end)
    return Reading(deadline_of("within", text, span, period, modifier=modifier))


def _length(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    duration = counted_length(match, lexicon)
    if duration is None:
        return Reading(None)
    for name in ("b", "c"):
        more = _more(match, name, lexicon)
        duration += more.removeprefix("P")
    bound = match.group("open")
    if bound is not None:
        least, _, most = duration.partition("/")
        duration = f"{least}/.." if bound.endswith("上") else f"../{most or least}"
    span = (match.start, match.end)
    return Reading(deadline_of("within", text, span, duration=duration))


def _more(match: Match, name: str, lexicon: TimeLexicon) -> str:
    """两年 + 三个月: the smaller units behind the first."""
    letter = lexicon.words["unit"].get(match.group(f"unit_{name}") or "")
    half = match.group(f"half_{name}") is not None
    return length_of(match.group(f"count_{name}"), letter, half=half) or ""


def _shift(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    """七年后, 两个月前: as exact as its unit."""
    sign = 1 if match.group("side") == "后" else -1
    duration = counted_length(match, lexicon)
    day = moved(anchor.date, duration, sign) if anchor.date is not None else None
    if day is None or duration is None:
        return _within(text, match, None)
    unit = day.isoformat()[: _shown_by(match)]
    reading = _within(text, match, Period(unit, unit))
    if match.group("open") and sign > 0 and reading.deadline is not None:  # 半年之后: from then on
        later = dataclasses.replace(reading.deadline, edtf=f"{unit}/..", latest=None)
        return dataclasses.replace(reading, deadline=later)
    return reading


def _shown_by(match: Match) -> int:
    """How many characters of a date are as exact as the length: a year, a month, a day."""
    unit = match.group("unit") or ""
    if unit == "年" and match.group("count") != "半":
        return len("2026")
    return len("2026-01" if unit in ("年", "月") else "2026-01-01")


def _window(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    """下三个月 are the three whole months to come; 后1年 is counted from the day."""
    count = chinese_number(match.group("count")) or 0
    letter = lexicon.words["unit"].get((match.group("unit") or "")[-1])
    duration = length_of(match.group("count"), letter)
    date, side = anchor.date, match.group("side")
    period = None
    if date is not None and side != "后" and letter in ("Y", "M") and count:
        first, last = sorted((1, count) if side == "下" else (-1, -count))
        period = _stretch_of(_units_on(date, letter, first), _units_on(date, letter, last))
    span = (match.start, match.end)
    return Reading(deadline_of("within", text, span, period, duration=duration))


def _units_on(date: dt.date, letter: str, step: int) -> Period | None:
    """The year or month that many on."""
    if letter == "Y":
        return years(date.year + step, date.year + step)
    year, month = add_months(date, step)
    return months(year, month, month)


def _stretch_of(first: Period | None, last: Period | None) -> Period | None:
    return Period(first.first, last.last) if first and last else None


def _month_day(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    month = chinese_number(match.group("month")) or 0
    whole = months(anchor.year, month, month) if anchor.year is not None else None
    return _day_of(text, match, whole.first if whole else None, lexicon)


def _bare_day(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    """29日: of the month of the speech."""
    month = anchor.date.isoformat()[:7] if anchor.date is not None else None
    return _day_of(text, match, month, lexicon)


def _day_of(text: str, match: Match, month: str | None, lexicon: TimeLexicon) -> Reading:
    day = day_unit(month, chinese_number(match.group("day")) or 0) if month else None
    period = day_period(day)
    return Reading(with_tail(text, (match.start, match.end), period, day=True, lexicon=lexicon))


def _compact(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    """20240307, 2013.03, 2008.03-2009."""
    year, span = match.group("year"), (match.start, match.end)
    if match.group("day"):
        day = day_unit(f"{year}-{match.group('month')}", int(match.group("day") or 0))
        return Reading(with_tail(text, span, day_period(day), day=True, lexicon=lexicon))
    first = _month_of(year, match.group("month_only") or match.group("month_alone"))
    last = _year_of(match.group("year2")) if match.group("year2") else first
    return _within(text, match, _stretch_of(first, last))


def _month_of(year: str | None, month: str | None) -> Period | None:
    return months(int(year or 0), int(month or 0), int(month or 0))


def _year_of(year: str | int | None) -> Period | None:
    return years(int(year or 0), int(year or 0))


def _years(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    first, last = (_year_of(match.group(name)) for name in ("year", "year2"))
    return _within(text, match, _stretch_of(first, last))


def _short_year(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    year = full_year(chinese_number(match.group("short")), anchor.this_year)
    return _within(text, match, _year_of(year))


def _decade(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    decade = chinese_number(match.group("decade")) or 0
    base = _century(match, anchor)
    if base is None and anchor.this_year is not None:
        latest = anchor.this_year - (anchor.this_year - decade) % _CENTURY
        base = latest - decade
    first = None if base is None else base + decade
    period = years(first, first + _DECADE - 1) if first is not None else None
    return _within(text, match, period, match.group("part"))


def _century(match: Match, anchor: Anchor) -> int | None:
    """First year of the hundred that the century is called after: 1900 for the twentieth."""
    named = chinese_number(match.group("century"))
    if named is not None:
        return (named - 1) * _CENTURY
    word = match.group("near_century")
    if word is None or anchor.this_year is None:
        return None
    here = anchor.this_year - anchor.this_year % _CENTURY
    return here if word == "本" else here - _CENTURY


def _holiday(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    """A holiday as such: a date in a year that is written, else the next one to sort by."""
    name = match.group("number") or match.group("holiday") or ""
    day = next_holiday(lexicon.words["holiday"][name], anchor.stated, anchor.date)
    shown = day.isoformat() if day is not None else None
    edtf = shown if anchor.stated is not None else None
    span = (match.start, match.end)
    return Reading(
        deadline_of("at", text, span, event=name, edtf=edtf, earliest=shown, latest=shown)
    )


def _so_far(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    day = anchor.date.isoformat() if anchor.date is not None else None
    return Reading(deadline_of("by", text, (match.start, match.end), day_period(day)))


Reader = Callable[["str", "Match", "Anchor", "TimeLexicon"], "Reading | None"]

#: Reader of a rule by its ``value``.
PLAIN_READERS: Mapping[str, Reader] = {
    "length": _length,
    "shift": _shift,
    "window": _window,
    "month_day": _month_day,
    "bare_day": _bare_day,
    "compact": _compact,
    "years": _years,
    "short_year": _short_year,
    "decade": _decade,
    "holiday_day": _holiday,
    "so_far": _so_far,
}
