"""Theme tags, by the words a text uses (a dictionary, not a judgement)."""

from __future__ import annotations

import functools

from speechmine.characters import bare
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet

__all__ = ["themes_of"]


@functools.lru_cache(maxsize=8)
def _matcher(rules: RuleSet) -> Matcher:
    return Matcher(rules.table("themes"))


def themes_of(text: str, rules: RuleSet) -> tuple[str, ...]:
    """The themes whose words a text holds, in the order of the theme table.

    Args:
        text: any text.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> themes_of("建成污水处理厂二期，改造老旧小区12个", default_rules())
        ('城市建设', '生态环境')
    """
    found = {match.rule.value for match in _matcher(rules).find(bare(text))}
    order = dict.fromkeys(rule.value for rule in rules.table("themes"))
    return tuple(theme for theme in order if theme in found)
