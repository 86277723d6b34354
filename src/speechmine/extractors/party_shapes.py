"""Names that only their shape gives away, and no table knows.

Members of lists (青溪镇、白沙镇), and places that act (示例镇创建园区).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.extractors.party_cues import cues_of, opens_predicate
from speechmine.extractors.party_lexicon import Lexicon, lexicon_of, patterns_of
from speechmine.extractors.party_names import Mention, prefix_start
from speechmine.model import Party, PartyGroup
from speechmine.patterns import compiled
from speechmine.rules.scanning import find_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechmine.rules.schema import RuleSet

__all__ = [
    "find_bracketed",
    "find_place_subjects",
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
    lexicon, cues = lexicon_of(rules), cues_of(rules)
    shapes = patterns_of(rules, "place_subjects")
    found: list[PartyGroup] = []
    listed: list[Party] = []
    for match in find_all(shapes["place"], text):
        start, end = match.span("place")
        if not listed or not _JOINT.fullmatch(text, listed[-1].end, start):
            listed = []
        if not _is_name(match["place"], lexicon) or shapes["common"].fullmatch(match["place"]):
            continue
        listed.append(Party(text=match["place"], start=start, end=end))
        if opens_predicate(text, end, cues) and not shapes["noun"].match(text, end):
            found.append(PartyGroup(listed[0].start, end, tuple(listed)))
            listed = []
    return tuple(found)


def _is_name(place: str, lexicon: Lexicon) -> bool:
    end, holding = len(place), lexicon.guards.holding
    if holding("compound", place, end, end) and not holding("zone", place, end, end):
        return False
    return lexicon.unopened(place) == place


def find_towns(text: str, rules: RuleSet) -> Iterator[Mention]:
    """Towns at the head of a clause, in a list or asked in; weak, as only the shape speaks."""
    lexicon = lexicon_of(rules)
    for match in find_all(patterns_of(rules, "place_subjects")["town"], text):
        start, end = match.span("place")
        if lexicon.unopened(match["place"], 2) == match["place"]:
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
