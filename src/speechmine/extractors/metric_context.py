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
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet

__all__ = [
    "REACH",
    "InClause",
    "MetricContext",
    "MetricWords",
    "UnitFacts",
    "clause_end",
    "clause_start",
    "in_clause",
    "is_guess",
    "masked",
    "sentence_end",
    "unit_facts",
    "vocabulary_of",
]

#: How far words bear on a number, in characters; longer sentences are rare, and some have no end.
REACH = 600
_LONGEST_CLAUSE = 600
#: So far before a number its clause is looked at.
_BEYOND = 60
_OWED = frozenset(["directive", "assurance"])
_FIGURE = compiled(r"\d+(?:\.\d+)?")
#: Below it a label of the past among plans is wrong more often than right (read on real reports).
_LEAST_SURE = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class MetricWords:
    """Words around numbers; units that count, comparators that are weaker as a goal.

    ``far`` finds a bound with other words between it and its number (至少新建20个).
    """

    phrases: Phrases
    cues: MetricCues
    counters: tuple[str, ...]
    goals: tuple[str, ...]
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
    its numbers; ``before`` gives the last numbers of the line before it; ``traps`` those in which
    numbers stand that were taken all the same, each with where it starts.
    """

    segment: Segment
    text: str
    bare: str
    frame: TimeFrame
    words: MetricWords
    goals: str
    line: str
    reviewed: int
    headed_review: bool
    numbers: Sequence[Quantity]
    before: Callable[[], Sequence[Quantity]]
    traps: Mapping[int, str]

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


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a unit says of its number.

    Attributes:
        rate: percent, percentage points, times, or no unit at all.
        counter: it counts things (家, 万户).
        sort: rate, count, paid (money) or measure.
        base: the unit without 万 and 亿.
    """

    rate: bool
    counter: bool
    sort: str
    base: str


def unit_facts(quantity: Quantity, words: MetricWords) -> UnitFacts:
    """What the unit of a number says of it."""
    return _facts_of_unit(quantity.unit or "", words)


@functools.lru_cache(maxsize=2048)  # the same few units stand with most numbers
def _facts_of_unit(unit: str, words: MetricWords) -> UnitFacts:
    shapes = words.phrases.shapes
    rate = shapes["unit.rate"].search(unit or "%") is not None
    counter = unit.endswith(words.counters)
    paid = "paid" if shapes["unit.paid"].search(unit) else "measure"
    sort = "rate" if rate else "count" if counter else paid
    return UnitFacts(rate, counter, sort, shapes["unit.powers"].sub("", unit, count=1))


def clause_end(bare: str, at: int) -> int:
    """Where the clause ends that holds ``at``."""
    mark = CLAUSE.search(bare, at, at + REACH)
    return mark.start() if mark else min(len(bare), at + REACH)


def sentence_end(bare: str, at: int) -> int:
    """Where the sentence ends that holds ``at``."""
    mark = SENTENCE.search(bare, at, at + REACH)
    return mark.start() if mark else min(len(bare), at + REACH)


@quickly_made
@dataclass(frozen=True, slots=True)
class InClause:
    """A number in its clause, other figures put to signs.

    Attributes:
        quantity: the number.
        first, last: where its clause begins and ends, if that is not far.
        before, after: the clause before it and behind it.
        mark: what ends the clause.
        sort: rate, count, paid or measure.
        label: what its segment does.
    """

    quantity: Quantity
    first: int
    last: int
    before: str
    after: str
    mark: str
    sort: str
    label: str


def in_clause(quantity: Quantity, context: MetricContext) -> InClause:
    """Where a number stands in its clause."""
    bare, label = context.bare, context.segment.discourse
    first = max(clause_start(bare, quantity.start), quantity.start - _BEYOND)
    last = clause_end(bare, quantity.end)
    return InClause(
        quantity,
        first,
        last,
        masked(bare[first : quantity.start]),
        masked(bare[quantity.end : last]),
        bare[last : last + 1],
        unit_facts(quantity, context.words).sort,
        "target" if label in _OWED else label,  # in what is owed, however told, numbers are goals
    )


def masked(text: str) -> str:
    """A text with one sign for each figure, whatever its value.

    Example:
        >>> masked("新建12座，投资3.5亿元")
        '新建#座，投资#亿元'
    """
    return _FIGURE.sub("#", text)
