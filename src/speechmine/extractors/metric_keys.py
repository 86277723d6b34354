"""What is seen of a number that may be a metric: its unit, its words, its place in the clause.

Rules tell a metric from what only counts (GUIDELINE M6) and one kind from another (M4) by words
that they know. Where they have none, the shape of the clause tells more than nothing: a count at
its beginning with a verb behind its noun is of things that are there, a sum behind a word of
giving is planned. These keys are what weights learnt from annotated texts go by.
"""

from __future__ import annotations

import functools
import operator
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.extractors.metric_context import (
    MetricContext,
    clause_end,
    clause_start,
    is_rate,
)
from speechmine.model import Comparator, MetricKind, Quantity
from speechmine.patterns import compiled

__all__ = ["SeenMetric", "keys_of_metric", "masked", "pairs", "sort_of", "step_of", "told_as"]

#: So many characters before a number and behind it are looked at in pairs.
_BEFORE, _AFTER = 24, 20
_BEYOND = 60
_OWED = frozenset(["directive", "assurance"])
_FIGURE = compiled(r"\d+(?:\.\d+)?")
_LONGEST = 9
# What ends each step of how large a number is.
_BOUNDS = (0, 1, 4.99, 19.99, 99.99)


@dataclass(frozen=True, slots=True)
class SeenMetric:
    """A number as the rules read it: ``start`` and ``end`` are those of its wording."""

    quantity: Quantity
    start: int
    end: int
    name: str | None
    name_end: int | None
    comparator: Comparator
    kind: MetricKind
    rule: str


def keys_of_metric(seen: SeenMetric, context: MetricContext) -> list[str]:
    """What weights are kept for, of one number.

    Args:
        seen: the number as the rules read it.
        context: its segment.
    """
    quantity, bare = seen.quantity, context.bare
    first = max(clause_start(bare, quantity.start), quantity.start - _BEYOND)
    last = clause_end(bare, quantity.end)
    before = masked(bare[first : quantity.start])
    after = masked(bare[quantity.end : last])
    sort, label, side = sort_of(quantity, context), told_as(context), _side(seen)
    trap = dict(context.traps).get(quantity.start)
    size = step_of(quantity.low or quantity.high or 0)
    digits = any(map(str.isdecimal, bare[quantity.number_start : quantity.end]))
    near, next_ = before[-_BEFORE:], after[:_AFTER]
    return [
        "",
        *_of_rules(trap, seen.kind, seen.rule, label, context.segment.zone, sort),
        *_of_number(quantity.unit, seen.comparator, size, sort, digits=digits),
        *_of_place(before[-3:], after[:3], bare[last : last + 1], sort, label, side),
        *map("P".__add__, set(near)),
        *map("Q".__add__, set(next_)),
        *map("B".__add__, pairs(near)),
        *map("A".__add__, pairs(next_)),
        *_of_name(seen.name, side, sort),
        *_of_wording(seen, bare, (first, last), sort, side),
    ]


def told_as(context: MetricContext) -> str:
    """What a segment does; in what is owed numbers are goals, whichever way it is told."""
    return "target" if context.segment.discourse in _OWED else context.segment.discourse


def sort_of(quantity: Quantity, context: MetricContext) -> str:
    """A rate, a count, money or another measure.

    Args:
        quantity: any.
        context: its segment.
    """
    unit, shapes = quantity.unit or "", context.words.phrases.shapes
    if not unit or is_rate(quantity, shapes):
        return "rate"
    if unit.endswith(context.words.counters):
        return "count"
    return "paid" if shapes["unit.paid"].search(unit) else "measure"


@functools.lru_cache(maxsize=2048)
def _of_rules(  # what the rules say
    trap: str | None, kind: str, rule: str, label: str, zone: str | None, sort: str
) -> Sequence[str]:
    return (
        f"D{trap}",
        f"D{trap}|{sort}",
        f"D{trap}|{kind}",
        f"k{kind}",
        f"r{rule}",
        f"k{kind}|{sort}",
        f"k{kind}|{label}",
        f"r{rule}|{label}",
        f"l{label}",
        f"l{label}|{zone}",
        f"l{label}|{sort}",
    )


@functools.lru_cache(maxsize=2048)
def _of_number(
    unit: str | None, comparator: str, size: str, sort: str, *, digits: bool
) -> Sequence[str]:
    return (
        f"u{unit}",
        f"u{sort}",
        f"c{comparator}",
        f"c{comparator}|{sort}",
        f"m{size}|{sort}",
        f"d{digits}|{sort}",
        f"d{digits}|{size}|{sort}",
    )


def step_of(value: float) -> str:
    """How large, in five steps: one thing, a few, and so on.

    Example:
        >>> step_of(1), step_of(200)
        ('1', '5')
    """
    return str(bisect_left(_BOUNDS, value))


@functools.lru_cache(maxsize=4096)
def _of_place(  # what stands around a number
    before: str, after: str, mark: str, sort: str, label: str, side: str
) -> Sequence[str]:
    """What stands right before the number and right behind it."""
    opened, closed = f"^^^{before}", f"{after}$$$"
    return (
        *(f"b{opened[-length:]}" for length in (1, 2, 3)),
        *(f"a{closed[:length]}" for length in (1, 2, 3)),
        f"b{opened[-1:]}|{sort}",
        f"a{closed[:1]}|{sort}",
        f"e{mark}",
        *(() if before else (f"i{sort}", f"i{sort}|{label}")),
        f"x{not after}|{sort}|{side}",
    )


def _side(seen: SeenMetric) -> str:
    """On which side of the number its name stands."""
    if seen.name is None or seen.name_end is None:
        return "none"
    return "before" if seen.name_end <= seen.quantity.start else "behind"


@functools.lru_cache(maxsize=2048)
def _of_name(name: str | None, side: str, sort: str) -> Sequence[str]:
    key = f"p{side}|{sort}"
    if not name:
        return (key,)
    return (
        key,
        f"n{name[:1]}",
        f"n{name[:2]}",
        f"t{name[-1:]}",
        f"t{name[-2:]}",
        f"t{name[-1:]}|{sort}",
        f"s{min(len(name), _LONGEST) // 3}",
    )


def _of_wording(
    seen: SeenMetric, bare: str, clause: tuple[int, int], sort: str, side: str
) -> Sequence[str]:
    """What stands around the whole wording, and how the clause and the one before it begin."""
    first, last = clause
    rest = masked(bare[seen.end : last]) if seen.end < last else ""
    lead = masked(bare[first : seen.start]) if seen.start > first else ""
    around = _around(lead[-2:], rest[:2], masked(bare[first : first + 2]), sort, side)
    if first == 0:
        return (*around, "o")
    earlier = max(clause_start(bare, first - 1), first - _BEYOND // 2)
    return (*around, *map("L".__add__, pairs(masked(bare[earlier : first - 1]))))


@functools.lru_cache(maxsize=4096)
def _around(lead: str, rest: str, head: str, sort: str, side: str) -> Sequence[str]:
    """What stands right before a wording and right behind it."""
    opened, closed = f"^^{lead}", f"{rest}$$"
    return (
        f"f{closed[:1]}",
        f"f{closed[:2]}",
        f"g{opened[-1:]}",
        f"g{opened[-2:]}",
        f"f{closed[:2]}|{sort}|{side}",
        f"y{not rest}|{sort}|{side}",
        f"h{head}",
    )


def masked(text: str) -> str:
    """A text with one sign for each figure, whatever its value.

    Example:
        >>> masked("新建12座，投资3.5亿元")
        '新建#座，投资#亿元'
    """
    return _FIGURE.sub("#", text)


def pairs(text: str) -> Iterator[str]:
    """Each character with the one behind it.

    Example:
        >>> list(pairs("新建渠"))
        ['新建', '建渠']
    """
    return map(operator.add, text, text[1:])
