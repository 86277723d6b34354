"""Numbers that measure nothing: wording, ordinals, classes, conditions, sets that exist already."""

from __future__ import annotations

import re
from decimal import Decimal

from speechmine.extractors.quantity_grammar import Grammar, bound_before, bound_far
from speechmine.extractors.quantity_values import values_of
from speechmine.numerals import approximate, parse_number
from speechmine.patterns import compiled

__all__ = ["is_trap"]

#: A counted thing in Chinese numerals below this is wording, not measuring: 两个区域, 十件实事.
_LEAST_COUNT = 20
#: A place word with one of these behind it is part of a longer word: 国家级, 城市更新.
_IN_COMPOUND = frozenset("级直更建化域内公际属立场外项企")
#: Two digits with nothing between them: seven or eight.
_SOME = compiled(r"[一二三四五六七八九两]{2}(?:[十百千]|$)")
_CLAUSE_MARK = compiled(r"[，。；：\n]")
_CHINESE_LETTER = compiled(r"[\u4e00-\u9fff“《]")
_CLAUSE_END = compiled(r" ?(?:[，。；：、！？,;!?）)\n（(]|\.(?!\d)|$)")
_NOUN_START = compiled(r"(?!一.[都也])[\u4e00-\u9fffA-Za-z“《]")
#: 这两个, 第三个: the word before the number points and measures nothing.
_POINTING = compiled(
    "(?:[这那哪第每前后各等某另几整]|其他|其中|我[提讲说看]|无非|主要是|一式)$|(?:不要|别再)[^，。；]{0,3}$"
)
#: 8.6个重大专项 at the start of a line: item 8 speaks of six projects.
_FOOTNOTE = compiled(r"(?:^|\n) *\d{1,2}\.\d+$")
#: 候检满20分钟 is measured; 任职满3年 says who is meant.
_SHORT = frozenset({"分钟", "小时", "个小时"})
#: 一年有余, 一米多: what lies over a number is measured, be the number one.
_MORE = frozenset({"有余", "出头", "开外", "多"})


def is_trap(text: str, match: re.Match[str], kind: str, grammar: Grammar) -> bool:
    """Whether a number of some kind of unit, as it stands in the text, measures nothing."""
    if match["unit"] and grammar.around["format"].match(text, match.end()):
        return True
    if kind == "nil":
        told = text[match.start() - 1 : match.start()] in ("为", "是")
        return not told and not text.startswith(grammar.traps["nil"], match.end())
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
    low, high = values_of(match)
    bounded = bound_before(text, match.start(), grammar)[0] in (">=", "<=")
    bounded = bounded or bound_far(text, match.start(), grammar) is not None
    turn = bool(match["unit"]) and grammar.units[grammar.unit_of(match)].flag("turn")
    behind = not turn and _stands_behind(text, match)
    if bounded and low and not match["b"]:
        return False  # 每周至少采样一次
    if (match["b"] or behind) and low and low > 1:
        return False
    if match["post"] in _MORE:
        return False
    return (high or 0) < _LEAST_COUNT if kind == "counter" else len(number) == 1


def _stands_behind(text: str, match: re.Match[str]) -> bool:
    """Whether a number closes its clause behind the thing or verb it counts."""
    if not _CLAUSE_END.match(text, match.end()):
        return False
    before = text[max(0, match.start() - 6) : match.start()]
    return bool(_CHINESE_LETTER.match(before[-1:])) and not _POINTING.search(before)


def _has_no_value(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """千万元 and 百家 count only behind a bound (超百家) or with a vague word (百余家)."""
    number = match["a"] or ""
    if not match["a"] and (match["half"] or match["fraction"]):
        return False
    if number in ("", "百", "千", "万") and not match["share"] and not match["odd"]:
        return bound_before(text, match.start(), grammar)[1] == 0
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
    bound, _ = bound_before(text, match.start(), grammar)
    classed = grammar.classed.match(text, match.end())
    if classed and (bound == ">" or classed["count"]):
        return True
    named = _CHINESE_LETTER.match(following) and not following.startswith(grammar.traps["follows"])
    named = named or following[:1].isdigit()  # 其中10亿元以上6个
    return bool(match["post"] in ("以上", "以下", "以内", "及以上", "及以下") and named)


def _is_result(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    clause = _CLAUSE_MARK.split(text[max(0, match.start() - 20) : match.start()])[-1]
    year = match["unit"] == "年" and len(match["a"]) == len("2024") and match["a"].isdigit()
    if year:
        return False
    if match["unit"] in _SHORT and clause.endswith("提前") and "至少" not in clause:
        return False  # 提前24小时通知用户: when, and not how much is gained
    if grammar.around["lasted"].search(clause):
        return True
    if not match["post"] and grammar.around["lasting"].match(text, match.end()):
        return True
    if any(word in clause for word in grammar.traps["result"]):
        return True
    if grammar.units[match["unit"]].flag("age"):
        return False
    full = clause.endswith("满") and match["unit"] not in _SHORT
    bounded = not full and bound_before(text, match.start(), grammar)[0] in (">=", "<=")
    return bounded or clause.endswith(grammar.traps["result_right"])


def _sets_condition(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """积水超过20厘米就封路, 不满意率高于10%的乡镇: when, or to whom, something applies."""
    bound, _ = bound_before(text, match.start(), grammar)
    reached = match["post"] == "以上" or text[match.start() - 2 : match.start()] == "达到"
    if bound is None and not reached:
        return _is_step(text, match, grammar)
    if grammar.around["condition"].match(text, match.end()):
        return True
    return bound in (">", "<") and bool(grammar.around["limit"].match(text, match.end()))


def _is_step(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """每低1个百分点扣2分: what a deed is worth; 9时20分 is the time of day."""
    before = text[max(0, match.start() - 4) : match.start()]
    if match["unit"] == "分" and not match["mult"] and grammar.around["score"].search(before):
        return True
    return match["a"] in ("1", "一") and grammar.around["per"].search(before) is not None


def _counts_speech(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """4个方面; 围绕8条产业链; 对停滞的9个项目; 甲乙丙等10个县; 全县12个乡镇."""
    thing = text[match.end() : match.end() + 5]
    before = text[max(0, match.start() - 16) : match.start()]
    if before.endswith(grammar.traps["existing"]) or grammar.around["owned"].search(before):
        return True
    if grammar.around["whole"].match(text, match.end()):
        return True
    if grammar.around["team"].match(text, match.end()) and not before.endswith("立"):
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
    """把12家企业过一遍, 全县30个乡镇, 40件事项已办结30件: a set that is there already.

    把14处缺口堵上 says how much is to be done.
    """
    if grammar.around["object"].search(before):
        return not (before.endswith("把") and grammar.around["finished"].match(text, match.end()))
    if grammar.around["each"].match(text, match.end()):
        return True
    part = grammar.around["part"].match(text, match.end())
    if part is None or not text.startswith(match["unit"], part.end()):
        return False
    end = part.end() + len(match["unit"])
    return part["bare"] is None or _CLAUSE_END.match(text, end) is not None


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
