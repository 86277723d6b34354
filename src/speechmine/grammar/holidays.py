"""The day of a holiday in a year; the lunar ones need the optional library ``borax``."""

from __future__ import annotations

import datetime as dt

from speechmine.grammar.periods import years

__all__ = ["holiday_date", "next_holiday"]


def holiday_date(value: str, year: int) -> dt.date | None:
    """The Gregorian day of a holiday.

    Args:
        value: ``10-1`` (month and day), ``lunar 1-1`` (of the lunar year) or ``term 清明``.
        year: the year; the lunar year that begins in it.

    Returns:
        The day, or None where the calendar (library) is missing or does not reach that year.

    Example:
        >>> holiday_date("10-1", 2026)
        datetime.date(2026, 10, 1)
    """
    if years(year, year) is None:
        return None
    system, _, rest = value.rpartition(" ")
    if system == "term":
        return _term(rest, year)
    month, day = (int(part) for part in rest.split("-"))
    return _lunar(year, month, day) if system == "lunar" else dt.date(year, month, day)


def next_holiday(value: str, year: int | None, date: dt.date | None) -> dt.date | None:
    """The holiday of a named year, else the next one after the speech.

    Example:
        >>> next_holiday("10-1", None, dt.date(2026, 11, 3))
        datetime.date(2027, 10, 1)
    """
    if year is not None:
        return holiday_date(value, year)
    if date is None:
        return None
    this = holiday_date(value, date.year)
    return this if this is not None and this >= date else holiday_date(value, date.year + 1)


def _lunar(year: int, month: int, day: int) -> dt.date | None:
    try:
        from borax.calendars.lunardate import LunarDate
    except ImportError:
        return None
    try:
        if (month, day) == (12, 30):  # 除夕 is the eve of the next lunar year
            eve: dt.date = LunarDate(year, 1, 1).to_solar_date()
            return eve - dt.timedelta(days=1)
        found: dt.date = LunarDate(year, month, day).to_solar_date()
    except ValueError:
        return None
    return found


def _term(name: str, year: int) -> dt.date | None:
    try:
        from borax.calendars.lunardate import TERMS_CN, TermUtils
    except ImportError:
        return None
    try:
        found: dt.date = TermUtils.nth_term_day(year, TERMS_CN.index(name))
    except (ValueError, IndexError, KeyError):
        return None
    return found
