"""Who has the lead where a text lists bodies only: a switch that a document states for itself."""

from __future__ import annotations

import functools
import re
from typing import Literal

from speechmine.rules.schema import RuleSet

__all__ = ["lead_convention"]


def lead_convention(text: str, rules: RuleSet) -> Literal["first", "all"] | None:
    """What a text says about lists without a lead.

    Returns:
        ``first``: the first one listed leads (列第一位者为牵头单位); ``all``: every responsible
        body does where no lead is named; None: nothing, so the listed ones stand side by side.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> lead_convention("注：列第一位的单位为牵头单位。", default_rules())
        'first'
    """
    for value, pattern in _conventions(rules):
        if pattern.search(text):
            return value
    return None


@functools.lru_cache(maxsize=8)
def _conventions(rules: RuleSet) -> tuple[tuple[Literal["first", "all"], re.Pattern[str]], ...]:
    stated = [r for r in rules.table("roles") if r.attribute("side") == "convention"]
    values: tuple[Literal["first", "all"], ...] = ("first", "all")
    return tuple(
        (value, re.compile("|".join(f"(?:{r.pattern})" for r in stated if r.value == value)))
        for value in values
    )
