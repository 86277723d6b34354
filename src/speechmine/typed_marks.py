"""Marks as a keyboard has them: a point for 。, " for “, and x, ~, □, ○ where a number is masked.

One character always stands for one, so that offsets hold.
"""

from __future__ import annotations

import functools
import re

from speechmine.patterns import compiled

__all__ = ["BEHIND_DIGITS", "MASKS", "QUOTES", "STOPS", "with_known_marks", "with_known_stops"]

#: What stands for a digit or a name that is not told, beside the × and X that the rules know.
MASKS = frozenset("x*＊~～□○◯〇_＿")
#: A power or a unit that may begin behind a digit: where a blank or a break tears the two.
BEHIND_DIGITS = "%％个万亿千百元吨人户家项亩年月日公里米度名倍岁成多余"
#: What is typed for a full stop.
STOPS = frozenset(".．｡")
#: What is typed for a quotation mark.
QUOTES = frozenset("\"'")

_HAN = "\u4e00-\u9fff"
_ENDING = rf"{_HAN}”’》）)】\]］〕%"
_STOP = compiled(
    # 倒排工期 .机关…: blanks may stand before it, too.
    rf"[.．｡](?:(?<=[{_ENDING}].)|(?<=[{_HAN}][ \u3000].)|(?<=[{_HAN}][ \u3000]{{2}}.))"
    rf"(?=[ \u3000]*[{_HAN}“《（(【\[［〔]|[ \t]*(?:\n|\Z))"
)
# "智慧校园": a pair in one line around Chinese words; 55" and it's have none.
_QUOTED = compiled(rf"([\"'])(?=[^\"'\n]{{0,30}}[{_HAN}])(?! )([^\"'\n]{{1,60}})(?<! )\1")
_PAIRS = {'"': ("“", "”"), "'": ("‘", "’")}
# 一. and （二）. number a heading.
_NUMBERS = compiled(
    r"(?:^|[\s。；;：:，,.．])(?:第|附件|附表|[表图])?[（(]?[一二三四五六七八九十百]{1,4}[）)]?\Z"
)
_REACH = 10
_RUN = compiled("([x*＊~～□○◯〇_＿])\\1{0,7}")
_ONE_HAN = compiled(f"[{_HAN}]")
# What a text is that rules have not seen yet: they are read in the characters that come out here,
# so what may stand around a mask is told by single characters.
_COUNTED = frozenset("年月日号时%‰个家户亩人名项条座所台辆件次公千万亿元吨米天")
_NAMED = frozenset("省市县区州旗镇乡村街局委办厅部院校")
_DATED = "年月日号%"
_DAY = frozenset(_DATED)
_NUMERALS = frozenset("一二三四五六七八九十零")
# 3～5月 is a range and 二〇年 a number: these need more around them to be a mask.
_USUAL_OTHERWISE = frozenset("~～〇")
_DECADE = compiled(r"20\d\Z")


def with_known_marks(text: str) -> str:
    """The text with stops, quotation marks and masks as the rules know them, as long as it was.

    Example:
        >>> with_known_marks("请xx市财政局于□月□日前报送方案.投资增长~%.一.抓落实")
        '请××市财政局于×月×日前报送方案。投资增长×%。一.抓落实'
        >>> with_known_marks('建成3所"智慧校园"')
        '建成3所“智慧校园”'
    """
    return _RUN.sub(_mask, _STOP.sub(_stop, _QUOTED.sub(_quoted, text)))


@functools.lru_cache(maxsize=4)
def with_known_stops(text: str) -> str:
    """The text with its stops as the rules know them and all else as it is, as long as it was.

    Example:
        >>> with_known_stops('城建公司倒排工期 .机关工会带头,办好"采茶节".')
        '城建公司倒排工期 。机关工会带头,办好"采茶节".'
    """
    return _STOP.sub(_stop, text)


def _quoted(match: re.Match[str]) -> str:
    opener, closer = _PAIRS[match[1]]
    return f"{opener}{match[2]}{closer}"


def _stop(match: re.Match[str]) -> str:
    text, at = match.string, match.start()
    return match[0] if _NUMBERS.search(text, max(0, at - _REACH), at) else "。"


def _mask(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - _REACH) : match.start()]
    after = match.string[match.end() : match.end() + _REACH]
    return "×" * len(match[0]) if _is_mask(match[0], before, after) else match[0]


def _is_mask(run: str, before: str, after: str) -> bool:
    """Whether marks stand where a number or a name stands."""
    last, next_ = before[-1:], after[:1]
    if next_ not in _COUNTED and next_ not in _NAMED:
        return False
    if last.isdigit() and last.isascii():  # 202x年
        usual = run[0] not in _USUAL_OTHERWISE or _DECADE.search(before)
        return bool(usual) and next_ in _DAY
    if last in _NUMERALS or (last.isascii() and last.isalpha()):
        return False
    if len(run) > 1 or _comes_again(run, before, after):
        return True
    if run[0] in _USUAL_OTHERWISE:
        return next_ == "%" and run != "〇"
    return _ONE_HAN.match(last) is not None  # at the beginning of a line it is a bullet


def _comes_again(run: str, before: str, after: str) -> bool:
    """x月x日: the same mark on both sides of 月."""
    # The units of a date by which the two marks are joined.
    first, second = (*_DATED[:2], ""), (*_DATED[1:3], "")
    joined = after[:1] in first and after[1:].startswith(run)
    behind = joined and after[1 + len(run) :][:1] in second
    return behind or (before[-1:] in first[:2] and before[:-1].endswith(run))
