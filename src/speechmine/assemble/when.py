"""By when: which of the times around a row is its own, by weights learnt from annotated texts.

Where the times stand is grammar (``when_places.py``); a conditional logit over how each stands to
the row, and what stands around it, says which is meant, or that none is (GUIDELINE L3). The
weights come from ``scripts/train_when.py`` and are whole steps, so that their sums are the same
on any machine.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.resources import files

from speechmine.assemble.when_keys import keys_of_row
from speechmine.assemble.when_places import NONE, RowTime, TimedRow, candidates_of
from speechmine.extractors.learned_weights import read_weights, sum_of

__all__ = ["shipped_times", "time_of"]

# A time that nobody meant is worse than one that is missed: so many steps more speak for it.
_DOUBT = 2
# What a line above says goes before these.
_WEAKER = ("open", "per_plan")


def time_of(row: TimedRow, weights: Mapping[str, int] | None = None) -> RowTime:
    """The time of a row.

    Args:
        row: the row, and what a line above it gives.
        weights: those that come with the package by default.
    """
    known = shipped_times() if weights is None else weights
    found = candidates_of(row)
    best = found[0]
    if len(found) > 1:
        sums = [sum_of(set(keys), known) for keys in keys_of_row(row, found)]
        sums = [total + _DOUBT * (c.place == NONE) for total, c in zip(sums, found, strict=True)]
        best = found[max(range(len(found)), key=sums.__getitem__)]
    if row.above is not None and best.time.kind in _WEAKER:
        return RowTime(row.above, "up", above=True)
    return best


@functools.cache
def shipped_times() -> Mapping[str, int]:
    """The weights that come with the package.

    Example:
        >>> len(shipped_times()) > 1000
        True
    """
    return read_weights((files("speechmine.assemble") / "when.bin").read_bytes())
