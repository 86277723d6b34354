"""Whether a number measures anything, and what kind of metric it is, where the words leave it open.

The rules know counts by their words (GUIDELINE M6) and kinds by theirs (M4). A text that nobody has
looked at has others. A log-linear choice among the kinds, or none (multinomial logit: McFadden
1974), that takes what the rules say for one sign among many, overrules them where it is sure. The
weights come from ``scripts/train_metrics.py`` and are whole steps, so that their sums are the same
on any machine.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import cast

from speechmine.extractors.metric_context import (
    MetricContext,
    clause_end,
    clause_start,
    sentence_end,
)
from speechmine.extractors.metric_keys import (
    SeenMetric,
    keys_of_metric,
    masked,
    pairs,
    sort_of,
    step_of,
    told_as,
)
from speechmine.extractors.metric_tenses import BY_TIME, time_said
from speechmine.extractors.quantities import DoubtfulQuantity
from speechmine.learned.weights import ClassWeights, shares_of, shipped_classes
from speechmine.model import MetricKind, Quantity

__all__ = [
    "KIND_STEP",
    "NO_METRIC",
    "OUTCOMES",
    "VERDICTS",
    "keys_of_doubt",
    "learned_kind",
    "learned_measures",
    "measures",
]

#: The outcome for a number that measures nothing, or only counts what is there.
NO_METRIC = "none"
#: What a number may be; their order is that of the stored weights.
OUTCOMES = (
    NO_METRIC,
    "achieved",
    "baseline",
    "comparison",
    "estimate",
    "plan",
    "reference",
    "target",
)
# How likely another outcome must be to overrule the rules, where they go by the time alone, where a
# word of the kind says more, and where it is none: what may be owed is not dropped lightly
# (docs/methods.md).
_BY_TIME_SURE = 0.7
_BY_WORD_SURE = 0.75
_DROPPED_SURE = 0.87
#: Weights are kept in steps of this size.
KIND_STEP = 1 / 32
_RULE = "kind.learned"
#: So many things are seldom told only to say which are meant.
_MANY = 100
# What words or dates say of the time of a number against which no weights hold.
_OVER = frozenset(["kind.told_past", "kind.past_year", "kind.looking_back"])
# A goal in a part that plans is no fact unless its own words say so.
_PLANNED = ("plan", "target")
_SETTLED = {
    "achieved": frozenset(["kind.told_owed", "kind.future", "kind.comparison"]),
    "target": _OVER | frozenset(["kind.plan.budget", "kind.size_of_works"]),
    "plan": _OVER,
}


def learned_kind(
    seen: SeenMetric, context: MetricContext, weights: ClassWeights | None = None
) -> tuple[MetricKind, str]:
    """The kind of a number and the rule that decided.

    Args:
        seen: the number as the rules read it.
        context: its segment.
        weights: those that come with the package by default.

    Returns:
        What the rules said, unless another outcome is likely enough. A count of what is there stays
        on the books as kind ``count``.
    """
    known = weights or shipped_classes("metrics", len(OUTCOMES))
    sums = known.sums(keys_of_metric(seen, context))
    said = NO_METRIC if seen.kind == "count" else seen.kind
    best = sums.index(max(sums))
    outcome = OUTCOMES[best]
    if outcome == said:  # as of most
        return seen.kind, seen.rule
    least = _BY_TIME_SURE if seen.rule in BY_TIME else _BY_WORD_SURE
    least = max(least, _DROPPED_SURE) if outcome == NO_METRIC else least
    if shares_of(sums, KIND_STEP)[best] < least or _is_settled(outcome, seen, context):
        return seen.kind, seen.rule
    return ("count" if outcome == NO_METRIC else cast("MetricKind", outcome)), _RULE


def _is_settled(outcome: str, seen: SeenMetric, context: MetricContext) -> bool:
    """What is owed is no fact, what is over or of a budget no goal.

    15个村完成改厕 tells more than which are meant, 零事故 is nothing but a metric.
    """
    if outcome != NO_METRIC:
        return seen.rule in _SETTLED.get(outcome, ()) or (
            outcome == "achieved"
            and seen.rule == "kind.looking_forward"
            and (context.segment.zone, context.segment.discourse) == _PLANNED
        )
    if (
        seen.rule == "kind.looking_forward"
        and context.segment.zone == "plan"
        and _is_dated(context)
    ):
        return True
    bare, number = context.bare, seen.quantity
    powers = context.words.phrases.shapes["unit.powers"].match(number.unit or "")
    if number.high == 0 or powers or (number.low or 0) >= _MANY:
        return True
    clause = bare[clause_start(bare, number.start) : clause_end(bare, number.end)]
    return context.words.phrases.shapes["number.finishes"].search(clause) is not None


def _is_dated(context: MetricContext) -> bool:
    """今年再办好20件实事: a year that is on says that so many are to be."""
    return context.words.phrases.shapes["number.this_year"].match(context.bare) is not None


#: Whether a number measures something; their order is that of the stored weights.
VERDICTS = (False, True)

# How likely a number must be to measure something: by texts left out of the training
# (docs/methods.md). One more number helps when it is right nearly as often as not.
_LIKELY = 0.4
#: So many characters before a number and behind it are looked at in pairs.
_BEFORE, _AFTER = 16, 12
_BEYOND = 60


def learned_measures(
    doubts: Iterable[DoubtfulQuantity],
    context: MetricContext,
    weights: ClassWeights | None = None,
) -> list[DoubtfulQuantity]:
    """Those of some numbers that are likely to measure something.

    Args:
        doubts: numbers that by the rules measure nothing, counted from the segment's start.
        context: the segment.
        weights: those that come with the package by default.
    """
    known = weights or shipped_classes("measures", len(VERDICTS))
    return [d for d in doubts if measures(keys_of_doubt(d, context), known)]


def measures(keys: Iterable[str], weights: ClassWeights) -> bool:
    """Whether a number is likely to measure something.

    Args:
        keys: what is seen of it.
        weights: of :data:`VERDICTS`.
    """
    _, chance = shares_of(weights.sums(keys))
    return chance >= _LIKELY


def keys_of_doubt(doubt: DoubtfulQuantity, context: MetricContext) -> list[str]:
    """What weights are kept for, of one number; each key once.

    Args:
        doubt: counted from the segment's start.
        context: its segment.
    """
    number, bare = doubt.quantity, context.bare
    sort = "bare" if number.unit is None else sort_of(number, context)
    first = max(clause_start(bare, number.start), number.start - _BEYOND)
    last = clause_end(bare, number.end)
    before, after = masked(bare[first : number.start]), masked(bare[number.end : last])
    keys = (
        *_of_number(
            number,
            (doubt.trap, sort, told_as(context), context.segment.zone),
            time_said(number, context),
            digits=any(map(str.isdecimal, bare[number.number_start : number.end])),
        ),
        *_of_place(before, after, bare[last : last + 1], sort, doubt.trap),
        *_of_neighbours(number, sort, (first, last), context),
        *map("B".__add__, pairs(before[-_BEFORE:])),
        *map("A".__add__, pairs(after[:_AFTER])),
    )
    return list(dict.fromkeys(keys))


def _of_number(
    number: Quantity, seen: tuple[str, str, str, str | None], said: str | None, *, digits: bool
) -> Sequence[str]:
    size, several = step_of(number.low or number.high or 0), (number.low or 0) > 1
    written = (number.unit, number.comparator, size)
    return _of_measure(written, seen, said, digits=digits, several=several)


@functools.lru_cache(maxsize=2048)
def _of_measure(
    written: tuple[str | None, str, str],
    seen: tuple[str, str, str, str | None],
    said: str | None,
    *,
    digits: bool,
    several: bool,
) -> Sequence[str]:
    (unit, comparator, size), (trap, sort, label, zone) = written, seen
    return (
        "",
        f"r{trap}",
        f"r{trap}|{sort}",
        f"r{trap}|{label}",
        f"r{trap}|{comparator}",
        f"u{unit}",
        f"s{sort}",
        f"l{label}",
        f"l{label}|{sort}",
        f"k{several}|{trap}|{label}",
        f"k{several}|{trap}|{label}|{unit}",
        f"z{zone}|{label}",
        f"m{size}|{sort}",
        f"d{digits}|{sort}",
        f"d{digits}|{size}|{sort}",
        f"c{comparator}",
        f"c{comparator}|{sort}",
        f"t{said}",
        f"t{said}|{sort}",
        f"t{said}|{trap}",
    )


def _of_place(before: str, after: str, mark: str, sort: str, trap: str) -> Sequence[str]:
    """What stands right before the number and right behind it."""
    opened, closed = f"^^^{before}", f"{after}$$$"
    return (
        *(f"b{opened[-length:]}" for length in (1, 2, 3)),
        *(f"a{closed[:length]}" for length in (1, 2, 3)),
        *(f"b{opened[-1:]}|{kind}" for kind in (sort, trap)),
        *(f"a{closed[:1]}|{kind}" for kind in (sort, trap)),
        *(f"x{not after}|{not before}|{kind}" for kind in (sort, trap)),
        f"e{mark}",
        f"h{before[:2]}",
    )


def _of_neighbours(
    number: Quantity, sort: str, clause: tuple[int, int], context: MetricContext
) -> Sequence[str]:
    """Whether others in its sentence, or its clause, measure something."""
    bare = context.bare
    start = max(bare.rfind(mark, 0, number.start) for mark in "。；") + 1
    end = sentence_end(bare, number.end)
    near = [q for q in context.numbers if start <= q.start < end]
    same = any(q.unit == number.unit for q in near)
    beside = any(clause[0] <= q.start < clause[1] for q in near)
    return f"n{min(len(near), 3)}|{sort}", f"S{same}|{sort}", f"I{beside}|{sort}"
