"""One segment with all that is needed to read its numbers.

The words they are read with, and what its clauses say of the time of each.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from speechmine.borders import CLAUSE, SENTENCE, start_before
from speechmine.changes import quickly_made
from speechmine.extractors.indicators import Phrases, phrases_of
from speechmine.extractors.metric_meaning import MetricCues, metric_cues_of
from speechmine.extractors.metric_times import Times, times_of
from speechmine.extractors.quantity_grammar import grammar_of
from speechmine.model import Quantity, Segment, TimeFrame
from speechmine.numerals import with_full_marks, without_names
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns

__all__ = [
    "REACH",
    "MetricContext",
    "MetricWords",
    "clause_end",
    "clause_start",
    "is_guess",
    "is_rate",
    "said_around",
    "said_before",
    "sentence_end",
    "vocabulary_of",
]

#: How far words bear on a number, in characters; longer sentences are rare, and some have no end.
REACH = 600
_LONGEST_CLAUSE = 600
#: Below it a label of the past among plans is wrong more often than right (read on real reports).
_LEAST_SURE = 0.6


@dataclass(frozen=True, slots=True)
class MetricWords:
    """Words around numbers; units that count, comparators that are weaker as a goal.

    ``far`` finds a bound with other words between it and its number (至少新建20个).
    """

    phrases: Phrases
    cues: MetricCues
    counters: tuple[str, ...]
    goals: tuple[str, ...]
    speakers: re.Pattern[str]
    far: re.Pattern[str]
    unit_names: Mapping[str, str]
    times: Times


@quickly_made
@dataclass(frozen=True, slots=True, eq=False)
class MetricContext:
    """One segment with all that is needed to read it; offsets count from its start.

    ``bare`` is its text with names in quotation marks blanked and marks in full width;
    ``goals`` the sentence that opened the list of goals in which it stands; ``line`` what
    stands before it in its line; ``reviewed`` how many years its part of the document looks
    back on; ``headed_review`` whether the main heading above it names a review; ``numbers`` all
    its numbers; ``level`` the rank of the place that the document speaks for; ``before`` gives
    the last numbers of the line before it; ``dated`` is ``bare``
    with last days that were over told from those to come; ``traps`` those in which numbers stand
    that were taken all the same, each with where it starts.
    """

    segment: Segment
    text: str
    bare: str
    frame: TimeFrame
    words: MetricWords
    goals: str = ""
    line: str = ""
    reviewed: int = 0
    headed_review: bool = False
    numbers: Sequence[Quantity] = ()
    level: int | None = None
    dated: str = ""
    before: Callable[[], Sequence[Quantity]] = tuple
    traps: Sequence[tuple[int, str]] = ()

    @property
    def line_bare(self) -> str:
        """The end of the line before the segment, as ``bare`` is of its text."""
        return _bare_end(self.line)


@functools.lru_cache(maxsize=1)  # few numbers ask for it, and then several of a segment
def _bare_end(line: str) -> str:
    return with_full_marks(without_names(line[-_LONGEST_CLAUSE:]))


@functools.lru_cache(maxsize=8)
def vocabulary_of(rules: RuleSet) -> MetricWords:
    """What is made of the rule tables once."""
    units, bounds = rules.table("units"), rules.table("comparators")
    return MetricWords(
        phrases=phrases_of(rules),
        cues=metric_cues_of(rules),
        counters=tuple(t for rule in units if rule.value == "counter" for t in rule.terms),
        goals=tuple(t for rule in bounds if rule.attribute("goal") for t in rule.terms),
        speakers=grammar_of(rules).speakers,
        far=grammar_of(rules).far,
        unit_names={
            term: rule.attribute("name")
            for rule in units
            for term in rule.terms
            if rule.attribute("name")
        },
        times=times_of(rules),
    )


@functools.lru_cache(maxsize=64)  # of each number several ask, one after the other
def clause_start(bare: str, at: int) -> int:
    """Where the clause begins that holds ``at``."""
    # A text without a mark must not be searched whole for each number.
    return start_before(CLAUSE, bare, at, max(0, at - _LONGEST_CLAUSE))


def is_guess(segment: Segment) -> bool:
    """Whether, among plans, the label of a segment is too unsure to make a past of it.

    始终把民生放在首位，投入2亿元办好40件实事 stands below 今年任务 and has no word of the past.
    """
    unsure = segment.confidence is not None and segment.confidence < _LEAST_SURE
    return unsure and segment.zone == "plan"


def is_rate(quantity: Quantity, shapes: Patterns) -> bool:
    """Percent, percentage points, times, or no unit at all."""
    return shapes["unit.rate"].search(quantity.unit or "%") is not None


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


@functools.lru_cache(maxsize=8)  # of each number several ask, one after the other
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
