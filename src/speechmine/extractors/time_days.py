"""Readers of single days: 2026-06-30, 6.30前, 15号前, 下周五, 周五前, 明早, 下午3点."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from speechmine.extractors.time_calendar import Reading, deadline_of, with_tail
from speechmine.extractors.time_period import (
    Period,
    chinese_number,
    day_period,
    day_unit,
    days_after,
)
from speechmine.patterns import compiled

if TYPE_CHECKING:
    from speechmine.extractors.time_lexicon import TimeLexicon
    from speechmine.extractors.time_points import Anchor
    from speechmine.model import Deadline
    from speechmine.rules.matcher import Match

__all__ = ["DAY_READERS"]

_WEEKDAYS = "一二三四五六日"
_SENTENCE_REACH = 60
_MONTH_SAID = compiled(r"(\d{1,2}|[一二三四五六七八九十]{1,2}|[上下次])个?月")


def _iso(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    first, last = _iso_day(match, ""), _iso_day(match, "2")
    span = (match.start, match.end)
    if match.group("year2"):
        period = Period(first, last) if first and last and first <= last else None
        return Reading(deadline_of("within", text, span, period))
    return Reading(with_tail(text, span, day_period(first), day=True, lexicon=lexicon))


def _iso_day(match: Match, which: str) -> str | None:
    year, month, day = (match.group(part + which) or "0" for part in ("year", "month", "day"))
    return day_unit(f"{year}-{int(month):02d}", int(day)) if int(month) else None


def _short(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    """6.30前."""
    month, day = int(match.group("month") or 0), int(match.group("day") or 0)
    unit = None if anchor.year is None else day_unit(f"{anchor.year}-{month:02d}", day)
    return Reading(deadline_of("by", text, (match.start, match.end), day_period(unit)))


def _day_only(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    """15号前: a day of this month that is still to come; no other month is guessed."""
    day = _day_to_come(text, match.start, match.group("day"), anchor)
    return Reading(deadline_of("by", text, (match.start, match.end), day_period(day)))


def _day_bare(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    """20日拨到村账 is on that day, 从15日起 from it on."""
    day = _day_to_come(text, match.start, match.group("day"), anchor)
    span = (match.start, match.end)
    if match.group("since"):
        edtf = f"{day}/.." if day else None
        return _opening(deadline_of("within", text, span, edtf=edtf, earliest=day))
    return Reading(deadline_of("at", text, span, day_period(day)))


def _day_pair(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    """17、18两天."""
    first, last = (
        _day_to_come(text, match.start, match.group(name), anchor) for name in ("day", "day2")
    )
    period = Period(first, last) if first and last and first < last else None
    return Reading(deadline_of("within", text, (match.start, match.end), period))


def _day_to_come(text: str, start: int, day: str | None, anchor: Anchor) -> str | None:
    """A bare day in the month of the speech, unless its sentence speaks of another month."""
    number, date = chinese_number(day), anchor.date
    if date is None or number is None or number < date.day:
        return None
    said = text[max(0, start - _SENTENCE_REACH) : start]
    heard = _MONTH_SAID.findall(said, max(said.rfind(mark) for mark in "。；\n") + 1)
    if any(chinese_number(month) != date.month for month in heard):
        return None
    return day_unit(date.isoformat()[:7], number)


def _week(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    weekday = (match.group("weekday") or "")[:1].replace("天", "日")
    week = match.group("week") or ""
    # 下下下周: one week on for each 下.
    offset = len(week) if week[:1] == "下" else lexicon.offset("month", week)
    period = None
    if anchor.date is not None and offset is not None:
        monday = 7 * offset - anchor.date.weekday()
        at = monday + max(_WEEKDAYS.find(weekday), 0) if weekday else monday
        first = days_after(anchor.date, at)
        last = days_after(anchor.date, at if weekday else monday + 6)
        period = Period(str(first), str(last)) if first and last else None
    span = (match.start, match.end)
    return _opening(with_tail(text, span, period, day=bool(weekday), lexicon=lexicon))


def _weekday(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    """周五前: the first such day from that of the speech on."""
    wanted = _WEEKDAYS.find((match.group("weekday") or "").replace("天", "日").replace("末", "日"))
    period = None
    if anchor.date is not None:
        ahead = (wanted - anchor.date.weekday()) % len(_WEEKDAYS)
        period = day_period(days_after(anchor.date, ahead))
    return _opening(with_tail(text, (match.start, match.end), period, day=True, lexicon=lexicon))


def _near_day(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    forms = ("near", "near_part", "near_coming", "near_same")
    near = next((match.group(form) for form in forms if match.group(form)), None)
    # 现在起 has none: it is this very day
    offset = lexicon.offset("day", near) if near else 0
    period = None
    if anchor.date is not None and offset is not None:
        period = day_period(days_after(anchor.date, offset))
    return _opening(with_tail(text, (match.start, match.end), period, day=True, lexicon=lexicon))


def _opening(time: Deadline) -> Reading:
    """下周起 + 每周: a beginning may belong to the cycle right behind it."""
    return Reading(time, opens=(time.text or "").endswith(("起", "开始")))


def _hour(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    """下午3点: at which hour, and of no day that the text names."""
    kind = "by" if match.text.endswith("前") else "at"
    return Reading(deadline_of(kind, text, (match.start, match.end)))  # type: ignore[arg-type]


Reader = Callable[["str", "Match", "Anchor", "TimeLexicon"], "Reading | None"]

#: Reader of a rule by its ``value``.
DAY_READERS: Mapping[str, Reader] = {
    "iso": _iso,
    "short": _short,
    "day_only": _day_only,
    "day_bare": _day_bare,
    "day_pair": _day_pair,
    "week": _week,
    "weekday": _weekday,
    "near_day": _near_day,
    "hour": _hour,
}
