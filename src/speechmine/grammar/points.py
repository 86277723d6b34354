"""One point or stretch of the calendar: 2026年6月底, 前三季度, 本月20日, X月上旬."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.grammar.periods import (
    Period,
    add_months,
    chinese_number,
    day_unit,
    joined_periods,
    last_day,
    months,
    years,
)

if TYPE_CHECKING:
    import datetime as dt

    from speechmine.grammar.lexicon import TimeLexicon

__all__ = ["Anchor", "Point", "full_year", "read_point"]

_MIDDLE = 6  # June closes the first half of a year
_JUST_PAST = 2  # figures of a month come out within two more
_SHORT_AHEAD = 20  # 35年 in a speech of 2026 is 2035, 49年 is 1949
# How far back the year is looked for that is none.
_REACH = 3
_MASKS = ("year_mask", "month_mask", "day_mask")
_YEARS = ("word", "year", "year_mask", "short_year")
_QUARTERS = ("first_quarter", "first_quarters", "quarter", "quarter_long")
_DETAILS = ("month", "month_mask", "month_word")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a time is read against.

    Attributes:
        date: the day of the speech.
        this_year: what 今年 means.
        year: the year of a month that names none.
        next_year: what 次年 means, inside a range.
        stated: the year that stands right before (明年 + 春节前).
        heard: the sentence has named ``year`` itself.
        since: the day from which on, where it has named the year in a beginning.
    """

    date: dt.date | None = None
    this_year: int | None = None
    year: int | None = None
    next_year: int | None = None
    stated: int | None = None
    heard: bool = False
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """What one calendar expression says.

    Attributes:
        period: from the first unit to the last; None where a part is unknown.
        year: its year. named: the expression names a year. detailed: a month or finer.
        masked: a part is anonymised. closing: it means the end (底, 末) of its period.
        vague: the word for a part without borders (初, 中). day: it is one day.
        note: what is doubtful.
    """

    period: Period | None
    year: int | None
    named: bool
    detailed: bool
    masked: bool
    closing: bool
    vague: str | None
    day: bool
    note: str | None


def read_point(match: re.Match[str], anchor: Anchor, lexicon: TimeLexicon) -> Point:
    """The value of one match of ``calendar.point``."""
    year, note = _year(match, anchor, lexicon)
    masked = any(match[name] for name in _MASKS)
    last = (match["edge"] or "")[-1:]
    edge = lexicon.words["edge"].get(last)
    coarse = None if masked else _coarse(match, year, anchor, lexicon)
    period = _fine(match, coarse, lexicon)
    detailed = any(match[name] for name in _DETAILS)
    if coarse is not None and period is None and detailed:
        note = "impossible_date"
    two_days = match["day2"] or match["day_mask2"]
    named = any(match[name] for name in _YEARS)
    point = Point(
        period=period,
        year=year,
        named=named,
        detailed=detailed,
        masked=masked,
        closing=edge == "closing",
        vague=last if edge in ("early", "middle") else None,
        day=bool(match["day"] or match["day_mask"]) and not two_days,
        note=note,
    )
    return _at_the_end(point) if point.closing and period is not None else point


def _at_the_end(point: Point) -> Point:
    """年底, 6月底: the last day of the period."""
    last = last_day(point.period.last) if point.period else ""
    return dataclasses.replace(point, period=Period(last, last))


def _year(
    match: re.Match[str], anchor: Anchor, lexicon: TimeLexicon
) -> tuple[int | None, str | None]:
    """The year, and a doubt about it (L4: 今年2021年 keeps the year that is written)."""
    if match["year_mask"]:
        return None, None
    if match["short_year"]:
        return full_year(chinese_number(match["short_year"]), anchor.this_year), None
    if match["year"]:
        return chinese_number(match["year"]), None
    offset = lexicon.offset("year", match["word"])
    meant = None if offset is None or anchor.this_year is None else anchor.this_year + offset
    if match["gloss"]:
        written = chinese_number(match["gloss"])
        # In brackets the year explains the word; without them two readings stand side by side.
        clash = meant != written and (meant is not None or not match["open"])
        return written, "time_conflict" if clash else None
    start = match.start()
    if lexicon.parts["year.other"].search(match.string, max(0, start - _REACH), start):
        return None, None
    if match["word"]:
        return (meant if offset is not None else anchor.next_year), None
    return anchor.year, None


def full_year(short: int | None, this_year: int | None) -> int | None:
    """98年6月: the century is not said, so the year of the speech decides it.

    Example:
        >>> full_year(98, 2026), full_year(30, 2026), full_year(98, None)
        (1998, 2030, None)
    """
    if short is None or this_year is None:
        return None
    ahead = this_year + _SHORT_AHEAD
    return ahead - (ahead - short) % 100


def _coarse(
    match: re.Match[str], year: int | None, anchor: Anchor, lexicon: TimeLexicon
) -> Period | None:
    """The period down to months."""
    edge, of = match["edge"] or "", _edge_of(match, lexicon)
    named = match["month"] or match["quarter"] or match["first_quarter"]  # 6月月底, 二季度季末
    around = of in ("month", "quarter") and not named
    if match["month_word"] or match["quarter_word"] or around:
        return _around_today(match, year, anchor, lexicon)
    if year is None:
        return None
    if match["month"]:
        return _month_run(match, year, anchor)
    if of == "year" and lexicon.words["edge"].get(edge[-1]) == "middle":
        return months(year, _MIDDLE, _MIDDLE)
    if match["half"]:
        first = lexicon.offset("half", match["half"]) or 1
        return months(year, first, first + 5)
    if match["first_months"]:
        return _first_months(match, year, anchor)
    if any(match[name] for name in _QUARTERS):
        return _quarters(match, year)
    return years(year, chinese_number(match["year2"]) or year)


def _edge_of(match: re.Match[str], lexicon: TimeLexicon) -> str | None:
    """What the edge belongs to where it says so itself: 年底, 季末, 月初."""
    return lexicon.words["edge_of"].get((match["edge"] or "")[:1])


def _month_run(match: re.Match[str], year: int, anchor: Anchor) -> Period | None:
    first = chinese_number(match["month"]) or 0
    last = chinese_number(match["month2"]) or first
    if _parts_two_periods(match[0], first, last):
        return None
    if first == 1 < last and not anchor.heard and not any(match[name] for name in _YEARS):
        return _cumulative(year, last, anchor)
    if last >= first:
        return months(year, first, last)
    return joined_periods(months(year, first, 12), months(year + 1, 1, last))


def _cumulative(year: int, last: int, anchor: Anchor) -> Period | None:
    """1—11月 said in January is of the year before: the months that end nearer to the speech."""
    if anchor.date is None:
        return months(year, 1, last) if last <= _MIDDLE else None
    ahead = _months_ahead(year, last, anchor.date)
    return months(year - 1 if ahead > _MIDDLE else year, 1, last)


def _months_ahead(year: int, month: int, day: dt.date) -> int:
    return 12 * (year - day.year) + month - day.month


def _quarters(match: re.Match[str], year: int) -> Period | None:
    if match["first_quarter"]:
        return months(year, 1, 3)
    if match["first_quarters"]:
        return months(year, 1, 3 * (chinese_number(match["first_quarters"]) or 0))
    first = chinese_number(match["quarter"] or match["quarter_long"])
    if first is None:
        return None
    last = chinese_number(match["quarter2"]) or first
    if _parts_two_periods(match[0], first, last):
        return None
    return months(year, 3 * first - 2, 3 * last)


def _parts_two_periods(text: str, first: int, last: int) -> bool:
    """一、三季度 are two periods with another between them; 一、二季度 are one."""
    return "、" in text and last != first + 1


def _first_months(match: re.Match[str], year: int, anchor: Anchor) -> Period | None:
    """今年前5个月; without a year only months that have just gone by (前11个月 in January)."""
    count = chinese_number(match["first_months"])
    if not count or match["word"] or match["year"]:
        return months(year, 1, count) if count else None
    if anchor.date is None:
        return None
    past = [y for y in (year, year - 1) if -_JUST_PAST <= _months_ahead(y, count, anchor.date) < 0]
    return months(past[0], 1, count) if past else None


def _around_today(
    match: re.Match[str], year: int | None, anchor: Anchor, lexicon: TimeLexicon
) -> Period | None:
    """本月, 下季度, 月底: read against the day of the speech, never against the year alone."""
    if anchor.date is None:
        return None
    word = match["month_word"] or match["quarter_word"]
    offset = lexicon.offset("month", word) if word else 0
    if offset is None:  # 当月, 次月: of another month that the text speaks of
        return None
    if match["quarter_word"] or _edge_of(match, lexicon) == "quarter":
        there, month = add_months(anchor.date, 3 * offset)
        quarter = (month - 1) // 3
        return months(there, 3 * quarter + 1, 3 * quarter + 3)
    there, month = add_months(anchor.date, offset)
    if (match["word"] or match["year"]) and year is not None:
        there = year
    return months(there, month, month)


def _fine(match: re.Match[str], coarse: Period | None, lexicon: TimeLexicon) -> Period | None:
    """The days inside the month, where the text names them."""
    if coarse is None or not (match["xun"] or match["day"]):
        return coarse
    if not any(match[name] for name in _DETAILS):  # 上旬, or a day behind a month of the moon
        return None
    month = coarse.last
    if match["xun"]:
        first, last = (int(day) for day in lexicon.words["third"][match["xun"]].split("/"))
        end = day_unit(month, last) if last else last_day(month)
    else:
        first = chinese_number(match["day"]) or 0
        end = day_unit(month, chinese_number(match["day2"]) or first)
    start = day_unit(month, first)
    return Period(start, end) if start and end and start <= end else None
