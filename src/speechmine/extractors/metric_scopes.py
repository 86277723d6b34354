"""Places before the name of an indicator: 青川县|地区生产总值."""

from __future__ import annotations

import functools
from collections import Counter

from speechmine.extractors.indicators import Phrases
from speechmine.model import Segment
from speechmine.patterns import compiled

__all__ = ["is_elsewhere", "level_of", "placed"]

_PLACE = compiled(r"(?![全我本各该其])[\u4e00-\u9fffX×]{1,5}?[县市区州旗](?![域内外级场民])")
_PLACES = compiled(r"(?<=[\u4e00-\u9fff])(?<![城集地农])[省市县州旗镇乡区岛港]")
_NO_PLACE = compiled(r"^[占对面为在比由从至约含其]|[^\u4e00-\u9fff]|[和及等与于下占]")


#: Levels of places by rank; a county holds no district, and of two the other is another place.
_RANK = {"国": 4, "省": 3, "市": 2, "州": 2, "盟": 2, "县": 1, "旗": 1, "区": 1, "镇": 0, "乡": 0}
_SPOKEN_FOR = compiled("[全我本]([省市州盟县旗区镇乡])")
_PREFECTURE = compiled("行署|地委")
_SUBJECT = compiled(
    r"(?:从[^，]{1,8}看，)?(?:但|而|目前|今年|去年|邻近的)*"
    r"(?:(?P<whole>全[国省市县])|(?P<name>(?![省市县区镇村乡])[\u4e00-\u9fffX×]{1,5}?)(?P<level>[县市区州旗])"
    r"(?![域内外级场民]))"
)
_NO_NAME = compiled(
    "[全我本各该其的有在从离距]|(?:开发|园|社|小|城|片|灾|疫|山|老|新|库|景|辖|校|厂|镇|矿|街|牧|林|湖)$"
)


@functools.lru_cache(maxsize=4)
def level_of(text: str) -> int | None:
    """The rank of the place that a document speaks for: 全市 and 我市 in the speech of a city."""
    if _PREFECTURE.search(text):  # 全区 is the prefecture there, and a county a part of it
        return _RANK["市"]
    said = Counter(_SPOKEN_FOR.findall(text))
    return _RANK[max(said, key=lambda level: said[level])] if said else None


def is_elsewhere(clause: str, level: int | None) -> bool | None:
    """Whether a clause begins with another place than the document's own; None: with no place.

    A county is another place in the speech of a county and a part of it in that of a city; the
    whole of something larger (全国, 全省) is what one compares with.
    """
    found = _SUBJECT.match(clause)
    if found is None:
        return None
    if found["whole"]:
        return level is not None and _RANK[found["whole"][1]] > level
    if _NO_NAME.search(found["name"]):
        return None
    return level is None or _RANK[found["level"]] >= level


def placed(name: str | None, segment: Segment, phrases: Phrases) -> tuple[str | None, str | None]:
    """The place that a name begins with, and the rest of the name.

    Args:
        name: the indicator as the text gives it.
        segment: a problem is shown by the figures of other places, whatever the indicator.
        phrases: elsewhere only a known indicator is parted from its place.
    """
    if name is None or phrases.family(name) is not None:
        return None, name
    place = _PLACE.match(name) if segment.discourse == "problem" else None
    if place is not None and _NO_NAME.search(place[0][:-1]):
        place = None
    if place is not None and place.end() < len(name):
        return place[0], name[place.end() :]
    for found in _PLACES.finditer(name):
        before, rest = name[: found.end()], name[found.end() :]
        known = len(rest) > len("出口") and phrases.family(rest) is not None
        if known and not _NO_PLACE.search(before):
            return before, rest
    return None, name
