"""Single days: 2026-06-30, 6.30前, 15号前, 下周五, 周五前, 明早, 20240307."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from speechmine.borders import SENTENCE, start_before
from speechmine.grammar.periods import (
    Period,
    chinese_number,
    day_period,
    day_unit,
    days_after,
    joined_periods,
    months,
    years,
)
from speechmine.grammar.ranges import TimeReading

if TYPE_CHECKING:
    from speechmine.grammar.said import Said
    from speechmine.model import Deadline

__all__ = ["DAYS", "WEEKDAYS"]

#: As RFC 5545 writes them, in the order of the week.
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SENTENCE_REACH = 60


def _iso(said: Said) -> TimeReading:
    first, last = (_written_day(said, which) for which in ("", "2"))
    if said["year2"]:
        known = first and last and first <= last
        return said.time(Period(first, last) if first and last and known else None)
    return TimeReading(said.tailed(day_period(first)))


def _written_day(said: Said, which: str) -> str | None:
    year, month, day = (said[part + which] or "0" for part in ("year", "month", "day"))
    return day_unit(f"{year}-{int(month):02d}", int(day)) if int(month) else None


def _short(said: Said) -> TimeReading:
    """6.30前."""
    return said.time(day_period(_day_of_month(said)))


def _month_day(said: Said) -> TimeReading:
    return TimeReading(said.tailed(day_period(_day_of_month(said))))


def _day_of_month(said: Said) -> str | None:
    month, day = said.number("month") or 0, said.number("day") or 0
    whole = months(said.anchor.year, month, month) if said.anchor.year is not None else None
    return day_unit(whole.first, day) if whole else None


def _bare_day(said: Said) -> TimeReading:
    """29日: of the month of the speech."""
    month = said.anchor.date.isoformat()[:7] if said.anchor.date is not None else None
    day = day_unit(month, said.number("day") or 0) if month else None
    return TimeReading(said.tailed(day_period(day)))


def _day_to_come(said: Said) -> TimeReading:
    """15号前, 20日拨到村账, 从15日起: a day of this month; no other month is guessed."""
    day = _still_to_come(said, "day")
    if said["since"]:
        edtf = f"{day}/.." if day else None
        return _opening(said, said.deadline(kind="within", edtf=edtf, earliest=day))
    return said.time(day_period(day))


def _day_pair(said: Said) -> TimeReading:
    """17、18两天."""
    first, last = (_still_to_come(said, name) for name in ("day", "day2"))
    return said.time(Period(first, last) if first and last and first < last else None)


def _still_to_come(said: Said, name: str) -> str | None:
    """A bare day in the month of the speech, unless its sentence speaks of another month."""
    number, date, start = said.number(name), said.anchor.date, said.match.start
    if date is None or number is None or number < date.day:
        return None
    floor = start_before(SENTENCE, said.text, start, max(0, start - _SENTENCE_REACH))
    heard = said.lexicon.parts["month.said"].findall(said.text, floor, start)
    if any(chinese_number(month) != date.month for month in heard):
        return None
    return day_unit(date.isoformat()[:7], number)


def _week(said: Said) -> TimeReading:
    """下周五, 本周, 下下下周: one week on for each 下."""
    weekday, week = said["weekday"], said["week"] or ""
    offset, date = said.offset("month", week[:1]), said.anchor.date
    period = None
    if date is not None and offset is not None:
        monday = 7 * offset * len(week) - date.weekday()
        first, last = (monday, monday + 6) if not weekday else (monday + _place(said, weekday),) * 2
        days = days_after(date, first), days_after(date, last)
        period = Period(str(days[0]), str(days[1])) if all(days) else None
    return _opening(said, said.tailed(period, day=bool(weekday)))


def _place(said: Said, weekday: str) -> int:
    """The day's place in the week; Monday is 0."""
    return WEEKDAYS.index(said.word("weekday", weekday[:1]) or "MO")


def _weekday(said: Said) -> TimeReading:
    """周五前: the first such day from that of the speech on."""
    date, wanted = said.anchor.date, _place(said, said["weekday"] or "")
    ahead = (wanted - date.weekday()) % len(WEEKDAYS) if date is not None else 0
    period = day_period(days_after(date, ahead)) if date is not None else None
    return _opening(said, said.tailed(period))


def _near_day(said: Said) -> TimeReading:
    forms = ("near", "near_part", "near_coming", "near_same")
    near = next((said[form] for form in forms if said[form]), None)
    # 现在起 has none: it is this very day
    offset, date = said.offset("day", near) if near else 0, said.anchor.date
    known = date is not None and offset is not None
    period = day_period(days_after(date, offset)) if known else None  # type: ignore[arg-type]
    return _opening(said, said.tailed(period))


def _opening(said: Said, time: Deadline) -> TimeReading:
    return TimeReading(
        time, opens=bool(said.lexicon.parts["opening.since"].search(time.text or ""))
    )


def _compact(said: Said) -> TimeReading:
    """20240307, 2013.03, 2008.03-2009."""
    if said["day"]:
        day = day_unit(f"{said['year']}-{said['month']}", said.number("day") or 0)
        return TimeReading(said.tailed(day_period(day)))
    month = said.number("month_only") or said.number("month_alone") or 0
    first = months(said.number("year") or 0, month, month)
    last = years(said.number("year2"), said.number("year2")) if said["year2"] else first
    return said.time(joined_periods(first, last))


def _so_far(said: Said) -> TimeReading:
    date = said.anchor.date
    return said.time(day_period(date.isoformat() if date is not None else None))


#: How a day is read, by the ``value`` of its entry in ``times``.
DAYS: Mapping[str, Callable[[Said], TimeReading]] = {
    "iso": _iso,
    "short": _short,
    "month_day": _month_day,
    "bare_day": _bare_day,
    "day_to_come": _day_to_come,
    "day_pair": _day_pair,
    "week": _week,
    "weekday": _weekday,
    "near_day": _near_day,
    "compact": _compact,
    "so_far": _so_far,
}
