"""Places before the name of an indicator: 青川县|地区生产总值."""

from __future__ import annotations

import functools
from collections import Counter

from speechmine.extractors.indicators import Phrases
from speechmine.levels import LEVELS
from speechmine.model import Segment

__all__ = ["is_elsewhere", "level_of", "placed"]

#: 出口: a shorter name may be a place's own last word.
_LEAST_NAME = 2


@functools.lru_cache(maxsize=4)
def level_of(text: str, phrases: Phrases) -> int | None:
    """The rank of the place that a document speaks for: 全市 and 我市 in the speech of a city."""
    if phrases.shapes["place.prefecture"].search(text):  # 全区 is the prefecture there
        return _rank_of_level("prefecture")
    said = Counter(phrases.shapes["place.spoken_for"].findall(text))
    return _rank_of(max(said, key=lambda level: said[level]), phrases) if said else None


def _rank_of(word: str, phrases: Phrases) -> int:
    """The rank of 国, 省, 市 ...; what is named by none of them ranks below all."""
    level = phrases.shapes["place.level"].fullmatch(word)
    return _rank_of_level(level.lastgroup) if level else -1


def _rank_of_level(level: str | None) -> int:
    return len(LEVELS) - 1 - LEVELS.index(level or "")


def is_elsewhere(clause: str, level: int | None, phrases: Phrases) -> bool | None:
    """Whether a clause begins with another place than the document's own; None: with no place.

    A county is another place in the speech of a county and a part of it in that of a city; the
    whole of something larger (全国, 全省) is what one compares with.
    """
    found = phrases.shapes["place.subject"].match(clause)
    if found is None:
        return None
    if found["whole"]:
        return level is not None and _rank_of(found["whole"][1], phrases) > level
    if phrases.shapes["place.no_name"].search(found["name"]):
        return None
    return level is None or _rank_of(found["level"], phrases) >= level


def placed(name: str | None, segment: Segment, phrases: Phrases) -> tuple[str | None, str | None]:
    """The place that a name begins with, and the rest of the name.

    Args:
        name: the indicator as the text gives it.
        segment: a problem is shown by the figures of other places, whatever the indicator.
        phrases: elsewhere only a known indicator is parted from its place.
    """
    if name is None or phrases.family(name) is not None:
        return None, name
    shapes = phrases.shapes
    place = shapes["place.named"].match(name) if segment.discourse == "problem" else None
    if place is not None and shapes["place.no_name"].search(place[0][:-1]):
        place = None
    if place is not None and place.end() < len(name):
        return place[0], name[place.end() :]
    for found in shapes["place.ends"].finditer(name):
        before, rest = name[: found.end()], name[found.end() :]
        known = len(rest) > _LEAST_NAME and phrases.family(rest) is not None
        if known and not shapes["place.no_place"].search(before):
            return before, rest
    return None, name
