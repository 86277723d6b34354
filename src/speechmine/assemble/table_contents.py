"""What a cell or a heading holds: a unit of figures, the name of a body."""

from __future__ import annotations

from collections.abc import Collection

from speechmine.characters import plain
from speechmine.extractors.parties import find_party_groups
from speechmine.extractors.quantities import find_quantities
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["are_bodies", "is_body", "is_unit", "unit_in_brackets", "unit_of_table", "without_unit"]

# In brackets or behind a stroke.
_BESIDE = ("unit.bracket", "unit.stroke")
# A number as any sentence has it, so that what the rules know as a unit is asked of them.
_SENTENCE = "达到1{}"
_LONGEST_UNIT = 12
# 县农粮局; a longer run of characters is more than a name.
_NAME = compiled(r"[\u4e00-\u9fff]{3,14}")


def is_unit(said: str, rules: RuleSet) -> bool:
    """Whether words are nothing but a unit.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> [is_unit(said, default_rules()) for said in ("亿元", "%", "万人次", "财政局")]
        [True, True, True, False]
    """
    unit = _as_unit(plain(said))
    if not unit or len(unit) > _LONGEST_UNIT or unit[0].isdigit():
        return False
    found = find_quantities(_SENTENCE.format(unit), rules)
    return len(found) == 1 and found[0].unit == unit


def _as_unit(said: str) -> str:
    return "".join(said.split()).replace("％", "%")


def unit_in_brackets(heading: str, rules: RuleSet) -> str | None:
    """The unit that a heading or a name gives in brackets or behind a stroke.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> unit_in_brackets("年度投资（单位：万元）", default_rules())
        '万元'
    """
    words = patterns_by_id(rules, "table_words")
    beside = (match[1] for shape in _BESIDE for match in words[shape].finditer(heading))
    return next((_as_unit(said) for said in beside if is_unit(said, rules)), None)


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
    return next((match[1] for match in reversed([*found]) if is_unit(match[1], rules)), None)


def are_bodies(cells: Collection[str], rules: RuleSet) -> bool:
    """Whether most of some different cells are nothing but the name of a body that is known.

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

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> [is_body(said, default_rules()) for said in ("县茶果局", "组织领导")]
        [True, False]
    """
    # How the names of units end (局, 办公室).
    ending = patterns_by_id(rules, "party_shapes")["name.unit"]
    return _is_known(said, rules) or bool(_NAME.fullmatch(said) and ending.search(said))


def _is_known(said: str, rules: RuleSet) -> bool:
    return any((g.start, g.end) == (0, len(said)) for g in find_party_groups(said, rules))
