"""Places that act: 示例镇创建园区, 某某新区聚焦创新. A shape, not a table, gives them away."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from speechmine.extractors.party_cues import opens_predicate
from speechmine.extractors.party_lexicon import Lexicon, alternation, lexicon_of
from speechmine.model import Party, PartyGroup
from speechmine.patterns import compiled
from speechmine.rules.scanning import find_all

if TYPE_CHECKING:
    from speechmine.rules.schema import RuleSet

__all__ = ["find_place_subjects"]

_JOINT = compiled("、")


def find_place_subjects(text: str, rules: RuleSet) -> tuple[PartyGroup, ...]:
    """Places and firms that stand as subject: at a clause's head, a predicate behind them.

    Kept apart from :func:`find_party_groups` because only the shape speaks for them; body
    and name are None.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> found = find_place_subjects("翠湖新区聚焦创新，城区道路改造", default_rules())
        >>> [group.parties[0].text for group in found]
        ['翠湖新区']
    """
    lexicon = lexicon_of(rules)
    found: list[PartyGroup] = []
    listed: list[Party] = []
    for match in find_all(_shape(rules), text):
        start, end = match.span("place")
        if not listed or not _JOINT.fullmatch(text, listed[-1].end, start):
            listed = []
        if not _is_name(match["place"], lexicon) or _common(rules).fullmatch(match["place"]):
            continue
        listed.append(Party(text=match["place"], start=start, end=end))
        if opens_predicate(text, end, rules) and not text.startswith(_nouns(rules), end):
            found.append(PartyGroup(listed[0].start, end, tuple(listed)))
            listed = []
    return tuple(found)


def _is_name(place: str, lexicon: Lexicon) -> bool:
    end, holding = len(place), lexicon.guards.holding
    if holding("compound", place, end, end) and not holding("zone", place, end, end):
        return False
    return not any(place[:n] in lexicon.openers for n in range(1, 5))


@functools.lru_cache(maxsize=8)
def _shape(rules: RuleSet) -> re.Pattern[str]:
    return compiled(alternation(r for r in rules.table("place_subjects") if r.value == "place"))


@functools.lru_cache(maxsize=8)
def _common(rules: RuleSet) -> re.Pattern[str]:
    return compiled(alternation(r for r in rules.table("place_subjects") if r.value == "common"))


@functools.lru_cache(maxsize=8)
def _nouns(rules: RuleSet) -> tuple[str, ...]:
    return tuple(t for r in rules.table("place_subjects") if r.value == "noun" for t in r.terms)
