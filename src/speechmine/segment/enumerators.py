"""Enumerators (GUIDELINE U4): 一、 （一） 1. 第一， 一是 一要 首先 ①."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from speechmine.changes import quickly_made
from speechmine.numerals import parse_number
from speechmine.patterns import compiled
from speechmine.rules.schema import Rule, RuleSet
from speechmine.rules.searching import opening_characters

__all__ = ["UNRANKED", "Enumerator", "enumerator_at", "number_of"]

#: Rank of styles that nest where they stand (一是 inside （二）, or the other way round).
UNRANKED = 6

_IN_ONE_SIGN = range(ord("①"), ord("⒛") + 1)  # ① ⑴ ⒈: mark and number are one character


@quickly_made
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
    first, forms = _forms(rules)
    if first is not None and text[start : start + 1] not in first:
        return None
    for rule, pattern in forms:
        match = pattern.match(text, start)
        if match:
            label = text[match.start() : match.end()].strip(" 　，,：:")
            number = _number(rule, match["n"] or match[0])
            return Enumerator(start, match.end(), label, rule.value, _rank_of_form(rule), number)
    return None


#: What enumerators can begin with, None for anything; and each with its pattern.
_Forms = tuple[frozenset[str] | None, tuple[tuple[Rule, re.Pattern[str]], ...]]


@functools.lru_cache(maxsize=8)
def _forms(rules: RuleSet) -> _Forms:
    forms = tuple((rule, compiled(rule.pattern or "")) for rule in rules.table("enumerators"))
    openings = [opening_characters(pattern.pattern) for _, pattern in forms]
    first = None if None in openings else frozenset("".join(filter(None, openings)))
    return first, forms


def _number(rule: Rule, label: str) -> int:
    words = rule.attributes.get("words", ())
    if isinstance(words, tuple) and label in words:
        return words.index(label) + 1
    return number_of(label)


def _rank_of_form(rule: Rule) -> int:
    return int(rule.attribute("rank", str(UNRANKED)))


def number_of(label: str) -> int:
    """What an enumerator or a small count says; 0 where it says nothing.

    Example:
        >>> [number_of(label) for label in ("十二", "3", "②", "两")]
        [12, 3, 2, 2]
    """
    if label and ord(label[0]) in _IN_ONE_SIGN:
        return int(unicodedata.numeric(label[0]))
    value = parse_number(label)
    return int(value) if value is not None else 0
