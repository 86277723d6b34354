"""Columns of a table that name bodies, whatever their heading says (考核项目)."""

from __future__ import annotations

import re
from collections.abc import Collection

from speechmine.extractors.parties import find_party_groups
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["are_bodies", "is_body"]

# 县农粮局; a longer run of characters is more than a name.
_NAME = compiled(r"[\u4e00-\u9fff]{3,14}")


def are_bodies(cells: Collection[str], rules: RuleSet) -> bool:
    """Whether most of some different cells are nothing but the name of a body that is known.

    Args:
        cells: what they say.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> are_bodies({"县水利局", "县财政局", "组织领导"}, default_rules())
        True
        >>> are_bodies({"县水利局", "日常工作", "组织领导"}, default_rules())
        False
    """
    named = sum(_is_known(said, rules) for said in cells)
    return named > 1 and named * 2 > len(cells)


def is_body(said: str, rules: RuleSet) -> bool:
    """Whether a cell among those of bodies names one, known or by the end of its name.

    Args:
        said: its words.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> [is_body(said, default_rules()) for said in ("县茶果局", "组织领导")]
        [True, False]
    """
    if _is_known(said, rules):
        return True
    return _NAME.fullmatch(said) is not None and _ending(rules).search(said) is not None


def _is_known(said: str, rules: RuleSet) -> bool:
    return any((g.start, g.end) == (0, len(said)) for g in find_party_groups(said, rules))


def _ending(rules: RuleSet) -> re.Pattern[str]:
    """How the names of units end (局, 办公室)."""
    return patterns_by_id(rules, "party_shapes")["name.unit"]
