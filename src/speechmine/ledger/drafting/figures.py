"""A figure as a cell of targets says it: with all that it counts, and no deed around it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from speechmine.ledger.drafting.bareness import deeds_in, first_deed
from speechmine.ledger.layout import ledger_words

__all__ = ["is_described", "shared_end", "whole_figure"]

# So many characters before a figure may be the rest of its name.
_REACH = 12
# 化解率从71%|提升到85%: what moves, and from where, may stand further back.
_FAR = 32
# What a figure begins with, what of the words before it then belongs to it, and how far back.
_BEGINNING = (("parted", "parting", _REACH), ("moved", "mover", _FAR), ("any", "more", _REACH))
# What a figure ends in, and what of the words behind it then belongs to it.
_GOING_ON = (
    ("bare", "counted"),
    ("holding", "held"),
    ("counting", "shared"),
    ("lacking", "lacked"),
)
_CLAUSE = re.compile(r"[^，,。；;：:、！？（）()贴送发交给到出去来]+")
_NUMBER = re.compile(r"\d")
# Nothing longer is a name that shares a number.
_LONGEST_NAME = 12
_PAIRS = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"))


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
    end = at + len(kept)
    joined = words["joining"].search(kept) if named[end : end + 1] == "、" else None
    if joined:
        kept, end = kept[: joined.start()], at + joined.start()
    return _balanced(named, _begun(named, at, kept), _ended(named, end, kept))


def _balanced(named: str, start: int, end: int) -> str:
    """10家以上（累计达80家|）: with the bracket that closes, or without the one that opens."""
    for opening, closing in _PAIRS:
        said = named[start:end]
        if said.count(opening) > said.count(closing):
            closed = named.find(closing, end)
            near = 0 <= closed <= end + _REACH and opening not in named[end:closed]
            end = closed + 1 if near else start + said.rfind(opening)
        elif said.count(closing) > said.count(opening):
            opened = named.rfind(opening, 0, start)
            near = 0 <= start - opened <= _REACH and opened >= 0
            start = opened if near else start + said.find(closing) + 1
    return named[start:end]


def _ended(named: str, end: int, kept: str) -> int:
    """Where the things end that a figure counts: 28座旱厕|、老厕所, 百万条包含语音|、图像等."""
    words = _figure_words()
    for said, more in _GOING_ON:
        found = words[more].match(named, end) if words[said].search(kept) else None
        if found:
            return found.end()
    return shared_end(named, end, kept)


def shared_end(named: str, end: int, kept: str) -> int:
    """Where the last of some names ends that share one number: 1万名困境|、留守儿童.

    Args:
        named: the words of a row.
        end: where a figure ends in them.
        kept: the figure.

    Example:
        >>> said = "为1万名困境、留守儿童进行评估"
        >>> said[: shared_end(said, 6, "1万名困境")]
        '为1万名困境、留守儿童'
    """
    if not named.startswith("、", end) or _figure_words()["sharing"].search(kept) is None:
        return end
    clause = _CLAUSE.match(named, end + 1)
    rest = clause[0] if clause else ""
    deed = first_deed(rest)
    shares = 0 < deed <= _LONGEST_NAME and not _NUMBER.search(rest[:deed])
    return shared_end(named, end + 1 + deed, kept) if shares else end


def is_described(text: str, start: int, end: int) -> bool:
    """Whether a length is only that of a thing which is damaged: 那段400来米|的河堤塌了.

    Args:
        text: of the document.
        start: of the figure.
        end: of the figure.

    Example:
        >>> is_described("那段400来米的河堤塌了", 0, 7), is_described("加固400米河堤", 2, 6)
        (True, False)
    """
    words = _figure_words()
    long = words["length"].search(text, start, end)
    return long is not None and words["described"].match(text, end) is not None


def _begun(named: str, at: int, kept: str) -> int:
    """Where the name of a figure begins that was cut: 城市建成|区绿化率, 新增|授信4亿元."""
    each = _figure_words()["rate"].search(named, max(0, at - _REACH), at)
    if each and "每" not in kept:
        return each.start()
    wide = _figure_words()["wide"].search(named, max(0, at - _REACH), at)
    if wide and "、" in kept:
        return wide.start()
    words = _figure_words()
    for opening, before, reach in _BEGINNING:
        more = words[before].search(named, max(0, at - reach), at)
        if more and words[opening].match(kept):
            return more.start()
    if not words["cut"].match(kept):
        return at
    begun = max(0, at - _REACH)
    ends = [begun + end for _, end in deeds_in(named[begun:at]) if begun + end < at]
    marks = [place + 1 for place in range(begun, at) if not "\u4e00" <= named[place] <= "\u9fff"]
    return max([*ends, *marks], default=at)


@functools.cache
def _figure_words() -> Mapping[str, re.Pattern[str]]:
    found = ledger_words()["figures"].items()
    return {name: re.compile(str(said)) for name, said in found if name != "counts"}
