"""Coordinations: 区纪委、法院、司法等部门 is one group with a tail that all members share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.extractors.party_lexicon import Lexicon, lexicon_of, patterns_of
from speechmine.extractors.party_names import Mention, prefix_start
from speechmine.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechmine.rules.schema import Rule, RuleSet

__all__ = ["Tail", "find_tails", "join_groups"]

_JOINT = compiled(r"、|以及|及|和|与|暨|，(?=各)")
# 各县区，各部门 are one list; 下设两个专班，各专班 are two clauses.
_EACH = compiled(r"各|全[省市县区镇乡]|[省市县区]直")
_JOINT_BEFORE = compiled(r"(?:、|以及|及|和|与)$")
# Only before these is a bare portfolio word (司法, 教育) a body.
_OFFICES = compiled(r"^$|家$|部门|单位|机关|系统|局|口|战线|条线")
_SHAPE = compiled(
    r"[^\s，。；：、（）①-⒛●○■□▲△★☆◆◇→•·．和及与的]{1,9}(?:局|委|办|厅|院|会|中心|公司|集团|大队|支队)$"
)
_COUNTED = compiled(r"这?[两二三四五六七八九十几0-9]+[个家]")
_LONGEST_ITEM = 16


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
    closing = (context[side].finditer(text) for side in ("tail", "helping"))
    for match in sorted((tail for found in closing for tail in found), key=_by_place):
        members = _members(text, match, free, lexicon)
        if members:
            free = match.end()
            opens = match[0].startswith("等")
            yield Tail(match.start(), match.end(), opens, tuple(reversed(members)))


def _by_place(tail: re.Match[str]) -> int:
    return tail.start()


def _members(text: str, tail: re.Match[str], floor: int, lexicon: Lexicon) -> list[Mention]:
    opens = tail[0].startswith("等")
    portfolio = bool(_OFFICES.search(tail[0]))
    found: list[Mention] = []
    end = tail.start()
    while True:
        item = _item(text, end, floor, lexicon, portfolio=portfolio, letters=opens and portfolio)
        if item is None:
            return found
        if not opens and not found and _shares(item, tail[0]):
            item = Mention(item.start, tail.end(), item.core, item.entry)
        found.append(item)
        joint = _JOINT_BEFORE.search(text, max(0, item.start - 2), item.start)
        if joint is None:
            return found
        end = joint.start()


def _shares(item: Mention, tail: str) -> bool:
    """A word that only its tail makes a body holds it: 发改部门; a number only counts the list."""
    use = item.entry.attribute("use") if item.entry else "portfolio"
    return use not in ("name", "short") and _COUNTED.match(tail) is None


def _item(
    text: str, end: int, floor: int, lexicon: Lexicon, *, portfolio: bool, letters: bool
) -> Mention | None:
    for start, entry in lexicon.ending(text, end, floor):
        use = entry.attribute("use")
        if (use == "letter" and not letters) or (use == "portfolio" and not portfolio):
            continue
        begin = max(floor, prefix_start(text, start, _scope(entry), lexicon))
        if use != "letter" or _alone(text, begin):
            return Mention(begin, end, start, entry)
    shape = _SHAPE.search(text, max(floor, end - _LONGEST_ITEM), end)
    if shape and _alone(text, shape.start()):
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


def _alone(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "、和及与，。；：\n"


def join_groups(text: str, mentions: list[Mention], tails: list[Tail]) -> Iterator[list[Mention]]:
    """Neighbours with nothing but 、 or 和 between them; a tail ends its group."""
    closed = {tail.start for tail in tails if tail.open_list}
    group: list[Mention] = []
    for mention in mentions:
        if group and not _coordinated(text, group[-1], mention, closed):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _coordinated(text: str, left: Mention, right: Mention, closed: set[int]) -> bool:
    if left.end in closed or right.start < left.end:
        return False
    joint = _JOINT.match(text, left.end)
    if joint is None or joint.end() != right.start:
        return False
    return joint[0] != "，" or _EACH.match(text, left.start) is not None
