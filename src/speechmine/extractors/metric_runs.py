"""Numbers that stand in one coordination: 分别增长5%、6%左右 sets a bound for both."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from speechmine.model import Comparator, Quantity
from speechmine.rules.searching import Patterns

__all__ = ["is_rate", "number_runs"]

_NEAR = 12


def number_runs(
    quantities: Sequence[Quantity], text: str, shapes: Patterns
) -> list[list[Quantity]]:
    """Numbers with nothing but a joint between them belong together: 5%、6.5%左右.

    A rate and an amount do not: 增长6%左右、突破2万亿元.

    Args:
        quantities: the numbers of a segment, in order.
        text: the segment, from whose start they count.
        shapes: those of numbers and units.
    """
    runs: list[list[Quantity]] = []
    for quantity in quantities:
        if runs and _belong(runs[-1], quantity, text, shapes):
            runs[-1].append(quantity)
        else:
            runs.append([quantity])
    return [_sharing_comparator(run) for run in runs]


def _belong(run: list[Quantity], quantity: Quantity, text: str, shapes: Patterns) -> bool:
    """Two units side by side count two things (6400人、2100头), unless 分别 deals them out."""
    last = run[-1]
    if not shapes["number.connector"].fullmatch(text, last.end, quantity.start):
        return False
    rate = is_rate(quantity, shapes)
    if rate or is_rate(last, shapes):
        return rate == is_rate(last, shapes)
    near = max(0, run[0].start - _NEAR)
    return last.unit == quantity.unit or _is_dealt(text, near, run[0].start, shapes)


def _is_dealt(text: str, start: int, end: int, shapes: Patterns) -> bool:
    return shapes["number.dealt"].search(text, start, end) is not None


def is_rate(quantity: Quantity, shapes: Patterns) -> bool:
    """Percent, percentage points, times, or no unit at all."""
    return shapes["unit.rate"].search(quantity.unit or "%") is not None


def _sharing_comparator(run: list[Quantity]) -> list[Quantity]:
    """分别增长5%、6%左右, 分别超过2%、5%: the bound is said once for all."""
    said = {q.comparator for q in run if q.comparator != "="}
    if len(run) == 1 or len(said) != 1 or all(q.comparator != "=" for q in run):
        return run
    at_ends = run[0].comparator != "=" and run[0].number_start > run[0].start
    if not at_ends and run[-1].comparator == "=":
        return run
    return [_bounded(q, next(iter(said))) for q in run]


def _bounded(quantity: Quantity, comparator: Comparator) -> Quantity:
    if quantity.comparator != "=" or comparator == "range":
        return quantity
    cleared: dict[str, Any] = {"comparator": comparator}
    if comparator in (">", ">="):
        cleared |= {"high": None, "norm_high": None}
    if comparator in ("<", "<="):
        cleared |= {"low": None, "norm_low": None}
    return dataclasses.replace(quantity, **cleared)
