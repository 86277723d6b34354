"""Numbers with unit and the words that bound them: 1.3万亿斤以上, 4.5-5%, 百分之八至九."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from speechmine.extractors.quantity_grammar import Grammar, grammar_of
from speechmine.model import Comparator, Quantity
from speechmine.numerals import approximate, parse_multiplier, parse_number, without_names
from speechmine.rules.loader import default_rules
from speechmine.rules.schema import RuleSet

__all__ = ["find_quantities"]

#: A counted thing in Chinese numerals below this is wording, not measuring: 两个区域, 十件实事.
_LEAST_COUNT = 20
#: A place word with one of these behind it is part of a longer word: 国家级, 城市更新.
_IN_COMPOUND = frozenset("级直更建化域内公际属立场外项企")
#: Two digits with nothing between them: seven or eight.
_SOME = re.compile(r"[一二三四五六七八九两]{2}(?:[十百千]|$)")
_CHINESE_LETTER = re.compile(r"[\u4e00-\u9fff“《]")
_CLAUSE_MARK = re.compile(r"[，。；：、,;\n]")
_CLAUSE_END = re.compile(r" ?(?:[，。；：、！？,;!?）)\n（(]|\.(?!\d)|$)")
_NOUN_START = re.compile(r"(?!一.[都也])[\u4e00-\u9fffA-Za-z“《]")
#: 这两个, 第三个: the word before the number points and measures nothing.
_POINTING = re.compile("(?:[这那哪第每前后各等某另几整]|其他|其中)$")
#: 8.6个重大专项 at the start of a line: item 8 speaks of six projects.
_FOOTNOTE = re.compile(r"(?:^|\n) *\d{1,2}\.\d+$")
_HALF = Decimal("0.5")
#: 留观满30分钟 is measured; 任职满3年 says who is meant.
_SHORT = frozenset({"分钟", "小时", "个小时"})
#: 一年有余, 一米多: what lies over a number is measured, be the number one.
_MORE = frozenset({"有余", "出头", "开外", "多"})


def find_quantities(text: str, rules: RuleSet | None = None) -> tuple[Quantity, ...]:
    """All numbers of a text that measure something, in order.

    Names and ranks (世界500强, 5G), dates, document numbers, what stands in quotation marks,
    and numbers that define a class (亿元以上项目) give nothing.

    Args:
        text: any text.
        rules: the rule set; the shipped one by default.

    Example:
        >>> [(q.low, q.high, q.unit, q.comparator) for q in find_quantities("产量1.3万亿斤以上")]
        [(1.3, None, '万亿斤', '>=')]
    """
    grammar = grammar_of(rules or default_rules())
    return tuple(_quantities(text, grammar))


def _quantities(text: str, grammar: Grammar) -> Iterator[Quantity]:
    bare = without_names(text)
    for match in grammar.core.finditer(bare):
        kind = _kind(match, grammar)
        if kind is not None and not _is_trap(bare, match, kind, grammar):
            yield _quantity(text, match, grammar)


def _kind(match: re.Match[str], grammar: Grammar) -> str | None:
    """What sort of unit the number has; None where it has none and counts nothing."""
    if match["fraction"] or match["share"] or match["half"]:
        return "rate"
    if match["nil"]:
        return "nil"
    if match["unit"] is None:
        return "measure" if match["mult"] else None
    rule = grammar.units[grammar.unit_of(match)]
    lone = not match["mult"] and "/" not in match["unit"]
    if rule.flag("multiplied") and lone and not _is_beside(rule.attribute("beside"), match):
        return None
    return rule.value


def _is_beside(pattern: str, match: re.Match[str]) -> bool:
    """水温烧到65度: what the unit needs before it where no 万 stands with the number."""
    if not pattern:
        return False
    before = match.string[max(0, match.start() - 16) : match.start()]
    return re.search(pattern, _CLAUSE_MARK.split(before)[-1]) is not None


def _is_trap(text: str, match: re.Match[str], kind: str, grammar: Grammar) -> bool:
    if kind == "nil":
        return not text.startswith(grammar.traps["nil"], match.end())
    return (
        _is_wording(text, match, kind, grammar)
        or _has_no_value(text, match, grammar)
        or _is_some(text, match)
        or _is_ordinal(text, match.start(), grammar)
        or _is_cut_word(text, match, grammar)
        or _defines_class(text, match, grammar)
        or _sets_condition(text, match, grammar)
        or _counts_population(text, match, grammar)
        or (kind == "duration" and not _is_result(text, match, grammar))
        or (kind == "counter" and _counts_speech(text, match, grammar))
    )


def _is_wording(text: str, match: re.Match[str], kind: str, grammar: Grammar) -> bool:
    """一个, 两个区域, 十件实事, 一公里: Chinese numerals that only make a phrase.

    Behind the thing it counts, at the end of its clause, a number measures however small it is
    (冲毁涵闸三座，), unless it tells how often (跑了五趟，); so does one with two ends (两到三次).
    """
    number = match["a"]
    if not number or kind == "rate" or number[0] in "X×-负" or number[0].isascii():
        return False
    if any(match[part] for part in ("mult", "odd", "tenths", "tail")):
        return False
    low, high = _values(match)
    bounded = _bound_before(text, match.start(), grammar)[0] in (">=", "<=")
    bounded = bounded or _bound_far(text, match.start(), grammar) is not None
    turn = bool(match["unit"]) and grammar.units[grammar.unit_of(match)].flag("turn")
    behind = not turn and _stands_behind(text, match)
    if (bounded or match["b"] or behind) and low and low > 1:
        return False
    if match["post"] in _MORE:
        return False
    return (high or 0) < _LEAST_COUNT if kind == "counter" else len(number) == 1


def _stands_behind(text: str, match: re.Match[str]) -> bool:
    """Whether a number closes its clause behind the thing or verb it counts."""
    if not _CLAUSE_END.match(text, match.end()):
        return False
    before = text[max(0, match.start() - 2) : match.start()]
    return bool(_CHINESE_LETTER.match(before[-1:])) and not _POINTING.search(before)


def _has_no_value(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """千万元 and 百家 count only behind a bound (超百家) or with a vague word (百余家)."""
    number = match["a"] or ""
    if not match["a"] and (match["half"] or match["fraction"]):
        return False
    if number in ("", "百", "千", "万") and not match["share"] and not match["odd"]:
        return _bound_before(text, match.start(), grammar)[1] == 0
    return bool(_SOME.match(number)) and approximate(number) is None


def _is_some(text: str, match: re.Match[str]) -> bool:
    """几十万, 数十家: some tens."""
    some = text[max(0, match.start() - 1) : match.start()]
    return (match["a"] or "").startswith(("十", "百", "千", "万")) and some in ("几", "数")


def _is_ordinal(text: str, start: int, grammar: Grammar) -> bool:
    window = text[max(0, start - 2) : start]
    return window.endswith(grammar.traps["before"]) and not window.endswith(grammar.traps["free"])


def _is_cut_word(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """五成 in 五成立: the unit is the first half of another word."""
    if match["post"] or not match["unit"]:
        return False
    following = text[match.end() : match.end() + 1]
    rule = grammar.units[grammar.unit_of(match)]
    return bool(following) and following in rule.attribute("not_before")


def _defines_class(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """10亿元以上项目, 5000吨级码头, 65岁以上老人: the number is part of a name."""
    following = text[match.end() : match.end() + 4]
    if match["half"] or match["fraction"]:
        return False
    if match["unit"] is None:
        classed = grammar.classed.match(text, match.end())
        return following.startswith(grammar.traps["class"]) or bool(classed and classed["count"])
    rule = grammar.units[grammar.unit_of(match)]
    if rule.flag("names"):
        return bool(_CHINESE_LETTER.match(following))
    if not rule.flag("definer"):
        return False
    if following.startswith(grammar.traps["class"]):
        return True
    bound, _ = _bound_before(text, match.start(), grammar)
    classed = grammar.classed.match(text, match.end())
    if classed and (bound == ">" or classed["count"]):
        return True
    named = _CHINESE_LETTER.match(following) and not following.startswith(grammar.traps["follows"])
    named = named or following[:1].isdigit()  # 其中10亿元以上6个
    return bool(match["post"] in ("以上", "以下", "以内", "及以上", "及以下") and named)


def _is_result(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    clause = re.split(r"[，。；：\n]", text[max(0, match.start() - 20) : match.start()])[-1]
    year = match["unit"] == "年" and len(match["a"]) == len("2024") and match["a"].isdigit()
    if year:
        return False
    if any(word in clause for word in grammar.traps["result"]):
        return True
    if grammar.units[match["unit"]].flag("age"):
        return False
    full = clause.endswith("满") and match["unit"] not in _SHORT
    bounded = not full and _bound_before(text, match.start(), grammar)[0] in (">=", "<=")
    return bounded or clause.endswith(grammar.traps["result_right"])


def _sets_condition(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """积水超过20厘米就封路, 不满意率高于10%的乡镇: when, or to whom, something applies."""
    bound, _ = _bound_before(text, match.start(), grammar)
    return bound is not None and bool(grammar.around["condition"].match(text, match.end()))


def _counts_speech(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """4个方面; 围绕8条产业链; 对停滞的9个项目; 甲乙丙等10个县; 全县12个乡镇."""
    thing = text[match.end() : match.end() + 5]
    before = text[max(0, match.start() - 16) : match.start()]
    if before.endswith(grammar.traps["existing"]) or grammar.around["owned"].search(before):
        return True
    if grammar.around["whole"].match(text, match.end()):
        return True
    if _NOUN_START.match(thing) and _counts_existing(text, before, match, grammar):
        return True
    if grammar.around["rank"].search(before + (match["unit"] or "")):
        return True
    value = parse_number(match["a"]) or 0
    if value < _LEAST_COUNT and thing.startswith(grammar.traps["heading"]):
        return True
    if _is_group_name(match, before, value, grammar):
        return True
    if not match["mult"] and _FOOTNOTE.search(before + match["a"]):
        return True
    if not text.endswith("等", 0, match.start()):
        return False
    place = max((t for t in grammar.traps["place"] if thing.startswith(t)), key=len, default="")
    return bool(place) and thing[len(place) : len(place) + 1] not in _IN_COMPOUND


def _counts_existing(text: str, before: str, match: re.Match[str], grammar: Grammar) -> bool:
    """把12家企业过一遍, 全县30个乡镇, 40件事项已办结30件: a set that is there already."""
    if grammar.around["object"].search(before):
        return True
    if grammar.around["each"].match(text, match.end()):
        return True
    part = grammar.around["part"].match(text, match.end())
    return part is not None and text.startswith(match["unit"], part.end())


def _counts_population(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """向全县60万群众: how many there are, whatever is done for them."""
    before = text[max(0, match.start() - 8) : match.start()]
    return bool(
        match["mult"]
        and grammar.around["population"].search(before)
        and grammar.around["people"].match(text, match.end())
    )


def _is_group_name(
    match: re.Match[str], before: str, value: Decimal | int, grammar: Grammar
) -> bool:
    """3组, 5组组长: the third and the fifth group of a village."""
    made = grammar.units[grammar.unit_of(match)].attribute("made_by")
    small = value < _LEAST_COUNT and match["a"].isdigit()
    return bool(made) and small and not match["mult"] and before[-1:] not in tuple(made)


def _quantity(text: str, match: re.Match[str], grammar: Grammar) -> Quantity:
    before, before_length = _bound_before(text, match.start(), grammar)
    start = match.start() - before_length
    before = before or _bound_far(text, match.start(), grammar)
    masked = (match["a"] or "")[:1] in ("X", "×") or (match["b"] or "")[:1] in ("X", "×")
    comparator = _comparator(match, before, grammar)
    low, high = (None, None) if masked else _limits(_values(match), comparator)
    if before == "range" and high is not None and comparator == "range":
        low = -high
    unit = _unit(match)
    scale, norm_unit = _norm(match, unit, grammar)
    return Quantity(
        text=text[start : match.end()],
        start=start,
        end=match.end(),
        number_start=match.start(),
        low=_float(low),
        high=_float(high),
        unit=unit,
        comparator="=" if masked and comparator == "range" else comparator,
        masked=masked,
        norm_low=_scaled(low, scale),
        norm_high=_scaled(high, scale),
        norm_unit=norm_unit,
    )


def _bound_before(text: str, start: int, grammar: Grammar) -> tuple[str | None, int]:
    """The comparator word that ends at ``start``, and its length; the longest wins."""
    before = grammar.bounds["before"]
    blank = int(start > 1 and text[start - 1] == " ")
    end = start - blank
    for length in range(min(6, end), 0, -1):
        found = before.get(text[end - length : end])
        if found is not None:
            return (None, 0) if found == "none" else (found, length + blank)
    return None, 0


def _bound_far(text: str, start: int, grammar: Grammar) -> str | None:
    """至少新建20个, 不低于全国平均水平的90%."""
    found = grammar.far.search(text, max(0, start - 20), start)
    return grammar.bounds["before"][found["bound"]] if found else None


def _comparator(match: re.Match[str], before: str | None, grammar: Grammar) -> Comparator:
    approximately = match["a"] is not None and approximate(match["a"]) is not None
    if match["b"] or before == "range" or approximately:
        return "range"
    half = match["half"] or ""
    if half.startswith("过"):
        return ">"
    if half.startswith("近"):
        return "~"
    after = grammar.bounds["after"].get(match["post"] or "")
    after = ">=" if match["post"] == "多" else after
    inside = grammar.bounds["inside"].get(match["odd"] or match["odd2"] or "")
    found = [word for word in (before, after, inside) if word not in (None, "range")]
    firm = [word for word in found if word != "~"]
    chosen: Comparator = (firm or found or ["="])[0]  # type: ignore[assignment]
    return chosen


def _values(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    if match["fraction"]:
        value = parse_number(match["fraction"])
        return value, value
    if match["half"]:
        return _HALF, _HALF
    if match["nil"]:
        return Decimal(0), Decimal(0)
    if match["share"] and match["a"] == "百":
        return Decimal(100), Decimal(100)
    about = approximate(match["a"])
    if about is not None and match["b"] is None:
        return about
    low, high = _ends(match)
    small = _small(match)
    return (low and low + small, high and high + small) if small else (low, high)


def _ends(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """A number, or the two that 至 or ± joins."""
    factor = parse_multiplier(match["mult"] or "")
    last = _value(match["b"] or match["a"], match["mult"] or "")
    if match["b"] is None:
        return last, last
    first = _value(match["a"], match["a_mult"] or match["mult"] or "")
    if first is not None and match["a_mult"]:
        first = first * parse_multiplier(match["a_mult"]) / factor
    if match["join"] == "±" and first is not None and last is not None:
        return first - last, first + last
    return first, last


def _small(match: re.Match[str]) -> Decimal:
    """What stands behind the unit: 2元8角5分, 三成五."""
    parts = {"tenths": "0.1", "hundredths": "0.01", "tail": "0.1"}
    said = {name: match[name] for name in parts if match[name]}
    return sum(
        (
            _HALF if part == "半" else (parse_number(part) or Decimal(0)) * Decimal(parts[name])
            for name, part in said.items()
        ),
        Decimal(0),
    )


def _value(number: str, multiplier: str) -> Decimal | None:
    """In the written unit: 一亿两千三百 before 万人 is 12,300; 超万亿元 is one 万亿元."""
    if not number:
        return Decimal(1)
    if number == "万":  # 万余人
        return parse_multiplier(number)
    if "亿" in number or "万" in number:
        value = parse_number(number + multiplier)
        return None if value is None else value / parse_multiplier(multiplier)
    return parse_number(number)


def _limits(
    values: tuple[Decimal | None, Decimal | None], comparator: Comparator
) -> tuple[Decimal | None, Decimal | None]:
    low, high = values
    if comparator in (">=", ">"):
        return low, None
    if comparator in ("<=", "<"):
        return None, high
    return low, high


def _unit(match: re.Match[str]) -> str | None:
    if match["share"]:
        return "%" if match["share"][0] == "百" else "‰"
    return (match["mult"] or "") + (match["unit"] or "") or None


def _norm(
    match: re.Match[str], unit: str | None, grammar: Grammar
) -> tuple[Decimal | None, str | None]:
    """Factor to the common unit and its name; (None, None) where there is none."""
    rule = grammar.units.get("%" if match["share"] else match["unit"] or "")
    scale = rule.attributes.get("scale") if rule else None
    if rule is None or scale is None or unit == "‰":
        return None, None
    base = "" if match["share"] else match["unit"]
    factor = Decimal(str(scale)) * parse_multiplier(match["mult"] or "")
    return factor, rule.attribute("norm") or base


def _scaled(value: Decimal | None, scale: Decimal | None) -> float | None:
    return None if value is None or scale is None else float(value * scale)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
