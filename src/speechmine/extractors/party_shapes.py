"""Names that only their shape gives away, and no table knows.

Members of lists (青溪镇、白沙镇; 柳湾、桥头两个镇), bodies behind a mark (会同某某学院), and places
that act (示例镇创建园区).
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from speechmine.extractors.party_cues import opens_predicate
from speechmine.extractors.party_lexicon import Lexicon, alternation, lexicon_of, patterns_of
from speechmine.extractors.party_lists import Tail
from speechmine.extractors.party_names import Mention, prefix_start
from speechmine.model import Party, PartyGroup
from speechmine.patterns import compiled
from speechmine.rules.scanning import find_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechmine.rules.schema import RuleSet

__all__ = [
    "find_bracketed",
    "find_organisations",
    "find_place_subjects",
    "find_town_lists",
    "find_towns",
]

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


_LONGEST = 6


def find_towns(text: str, rules: RuleSet) -> Iterator[Mention]:
    """Towns at the head of a clause, in a list or asked in; weak, as only the shape speaks."""
    lexicon = lexicon_of(rules)
    for match in find_all(patterns_of(rules, "place_subjects")["town"], text):
        start, end = match.span("place")
        if _unopened(text, start, end, lexicon) == start:
            yield Mention(start, end, start, None, weak=True)


def find_bracketed(text: str, rules: RuleSet) -> Iterator[Mention]:
    """Names that hold a second portfolio in brackets: 市水利（水务）局, 区农业（农机）局."""
    lexicon = lexicon_of(rules)
    for match in find_all(lexicon.shapes["name.bracketed"], text):
        name = match["portfolio"] + match["unit"]
        for at, entry in lexicon.ending(name, len(name), 0):
            core = match.start() + at
            start = prefix_start(text, core, "prefix", lexicon)
            yield Mention(start, match.end(), core, entry)
            break


def find_organisations(text: str, rules: RuleSet) -> Iterator[Mention]:
    """Organisations behind 会同 that no table knows."""
    lexicon = lexicon_of(rules)
    for match in find_all(patterns_of(rules, "party_context")["asked"], text):
        if _unopened(text, *match.span("name"), lexicon) > match.start("name"):
            continue
        yield Mention(*match.span("name"), match.start("name"), None, weak=True)


def find_town_lists(text: str, rules: RuleSet) -> Iterator[Tail]:
    """Bare names that a tail makes places of: 柳湾、桥头两个镇; 东关、河西街道."""
    lexicon = lexicon_of(rules)
    for tail in find_all(patterns_of(rules, "place_subjects")["tail"], text):
        members = tuple(reversed(list(_members(text, tail.start(), lexicon))))
        if len(members) < 2:
            continue
        opens = lexicon.shapes["list.open"].match(tail[0]) is not None
        if len(tail[0]) <= 2 and not opens:
            members = (*members[:-1], _with_tail(members[-1], tail.end()))
        yield Tail(tail.start(), tail.end(), opens, members)


def _with_tail(member: Mention, end: int) -> Mention:
    return Mention(member.start, end, member.core, None, weak=True)


def _members(text: str, end: int, lexicon: Lexicon) -> Iterator[Mention]:
    """Names before a tail, the last one first."""
    while True:
        bare = lexicon.shapes["name.bare"].search(text, max(0, end - _LONGEST), end)
        start = _unopened(text, bare.start(), end, lexicon) if bare else end
        if end - start < 2:
            return
        yield Mention(start, end, start, None, weak=True)
        joint = lexicon.shapes["list.joint_before"].search(text, max(0, start - 1), start)
        if joint is None:
            return
        end = joint.start()


def _unopened(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Behind the words of the clause: 会同柳湾 -> 柳湾."""
    for length in (4, 3, 2):
        if start + length <= end and text[start : start + length] in lexicon.openers:
            return _unopened(text, start + length, end, lexicon)
    return start
