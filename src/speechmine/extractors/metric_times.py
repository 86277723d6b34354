"""When a number holds: the time its sentence states, or that its list of goals opened with."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.borders import CLAUSE, SENTENCE, start_before
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
    "goals_before",
    "headed_review",
    "lies_behind",
    "looks_back",
    "period_of",
    "times_of",
    "with_days_gone",
    "years_reviewed",
]

_GOALS_REACH, _LOOK_BACK_REACH, _CLAUSE_BEFORE = 1500, 300, 20


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """The table ``periods``: times within a sentence, and the other patterns by id.

    ``gone`` stands for 前 behind a last day that is over.
    """

    said: Matcher
    parts: Patterns
    gone: str


@functools.lru_cache(maxsize=8)
def times_of(rules: RuleSet) -> Times:
    """Compile the table."""
    table = rules.table("periods")
    said = (rule for rule in table if rule.id.startswith("period."))
    (gone,) = (rule.value for rule in table if rule.id == "last_day.gone")
    return Times(Matcher(said), patterns_by_id(rules, "periods"), gone)


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


def looks_back(before: str, owed: re.Pattern[str], frame: TimeFrame, times: Times) -> bool:
    """Whether the words before a number date it to a time that is over.

    Args:
        before: the paragraph up to the number. A time said in an earlier sentence holds on
            where that sentence began with it: 过去一年，投资增长6%。出口增长8%。
        owed: what makes a number a goal, if it stands between them in its own sentence.
        frame: the document's time.
        times: the table of times.
    """
    before = before[-_LOOK_BACK_REACH:]
    last = None
    for found in _own(before, times):
        last = found
    if last is None or not _time_is_over(last, frame):
        return False
    if owed.search(before, start_before(SENTENCE, before, len(before), last.end)):
        return False
    opens = last.start == 0 or bool(SENTENCE.match(before, last.start - 1))
    return opens or not SENTENCE.search(before, last.end)


def _own(before: str, times: Times) -> Iterator[Match]:
    relative = times.parts["relative"]
    return (found for found in times.said.find(before) if not relative.match(before, found.end))


def _time_is_over(found: Match, frame: TimeFrame) -> bool:
    if found.rule.value in ("last", "past"):
        return True
    if found.rule.value != "year" or frame.year is None:
        return False
    return int(found.group("year") or 0) < frame.year


def lies_behind(sentence: str, frame: TimeFrame, times: Times) -> bool:
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


def _last_month(found: re.Match[str]) -> int:
    if found["quarter"]:
        return (chinese_number(found["quarter"]) or 0) * 3
    if found["month"]:
        return int(found["month"])
    return 6 if found["half"] else 9


def with_days_gone(bare: str, frame: TimeFrame, times: Times) -> str:
    """The text, equally long, where a last day that was over at the speech ends in 止, not in 前.

    In December 在11月20日前完成清淤12公里 tells what was done; 要在3月底前完成 is next year's.
    """
    if frame.date is None:
        return bare
    month, ordered = frame.date.month, times.parts["last_day.ordered"]

    def ended(found: re.Match[str]) -> str:
        at = found.start()
        clause = start_before(CLAUSE, bare, at, max(0, at - _CLAUSE_BEFORE))
        gone = int(found["month"]) < month and not ordered.search(bare, clause, at)
        return found[0][:-1] + times.gone if gone else found[0]

    return times.parts["last_day"].sub(ended, bare)
