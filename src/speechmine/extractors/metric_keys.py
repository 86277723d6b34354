"""What is seen of a number that may be a metric: its unit, its words, its place in the clause.

Rules tell a metric from what only counts (GUIDELINE M6) and one kind from another (M4) by words
that they know. Where they have none, the shape of the clause tells more than nothing: a count at
its beginning with a verb behind its noun is of things that are there, a sum behind a word of
giving is planned. These keys are what weights learnt from annotated texts go by.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.extractors.metric_context import MetricContext, clause_end, clause_start
from speechmine.extractors.metric_runs import is_rate
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
        *(f"B{pair}" for pair in pairs(before[-_BEFORE:])),
        *(f"A{pair}" for pair in pairs(after[:_AFTER])),
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


def _of_rules(seen: SeenMetric, context: MetricContext, sort: str) -> Iterator[str]:
    kind, label = seen.kind, told_as(context)
    trap = dict(context.traps).get(seen.quantity.start)
    yield f"D{trap}"
    yield f"D{trap}|{sort}"
    yield f"D{trap}|{kind}"
    yield f"k{kind}"
    yield f"r{seen.rule}"
    yield f"k{kind}|{sort}"
    yield f"k{kind}|{label}"
    yield f"r{seen.rule}|{label}"
    yield f"l{label}"
    yield f"l{label}|{context.segment.zone}"
    yield f"l{label}|{sort}"


def _of_number(seen: SeenMetric, context: MetricContext, sort: str) -> Iterator[str]:
    quantity = seen.quantity
    size = step_of(quantity.low or quantity.high or 0)
    said = context.bare[quantity.number_start : quantity.end]
    digits = any(map(str.isdecimal, said))
    yield f"u{quantity.unit}"
    yield f"u{sort}"
    yield f"c{seen.comparator}"
    yield f"c{seen.comparator}|{sort}"
    yield f"m{size}|{sort}"
    yield f"d{digits}|{sort}"
    yield f"d{digits}|{size}|{sort}"


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
) -> Iterator[str]:
    """What stands right before the number and right behind it."""
    opened, closed = f"^^^{before}", f"{after}$$$"
    for length in (1, 2, 3):
        yield f"b{opened[-length:]}"
        yield f"a{closed[:length]}"
    yield f"b{opened[-1:]}|{sort}"
    yield f"a{closed[:1]}|{sort}"
    yield f"e{mark}"
    if not before:
        yield f"i{sort}"
        yield f"i{sort}|{told_as(context)}"
    yield f"x{not after}|{sort}|{_side(seen)}"
    for character in set(before[-_BEFORE:]):
        yield f"P{character}"
    for character in set(after[:_AFTER]):
        yield f"Q{character}"


def _side(seen: SeenMetric) -> str:
    """On which side of the number its name stands."""
    if seen.name is None or seen.name_end is None:
        return "none"
    return "before" if seen.name_end <= seen.quantity.start else "behind"


def _of_name(seen: SeenMetric, sort: str) -> Iterator[str]:
    yield f"p{_side(seen)}|{sort}"
    if seen.name:
        yield f"n{seen.name[:1]}"
        yield f"n{seen.name[:2]}"
        yield f"t{seen.name[-1:]}"
        yield f"t{seen.name[-2:]}"
        yield f"t{seen.name[-1:]}|{sort}"
        yield f"s{min(len(seen.name), _LONGEST) // 3}"


def _of_wording(
    seen: SeenMetric, context: MetricContext, first: int, last: int, sort: str
) -> Iterator[str]:
    """What stands around the whole wording, and how the clause and the one before it begin."""
    bare = context.bare
    rest = masked(bare[seen.end : last]) if seen.end < last else ""
    lead = masked(bare[first : seen.start]) if seen.start > first else ""
    for length in (1, 2):
        yield f"f{(rest + '$$')[:length]}"
        yield f"g{('^^' + lead)[-length:]}"
    yield f"f{(rest + '$$')[:2]}|{sort}|{_side(seen)}"
    yield f"y{not rest}|{sort}|{_side(seen)}"
    yield f"h{masked(bare[first : first + 2])}"
    if first == 0:
        yield "o"
        return
    earlier = max(clause_start(bare, first - 1), first - _BEYOND // 2)
    for pair in pairs(masked(bare[earlier : first - 1])):
        yield f"L{pair}"


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
    return map("".join, itertools.pairwise(text))
