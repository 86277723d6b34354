"""Numbers that stand in one coordination: 分别增长5%、6%左右 sets a bound for both."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from speechmine.model import Comparator, Quantity
from speechmine.patterns import compiled

__all__ = ["is_rate", "runs_of"]

_RATES = ("%", "‰", "百分点", "倍", "番", "成")
_DEALT = compiled("分别|依次")
_NEAR = 12
_CONNECTOR = compiled(r"[、和及与]|以及|或")


def runs_of(quantities: Sequence[Quantity], text: str) -> list[list[Quantity]]:
    """Numbers with nothing but a joint between them belong together: 5%、6.5%左右.

    A rate and an amount do not: 增长6%左右、突破2万亿元.

    Args:
        quantities: the numbers of a segment, in order.
        text: the segment, from whose start they count.
    """
    runs: list[list[Quantity]] = []
    for quantity in quantities:
        if runs and _belong(runs[-1], quantity, text):
            runs[-1].append(quantity)
        else:
            runs.append([quantity])
    return [_sharing_comparator(run) for run in runs]


def _belong(run: list[Quantity], quantity: Quantity, text: str) -> bool:
    """Two units side by side count two things (6400人、2100头), unless 分别 deals them out."""
    last = run[-1]
    if not _CONNECTOR.fullmatch(text[last.end : quantity.start]):
        return False
    if is_rate(last) and is_rate(quantity):
        return True
    dealt = _DEALT.search(text, max(0, run[0].start - _NEAR), run[0].start) is not None
    return is_rate(last) == is_rate(quantity) and (last.unit == quantity.unit or dealt)


def is_rate(quantity: Quantity) -> bool:
    """Percent, percentage points, times, or no unit at all."""
    return (quantity.unit or "%").endswith(_RATES)


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
