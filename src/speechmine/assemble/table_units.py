"""Units of a table's figures: in a column of their own, in a heading （万元）, above the table."""

from __future__ import annotations

from speechmine.characters import plain
from speechmine.extractors.quantities import find_quantities
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["is_unit", "unit_in_brackets", "unit_of_table", "without_unit"]

# In brackets or behind a stroke.
_BESIDE = ("unit.bracket", "unit.stroke")
# A sentence in which a unit stands behind a number and nothing says what is meant otherwise.
# A number as any sentence has it, so that what the rules know as a unit is asked of them.
_SENTENCE = "达到1{}"
_LONGEST = 12


def is_unit(said: str, rules: RuleSet) -> bool:
    """Whether words are nothing but a unit.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> [is_unit(said, default_rules()) for said in ("亿元", "%", "万人次", "财政局")]
        [True, True, True, False]
    """
    unit = "".join(plain(said).split()).replace("％", "%")
    if not unit or len(unit) > _LONGEST or unit[0].isdigit():
        return False
    found = find_quantities(_SENTENCE.format(unit), rules)
    return len(found) == 1 and found[0].unit == unit


def unit_in_brackets(heading: str, rules: RuleSet) -> str | None:
    """The unit that a heading or a name gives in brackets or behind a stroke.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> unit_in_brackets("年度投资（单位：万元）", default_rules())
        '万元'
    """
    words = patterns_by_id(rules, "table_words")
    for beside in _BESIDE:
        for match in words[beside].finditer(heading):
            if is_unit(match[1], rules):
                return "".join(match[1].split()).replace("％", "%")
    return None


def without_unit(name: str, rules: RuleSet) -> str:
    """A name without the unit that stands with it.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> without_unit("粮食产量（万吨）", default_rules())
        '粮食产量'
    """
    words = patterns_by_id(rules, "table_words")
    for beside in _BESIDE:
        name = words[beside].sub(lambda match: "" if is_unit(match[1], rules) else match[0], name)
    return name.strip()


def unit_of_table(above: str, rules: RuleSet) -> str | None:
    """The unit that stands over a table for all of its money (单位：万元).

    Args:
        above: what is written above its header.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> unit_of_table("重点项目表　　单位：万元", default_rules())
        '万元'
        >>> unit_of_table("填报单位：财政局", default_rules())
    """
    found = patterns_by_id(rules, "table_words")["unit.stated"].finditer(above)
    stated = [match[1] for match in found if is_unit(match[1], rules)]
    return stated[-1] if stated else None
