"""Enumerators (GUIDELINE U4): 一、 （一） 1. 第一， 一是 一要 首先 ①."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from speechmine.rules.schema import Rule, RuleSet

__all__ = ["UNRANKED", "Enumerator", "enumerator_at"]

#: Rank of styles that nest where they stand (一是 inside （二）, or the other way round).
UNRANKED = 6

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_SEQUENCE = {"首先": 1, "其次": 2, "再次": 3}
# A prefilter only: no enumerator begins with anything else.
_FIRST = frozenset("第（(首其再0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


@dataclass(frozen=True, slots=True)
class Enumerator:
    """One enumerator as it stands; ``label`` is its text, ``number`` what it counts."""

    start: int
    end: int
    label: str
    style: str
    rank: int
    number: int


def enumerator_at(text: str, start: int, rules: RuleSet) -> Enumerator | None:
    """The enumerator that begins at ``start``, if one does.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> enumerator_at("二是抓进度", 0, default_rules()).number
        2
    """
    if text[start : start + 1] not in _FIRST:
        return None
    for rule, pattern in _patterns(rules):
        match = pattern.match(text, start)
        if match:
            label = text[match.start() : match.end()].strip(" 　，,：:")
            number = _number(match["n"])
            return Enumerator(start, match.end(), label, rule.value, _rank(rule), number)
    return None


@functools.lru_cache(maxsize=8)
def _patterns(rules: RuleSet) -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    return tuple((rule, re.compile(rule.pattern or "")) for rule in rules.table("enumerators"))


def _rank(rule: Rule) -> int:
    return int(rule.attribute("rank", str(UNRANKED)))


def _number(label: str) -> int:
    if label in _SEQUENCE:
        return _SEQUENCE[label]
    if label.isdigit() and label.isascii():
        return int(label)
    if "①" <= label[0] <= "⑳":
        return ord(label[0]) - ord("①") + 1
    return _chinese(label.strip("第步"))


def _chinese(label: str) -> int:
    """Up to 九十九: 十二 is 12, 二十 is 20."""
    tens, ten, ones = label.rpartition("十")
    if not ten:
        return _DIGITS.get(label[-1], 0)
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
