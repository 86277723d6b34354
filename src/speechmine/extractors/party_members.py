"""The members of a responsibility list: every item is a party, known to the table or not."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from speechmine.extractors.party_lexicon import Lexicon, lexicon_of, patterns_of
from speechmine.model import Party, Role
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet

__all__ = ["looks_like_list", "members", "names_only"]

_SEPARATOR = compiled(r"[、，,；;/／\s]")
_TRIMMED = " 　。；，、,;:：/／"
_SHORT = 16
_LONGEST = 40
_PERSONAL = ("leader", "person")
_JOINS = "、"
# What a name says before the word that it ends in.
_SHORTEST_STEM = 2


def members(text: str, start: int, end: int, role: Role, *, rules: RuleSet) -> tuple[Party, ...]:
    """The parties of a list ``text[start:end]``, in order.

    Names with 、 or 和 inside stay whole (区委、区政府; 文化和旅游局; 各市、县（市、区）政府).

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text = "甲区政府，市文化和旅游局及各地区"
        >>> found = members(text, 0, len(text), "lead", rules=default_rules())
        >>> [p.text for p in found]
        ['甲区政府', '市文化和旅游局', '各地区']
    """
    lexicon = lexicon_of(rules)
    found: list[Party] = []
    pieces = _member_pieces(text, start, end, rules)
    if role in _PERSONAL:
        pieces = _persons(text, pieces, lexicon)
    for first, last in pieces:
        # Longer than any name, or with a label inside: the foot of a web page, not a party.
        if last - first > _LONGEST or "：" in text[first:last]:
            continue
        spans = _split(text, first, last, rules)
        found.extend(_member_party(text, span, role, rules) for span in spans)
    return tuple(found)


def _persons(
    text: str, pieces: Iterable[tuple[int, int]], lexicon: Lexicon
) -> Iterator[tuple[int, int]]:
    """副市长、市公安局局长  铁军 and 彭义（县农业局局长） are one person each, by the name.

    Posts that run into the name are a part of it: 县委常委、宣传部部长彭义. Without a name each
    post is somebody: 县委书记、县长.
    """
    post, behind = lexicon.shapes["person.post"], lexicon.shapes["person.posts_behind"]
    posts: list[tuple[int, int]] = []  # whose name may follow
    for first, last in pieces:
        bracket = behind.search(text, first, last)
        end = bracket.start() if bracket else last
        if bracket is None and post.match(text[first:end]):
            posts.append((first, end))
            continue
        if posts and text[first - 1] == _JOINS:
            yield posts[0][0], end
        elif posts and text[first - 1].isspace():
            yield first, end
        else:
            yield from posts
            yield first, end
        posts = []
    yield from posts


def looks_like_list(text: str, start: int, end: int, rules: RuleSet) -> bool:
    """Whether ``text[start:end]`` can be a list of parties: short items, one of them an office."""
    items = _items(text, start, end, rules)
    if not items or any(len(item) > _LONGEST for item in items):
        return False
    lexicon, generic = lexicon_of(rules), _generic(rules)
    office, rest = lexicon.shapes["name.office"], lexicon.shapes["list.open_end"]
    return any(
        _core(item, lexicon) or generic.fullmatch(item) or office.search(rest.sub("", item))
        for item in items
    )


def names_only(text: str, start: int, end: int, rules: RuleSet) -> bool:
    """Whether ``text[start:end]`` is a list of names and kinds that give themselves away."""
    lexicon, generic = lexicon_of(rules), _generic(rules)
    open_last, placed = lexicon.shapes["list.open_last"], lexicon.shapes["name.placed"]
    items = [open_last.sub("", item) for item in _items(text, start, end, rules)]
    return bool(items) and all(
        len(item) <= _SHORT
        and (
            _ends_in_name(item, lexicon)
            or generic.fullmatch(item) is not None
            or placed.search(item) is not None
            or _is_office(item, rules)
        )
        for item in items
    )


def _items(text: str, start: int, end: int, rules: RuleSet) -> list[str]:
    pieces = _member_pieces(text, start, end, rules)
    return [text[a:b] for first, last in pieces for a, b in _split(text, first, last, rules)]


def _member_pieces(text: str, start: int, end: int, rules: RuleSet) -> Iterator[tuple[int, int]]:
    """Pieces between separators, none of them inside brackets or a name that holds one."""
    held = [match.span() for match in _held(rules).finditer(text, start, end)]
    led_in = lexicon_of(rules).shapes["list.led_in"]
    at = start
    for match in _SEPARATOR.finditer(text, start, end):
        if any(a < match.end() and match.start() < b for a, b in held):
            continue
        yield from _trimmed(text, at, match.start(), led_in)
        at = match.end()
    yield from _trimmed(text, at, end, led_in)


def _trimmed(text: str, start: int, end: int, led_in: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in _TRIMMED:
        start += 1
    led = led_in.match(text, start, end)
    start = led.end() if led else start
    while end > start and text[end - 1] in _TRIMMED:
        end -= 1
    if start < end:
        yield start, end


def _split(text: str, start: int, end: int, rules: RuleSet) -> Iterator[tuple[int, int]]:
    """Part 甲局及各地区 where both sides are parties by themselves."""
    item = text[start:end]
    lexicon, generic = lexicon_of(rules), _generic(rules)
    shapes = lexicon.shapes
    opened = shapes["list.open_and"].search(item)
    if opened:
        yield start, start + opened.start() + 1
        yield start + opened.end(), end
        return
    if not shapes["list.open"].search(item) and not generic.fullmatch(item):
        for match in shapes["list.connective"].finditer(item):
            left, right = item[: match.start()], item[match.end() :]
            whole = len(_core(item, lexicon) or "") > len(right)
            if (
                not whole
                and _ends_in_name(left, lexicon)
                and (_ends_in_name(right, lexicon) or generic.fullmatch(right))
            ):
                yield start, start + match.start()
                yield from _split(text, start + match.end(), end, rules)
                return
    yield start, end


def _core(item: str, lexicon: Lexicon) -> str | None:
    """The longest spelling that the item ends in."""
    return next((item[start:] for start, _ in lexicon.ending(item, len(item), 0)), None)


def _ends_in_name(item: str, lexicon: Lexicon) -> bool:
    """Whether an item ends in a name, not only in a portfolio word (文化 of 文化和旅游局)."""
    core = _core(item, lexicon)
    return core is not None and lexicon.spellings[core][0].attribute("use") != "portfolio"


def _is_office(item: str, rules: RuleSet) -> bool:
    """体卫艺股, 总务处: an office that no table knows, by how its name ends."""
    shapes = patterns_of(rules, "place_subjects")
    if shapes["no_office"].fullmatch(item) or lexicon_of(rules).shapes["name.stop"].search(item):
        return False
    units = (unit for unit in shapes["unit"].finditer(item) if unit.end() == len(item))
    return any(unit.start() >= _SHORTEST_STEM for unit in units)


def _member_party(text: str, span: tuple[int, int], role: Role, rules: RuleSet) -> Party:
    lexicon, start = lexicon_of(rules), span[0]
    shapes = lexicon.shapes
    item, role = _in_its_part(text[slice(*span)], role, lexicon)
    named = shapes["list.open_end"].sub("", item)
    # 乙局等部门: the list is open, and the member is 乙局; 等相关部门 says who else is meant.
    bare = shapes["list.counted_item"].sub("", shapes["list.open_last"].sub("", item))
    if _generic(rules).fullmatch(bare) or shapes["name.class"].match(named):
        return Party(bare, start, start + len(bare), role=role, generic=True)
    core = _core(named, lexicon)
    body, name = lexicon.identify(core, None, None) if core else (None, None)
    return Party(
        bare, start, start + len(bare), role, open_list=named != item, body=body, name=name
    )


def _in_its_part(item: str, role: Role, lexicon: Lexicon) -> tuple[str, Role]:
    """责任单位：人事处（牵头）、财务处（配合）: what a bracket says of one member."""
    parts: tuple[tuple[str, Role], ...] = (("lead", "lead"), ("help", "cooperate"))
    for name, part in parts:
        noted = lexicon.shapes[f"list.noted_{name}"].search(item)
        if noted and role in ("responsible", "lead", "cooperate"):
            return item[: noted.start()], part
    return item, role


def _generic(rules: RuleSet) -> re.Pattern[str]:
    return patterns_of(rules, "generic_parties")["generic"]


@functools.lru_cache(maxsize=8)
def _held(rules: RuleSet) -> re.Pattern[str]:
    """What a separator does not part: brackets, quotations, names that hold one."""
    names = sorted(
        (t for t in rules.terms("body_aliases") if "、" in t), key=lambda t: (-len(t), t)
    )
    held = [r.pattern for r in rules.table("party_context") if r.value == "held" and r.pattern]
    return compiled("|".join([*held, *map(re.escape, names)]))
