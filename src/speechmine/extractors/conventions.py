"""Who has the lead where a text lists bodies only: a switch that a document states for itself."""

from __future__ import annotations

import functools
import re
from typing import Literal

from speechmine.characters import plain
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet

__all__ = ["Convention", "lead_convention"]

#: Who leads of those listed: the first one, all of them, or expressly nobody.
Convention = Literal["first", "all", "equal"]


def lead_convention(text: str, rules: RuleSet) -> Convention | None:
    """What a text says about lists without a lead.

    Returns:
        ``first``: the first one listed leads (列第一位者为牵头单位); ``all``: every responsible
        body does where no lead is named; ``equal``: all stand side by side; None: nothing, which
        comes to the same for facts.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> lead_convention("注：列第一位的单位为牵头单位。", default_rules())
        'first'
    """
    text = plain(text)
    for value, pattern in _conventions(rules):
        if pattern.search(text):
            return value
    return None


@functools.lru_cache(maxsize=8)
def _conventions(rules: RuleSet) -> tuple[tuple[Convention, re.Pattern[str]], ...]:
    stated = [r for r in rules.table("roles") if r.attribute("side") == "convention"]
    values: tuple[Convention, ...] = ("first", "all", "equal")
    return tuple(
        (value, compiled("|".join(f"(?:{r.pattern})" for r in stated if r.value == value)))
        for value in values
    )
