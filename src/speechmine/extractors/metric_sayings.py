"""What a clause says of the time of its number: owed, or a fact, by the nearest word."""

from __future__ import annotations

from speechmine.borders import CLAUSE, SENTENCE
from speechmine.extractors.metric_context import REACH, clause_start
from speechmine.extractors.metric_meaning import MetricCues

__all__ = ["clause_end", "said_around", "said_before", "sentence_end"]

#: How many clauses back in the sentence a word of time still holds for a clause without one.
_CLAUSES_BACK = 3
#: How long a bound behind a number is.
_BOUND = 2


def said_before(bare: str, start: int, cues: MetricCues, longest: int = REACH) -> str | None:
    """What the nearest clause says of time that stands before in the same sentence.

    A short one that is nothing but a time (两年来，) speaks for the number's own clause.
    """
    for _ in range(_CLAUSES_BACK):
        if start == 0 or bare[start - 1] != "，":
            break
        end, start = start - 1, clause_start(bare, start - 1)
        if end - start > longest:
            break
        says = _said_last(bare, start, end, cues)
        if says is not None:
            return says
    return None


def said_around(
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


def clause_end(bare: str, at: int) -> int:
    """Where the clause ends that holds ``at``."""
    mark = CLAUSE.search(bare, at, at + REACH)
    return mark.start() if mark else min(len(bare), at + REACH)


def sentence_end(bare: str, at: int) -> int:
    """Where the sentence ends that holds ``at``."""
    mark = SENTENCE.search(bare, at, at + REACH)
    return mark.start() if mark else min(len(bare), at + REACH)
