"""Dates of the calendar as deadlines: a point or a range, with what leads and follows it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.grammar.periods import (
    Period,
    chinese_number,
    day_unit,
    days_after,
    first_day,
    last_day,
)
from speechmine.grammar.points import Anchor, Point, read_point
from speechmine.model import Deadline, DeadlineKind

if TYPE_CHECKING:
    from speechmine.grammar.lexicon import TimeLexicon

__all__ = ["TimeReading", "deadline_at", "read_calendar", "with_tail"]

_EARLY_DAYS = 10
# 截止时间为：
_LIMIT = 6
# A month so far back in a speech that asks for something by then is that of the next year.
_LONG_PAST = 6


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time, and what it means for the times after it in the same sentence.

    Attributes:
        deadline: the time with offsets; None for a reading that is dropped.
        year: the year that a following month without one belongs to.
        carries: it gives its year on; a masked year gives on that the year is unknown.
        opens: it may belong to the event right behind it (今年汛期前, 每年春节前).
    """

    deadline: Deadline | None
    year: int | None = None
    carries: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class RelationTail:
    """The relation word behind a time."""

    relation: str | None
    about: str | None
    end: int


def deadline_at(
    kind: DeadlineKind,
    text: str,
    span: tuple[int, int],
    period: Period | None = None,
    **more: object,
) -> Deadline:
    """A deadline at a span, with its value and sorting bounds (L8)."""
    start, end = span
    bare = Deadline(kind=kind, text=text[start:end], start=start, end=end)
    changes: dict[str, object] = {} if period is None else _values(kind, period)
    return dataclasses.replace(bare, **{**changes, **more})  # type: ignore[arg-type]


def _values(kind: DeadlineKind, period: Period) -> dict[str, object]:
    if kind == "by":
        return {"edtf": f"../{period.last}", "latest": last_day(period.last)}
    return {
        "edtf": period.edtf,
        "earliest": first_day(period.first),
        "latest": last_day(period.last),
    }


def read_calendar(
    text: str, start: int, anchor: Anchor, lexicon: TimeLexicon
) -> TimeReading | None:
    """The time of the calendar that begins at ``start``."""
    match = _behind_item(text, lexicon.point.match(text, start), lexicon)
    if match is None:
        return None
    start = match.start()
    point = read_point(match, anchor, lexicon)
    end, ranged = match.end(), False
    second = _second_half(text, match, point, anchor, lexicon)
    if second is not None:
        end, period, masked = second
        ranged = True
        point = dataclasses.replace(point, period=period, masked=masked, closing=False, day=False)
    tail = _tail(text, end, lexicon)
    if match["since"] and tail.relation is None:
        tail = RelationTail("since", tail.about, tail.end)
    led = _is_led(match, text, lexicon) and not _of_a_noun(text, tail, lexicon)
    kind = _kind_of_deadline(point, tail, led=led, ranged=ranged, this_year=anchor.this_year)
    year = point.year
    if tail.relation == "before" and not ranged:
        point = _to_come(point, match, anchor, lexicon)
    deadline = _calendar_deadline(text, (start, tail.end), point, kind=kind, tail=tail)
    if tail.relation == "before" and not ranged and not point.closing:
        deadline = _safe(deadline, point, text[end : tail.end], lexicon)
    return TimeReading(
        deadline,
        year,
        carries=point.named and (point.detailed or year is None),
        opens=kind == "within" and not ranged and _is_open(point, tail),
    )


def _behind_item(
    text: str, match: re.Match[str] | None, lexicon: TimeLexicon
) -> re.Match[str] | None:
    """1、4月底前: at the start of a line the first figure counts the items."""
    if match is None or not match["month2"]:
        return match
    at = match.start()
    if match[0][: match.end("month") - at + 1][-1:] != "、" or text[at - 1 : at] not in ("", "\n"):
        return match
    first, second = chinese_number(match["month"]) or 0, chinese_number(match["month2"]) or 0
    fine = match["day"] or match["xun"] or match["edge"]
    if second == first + 1 and not fine:
        return match
    return lexicon.point.match(text, match.start("month2"))


def _is_led(match: re.Match[str], text: str, lexicon: TimeLexicon) -> bool:
    """到2030年; 办结时限：9月15日."""
    if match["since"]:
        return False
    limit = lexicon.parts["limit"].search(text, max(0, match.start() - _LIMIT), match.start())
    return bool(match["lead"]) or (limit is not None and match["day"] is not None)


def _of_a_noun(text: str, tail: RelationTail, lexicon: TimeLexicon) -> bool:
    return lexicon.parts["attributive"].match(text, tail.end) is not None


def _safe(deadline: Deadline, point: Point, before: str, lexicon: TimeLexicon) -> Deadline:
    """2025年前, 8月前: whether the unit itself counts is not said, and a note tells so.

    Careful readers let a month end the day before it begins, and a year with its last day.

    及以前 says that it does. A day (6月30日前) counts by the usage of the genre, and so does the
    end of a period (6月底前).
    """
    unit = point.period.edtf if point.period else ""
    if lexicon.parts["including"].match(before) or not re.fullmatch(r"\d{4}(-\d\d)?", unit):
        return deadline
    if point.vague:  # 8月初前: within its first ten days
        early = f"{unit}-{_EARLY_DAYS}"
        known = lexicon.words["edge"][point.vague] == "early" and len(unit) > len("2026")
        return (
            dataclasses.replace(deadline, edtf=f"../{early}", latest=early) if known else deadline
        )
    if len(unit) > len("2026"):
        eve = days_after(dt.date.fromisoformat(f"{unit}-01"), -1)
        last = eve.isoformat() if eve is not None else deadline.latest
        deadline = dataclasses.replace(deadline, edtf=f"../{last}", latest=last)
    return dataclasses.replace(deadline, note="border_unsaid")


def _to_come(point: Point, match: re.Match[str], anchor: Anchor, lexicon: TimeLexicon) -> Point:
    """2月底前 said in December: a date to come, so that of the year that begins.

    自2027年1月1日起施行，12月25日前报送 said some days before: to be ready when it begins.
    """
    date, period = anchor.date, point.period
    if date is not None and anchor.since and not point.named:
        this_year = read_point(match, dataclasses.replace(anchor, year=date.year), lexicon)
        known = this_year.period is not None
        ahead = last_day(this_year.period.last) if known else ""  # type: ignore[union-attr]
        return this_year if date.isoformat() <= ahead <= anchor.since else point
    own_year = point.named or anchor.heard or not point.detailed
    if date is None or period is None or own_year or anchor.year != date.year:
        return point
    if date.month - int(period.last[5:7]) <= _LONG_PAST:
        return point
    return read_point(match, dataclasses.replace(anchor, year=date.year + 1), lexicon)


def _is_open(point: Point, tail: RelationTail) -> bool:
    """今年 + 汛期前, 明年3月 + 放水前, 6月起 + 每月: what comes behind may be of the same time."""
    if tail.relation == "since":
        return True
    return tail.relation is None and not point.day and (point.named or point.detailed)


def _second_half(
    text: str, match: re.Match[str], first: Point, anchor: Anchor, lexicon: TimeLexicon
) -> tuple[int, Period | None, bool] | None:
    """…至5月31日: where the range ends, its period, and whether it is masked."""
    join = lexicon.parts["join"].match(text, match.end())
    other = lexicon.point.match(text, join.end()) if join else None
    if join is not None and other is None and first.day:
        return _second_day(text, join.end(), first, lexicon)
    if join is None or other is None or other["lead"]:
        return None
    if join["between"] and not lexicon.parts["between.end"].match(text, other.end()):
        return None  # 3月和5月 are two times, 3月和5月之间 is one
    after = first.year + 1 if first.year is not None else None
    inner = dataclasses.replace(anchor, year=first.year, next_year=after)
    second = read_point(other, inner, lexicon)
    if _backwards(first, second) and not second.named:
        second = read_point(other, dataclasses.replace(inner, year=after), lexicon)
    known = first.period and second.period and not _backwards(first, second)
    period = _from_to(first.period, second.period) if known else None  # type: ignore[arg-type]
    return other.end(), period, first.masked or second.masked


def _second_day(
    text: str, at: int, first: Point, lexicon: TimeLexicon
) -> tuple[int, Period | None, bool] | None:
    """7月9日22时至10日6时: a bare day of the same month."""
    named = lexicon.parts["join.day"].match(text, at)
    if named is None or first.period is None:
        return None
    last = day_unit(first.period.first[: len("2026-07")], chinese_number(named["day"]) or 0)
    known = last is not None and last > first.period.first
    return named.end(), Period(first.period.first, last) if known and last else None, first.masked


def _from_to(first: Period, second: Period) -> Period:
    """8月中旬至11月: where it begins on a day, it ends on one."""
    to_the_day = len(first.first) > len(second.last)
    return Period(first.first, last_day(second.last) if to_the_day else second.last)


def _backwards(first: Point, second: Point) -> bool:
    if first.period is None or second.period is None:
        return False
    return last_day(second.period.last) < first_day(first.period.first)


def _tail(text: str, end: int, lexicon: TimeLexicon) -> RelationTail:
    match = lexicon.parts["tail"].match(text, end)
    if match is None:
        return RelationTail(None, None, end)
    relation = next((k for k, v in match.groupdict().items() if v and k != "about"), None)
    return RelationTail(relation, match["about"], match.end())


def _kind_of_deadline(
    point: Point, tail: RelationTail, *, led: bool, ranged: bool, this_year: int | None
) -> DeadlineKind:
    if led or tail.relation in ("before", "ended"):
        return "by"
    if ranged or tail.relation is not None:
        return "within"
    if point.closing:
        past = this_year is not None and point.year is not None and point.year < this_year
        return "at" if past else "by"
    return "at" if point.day else "within"


def _calendar_deadline(
    text: str, span: tuple[int, int], point: Point, *, kind: DeadlineKind, tail: RelationTail
) -> Deadline:
    more = {"masked": point.masked, "note": point.note, "modifier": tail.about or point.vague}
    found = deadline_at(kind, text, span, point.period, **more)
    if point.period is None or tail.relation not in ("since", "after"):
        return found
    since = point.period.first if tail.relation == "since" else point.period.last
    return dataclasses.replace(found, edtf=f"{since}/..", earliest=first_day(since), latest=None)


def with_tail(
    text: str, span: tuple[int, int], period: Period | None, *, day: bool, lexicon: TimeLexicon
) -> Deadline:
    """A deadline for a period read elsewhere (a week, an ISO date) and the relation behind it."""
    tail = _tail(text, span[1], lexicon)
    plain = Point(
        period=period,
        year=None,
        named=True,
        detailed=True,
        masked=False,
        closing=False,
        vague=None,
        day=day,
        note=None,
    )
    kind = _kind_of_deadline(plain, tail, led=False, ranged=False, this_year=None)
    return _calendar_deadline(text, (span[0], tail.end), plain, kind=kind, tail=tail)
