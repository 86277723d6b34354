"""Coordinations: 区纪委、法院、司法等部门 is one group with a tail; levels of its members."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from speechmine.extractors.party_lexicon import USES, Lexicon, lexicon_of, patterns_of
from speechmine.extractors.party_names import Mention, prefix_start
from speechmine.rules.scanning import find_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from speechmine.model import AdministrativeLevel
    from speechmine.rules.schema import Rule, RuleSet

__all__ = ["Tail", "find_tails", "join_groups", "levels_of"]

_LONGEST_ITEM = 16
# Uses of spellings that are bodies whatever closes their list.
_KNOWN = frozenset(USES) - {"portfolio", "letter"}


@dataclass(frozen=True, slots=True)
class Tail:
    """A tail with the members that it closes; ``start`` to ``end`` is the tail itself."""

    start: int
    end: int
    open_list: bool
    members: tuple[Mention, ...]


def find_tails(text: str, rules: RuleSet) -> Iterator[Tail]:
    """Lists closed by 等部门, 部门, 两局, each with its members read from the right."""
    lexicon = lexicon_of(rules)
    free = 0
    context = patterns_of(rules, "party_context")
    closing = (find_all(context[side], text) for side in ("tail", "helping"))
    for match in sorted((tail for found in closing for tail in found), key=_by_place):
        members = _members_before(text, match, free, lexicon)
        if members:
            free = match.end()
            opens = lexicon.shapes["list.open"].match(match[0]) is not None
            yield Tail(match.start(), match.end(), opens, tuple(reversed(members)))


def _by_place(tail: re.Match[str]) -> int:
    return tail.start()


def _members_before(text: str, tail: re.Match[str], floor: int, lexicon: Lexicon) -> list[Mention]:
    shapes = lexicon.shapes
    opens = shapes["list.open"].match(tail[0]) is not None
    portfolio = shapes["list.office_tail"].search(tail[0]) is not None
    known = _KNOWN | {"portfolio"} if portfolio else _KNOWN
    known |= {"letter"} if opens and portfolio else set()
    found: list[Mention] = []
    end = tail.start()
    while True:
        item = _list_item(text, end, floor, lexicon, known)
        if item is None:
            return found
        if not opens and not found and _shares(item, tail[0], lexicon):
            item = Mention(item.start, tail.end(), item.core, item.entry)
        found.append(item)
        joint = shapes["list.joint_before"].search(text, max(0, item.start - 2), item.start)
        if joint is None:
            return found
        end = joint.start()


def _shares(item: Mention, tail: str, lexicon: Lexicon) -> bool:
    """A word that only its tail makes a body holds it: 发改部门; a number only counts the list."""
    use = item.entry.attribute("use") if item.entry else "portfolio"
    return use not in ("name", "short") and lexicon.shapes["list.counted_tail"].match(tail) is None


def _list_item(
    text: str, end: int, floor: int, lexicon: Lexicon, known: frozenset[str]
) -> Mention | None:
    begins = lexicon.shapes["list.begins"].match
    for start, entry in lexicon.ending(text, end, floor):
        use = entry.attribute("use")
        if use not in known:
            continue
        begin = max(floor, prefix_start(text, start, _scope(entry), lexicon))
        if use != "letter" or begins(text, begin):
            return Mention(begin, end, start, entry)
    shape = lexicon.shapes["name.member"].search(text, max(floor, end - _LONGEST_ITEM), end)
    if shape and begins(text, shape.start()):
        start = _behind_openers(text, shape.start(), end, lexicon)
        return Mention(start, end, start, None)
    return None


def _behind_openers(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where a name begins behind the verb of its clause: 重点支持示例公司 -> 示例公司."""
    lengths = (n for n in (4, 3, 2) if start + n + 1 < end)
    length = next((n for n in lengths if text[start : start + n] in lexicon.openers), 0)
    return _behind_openers(text, start + length, end, lexicon) if length else start


def _scope(entry: Rule) -> str:
    scope = entry.attribute("scope")
    return "prefix" if entry.attribute("use") == "portfolio" else scope


def join_groups(
    text: str, mentions: list[Mention], tails: list[Tail], rules: RuleSet
) -> Iterator[list[Mention]]:
    """Neighbours with nothing but 、 or 和 between them; a tail ends its group."""
    closed = {tail.start for tail in tails if tail.open_list}
    lexicon = lexicon_of(rules)
    group: list[Mention] = []
    for mention in mentions:
        if group and not _coordinated(text, group[-1], mention, closed, lexicon):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _coordinated(
    text: str, left: Mention, right: Mention, closed: set[int], lexicon: Lexicon
) -> bool:
    shapes = lexicon.shapes
    if left.end in closed or right.start < left.end:
        return False
    joint = shapes["list.joint"].match(text, left.end)
    if joint is None or joint.end() != right.start:
        return False
    comma = shapes["list.comma"].match(joint[0])
    return comma is None or shapes["list.each"].match(text, left.start) is not None


def levels_of(
    text: str,
    mentions: Sequence[Mention],
    rules: RuleSet,
    *,
    document: AdministrativeLevel | None,
) -> Iterator[AdministrativeLevel | None]:
    """The level of each member of a coordination (市经贸委、国土房管局: both the city's).

    Args:
        text: the matching view's text.
        mentions: in order.
        rules: where the words for levels stand.
        document: whose text it is; a body named without any level is of that one.

    Returns:
        None where it is not certain: a zone's bureau, addressees by kind, and 市 in a text
        of county level, which may be the city above it or a county that is called a city.
    """
    given = document
    for mention in mentions:
        if mention.kind != "body":
            yield None
            continue
        written, level = _own_level(text, mention, rules)
        if written:
            unsure = level == "prefecture" and document in ("county", "township")
            given = None if unsure else level
        yield given
        # 国家发改委、财政局: what is national says nothing of the next.
        given = document if written and given == "national" else given


def _own_level(
    text: str, mention: Mention, rules: RuleSet
) -> tuple[bool, AdministrativeLevel | None]:
    """Whether a mention has words for place and level itself, and the level that they tell."""
    entry, name = mention.entry, text[mention.start : mention.end]
    if mention.start < mention.core:
        return True, _level_told(text[mention.start : mention.core], name, rules)
    if entry is None:
        return True, _level_told(name, name, rules)
    if entry.attribute("scope") == "national":
        return True, "national"
    if entry.attribute("scope") == "level":
        # 区委, 县政府: the level is the first character of the spelling.
        return True, _level_told(text[mention.core], name, rules)
    return False, None


def _level_told(written: str, name: str, rules: RuleSet) -> AdministrativeLevel | None:
    place = lexicon_of(rules).shapes["level.attached"].sub("", written)
    for level, pattern in patterns_of(rules, "levels").items():
        if pattern.search(place) or (level == "township" and pattern.search(name)):
            return cast("AdministrativeLevel", level)
    return None
