"""Lengths of time as ISO 8601 durations: 三年半 is ``P3Y6M``, 三五年 ``P3Y/P5Y``, 半个月 ``P15D``.

Working days have no letter there; ``P30WD`` is 30个工作日.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from speechmine.grammar.periods import add_months, days_after
from speechmine.numerals import DIGITS, HALF_SIGN, TWO, parse_number
from speechmine.patterns import compiled

if TYPE_CHECKING:
    from speechmine.grammar.lexicon import TimeLexicon
    from speechmine.rules.matcher import Match

__all__ = ["HALF", "counted_length", "exact_years", "length_of", "moved", "read_count"]

#: Half a unit.
HALF = Decimal("0.5")
_TWO_DIGITS = compiled(f"[{DIGITS}{TWO}]{{2}}")
_PARTS = compiled(r"(?P<count>\d+)(?P<letter>Y|M|WD|W|D)")
_MONTHS = {"Y": 12, "M": 1}
_DAYS = {"W": 7, "D": 1}
# What half a unit is in whole smaller ones.
_HALVES = {"Y": "6M", "M": "15D"}
_QUARTER = 3
# A count beyond any length of time; decimals lose their last digits further on.
_MOST = Decimal(10**9)

Count = tuple[Decimal, Decimal]


def read_count(text: str | None) -> Count | None:
    """Least and most of a count: 三五 and 两三 name two figures, any other names one.

    Example:
        >>> [tuple(map(str, read_count(count) or ())) for count in ("三五", "半", "15", "几")]
        [('3', '5'), ('0.5', '0.5'), ('15', '15'), ()]
    """
    if text == HALF_SIGN:
        return HALF, HALF
    if _TWO_DIGITS.fullmatch(text or ""):
        first, last = (parse_number(character) for character in text or "")
        return (first, last) if first is not None and last is not None and first < last else None
    value = parse_number(text or "")
    return None if value is None else (value, value)


def length_of(
    count: str | None, letter: str | None, *, last: str | None = None, half: bool = False
) -> str | None:
    """The duration that a count of units makes.

    Args:
        count: as written.
        letter: ``Y``, ``Q``, ``M``, ``W``, ``D``, ``WD``, ``H`` or ``MIN``; None gives none.
        last: the second count of a range (两到三年).
        half: half a unit more (三年半, 一个半月).

    Example:
        >>> length_of("三", "Y", half=True), length_of("两", "Y", last="三"), length_of("半", "M")
        ('P3Y6M', 'P2Y/P3Y', 'P15D')
    """
    first, final = read_count(count), read_count(last or count)
    if first is None or final is None or letter is None or final[1] > _MOST:
        return None
    more = HALF if half else Decimal(0)
    low, high = _iso(first[0] + more, letter), _iso(final[1] + more, letter)
    if low is None or high is None:
        return None
    return low if low == high else f"{low}/{high}"


def counted_length(match: Match, lexicon: TimeLexicon) -> str | None:
    """The duration that a match counts.

    Its groups are ``count`` and ``unit``, and where the pattern has them ``count2`` (a range),
    ``half`` (一个半月) and ``more`` (三年半).
    """
    letter = lexicon.words["unit"].get(match.group("unit") or "")
    half = (match.group("half") or match.group("more")) is not None
    return length_of(match.group("count"), letter, last=match.group("count2"), half=half)


def _iso(value: Decimal, letter: str) -> str | None:
    if letter == "Q":
        value, letter = value * _QUARTER, "M"
    whole, rest = divmod(value, 1)
    if rest not in (0, HALF) or (rest and letter not in ("Y", "M", "H")):
        return None
    figure = f"{whole}{letter}" if whole or not rest else ""
    if letter == "MIN":
        return f"PT{whole}M"
    if letter == "H":
        return f"PT{figure}{'30M' if rest else ''}"
    return f"P{figure}{_HALVES[letter] if rest else ''}"


def exact_years(duration: str | None) -> int:
    """The years of a length that is nothing but whole years, else 0.

    Example:
        >>> exact_years("P5Y"), exact_years("P3Y/P5Y"), exact_years("P6M")
        (5, 0, 0)
    """
    match = re.fullmatch(r"P(\d+)Y", duration or "")
    return int(match[1]) if match else 0


def moved(day: dt.date, duration: str | None, sign: int = 1) -> dt.date | None:
    """The day that a length after (or before) another one ends; of a range the longer one.

    None for working days, hours, and days that the calendar does not reach.

    Example:
        >>> moved(dt.date(2026, 1, 31), "P1M"), moved(dt.date(2026, 5, 8), "P3Y", -1)
        (datetime.date(2026, 2, 28), datetime.date(2023, 5, 8))
    """
    longest = (duration or "").rpartition("/")[2]
    parts = _PARTS.findall(longest)
    if not parts or "T" in longest or any(letter == "WD" for _, letter in parts):
        return None
    count = sum(int(count) * _MONTHS.get(letter, 0) for count, letter in parts)
    days = sum(int(count) * _DAYS.get(letter, 0) for count, letter in parts)
    try:
        year, month = add_months(day, sign * count)
        last = calendar.monthrange(year, month)[1]
        return days_after(dt.date(year, month, min(day.day, last)), sign * days)
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None
