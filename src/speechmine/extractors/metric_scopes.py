"""Places before the name of an indicator: 青川县|地区生产总值."""

from __future__ import annotations

import re

from speechmine.extractors.indicators import Phrases
from speechmine.model import Segment

__all__ = ["names_place", "placed"]

_PLACE = re.compile(r"(?![全我本各该其])[\u4e00-\u9fffX×]{1,5}?[县市区州旗](?![域内外级场民])")
_PLACES = re.compile(r"(?<=[\u4e00-\u9fff])(?<![城集地农])[省市县州旗镇乡区岛港]")
_NO_PLACE = re.compile(r"^[占对面为在比由从至约含其]|[^\u4e00-\u9fff]|[和及等与于下占]")


def names_place(clause: str) -> bool:
    """Whether a clause begins with the name of a county, city or district."""
    return _PLACE.match(clause) is not None


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
    if place is not None and place.end() < len(name):
        return place[0], name[place.end() :]
    for found in _PLACES.finditer(name):
        before, rest = name[: found.end()], name[found.end() :]
        known = len(rest) > len("出口") and phrases.family(rest) is not None
        if known and not _NO_PLACE.search(before):
            return before, rest
    return None, name
