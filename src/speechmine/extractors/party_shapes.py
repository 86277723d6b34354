"""Members that only their shape gives away: 青溪镇、白沙镇; 柳湾、桥头两个镇; 会同某某学院."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.extractors.party_lexicon import Lexicon, lexicon_of, patterns_of
from speechmine.extractors.party_lists import Tail
from speechmine.extractors.party_names import Mention, prefix_start
from speechmine.rules.scanning import find_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechmine.rules.schema import RuleSet

__all__ = ["find_bracketed", "find_organisations", "find_town_lists", "find_towns"]

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
