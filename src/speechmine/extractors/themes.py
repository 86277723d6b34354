"""Theme tags of a task, by the words it uses (a dictionary, not a judgement)."""

from __future__ import annotations

import dataclasses
import functools

from speechmine.model import Task
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet

__all__ = ["tag_themes"]


@functools.lru_cache(maxsize=8)
def _matcher(rules: RuleSet) -> Matcher:
    return Matcher(rules.table("themes"))


def tag_themes(task: Task, rules: RuleSet) -> Task:
    """The task with the themes whose words its text holds, in the order of the theme table.

    Example:
        >>> import speechmine
        >>> speechmine.extract("要建成污水处理厂二期工程。").tasks[0].themes
        ('生态环境',)
    """
    found = {match.rule.value for match in _matcher(rules).find(task.text)}
    order = dict.fromkeys(rule.value for rule in rules.table("themes"))
    return dataclasses.replace(task, themes=tuple(theme for theme in order if theme in found))
