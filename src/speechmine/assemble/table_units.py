"""Units of a table's figures: in a column of their own, in a heading （万元）, above the table."""

from __future__ import annotations

from speechmine.characters import plain
from speechmine.extractors.quantities import find_quantities
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet

__all__ = ["is_unit", "unit_in_brackets", "unit_of_table", "without_unit"]

_BRACKET = compiled(
    r"\s*[（(【\[〔［]\s*(?:单位\s*[:：]\s*)?([^（(）)【】\[\]〔〕［］]{1,12}?)\s*[）)】\]〕］]"
)
_BEHIND_SLASH = compiled(r"(?<=[\u4e00-\u9fff])[/／]([^/／]{1,6})\Z")
_STATED = compiled(r"(?:计量|金额|货币)?单位\s*[:：]\s*([^\s，,；;）)]{1,8})")
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
    found = find_quantities(f"达到1{unit}", rules)
    return len(found) == 1 and found[0].unit == unit


def unit_in_brackets(heading: str, rules: RuleSet) -> str | None:
    """The unit that a heading or a name gives in brackets or behind a stroke.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> unit_in_brackets("年度投资（单位：万元）", default_rules())
        '万元'
    """
    for pattern in (_BRACKET, _BEHIND_SLASH):
        for match in pattern.finditer(heading):
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
    for pattern in (_BRACKET, _BEHIND_SLASH):
        name = pattern.sub(lambda match: "" if is_unit(match[1], rules) else match[0], name)
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
    stated = [match[1] for match in _STATED.finditer(above) if is_unit(match[1], rules)]
    return stated[-1] if stated else None
