"""Rules as a caller names them: a rule set, the folder of an overlay, or none for the shipped."""

from __future__ import annotations

import os

from speechmine.rules.loader import default_rules, load_rules
from speechmine.rules.schema import RuleSet

__all__ = ["RulesLike", "chosen_rules"]

#: A rule set, or a folder of rule files that are laid over the shipped ones.
RulesLike = RuleSet | str | os.PathLike[str]


def chosen_rules(given: RulesLike | None = None) -> RuleSet:
    """The rules that are meant; the public functions ask here, and nothing below them.

    Args:
        given: a rule set, the folder of an overlay, or None for the shipped rules.

    Raises:
        RuleError: the folder is not there, or a file in it breaks the schema.

    Example:
        >>> chosen_rules() is default_rules()
        True
    """
    if given is None:
        return default_rules()
    return given if isinstance(given, RuleSet) else load_rules(given)
