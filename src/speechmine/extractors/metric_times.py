"""When a number holds: the time its sentence states, or that its list of goals opened with."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from speechmine.borders import SENTENCE
from speechmine.grammar.periods import PLAN_LENGTH, chinese_number
from speechmine.grammar.spans import YearSpan, years_meant
from speechmine.model import TimeFrame
from speechmine.rules.matcher import Match, Matcher
from speechmine.rules.scanning import find_all
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.scopes import Reach, Scopes, until_next

__all__ = [
    "Times",
    "day_gone",
    "goals_before",
    "headed_review",
    "looks_back",
    "months_over",
    "period_of",
    "times_of",
    "years_reviewed",
]

_GOALS_REACH, _LOOK_BACK_REACH = 1500, 300


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """The table ``periods``: times within a sentence, and the other patterns by id."""

    said: Matcher
    parts: Patterns


@functools.lru_cache(maxsize=8)
def times_of(rules: RuleSet) -> Times:
    """Compile the table."""
    table = rules.table("periods")
    said = (rule for rule in table if rule.id.startswith("period."))
    return Times(Matcher(said), patterns_by_id(rules, "periods"))


def period_of(before: str, *, reviewed: int, frame: TimeFrame, times: Times) -> str | None:
    """EDTF of the time that a number holds for, where the text says so.

    Args:
        before: the segment's text up to the number.
        reviewed: how many years its part of the document looks back on; 0 where it does not.
        frame: the document's time.
        times: the table of times.
    """
    found = times.said.find(before)
    if found:
        span = years_meant(found[-1], frame.year)
        return None if span is None else span.edtf
    if frame.year is None or not reviewed:
        return None  # a plan that names no time is not dated by the date of its report
    return YearSpan(frame.year - reviewed, frame.year - 1).edtf


def years_reviewed(text: str, at: int, times: Times) -> int:
    """How many years a review looks back on at a place: five behind 过去五年工作回顾, else one."""
    return PLAN_LENGTH if _says_above(text, at, times, "review.line", "term") else 1


def headed_review(text: str, at: int, times: Times) -> bool:
    r"""Whether the last main heading before a place names a review: 一、2023年工作回顾.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> said = "一、2023年工作回顾\n建成绿道9公里。\n二、2024年重点任务\n"
        >>> headed_review(said, 14, times_of(default_rules()))
        True
    """
    return _says_above(text, at, times, "review.heading", "review")


def _says_above(text: str, at: int, times: Times, line: str, group: str) -> bool:
    """Whether the last of such lines that begins before a place has a group."""
    return bool(_dated_lines(text, times, line, group).at(at))


@functools.lru_cache(maxsize=8)
def _dated_lines(text: str, times: Times, line: str, group: str) -> Scopes[str | None]:
    found = list(find_all(times.parts[line], text))
    return until_next([hit.start() for hit in found], [hit[group] for hit in found], len(text))


def goals_before(text: str, start: int, end: int, times: Times) -> str:
    """The sentence that opens the list of goals in which a segment stands, or nothing.

    A nearer opener hides an earlier one, be it dated (“十四五”时期的主要目标是：) or not.
    """
    if times.parts["goals.opening"].search(text, start, end):
        return ""
    return _openers(text, times).at(start) or ""


@functools.lru_cache(maxsize=4)
def _openers(text: str, times: Times) -> Scopes[str]:
    """The time with which each list of goals is opened, as far as it reaches."""
    found = list(find_all(times.parts["goals.opened"], text))
    hidden = [*(hit.end() for hit in found[1:]), len(text) + 1]
    return Scopes(
        Reach(hit.end(), min(hit.start() + _GOALS_REACH + 1, end), hit["timed"] or "")
        for hit, end in zip(found, hidden, strict=False)
    )


def looks_back(before: str, frame: TimeFrame, times: Times) -> bool:
    """Whether the words before a number date it to a time that is over.

    Args:
        before: the paragraph up to the number. A time said in an earlier sentence holds on
            where that sentence began with it: 过去一年，投资增长6%。出口增长8%。
        frame: the document's time.
        times: the table of times.
    """
    before = before[-_LOOK_BACK_REACH:]
    relative = times.parts["relative"]
    own = [found for found in times.said.find(before) if not relative.match(before, found.end)]
    if not own or not _time_is_over(own[-1], frame):
        return False
    last = own[-1]
    opens = last.start == 0 or bool(SENTENCE.match(before, last.start - 1))
    return opens or not SENTENCE.search(before, last.end)


def _time_is_over(found: Match, frame: TimeFrame) -> bool:
    if found.rule.value in ("last", "past"):
        return True
    if found.rule.value != "year" or frame.year is None:
        return False
    return int(found.group("year") or 0) < frame.year


def months_over(sentence: str, frame: TimeFrame, times: Times) -> bool:
    """Whether the last stretch of months that a sentence names was over on the day of the speech.

    一季度 is over in April and still to come in January; 6月底前 is a last day and no stretch.

    Args:
        sentence: the sentence up to the number.
        frame: the document's time; without a day nothing is known to be over.
        times: the table of times.
    """
    if frame.date is None:
        return False
    named = list(times.parts["months"].finditer(sentence))
    return bool(named) and _last_month(named[-1]) < frame.date.month


def day_gone(sentence: str, frame: TimeFrame, times: Times) -> bool:
    """Whether a last day was over at the speech: in December 在11月20日前完成清淤12公里 is done.

    要在3月底前完成 is next year's.
    """
    day = times.parts["last_day"].search(sentence) if frame.date else None
    if day is None or frame.date is None or int(day["month"]) >= frame.date.month:
        return False
    return times.parts["last_day.ordered"].search(sentence, 0, day.start()) is None


def _last_month(found: re.Match[str]) -> int:
    if found["quarter"]:
        return (chinese_number(found["quarter"]) or 0) * 3
    if found["month"]:
        return int(found["month"])
    return 6 if found["half"] else 9
