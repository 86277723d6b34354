"""When a number holds: the time its sentence states, or that its list of goals opened with."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from speechmine.extractors.time_period import years
from speechmine.model import TimeFrame
from speechmine.patterns import compiled

__all__ = [
    "goals_before",
    "headed_review",
    "lies_behind",
    "looks_back",
    "period_of",
    "with_days_gone",
    "years_reviewed",
]

_FIRST_PLAN_YEAR, _PLAN_YEARS = 1951, 5
_PERIOD = compiled(
    r"(?P<plan>(?<![比较与同])(?<![比较与同]“)“?十(?P<n>[一二三四五六])?五”?(?:期间|时期|末|以来)|(?<=“)(?<![比较与同]“)"
    r"十(?P<m>[一二三四五六])?五(?=”))"
    r"|(?<![比较从由与同于过])(?P<year>[12]\d{3})年(?!以来|[^，。；\d]{0,6}相比)"
    r"|(?<![比较从由与同于过])(?P<last>去年|上年)(?!.{0,3}(?:预算|水平|实际|同期))"
    r"|(?P<this>今年|本年)"
    r"|(?P<next>(?:今后|未来)五年)|(?P<past>过去五年|过去一年|五年来|一年来)"
)
#: 去年欠下的: the time belongs to the thing, not to the number.
_RELATIVE = compiled(r"以来|[^，。；\d]{0,5}的")
_SENTENCE = compiled(r"[。！？；\n]")
_GOALS_REACH, _LOOK_BACK_REACH = 1500, 300
_GOALS = compiled(
    r"(?P<timed>(?:“十[一二三四五六]?五”|今后五年|未来五年|今年|[12]\d{3}年)"
    r"[^。\n]{0,40}目标[^。\n]{0,10}[：。])"
    r"|目标(?:任务)?(?:是|为|如下)?："
)
#: A heading, or a line that opens with the time it looks back on.
_REVIEW = compiled(
    r"^[ \u3000]*(?:(?P<term>(?:过去|这|上)五年|五年(?:来|间|中)|(?:在|回顾)?过去的?五年"
    r"|[一二三四]、[^\n]{0,20}五年[^\n]{0,20}$|[^\n]{0,12}五年(?:来)?的?(?:工作|发展)?回顾[^\n]{0,9}$)"
    r"|[一二三四]、[^\n]{0,40}$|(?:过去|这)一年|一年来|去年|[12]\d{3}年)",
    re.MULTILINE,
)
#: A main heading, numbered or naming its time; below one that looks back all is told, nothing owed.
_HEADING = compiled(
    r"^[ \u3000]*(?:[一二三四五六七八九]、|(?=[^\n。，]{0,4}(?:[12]\d{3}年|十[一二三四五六]?五))"
    r"(?=[^\n。，]*(?:回顾|总结|成就|成绩|安排|任务|工作|目标)[^\n。，]{0,6}$))"
    r"(?:(?P<review>[^\n。，]{0,24}(?:回顾|工作总结|成就|成绩)(?![^\n]*(?:任务|安排|思路|目标|打算))"
    r"[^\n。]{0,20})|[^\n。]{0,40})[ \u3000]*$",
    re.MULTILINE,
)
#: 一季度, 上半年, 1至8月, 7月份; not 6月底前, 7月10日前, 8月上旬.
_MONTHS = compiled(
    r"(?<![去明后年])(?:(?P<quarter>[一二三四])季度|上半年|前[三3]季度"
    r"|(?<!\d)(?P<from>1?\d[-—–至到])?(?P<month>1?\d)月(?:份)?"
    r"(?![底末初]|\d{1,2}[日号]|[上中下]旬|之?前|内|起)(?<![-—]月))(?!末|底|之?前|内|度)"
)
_LAST_DAY = compiled(r"(?<![年\d])(?P<month>1?\d)月(?:\d{1,2}日|底|末)之?前")
_CLAUSE_BEFORE, _MARKS = 20, compiled(r"[，。；：！？\n]")
_ORDER = compiled("[要须请]|务必|确保|力争|争取|明年|计划|任务|责令|[县市区省镇]定")
_OPENER = compiled(r"目标(?:任务)?(?:是|为|如下)?：")


def period_of(before: str, *, reviewed: int, frame: TimeFrame) -> str | None:
    """EDTF of the time that a number holds for, where the text says so.

    Args:
        before: the segment's text up to the number.
        reviewed: how many years its part of the document looks back on; 0 where it does not.
        frame: the document's time.
    """
    found = list(_PERIOD.finditer(before))
    if found:
        return _stated(found[-1], frame)
    if frame.year is None or not reviewed:
        return None  # a plan that names no time is not dated by the date of its report
    return _years(frame.year - reviewed, frame.year - 1)


def _years(first: int, last: int) -> str | None:
    period = years(first, last)
    return None if period is None else period.edtf


def years_reviewed(text: str, at: int) -> int:
    """How many years a review looks back on at a place: five behind 过去五年工作回顾, else one."""
    starts, terms = _reviews(text)
    index = bisect_right(starts, at) - 1
    return _PLAN_YEARS if index >= 0 and terms[index] else 1


def headed_review(text: str, at: int) -> bool:
    r"""Whether the last main heading before a place names a review: 一、2023年工作回顾.

    Example:
        >>> headed_review("一、2023年工作回顾\n建成绿道9公里。\n二、2024年重点任务\n", 14)
        True
    """
    starts, reviews = _headings(text)
    index = bisect_right(starts, at) - 1
    return index >= 0 and reviews[index]


@functools.lru_cache(maxsize=4)
def _headings(text: str) -> tuple[Sequence[int], Sequence[bool]]:
    found = list(_HEADING.finditer(text))
    return [hit.start() for hit in found], [bool(hit["review"]) for hit in found]


@functools.lru_cache(maxsize=4)
def _reviews(text: str) -> tuple[Sequence[int], Sequence[bool]]:
    found = list(_REVIEW.finditer(text))
    return [hit.start() for hit in found], [bool(hit["term"]) for hit in found]


def goals_before(text: str, start: int, end: int) -> str:
    """The sentence that opens the list of goals in which a segment stands, or nothing.

    A nearer opener hides an earlier one, be it dated (“十四五”时期的主要目标是：) or not.
    """
    ends, times = _openers(text)
    if "目标" in text[start:end] and _OPENER.search(text, start, end):
        return ""
    last = bisect_right(ends, (start, len(text))) - 1
    near = last >= 0 and ends[last][1] >= start - _GOALS_REACH
    return times[last] if near else ""


@functools.lru_cache(maxsize=4)
def _openers(text: str) -> tuple[Sequence[tuple[int, int]], Sequence[str]]:
    """Where each list of goals is opened (end, start), and with which time."""
    found = list(_GOALS.finditer(text))
    return [(hit.end(), hit.start()) for hit in found], [hit["timed"] or "" for hit in found]


def looks_back(before: str, owed: re.Pattern[str], frame: TimeFrame) -> bool:
    """Whether the words before a number date it to a time that is over.

    Args:
        before: the paragraph up to the number. A time said in an earlier sentence holds on
            where that sentence began with it: 过去一年，投资增长6%。出口增长8%。
        owed: what makes a number a goal, if it stands between them in its own sentence.
        frame: the document's time.
    """
    before = before[-_LOOK_BACK_REACH:]
    last = None
    for found in _times(before):
        last = found
    if last is None or not _is_over(last, frame):
        return False
    sentences = [hit.end() for hit in _SENTENCE.finditer(before)]
    if owed.search(before, max([last.end(), *sentences])):
        return False
    opens = last.start() == 0 or bool(_SENTENCE.match(before, last.start() - 1))
    return opens or not _SENTENCE.search(before, last.end())


def lies_behind(sentence: str, frame: TimeFrame) -> bool:
    """Whether the last stretch of months that a sentence names was over on the day of the speech.

    一季度 is over in April and still to come in January; 6月底前 is a last day and no stretch.

    Args:
        sentence: the sentence up to the number.
        frame: the document's time; without a day nothing is known to be over.
    """
    if frame.date is None:
        return False
    named = list(_MONTHS.finditer(sentence))
    return bool(named) and _last_month(named[-1]) < frame.date.month


def with_days_gone(bare: str, frame: TimeFrame) -> str:
    """The text, equally long, where a last day that was over at the speech ends in 止, not in 前.

    In December 在11月20日前完成清淤12公里 tells what was done; 要在3月底前完成 is next year's.
    """
    if frame.date is None:
        return bare
    month = frame.date.month

    def ended(found: re.Match[str]) -> str:
        gone = int(found["month"]) < month and not _ORDER.search(_just_before(bare, found.start()))
        return found[0][:-1] + "止" if gone else found[0]

    return _LAST_DAY.sub(ended, bare)


def _just_before(bare: str, at: int) -> str:
    """The words of the clause before a place, as far as they bear on it."""
    return _MARKS.split(bare[max(0, at - _CLAUSE_BEFORE) : at])[-1]


def _last_month(found: re.Match[str]) -> int:
    if found["quarter"]:
        return ("一二三四".index(found["quarter"]) + 1) * 3
    if found["month"]:
        return int(found["month"])
    return 6 if "上半年" in found[0] else 9


def _times(before: str) -> Iterator[re.Match[str]]:
    for found in _PERIOD.finditer(before):
        if not _RELATIVE.match(before, found.end()):
            yield found


def _is_over(found: re.Match[str], frame: TimeFrame) -> bool:
    if found["last"] or found["past"]:
        return True
    return bool(found["year"]) and frame.year is not None and int(found["year"]) < frame.year


def _stated(found: re.Match[str], frame: TimeFrame) -> str | None:
    if found["year"]:
        return found["year"]
    if found["plan"]:
        number = " 一二三四五六".index(found["n"] or found["m"] or " ") + 10
        first = _FIRST_PLAN_YEAR + _PLAN_YEARS * number
        last = first + _PLAN_YEARS - 1
        return _years(last if found[0].endswith("末") else first, last)
    year = frame.year
    if year is None:
        return None
    relative = {
        "last": (year - 1, year - 1),
        "this": (year, year),
        "next": (year, year + _PLAN_YEARS - 1),
        "past": (year - (1 if "一年" in found[0] else _PLAN_YEARS), year - 1),
    }
    return next(_years(*run) for name, run in relative.items() if found[name])
