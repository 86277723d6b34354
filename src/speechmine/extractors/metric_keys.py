"""What is seen of a number that may be a metric: its unit, its words, its place in the clause.

What tells a metric from what only counts (GUIDELINE M6) and one kind from another (M4): what is
said of its time, and the shape of the clause. A count at its beginning with a verb behind its noun
is of things that are there, a sum behind a word of giving is planned. These keys are what weights
learnt from annotated texts go by.
"""

from __future__ import annotations

import functools
import operator
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.changes import changed
from speechmine.extractors.metric_context import (
    InClause,
    MetricContext,
    clause_start,
    in_clause,
    masked,
    sentence_end,
)
from speechmine.extractors.metric_signs import time_said
from speechmine.extractors.quantities import DoubtfulQuantity
from speechmine.model import Quantity

__all__ = ["SeenMetric", "keys_of_doubt", "keys_of_metric", "step_of"]

#: So many characters before a number and behind it are looked at in pairs; of one in doubt fewer.
_NEAR, _NEAR_DOUBT = (24, 20), (16, 12)
#: So much of the clause before is looked at.
_BEYOND = 30
_LONGEST = 9
# What ends each step of how large a number is.
_BOUNDS = (0, 1, 4.99, 19.99, 99.99)


@dataclass(frozen=True, slots=True)
class SeenMetric:
    """A number with its name: ``start`` and ``end`` are those of its wording.

    ``signs`` are what is said of its time (:mod:`speechmine.extractors.metric_signs`).
    """

    quantity: Quantity
    start: int
    end: int
    name: str | None
    name_end: int | None
    signs: Sequence[str]


def keys_of_metric(seen: SeenMetric, context: MetricContext) -> list[str]:
    """What weights are kept for, of one number.

    Args:
        seen: the number with its name.
        context: its segment.
    """
    place, side = in_clause(seen.quantity, context), _side(seen)
    near, behind = place.before[-_NEAR[0] :], place.after[: _NEAR[1]]
    trap = context.traps.get(seen.quantity.start)
    return [
        "",
        *map("~".__add__, seen.signs),
        *_of_segment(trap, place.label, context.segment.zone, place.sort),
        *_of_number(seen.quantity, place.sort, context),
        *_of_place(near[-3:], behind[:3], place.mark, place.sort),
        *_of_sides(not near, not behind, place.sort, place.label, side),
        *map("P".__add__, set(near)),
        *map("Q".__add__, set(behind)),
        *map("B".__add__, _pairs(near)),
        *map("A".__add__, _pairs(behind)),
        *_of_name(seen.name, side, place.sort),
        *_of_wording(seen, context.bare, place, side),
    ]


def keys_of_doubt(doubt: DoubtfulQuantity, context: MetricContext) -> list[str]:
    """What weights are kept for, of one number that by the rules measures nothing.

    Args:
        doubt: counted from the segment's start.
        context: its segment.
    """
    number, place = doubt.quantity, in_clause(doubt.quantity, context)
    if number.unit is None:
        place = changed(place, sort="bare")
    near, behind = place.before[-_NEAR_DOUBT[0] :], place.after[: _NEAR_DOUBT[1]]
    several = (number.low or 0) > 1
    seen = (doubt.trap, place.sort, place.label, context.segment.zone)
    return [
        "",
        *_of_doubt(seen, number.unit, number.comparator, time_said(number, context), several),
        *_of_number(number, place.sort, context),
        *_of_place(near[-3:], behind[:3], place.mark, place.sort),
        *_of_trap(near[-1:], behind[:1], doubt.trap, place.sort),
        f"h{place.before[:2]}",
        *_of_neighbours(place, context),
        *map("B".__add__, _pairs(near)),
        *map("A".__add__, _pairs(behind)),
    ]


@functools.lru_cache(maxsize=2048)
def _of_segment(trap: str | None, label: str, zone: str | None, sort: str) -> Sequence[str]:
    return (
        f"D{trap}",
        f"D{trap}|{sort}",
        f"l{label}",
        f"l{label}|{zone}",
        f"l{label}|{sort}",
    )


@functools.lru_cache(maxsize=2048)
def _of_doubt(
    seen: tuple[str, str, str, str | None],
    unit: str | None,
    comparator: str,
    said: str | None,
    several: bool,
) -> Sequence[str]:
    trap, sort, label, zone = seen
    return (
        f"r{trap}",
        f"r{trap}|{sort}",
        f"r{trap}|{label}",
        f"r{trap}|{comparator}",
        f"s{sort}",
        f"l{label}",
        f"l{label}|{sort}",
        f"k{several}|{trap}|{label}",
        f"k{several}|{trap}|{label}|{unit}",
        f"z{zone}|{label}",
        f"t{said}",
        f"t{said}|{sort}",
        f"t{said}|{trap}",
    )


def _of_number(quantity: Quantity, sort: str, context: MetricContext) -> Sequence[str]:
    written = context.bare[quantity.number_start : quantity.end]
    digits = any(map(str.isdecimal, written))
    size = step_of(quantity.low or quantity.high or 0)
    return _of_measure(quantity.unit, quantity.comparator, size, sort, digits=digits)


@functools.lru_cache(maxsize=2048)
def _of_measure(
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
def _of_place(before: str, after: str, mark: str, sort: str) -> Sequence[str]:
    """What stands right before the number and right behind it."""
    opened, closed = f"^^^{before}", f"{after}$$$"
    return (
        *(f"b{opened[-length:]}" for length in (1, 2, 3)),
        *(f"a{closed[:length]}" for length in (1, 2, 3)),
        f"b{opened[-1:]}|{sort}",
        f"a{closed[:1]}|{sort}",
        f"e{mark}",
    )


@functools.lru_cache(maxsize=1024)
def _of_sides(
    opens: bool,
    ends: bool,
    sort: str,
    label: str,
    side: str,
) -> Sequence[str]:
    """Whether the number opens its clause, and whether it ends it."""
    opening = (f"i{sort}", f"i{sort}|{label}") if opens else ()
    return (*opening, f"x{ends}|{sort}|{side}")


def _of_trap(before: str, after: str, trap: str, sort: str) -> Sequence[str]:
    alone = f"x{not after}|{not before}"
    return (
        f"b{before or '^'}|{trap}",
        f"a{after or '$'}|{trap}",
        f"{alone}|{sort}",
        f"{alone}|{trap}",
    )


def _of_neighbours(place: InClause, context: MetricContext) -> Sequence[str]:
    """Whether others in its sentence, or its clause, measure something."""
    bare, number, sort = context.bare, place.quantity, place.sort
    start = max(bare.rfind(mark, 0, number.start) for mark in "。；") + 1
    end = sentence_end(bare, number.end)
    near = [q for q in context.numbers if start <= q.start < end]
    same = any(q.unit == number.unit for q in near)
    beside = any(place.first <= q.start < place.last for q in near)
    return f"n{min(len(near), 3)}|{sort}", f"S{same}|{sort}", f"I{beside}|{sort}"


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


def _of_wording(seen: SeenMetric, bare: str, place: InClause, side: str) -> Sequence[str]:
    """What stands around the whole wording, and how the clause and the one before it begin."""
    first, last = place.first, place.last
    rest = masked(bare[seen.end : last]) if seen.end < last else ""
    lead = masked(bare[first : seen.start]) if seen.start > first else ""
    around = _around(lead[-2:], rest[:2], masked(bare[first : first + 2]), place.sort, side)
    if first == 0:
        return (*around, "o")
    earlier = max(clause_start(bare, first - 1), first - _BEYOND)
    return (*around, *map("L".__add__, _pairs(masked(bare[earlier : first - 1]))))


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


def _pairs(text: str) -> Iterator[str]:
    """Each character with the one behind it.

    Example:
        >>> list(_pairs("新建渠"))
        ['新建', '建渠']
    """
    return map(operator.add, text, text[1:])
