"""Theme tags, by the words a text uses (a dictionary, not a judgement)."""

from __future__ import annotations

import functools

from speechmine.characters import bare
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet

__all__ = ["themes_of"]


@functools.lru_cache(maxsize=8)
def _themes(rules: RuleSet) -> tuple[Matcher, tuple[str, ...]]:
    """What finds their words, and all themes in the order of the table."""
    table = rules.table("themes")
    return Matcher(table), tuple(dict.fromkeys(rule.value for rule in table))


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
    matcher, themes = _themes(rules)
    found = {match.rule.value for match in matcher.find(bare(text))}
    return tuple([theme for theme in themes if theme in found])
