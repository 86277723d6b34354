"""Patterns of a table by the ids under which the program asks for them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet

__all__ = ["Patterns", "patterns_by_id"]

#: Compiled patterns by id.
Patterns = Mapping[str, re.Pattern[str]]


@functools.lru_cache(maxsize=128)
def patterns_by_id(rules: RuleSet, table: str) -> Patterns:
    """The patterns of a table, compiled once for a rule set; of terms, any of them.

    Args:
        rules: the rule set.
        table: its name.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> patterns_by_id(default_rules(), "zones")["zone.title"].search("在会上的讲话")[0]
        '讲话'
    """
    return {
        rule.id: compiled(rule.pattern or "|".join(map(re.escape, rule.terms)))
        for rule in rules.table(table)
    }
