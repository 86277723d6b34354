"""The tables of units, comparators and traps, ready to find numbers with."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from speechmine.numerals import ARABIC, CAPITAL, CHINESE, MASK, MIXED, MULTIPLIER
from speechmine.patterns import compiled
from speechmine.rules.context import Contexts
from speechmine.rules.schema import Rule, RuleSet

__all__ = ["Grammar", "bound_before", "bound_far", "grammar_of"]


@dataclass(frozen=True, slots=True)
class Grammar:
    """What is made of the rule tables once.

    Attributes:
        core: a number with its unit. units: a unit's rule. bounds: comparator words by
            position. contexts: what around a number makes it measure nothing.
        classed: what a number before it may class (超10亿元企业).
        part: behind a number that is the whole of which a part follows.
        speakers: behind a number of people who spoke.
        far: a bound that other words part from its number (至少新建20个).
        bound_ends: the last characters of the bounds that stand before a number.
    """

    core: re.Pattern[str]
    units: Mapping[str, Rule]
    bounds: Mapping[str, Mapping[str, str]]
    contexts: Contexts
    classed: re.Pattern[str]
    part: re.Pattern[str]
    speakers: re.Pattern[str]
    far: re.Pattern[str]
    bound_ends: frozenset[str]

    def unit_of(self, match: re.Match[str]) -> str:
        """The unit by which a number counts: 立方米 of 立方米每秒, 微克 of 微克/立方米."""
        written: str = match["unit"]
        if written in self.units:
            return written
        return written.partition("/")[0].partition("每")[0]


@functools.lru_cache(maxsize=8)
def grammar_of(rules: RuleSet) -> Grammar:
    """Compile the tables of a rule set."""
    units = {term: rule for rule in rules.table("units") for term in rule.terms}
    bounds: dict[str, dict[str, str]] = {"before": {}, "inside": {}, "after": {}}
    for rule in rules.table("comparators"):
        bounds[rule.attribute("position")].update(dict.fromkeys(rule.terms, rule.value))
    traps = rules.table("number_traps")
    nouns = "|".join(re.escape(t) for r in traps if r.value == "class_noun" for t in r.terms)
    classed = compiled(
        rf"[\u4e00-\u9fff]{{0,6}}?(?:{nouns})[\u4e00-\u9fff]{{0,3}}(?P<count>[\dX])?"
    )
    return Grammar(
        core=compiled(_core_pattern(units, bounds)),
        units=units,
        bounds=bounds,
        contexts=Contexts(traps),
        classed=classed,
        part=compiled(_patterns_for(traps, "part")),
        speakers=compiled(_patterns_for(traps, "speakers")),
        far=_far_pattern(rules.table("comparators")),
        bound_ends=frozenset(term[-1] for term in bounds["before"]),
    )


def _patterns_for(table: Iterable[Rule], value: str) -> str:
    return "|".join(rule.pattern for rule in table if rule.value == value and rule.pattern)


def _far_pattern(table: Iterable[Rule]) -> re.Pattern[str]:
    """至少新建20个, 不低于全国平均水平的90%."""
    firm = _any_of(
        {
            term: rule.value
            for rule in table
            if rule.attribute("position") == "before" and not rule.flag("adjacent")
            for term in rule.terms
            if rule.value in (">=", "<=")
        }
    )
    return compiled(rf"(?P<bound>{firm})(?:[\u4e00-\u9fff]{{1,8}}|[\u4e00-\u9fff]{{1,14}}的)$")


def _core_pattern(units: Mapping[str, Rule], bounds: Mapping[str, Mapping[str, str]]) -> str:
    unit = "|".join(map(_spelled, sorted(units.items(), key=_longest_first)))
    odd = _any_of(bounds["inside"])
    # 突破万亿元, 超百亿元: no digit stands before the multiplier, and one is meant.
    passed = "|".join(f"(?<={word})" for word, said in bounds["before"].items() if said != "none")
    bare = rf"(?=[百千万亿])(?:{passed})[百千]?(?={MULTIPLIER}?(?:{unit}))"
    some = rf"[百千万](?=(?:{odd})[万亿]?(?:{unit}))"  # 百余万亩, 万余人
    plain = rf"{ARABIC}(?:亿(?=\d){ARABIC})?(?:万(?=\d){ARABIC})?"
    number = rf"(?:{MASK}|{MIXED}|{plain}|{CAPITAL}|{CHINESE}|{some})"
    share = r"[百千]分之"
    return (
        rf"(?=[{_FIRST}])(?<![\d.,:A-Za-z〇零一二三四五六七八九十百千万亿])(?<![^比，]\+)"
        rf"(?:(?P<fraction>{CHINESE}分之{CHINESE})|(?P<half>{_HALF})|(?P<nil>{_NIL})|"
        rf"(?P<share>{share})?(?P<a>(?:(?<![\d%])-|(?<=[降长为是到至达])负)?{number}|(?<=分之)百|{bare})"
        rf"(?:(?P<a_mult>{MULTIPLIER})?(?P<a_unit>{unit})?"
        rf"(?P<join>[-—–－~～]{{1,2}}|至|到|±)(?:{share})?(?P<b>{number}))?"
        rf"(?P<odd>{odd})?(?P<mult>{MULTIPLIER})?(?P<odd2>{odd})?{_BLANK}"
        rf"(?P<unit>(?:{unit})(?:/(?:{MULTIPLIER})?(?:{unit}|日|时|秒)|每(?:{_PER}))?)?{_SMALL})"
        rf"(?P<post>{_any_of(bounds['after'])}|{_OVER})?"
    )


#: What a number can begin with; a look at one character spares most places of a text the rest.
_FIRST = r"\dX×\-负〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖过近半零"
#: A blank between figure and unit (改造 8 条); behind Chinese numerals it parts two words.
_BLANK = r"(?:(?<=\d) (?=[\u4e00-\u9fff]))?"
#: 一半, 刚过半; 过半年 and 近半小时 are lengths of time.
_HALF = r"一半|(?<![超不通经间年])过半(?![年天月个小数])|近半(?![年天月个小])|(?<=[超不]过)半数"
#: 零事故, 事故为零: the table of traps knows what can be counted so.
_NIL = r"零(?=[\u4e00-\u9fff])|(?<=[为是])(?<!视为)零(?=[，。；、\n]|$)"
#: 20立方米每秒.
_PER = "秒|小时|天|日|平方米|立方米|公里"
#: 2元8角5分; 三成五, 三成半; 两块五.
_SMALL = (
    r"(?:(?<=[成块])(?P<tail>[半一二三四五六七八九]|(?<=\d块)[1-9](?![\d.]))"
    r"(?![一二三四五六七八九十百千万亿个角毛分])"
    r"|(?<=[元块])(?:(?P<tenths>[\d一二两三四五六七八九])[角毛])?"
    r"(?:(?P<hundredths>[\d一二两三四五六七八九])分(?![之钟]))?)?"
)
#: 八成多, 三米多: the vague word behind the unit.
_OVER = r"(?<=[成倍斤吨里米亩毛角块分])多(?![种样元次项个层级维点部])"


def _spelled(entry: tuple[str, Rule]) -> str:
    """A unit as a pattern; 个点 is a percentage point behind decimals alone (0.2个点).

    Where 个人 would cut a word (100个人工湖), the shorter unit is left to match.
    """
    term, rule = entry
    if rule.flag("apart"):
        return f"{re.escape(term)}(?![{rule.attribute('not_before')}])"
    decimal = r"(?:(?<=\.\d)|(?<=\.\d\d))" if rule.flag("decimal") else ""
    return decimal + re.escape(term)


def _longest_first(entry: tuple[str, Rule]) -> int:
    return -len(entry[0])


def _any_of(terms: Mapping[str, object]) -> str:
    return "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))


def bound_before(text: str, start: int, grammar: Grammar) -> tuple[str | None, int]:
    """The comparator word that ends at ``start``, and its length; the longest wins."""
    before = grammar.bounds["before"]
    blank = int(start > 1 and text[start - 1] == " ")
    end = start - blank
    if text[end - 1 : end] not in grammar.bound_ends:
        return None, 0
    for length in range(min(6, end), 0, -1):
        found = before.get(text[end - length : end])
        if found is not None:
            return (None, 0) if found == "none" else (found, length + blank)
    return None, 0


def bound_far(text: str, start: int, grammar: Grammar) -> str | None:
    """至少新建20个, 不低于全国平均水平的90%."""
    found = grammar.far.search(text, max(0, start - 20), start)
    return grammar.bounds["before"][found["bound"]] if found else None
