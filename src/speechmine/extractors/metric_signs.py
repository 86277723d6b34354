"""What is said of the time of a number: owed, past, ahead, over, told before it came.

The clause's own words come first (已, 还有, 必须, 月底前), then those of the clauses before it in
its sentence; the years and months that are named stand beside them. The weights of
:mod:`speechmine.extractors.metric_learned` take each as one sign among many; what is aimed at or
still ahead is never a fact, what is over never a goal.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from speechmine.borders import SENTENCE, start_before
from speechmine.extractors.metric_context import (
    REACH,
    MetricContext,
    clause_end,
    clause_start,
    is_guess,
    sentence_end,
)
from speechmine.extractors.metric_meaning import MetricCues
from speechmine.extractors.metric_readings import Reading
from speechmine.extractors.metric_times import day_gone, looks_back, months_over
from speechmine.model import Quantity

__all__ = ["time_said", "time_signs"]

#: How many clauses back in the sentence a word of time still holds for a clause without one.
_CLAUSES_BACK = 3
#: How long a bound behind a number is.
_BOUND = 2


def time_signs(reading: Reading, context: MetricContext) -> tuple[str, ...]:
    """What is said of the time of a number, and whether another one is measured by it.

    Args:
        reading: the number with its words.
        context: its segment.
    """
    return tuple(_signs(reading, context))


def _signs(reading: Reading, context: MetricContext) -> Iterator[str]:
    number, bare, cues = reading.quantity, context.bare, context.words.cues
    near, year = max(0, number.start - REACH), context.frame.year
    sentence = bare[start_before(SENTENCE, bare, number.end, near) : number.end]
    said = time_said(number, context)
    if said is not None:
        yield said
    if reading.is_base:
        yield "base"
    if "comparison" in reading.phrase.cues:
        yield "compared"
    if context.headed_review:
        yield "headed"
    if is_guess(context.segment):
        yield "guess"
    yield from _ahead(sentence, cues)
    if said != "owed":
        start, end = clause_start(bare, number.start), clause_end(bare, number.end)
        yield from (sign for sign, words in cues.signs.items() if words.search(bare, start, end))
    years = cues.says["year"].findall(sentence)
    if years and year is not None and int(years[-1]) != year:
        yield "year>" if int(years[-1]) > year else "over"
    gone = day_gone(sentence, context.frame, context.words.times)
    if gone:
        yield "gone"
    if gone or _is_over(sentence, context.line + context.text[near : number.start], context):
        yield "over"


def _ahead(sentence: str, cues: MetricCues) -> Iterator[str]:
    """今后五年, 预计 anywhere in its sentence, 力争 in its clause; the sentence ends with it."""
    yield from (sign for sign in ("future", "estimate") if cues.says[sign].search(sentence))
    clause = clause_start(sentence, len(sentence))
    yield from (sign for sign in ("aims", "due") if cues.says[sign].search(sentence, clause))


def _is_over(sentence: str, before: str, context: MetricContext) -> bool:
    """Whether the time that its sentence or its line names is over on the day of the speech."""
    frame, times = context.frame, context.words.times
    if months_over(sentence, frame, times) or looks_back(before, frame, times):
        return True
    return _line_looks_back(context)


@functools.lru_cache(maxsize=1)  # all numbers of a segment ask for the same line
def _line_looks_back(context: MetricContext) -> bool:
    """截至8月14日，受旱30万亩。水库蓄水4200万立方米: the day holds on until something is owed."""
    for sentence in reversed(SENTENCE.split(context.line[-REACH:])):
        if context.words.cues.says["owed"].search(sentence):
            return False
        if context.words.cues.says["opener"].match(sentence):
            return True
    return False


def time_said(quantity: Quantity, context: MetricContext) -> str | None:
    """What the clause of a number, or one before it, says of its time: owed, past, or None.

    Args:
        quantity: the number, counted from the segment's start.
        context: the segment.
    """
    bare, cues = context.bare, context.words.cues
    start, end = clause_start(bare, quantity.start), clause_end(bare, quantity.end)
    own = _said_around(bare, start, (quantity.start, quantity.end), end, cues)
    return own or _said_before(bare, start, cues)


def _said_before(bare: str, start: int, cues: MetricCues) -> str | None:
    """What the nearest clause says of time that stands before in the same sentence."""
    for _ in range(_CLAUSES_BACK):
        if start == 0 or bare[start - 1] != "，":
            break
        end, start = start - 1, clause_start(bare, start - 1)
        says = _said_last(bare, start, end, cues)
        if says is not None:
            return says
    return None


@functools.lru_cache(maxsize=8)  # of each number several ask, one after the other
def _said_around(
    bare: str, start: int, number: tuple[int, int], end: int, cues: MetricCues
) -> str | None:
    """欠的20万元要补回来 is owed, 还有8个没有开工 a fact; else the nearest word before counts.

    A debt is owed where its sentence goes on to say by when (欠下的奖补资金，3月底前付清).
    """
    if cues.says["remains"].search(bare, start, number[0]):
        return "past"
    if cues.says["owed"].search(bare, number[1], end):
        return "owed"
    if cues.says["debt"].search(bare, start, number[0]):
        return "owed" if cues.says["owed"].search(bare, start, sentence_end(bare, end)) else "past"
    before = _said_last(bare, start, number[1], cues, ("past", "done", "owed"))
    if before is not None:
        return before
    mark = "#+" if cues.says["bound"].match(bare, number[1] - _BOUND) else "#"
    found = cues.says["fact"].search(bare[start : number[0]] + mark + bare[number[1] : end])
    return "past" if found else None


def _said_last(
    bare: str, start: int, end: int, cues: MetricCues, times: tuple[str, ...] = ("past", "owed")
) -> str | None:
    at, says = -1, None
    for time in times:
        for found in cues.says[time].finditer(bare, start, end):
            if found.start() > at:
                at, says = found.start(), "owed" if time == "owed" else "past"
    return says
