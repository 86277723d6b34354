"""Numbers that by the rules measure nothing, and that others like them in annotated texts measure.

The table of traps knows the wordings that count without measuring (两个区域, 涉及93个村) and how to
tell them from those that measure (增派两台挖机, 断电十九个小时) by words alone. What stands around
such a number tells more: the verb before it, its trap, the label of its sentence, the mark behind
it. A logistic regression (Cox 1958) over these keys takes for measures those that are likely
enough. The weights come from ``scripts/train_metrics.py`` and are whole steps.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from importlib.resources import files

from speechmine.extractors.learned_weights import ClassWeights, read_class_weights, shares_of
from speechmine.extractors.metric_context import (
    MetricContext,
    clause_end,
    clause_start,
    sentence_end,
)
from speechmine.extractors.metric_keys import masked, pairs, sort_of, step_of, told_as
from speechmine.extractors.metric_tenses import time_said
from speechmine.extractors.quantities import DoubtfulQuantity
from speechmine.model import Quantity

__all__ = ["VERDICTS", "keys_of_doubt", "learned_measures", "measures", "shipped_measures"]

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
    known = weights or shipped_measures()
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
        *_of_number(doubt, sort, context),
        *_of_place(before, after, bare[last : last + 1], sort, doubt.trap),
        *_of_neighbours(number, sort, (first, last), context),
        *(f"B{pair}" for pair in pairs(before[-_BEFORE:])),
        *(f"A{pair}" for pair in pairs(after[:_AFTER])),
    )
    return list(dict.fromkeys(keys))


def _of_number(doubt: DoubtfulQuantity, sort: str, context: MetricContext) -> Iterator[str]:
    number, trap, label = doubt.quantity, doubt.trap, told_as(context)
    size = step_of(number.low or number.high or 0)
    digits = any(map(str.isdecimal, context.bare[number.number_start : number.end]))
    said, several = time_said(number, context), (number.low or 0) > 1
    yield from (
        "",
        f"r{trap}",
        f"r{trap}|{sort}",
        f"r{trap}|{label}",
        f"r{trap}|{number.comparator}",
    )
    yield from (f"u{number.unit}", f"s{sort}", f"l{label}", f"l{label}|{sort}")
    yield from (f"k{several}|{trap}|{label}", f"k{several}|{trap}|{label}|{number.unit}")
    yield f"z{context.segment.zone}|{label}"
    yield from (f"m{size}|{sort}", f"d{digits}|{sort}", f"d{digits}|{size}|{sort}")
    yield from (f"c{number.comparator}", f"c{number.comparator}|{sort}")
    yield from (f"t{said}", f"t{said}|{sort}", f"t{said}|{trap}")


def _of_place(before: str, after: str, mark: str, sort: str, trap: str) -> Iterator[str]:
    """What stands right before the number and right behind it."""
    opened, closed = f"^^^{before}", f"{after}$$$"
    for length in (1, 2, 3):
        yield f"b{opened[-length:]}"
        yield f"a{closed[:length]}"
    for kind in (sort, trap):
        yield f"b{opened[-1:]}|{kind}"
        yield f"a{closed[:1]}|{kind}"
        yield f"x{not after}|{not before}|{kind}"
    yield f"e{mark}"
    yield f"h{before[:2]}"


def _of_neighbours(
    number: Quantity, sort: str, clause: tuple[int, int], context: MetricContext
) -> Iterator[str]:
    """Whether others in its sentence, or its clause, measure something."""
    bare = context.bare
    start = max(bare.rfind(mark, 0, number.start) for mark in "。；") + 1
    end = sentence_end(bare, number.end)
    near = [q for q in context.numbers if start <= q.start < end]
    yield f"n{min(len(near), 3)}|{sort}"
    yield f"S{any(q.unit == number.unit for q in near)}|{sort}"
    yield f"I{any(clause[0] <= q.start < clause[1] for q in near)}|{sort}"


@functools.cache
def shipped_measures() -> ClassWeights:
    """The weights that come with the package.

    Example:
        >>> len(shipped_measures().steps) > 1000
        True
    """
    packed = (files("speechmine.extractors") / "measures.bin").read_bytes()
    return read_class_weights(packed, len(VERDICTS))
