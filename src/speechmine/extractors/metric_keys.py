"""What is seen of a number that may be a metric: its unit, its words, its place in the clause.

Rules tell a metric from what only counts (GUIDELINE M6) and one kind from another (M4) by words
that they know. Where they have none, the shape of the clause tells more than nothing: a count at
its beginning with a verb behind its noun is of things that are there, a sum behind a word of
giving is planned. These keys are what weights learnt from annotated texts go by.
"""

from __future__ import annotations

import operator
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
    sort = sort_of(quantity, context)
    return [
        "",
        *_of_rules(seen, context, sort),
        *_of_number(seen, context, sort),
        *_of_place(seen, bare[last : last + 1], before, after, sort, context),
        *map("B".__add__, pairs(before[-_BEFORE:])),
        *map("A".__add__, pairs(after[:_AFTER])),
        *_of_name(seen, sort),
        *_of_wording(seen, context, first, last, sort),
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


def _of_rules(seen: SeenMetric, context: MetricContext, sort: str) -> Sequence[str]:
    kind, label = seen.kind, told_as(context)
    trap = dict(context.traps).get(seen.quantity.start)
    return (
        f"D{trap}",
        f"D{trap}|{sort}",
        f"D{trap}|{kind}",
        f"k{kind}",
        f"r{seen.rule}",
        f"k{kind}|{sort}",
        f"k{kind}|{label}",
        f"r{seen.rule}|{label}",
        f"l{label}",
        f"l{label}|{context.segment.zone}",
        f"l{label}|{sort}",
    )


def _of_number(seen: SeenMetric, context: MetricContext, sort: str) -> Sequence[str]:
    quantity = seen.quantity
    size = step_of(quantity.low or quantity.high or 0)
    said = context.bare[quantity.number_start : quantity.end]
    digits = any(map(str.isdecimal, said))
    return (
        f"u{quantity.unit}",
        f"u{sort}",
        f"c{seen.comparator}",
        f"c{seen.comparator}|{sort}",
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
    bounds = (0, 1, 4.99, 19.99, 99.99)
    return str(sum(value > bound for bound in bounds))


def _of_place(
    seen: SeenMetric, mark: str, before: str, after: str, sort: str, context: MetricContext
) -> Sequence[str]:
    """What stands right before the number and right behind it."""
    opened, closed = f"^^^{before}", f"{after}$$$"
    return (
        *(f"b{opened[-length:]}" for length in (1, 2, 3)),
        *(f"a{closed[:length]}" for length in (1, 2, 3)),
        f"b{opened[-1:]}|{sort}",
        f"a{closed[:1]}|{sort}",
        f"e{mark}",
        *(() if before else (f"i{sort}", f"i{sort}|{told_as(context)}")),
        f"x{not after}|{sort}|{_side(seen)}",
        *map("P".__add__, set(before[-_BEFORE:])),
        *map("Q".__add__, set(after[:_AFTER])),
    )


def _side(seen: SeenMetric) -> str:
    """On which side of the number its name stands."""
    if seen.name is None or seen.name_end is None:
        return "none"
    return "before" if seen.name_end <= seen.quantity.start else "behind"


def _of_name(seen: SeenMetric, sort: str) -> Sequence[str]:
    side, name = f"p{_side(seen)}|{sort}", seen.name
    if not name:
        return (side,)
    return (
        side,
        f"n{name[:1]}",
        f"n{name[:2]}",
        f"t{name[-1:]}",
        f"t{name[-2:]}",
        f"t{name[-1:]}|{sort}",
        f"s{min(len(name), _LONGEST) // 3}",
    )


def _of_wording(
    seen: SeenMetric, context: MetricContext, first: int, last: int, sort: str
) -> Sequence[str]:
    """What stands around the whole wording, and how the clause and the one before it begin."""
    bare = context.bare
    rest = masked(bare[seen.end : last]) if seen.end < last else ""
    lead = masked(bare[first : seen.start]) if seen.start > first else ""
    opened, closed = f"^^{lead}", f"{rest}$$"
    around = (
        f"f{closed[:1]}",
        f"f{closed[:2]}",
        f"g{opened[-1:]}",
        f"g{opened[-2:]}",
        f"f{closed[:2]}|{sort}|{_side(seen)}",
        f"y{not rest}|{sort}|{_side(seen)}",
        f"h{masked(bare[first : first + 2])}",
    )
    if first == 0:
        return (*around, "o")
    earlier = max(clause_start(bare, first - 1), first - _BEYOND // 2)
    return (*around, *map("L".__add__, pairs(masked(bare[earlier : first - 1]))))


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
