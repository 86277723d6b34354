"""What a phrase beside the calendar says: a production for each ``value`` of ``times``."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from speechmine.grammar.cycles import read_cycle
from speechmine.grammar.days import DAYS
from speechmine.grammar.events import EVENTS, condition_before, is_conditional
from speechmine.grammar.lengths import exact_years, length_of, moved
from speechmine.grammar.periods import (
    Period,
    add_months,
    days_after,
    joined_periods,
    last_day,
    months,
    plan_years,
    years,
)
from speechmine.grammar.points import full_year
from speechmine.grammar.ranges import TimeReading, read_calendar

if TYPE_CHECKING:
    import datetime as dt

    from speechmine.grammar.points import Anchor
    from speechmine.grammar.said import Said
    from speechmine.model import Deadline

__all__ = ["PRODUCTIONS"]

# A speech of the first three months counts the year it is given in as the first one ahead.
_EARLY = 3
_MASK = frozenset("X×*＊")
_DECADE, _CENTURY = 10, 100


def _none(said: Said) -> TimeReading:  # noqa: ARG001
    """A phrase that competes and is then dropped."""
    return TimeReading(None)


def _calendar(said: Said) -> TimeReading | None:
    return read_calendar(said.text, said.match.start, said.anchor, said.lexicon)


def _plain(said: Said) -> TimeReading:
    """本世纪中叶, 今冬前, 下午3点, 五年来, 与大桥同步通车: its kind, and no date."""
    return said.time(event=said["event"], duration=said.length)


def _plan_time(said: Said) -> TimeReading:
    period = plan_years(said.number("nth"))
    if said["end"]:
        end = Period(period.first, last_day(period.last)) if period else None
        return said.time(end, kind="by")
    known = said.deadline(period, modifier=said["vague"])
    if said["since"]:
        since = f"{period.first}/.." if period else None
        known = dataclasses.replace(known, edtf=since, latest=None)
    return TimeReading(known)


def _future(said: Said) -> TimeReading:
    """今后五年 said in January begins with this year; later on it is counted from the day."""
    length = said.length
    count, year = exact_years(length), _early_year(said.anchor)
    if year and count:
        return said.time(years(year, year + count - 1), duration=length)
    return TimeReading(_counted(said, length))


def _past(said: Said) -> TimeReading:
    """过去五年 said in January is the five years before; 近五年 may take in this one."""
    length = said.length
    count, year = exact_years(length), _early_year(said.anchor)
    if year and count and said["past"]:
        return said.time(years(year - count, year - 1), duration=length)
    return TimeReading(_counted(said, length, sign=-1))


def _early_year(anchor: Anchor) -> int | None:
    """The year of the speech where it is given before that year, or early in it."""
    date, year = anchor.date, anchor.this_year
    if year is None or date is None or date.year < year:
        return year
    return year if date.year == year and date.month <= _EARLY else None


def _counted(said: Said, length: str | None, *, sign: int = 1) -> Deadline:
    """A stretch from the day of the speech on, or back: bounds to sort by, and no date."""
    day = said.anchor.date
    other = moved(day, length, sign) if day is not None else None
    bare = said.deadline(duration=length)
    if day is None or other is None:
        return bare
    if sign > 0 and (length or "")[-1] in "YM":  # five years from 14 June end on 13 June
        other = days_after(other, -1) or other
    earliest, latest = sorted((day.isoformat(), other.isoformat()))
    return dataclasses.replace(bare, earliest=earliest, latest=latest)


def _within_span(said: Said) -> TimeReading:
    """7日内 said on 1 March runs to 8 March; 合同签订后10日内 has its event and no date."""
    if _MASK & set(said.match.text):
        return said.time(masked=True)
    text, start, length = said.text, said.match.start, said.length
    condition = condition_before(text, start, said.lexicon)
    if condition is not None:
        start = condition.start if condition.adjoins else start
        event = text[condition.start : condition.end]
        return said.time(kind="after_event", start=start, event=event, duration=length)
    found, date = _counted(said, length), said.anchor.date
    last = moved(date, length) if date is not None and _to_the_day(said, length) else None
    if last is None or is_conditional(text, start, said.lexicon):
        return TimeReading(found)
    until = last.isoformat()
    return TimeReading(dataclasses.replace(found, edtf=f"{found.earliest}/{until}", latest=until))


def _to_the_day(said: Said, length: str | None) -> bool:
    """7日内 ends on a day; 三年内 may count whole years, 三五天内 names no day."""
    exact = length is not None and "/" not in length and length[-1] != "Y"
    vague = said.lexicon.parts["span.vague"].search(said.match.text)
    return exact and not vague and said.match.rule.flag("to_the_day")


def _congress(said: Said) -> TimeReading:
    """党的二十大以来: since the day on which it opened."""
    name = said["congress"] or ""
    since = said.word("congress", name)
    return said.time(event=name, edtf=f"{since}/.." if since else None, earliest=since)


def _near_years(said: Said) -> TimeReading:
    """今明两年, 明后两年, 今明后三年, 今明两天: from the first one named to the last."""
    ahead = [n for word in said.match.text if (n := said.offset("day", word)) is not None]
    year, date = said.anchor.this_year, said.anchor.date
    if said["days"]:
        days = [days_after(date, n) for n in ahead] if date else []
        return said.time(Period(str(days[0]), str(days[-1])) if all(days) and days else None)
    return said.time(years(year + ahead[0], year + max(ahead)) if year is not None else None)


def _length(said: Said) -> TimeReading:
    duration = said.length
    if duration is None:
        return TimeReading(None)
    duration += "".join(_more(said, name).removeprefix("P") for name in ("b", "c"))
    least, _, most = duration.partition("/")
    if said["least"]:
        duration = f"{least}/.."
    elif said["most"]:
        duration = f"../{most or least}"
    return said.time(duration=duration)


def _more(said: Said, name: str) -> str:
    """两年 + 三个月: the smaller units behind the first."""
    letter, half = said.word("unit", said[f"unit_{name}"]), said[f"half_{name}"] is not None
    return length_of(said[f"count_{name}"], letter, half=half) or ""


def _shift(said: Said) -> TimeReading:
    """七年后, 两个月前: as exact as its unit."""
    sign, duration = said.offset("side", said["side"]) or 1, said.length
    day = moved(said.anchor.date, duration, sign) if said.anchor.date is not None else None
    if day is None or duration is None:
        return said.time()
    unit = day.isoformat()[: _shown_by(duration, said.word("unit", said["unit"]))]
    found = said.deadline(Period(unit, unit))
    if said["open"] and sign > 0:  # 半年之后: from then on
        found = dataclasses.replace(found, edtf=f"{unit}/..", latest=None)
    return TimeReading(found)


def _shown_by(duration: str, letter: str | None) -> int:
    """How many characters of a date are as exact as the length: a year, a month, a day."""
    if "Y" in duration:
        return len("2026")
    return len("2026-01" if letter in ("Y", "M") else "2026-01-01")


def _window(said: Said) -> TimeReading:
    """下三个月 are the three whole months to come; 后1年 is counted from the day."""
    count, date = said.number("count") or 0, said.anchor.date
    letter = said.word("unit", (said["unit"] or "")[-1])
    sign, period = said.offset("side", said["side"]), None
    if date is not None and sign and letter in ("Y", "M") and count:
        first, last = sorted((sign, sign * count))
        period = joined_periods(_units_on(date, letter, first), _units_on(date, letter, last))
    return said.time(period, duration=length_of(said["count"], letter))


def _units_on(date: dt.date, letter: str, step: int) -> Period | None:
    """The year or month that many on."""
    if letter == "Y":
        return years(date.year + step, date.year + step)
    year, month = add_months(date, step)
    return months(year, month, month)


def _years(said: Said) -> TimeReading:
    return said.time(
        joined_periods(*(years(year, year) for year in (said.number("year"), said.number("year2"))))
    )


def _short_year(said: Said) -> TimeReading:
    year = full_year(said.number("short"), said.anchor.this_year)
    return said.time(years(year, year))


def _decade(said: Said) -> TimeReading:
    decade, this_year = said.number("decade") or 0, said.anchor.this_year
    base = _century(said)
    if base is None and this_year is not None:
        base = this_year - (this_year - decade) % _CENTURY - decade
    first = None if base is None else base + decade
    period = years(first, first + _DECADE - 1) if first is not None else None
    return said.time(period, modifier=said["part"])


def _century(said: Said) -> int | None:
    """First year of the hundred that the century is called after: 1900 for the twentieth."""
    named, this_year = said.number("century"), said.anchor.this_year
    if named is not None:
        return (named - 1) * _CENTURY
    ahead = said.offset("month", said["near_century"])
    if ahead is None or this_year is None:
        return None
    return this_year - this_year % _CENTURY + ahead * _CENTURY


#: How a match is read, by the ``value`` of its entry in ``times`` and ``times_plain``.
PRODUCTIONS: Mapping[str, Callable[[Said], TimeReading | None]] = {
    "none": _none,
    "calendar": _calendar,
    "plain": _plain,
    "plan": _plan_time,
    "future": _future,
    "past": _past,
    "near_years": _near_years,
    "span": _within_span,
    "congress": _congress,
    "length": _length,
    "shift": _shift,
    "window": _window,
    "years": _years,
    "short_year": _short_year,
    "decade": _decade,
    "cycle": read_cycle,
    **DAYS,
    **EVENTS,
}
