"""A figure as a cell of targets says it: with all that it counts, and no deed around it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from speechmine.ledger.drafting.bareness import deeds_in
from speechmine.ledger.layout import ledger_words

__all__ = ["whole_figure"]

# So many characters before a figure may be the rest of its name.
_REACH = 12


def whole_figure(wording: str, named: str) -> str:
    """The wording of a figure without the deed before and behind it, with all of its name.

    Args:
        wording: as it was found, in the words of the row.
        named: the words of the row.

    Example:
        >>> whole_figure("全力推动75个", "全力推动75个续建类项目，按月通报")
        '75个续建类项目'
        >>> whole_figure("60份送到会场", "自行印制60份送到会场")
        '60份'
    """
    words = _figure_words()
    kept = words["ending"].sub("", words["opening"].sub("", wording))
    at = named.find(kept)
    if at < 0:
        return kept
    begun = _begun(named, at, kept)
    counted = words["counted"].match(named, at + len(kept)) if words["bare"].search(kept) else None
    return named[begun : counted.end() if counted else at + len(kept)]


def _begun(named: str, at: int, kept: str) -> int:
    """Where the name of a figure begins that was cut: 城市建成|区绿化率, 全国|首店、省内首店."""
    wide = _figure_words()["wide"].search(named, max(0, at - _REACH), at)
    if wide and "、" in kept:
        return wide.start()
    if not _figure_words()["cut"].match(kept):
        return at
    begun = max(0, at - _REACH)
    ends = [begun + end for _, end in deeds_in(named[begun:at]) if begun + end < at]
    marks = [place + 1 for place in range(begun, at) if not "\u4e00" <= named[place] <= "\u9fff"]
    return max([*ends, *marks], default=at)


@functools.cache
def _figure_words() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(str(said)) for name, said in ledger_words()["figures"].items()}
