"""Names in coordination that share a value or a list of values: 甲、乙增加值分别增长5%、6%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from speechmine.extractors.indicators import Name, Phrases
from speechmine.patterns import compiled

__all__ = ["coordinated"]

_LIST_MARK = compiled("、")


def coordinated(whole: Name, count: int | None, phrases: Phrases) -> Sequence[Name]:
    """The single indicators of a coordination that shares a value or a list of values.

    Args:
        whole: 金融业、软件业增加值.
        count: how many are wanted; None takes every item.
        phrases: the vocabulary.

    Returns:
        One name an item, the shared noun given to each; or one name where the parts do not
        fit the count.
    """
    halves = [half for half, (both, _) in phrases.halves.items() if whole.text.startswith(both)]
    if halves and count == len(halves):
        return [_part(whole, half) for half in halves]
    sectors = phrases.shapes["name.sectors"].match(whole.text)
    if sectors and count == len(sectors["each"]):
        rest = sectors["kind"] + whole.text[sectors.end() :]
        return [
            Name(sector + rest, whole.start, whole.end, whole.scope, made=True)
            for sector in sectors["each"]
        ]
    for joint in (_LIST_MARK, phrases.shapes["name.joint"]):
        items = _parts_between(whole, joint)
        if len(items) == count or (count is None and len(items) > 1):
            return _completed(items, phrases)
    if count and len(items) > count:
        return _completed(items[-count:], phrases)
    return [whole]


def _part(whole: Name, scope: str) -> Name:
    return Name(whole.text, whole.start, whole.end, scope)


def _parts_between(whole: Name, joint: re.Pattern[str]) -> list[Name]:
    items, at = [], 0
    for match in [*joint.finditer(whole.text), None]:
        end = match.start() if match else len(whole.text)
        if whole.text[at:end].strip():
            items.append(Name(whole.text[at:end], whole.start + at, whole.start + end, whole.scope))
        at = match.end() if match else end
    return items


def _completed(items: Sequence[Name], phrases: Phrases) -> list[Name]:
    last = _with_stem(items[-1], items[-2], phrases) if len(items) > 1 else items[-1]
    return [_with_noun(item, last.text, phrases) for item in items[:-1]] + [last]


def _with_stem(last: Name, before: Name, phrases: Phrases) -> Name:
    """城镇化质量和水平: what both are qualities of is said once, in front."""
    if last.text not in phrases.qualities or not before.text.endswith(phrases.qualities):
        return last
    quality = next(one for one in phrases.qualities if before.text.endswith(one))
    stem = before.text.removesuffix(quality)
    return Name(stem + last.text, last.start, last.end, last.scope, made=True) if stem else last


def _with_noun(item: Name, last: str, phrases: Phrases) -> Name:
    shared = _lent(item.text, last, phrases)
    said = item.text.find(shared) + len(shared) if shared and shared in item.text else 0
    if said:  # 空气质量稳定达标、水环境质量不断改善: it has the noun itself
        return Name(item.text[:said], item.start, item.end, item.scope, made=True)
    if not shared or item.text.endswith(phrases.nouns):
        return item
    return Name(item.text + shared, item.start, item.end, item.scope, made=True)


def _lent(item: str, last: str, phrases: Phrases) -> str:
    """What the last item lends to an earlier one.

    第一、第三|产业增加值; 甲市、乙市|固定资产投资; else its first noun: 金融业、软件业|增加值.
    """
    sector = phrases.shapes["name.sector"]
    if sector.fullmatch(item) and sector.match(last):
        return last[len(item) :]
    if item.endswith(phrases.place_ends):
        for at in range(1, len(last)):
            if phrases.family(last[at:]) is not None:
                return last[at:]
    found = [last.find(noun) for noun in phrases.nouns if len(noun) > 1]
    return _beyond(item, last[min((at for at in found if at > 0), default=len(last)) :])


def _beyond(item: str, shared: str) -> str:
    """城镇居民 + 居民人均可支配收入: what both have is said once."""
    for length in range(min(len(item), len(shared)), 1, -1):
        if item.endswith(shared[:length]):
            return shared[length:]
    return shared
