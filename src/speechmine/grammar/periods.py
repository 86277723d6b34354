"""Calendar arithmetic on EDTF units: ``2026``, ``2026-06`` and ``2026-06-30`` as plain strings.

A unit keeps the precision of the text, so that 到2030年 stays a year and 6月底 becomes a day. Units
of the years 1000 to 9998 are known, no others: they have four digits, as has the day after each.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from speechmine.model import TimeFrame
from speechmine.numerals import DIGITS, parse_number
from speechmine.patterns import compiled

__all__ = [
    "PLAN_LENGTH",
    "Period",
    "add_months",
    "chinese_number",
    "day_period",
    "day_unit",
    "days_after",
    "ends_plan",
    "first_day",
    "joined_periods",
    "known_frame",
    "last_day",
    "months",
    "plan_years",
    "years",
]

_FIRST_MONTH = 1  # 元月
_LONGEST_MONTH = 31
_EARLIEST, _LATEST = 1000, 9998
# 五年计划: the first year of the n-th since the third; the first two ran 1953-57 and 1958-62.
_PLAN_BASE, _REGULAR_SINCE, _FIRST, PLAN_LENGTH = 1951, 3, 1953, 5
# 二○二六, 二O二六, 二0二六: what stands for the zero between Chinese digits.
_ZEROS = compiled("[○0OＯ]")
# 元 of 元月 is the first digit of a calendar, and of nothing else.
_FIRST_DIGIT = "元"
_CHINESE_DIGIT = compiled(f"[{DIGITS}]")


@dataclass(frozen=True, slots=True)
class Period:
    """From the beginning of one unit to the end of another (both inclusive)."""

    first: str
    last: str

    @property
    def edtf(self) -> str:
        """The period as EDTF.

        Example:
            >>> Period("2026-04", "2026-06").edtf
            '2026-04/2026-06'
        """
        return self.first if self.first == self.last else f"{self.first}/{self.last}"


def chinese_number(text: str | None) -> int | None:
    """A number of a date: ``12``, 十二, 二〇二六; None where it is none.

    Example:
        >>> chinese_number("二十一"), chinese_number("二〇二六"), chinese_number("X")
        (21, 2026, None)
    """
    value = _FIRST_MONTH if text == _FIRST_DIGIT else parse_number(_with_zeros(text or ""))
    return int(value) if value is not None and value == int(value) else None


def _with_zeros(text: str) -> str:
    return _ZEROS.sub("〇", text) if _CHINESE_DIGIT.search(text) else text


def known_frame(frame: TimeFrame) -> TimeFrame:
    """The frame without a day or year that no calendar of ours reaches.

    Example:
        >>> known_frame(TimeFrame(dt.date(1, 1, 1), 2026))
        TimeFrame(date=None, year=2026)
    """
    date, year = frame.date, frame.year
    return TimeFrame(
        date if date is not None and _is_known(date.year) else None,
        year if year is not None and _is_known(year) else None,
    )


def _is_known(year: int) -> bool:
    return _EARLIEST <= year <= _LATEST


def years(first: int | None, last: int | None) -> Period | None:
    """A run of years; None where one is unknown, or they run backwards.

    Example:
        >>> years(2026, 2030), years(999, 999)
        (Period(first='2026', last='2030'), None)
    """
    if first is None or last is None or first > last or not (_is_known(first) and _is_known(last)):
        return None
    return Period(str(first), str(last))


def joined_periods(first: Period | None, last: Period | None) -> Period | None:
    """From the beginning of one period to the end of another; None where one is unknown.

    Example:
        >>> joined_periods(months(2013, 3, 3), years(2015, 2015))
        Period(first='2013-03', last='2015')
    """
    return Period(first.first, last.last) if first and last else None


def plan_years(number: int | None) -> Period | None:
    """The years of a five-year plan (十五五); None where there is no such plan.

    Args:
        number: of the plan; 15 for 十五五.

    Example:
        >>> plan_years(15), plan_years(1), plan_years(None)
        (Period(first='2026', last='2030'), Period(first='1953', last='1957'), None)
    """
    if not number:
        return None
    regular = number >= _REGULAR_SINCE
    base = _PLAN_BASE + PLAN_LENGTH * number if regular else _FIRST + PLAN_LENGTH * (number - 1)
    return years(base, base + PLAN_LENGTH - 1)


def ends_plan(year: int) -> bool:
    """Whether a five-year plan ends with a year.

    Example:
        >>> ends_plan(2030), ends_plan(2026)
        (True, False)
    """
    return (year - _PLAN_BASE + 1) % PLAN_LENGTH == 0


def months(year: int, first: int, last: int) -> Period | None:
    """A run of months of one year; None where there is no such month."""
    if not (_is_known(year) and 1 <= first <= 12 and 1 <= last <= 12):
        return None
    return Period(f"{year}-{first:02d}", f"{year}-{last:02d}")


def day_period(day: dt.date | str | None) -> Period | None:
    """One day as a period."""
    return None if day is None else Period(str(day), str(day))


def days_after(day: dt.date, count: int) -> dt.date | None:
    """The day so many days on, or back; None where the calendar does not reach it.

    Example:
        >>> days_after(dt.date(2026, 12, 31), 1), days_after(dt.date(9998, 12, 31), 1)
        (datetime.date(2027, 1, 1), None)
    """
    try:
        found = day + dt.timedelta(days=count)
    except OverflowError:
        return None
    return found if _is_known(found.year) else None


def day_unit(month: str, day: int) -> str | None:
    """A day of a month unit; None where the month has no such day.

    Example:
        >>> day_unit("2026-02", 28), day_unit("2026-02", 30)
        ('2026-02-28', None)
    """
    if not (1 <= day <= _LONGEST_MONTH and _is_known(int(month[:4]))):
        return None
    unit = f"{month}-{day:02d}"
    return unit if unit <= last_day(month) else None


def first_day(unit: str) -> str:
    """The first day of a unit.

    Example:
        >>> first_day("2026"), first_day("2026-06")
        ('2026-01-01', '2026-06-01')
    """
    return unit + "-01-01"[len(unit) - 4 :]


def last_day(unit: str) -> str:
    """The last day of a unit.

    Example:
        >>> last_day("2026"), last_day("2028-02")
        ('2026-12-31', '2028-02-29')
    """
    if re.fullmatch(r"\d{4}", unit):
        return f"{unit}-12-31"
    if re.fullmatch(r"\d{4}-\d\d", unit):
        year, month = int(unit[:4]), int(unit[5:])
        return f"{unit}-{calendar.monthrange(year, month)[1]}"
    return unit


def add_months(date: dt.date, count: int) -> tuple[int, int]:
    """Year and month that many months on.

    Example:
        >>> add_months(dt.date(2026, 12, 8), 1)
        (2027, 1)
    """
    total = date.year * 12 + date.month - 1 + count
    return total // 12, total % 12 + 1
