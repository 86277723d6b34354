"""Enumerators (GUIDELINE U4): 一、 （一） 1. 第一， 一是 一要 首先 ①."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from speechmine.numerals import parse_number
from speechmine.patterns import compiled
from speechmine.rules.schema import Rule, RuleSet

__all__ = ["UNRANKED", "Enumerator", "enumerator_at", "number_of"]

#: Rank of styles that nest where they stand (一是 inside （二）, or the other way round).
UNRANKED = 6

_SEQUENCE = {"首先": 1, "其次": 2, "再次": 3}
# A prefilter only: no enumerator begins with anything else.
_FIRST = frozenset("第（(首其再0123456789一二三四五六七八九十")
_IN_ONE_SIGN = range(ord("①"), ord("⒛") + 1)  # ① ⑴ ⒈: mark and number are one character


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
    if not _may_begin(text[start : start + 1]):
        return None
    for rule, pattern in _patterns(rules):
        match = pattern.match(text, start)
        if match:
            label = text[match.start() : match.end()].strip(" 　，,：:")
            number = number_of(match["n"] or match[0])
            return Enumerator(start, match.end(), label, rule.value, _rank(rule), number)
    return None


def _may_begin(char: str) -> bool:
    return char in _FIRST or (char != "" and ord(char) in _IN_ONE_SIGN)


@functools.lru_cache(maxsize=8)
def _patterns(rules: RuleSet) -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    return tuple((rule, compiled(rule.pattern or "")) for rule in rules.table("enumerators"))


def _rank(rule: Rule) -> int:
    return int(rule.attribute("rank", str(UNRANKED)))


def number_of(label: str) -> int:
    """What an enumerator or a small count says; 0 where it says nothing.

    Example:
        >>> [number_of(label) for label in ("十二", "3", "②", "首先", "两")]
        [12, 3, 2, 1, 2]
    """
    if label in _SEQUENCE:
        return _SEQUENCE[label]
    if label and ord(label[0]) in _IN_ONE_SIGN:
        return int(unicodedata.numeric(label[0]))
    value = parse_number(label.strip("第步"))
    return int(value) if value is not None else 0
