"""The characters that a match of a pattern begins with: for a matcher, and for prepared code."""

from __future__ import annotations

import re
import sys
from typing import Any

from speechmine.patterns import openings_of
from speechmine.prepared import Openings
from speechmine.rules.edges import PLANE, first_of, ops, pairs_of, parser, ranges_of

__all__ = ["UNTOLD", "few_openings", "opening_class", "openings", "openings_anew"]

# More characters than these are as good as any where they are looked up, and where they are
# searched for.
_MOST, _NEARLY_ALL = 300, 3000
_BEYOND = 1 << (PLANE - 1)
#: Of patterns that set flags (but for blanks in them) or repeat what a group took the characters
#: alone tell too little.
UNTOLD = re.compile(r"\(\?(?!x:)[a-zA-OQ-Z-]|\(\?P=|\\[1-9]")


def openings(pattern: str) -> Openings | None:
    """The characters that a match of a pattern can begin with, each with those behind it.

    Returns:
        None where a match may be empty, or begin with so many that it is not worth a look.

    Example:
        >>> openings("(?:各|全省?)县|市"), openings(".*县")
        ({'全': '县省', '各': '县', '市': None}, None)
    """
    known = openings_of(pattern)
    return known[0] if known else openings_anew(pattern)


def openings_anew(pattern: str) -> Openings | None:
    """What :func:`openings` gives, worked out anew."""
    return None if UNTOLD.search(pattern) else few_openings(parser.parse(pattern))


def few_openings(nodes: Any) -> Openings | None:
    """The same of a sequence of parsed nodes."""
    firsts, empty = first_of(nodes)
    if empty or firsts.bit_count() > _MOST:
        return None
    behind: dict[str, int | None] = {}
    for several, seconds in pairs_of(nodes, None):
        for first in _shown(several & firsts):
            known = behind.get(first, 0)
            behind[first] = None if known is None or seconds is None else known | seconds
    return {
        first: None if seconds is None or seconds.bit_count() > _MOST else _shown(seconds)
        for first, seconds in sorted(behind.items())
    }


def opening_class(parsed: Any) -> Any | None:
    """A parsed class of all characters that a match of a pattern can begin with.

    Args:
        parsed: a pattern without flags, as ``re`` parses it.

    Returns:
        None where a match may be empty, or begin with nearly anything.
    """
    firsts, empty = first_of(parsed)
    if empty or firsts.bit_count() > _NEARLY_ALL or UNTOLD.search(parsed.state.str):
        return None
    beyond = [(PLANE, sys.maxunicode)] if firsts & _BEYOND else []
    ranges = [(ops.RANGE, tuple(span)) for span in (*ranges_of(firsts), *beyond)]
    return parser.SubPattern(parsed.state, [(ops.IN, ranges)])


def _shown(characters: int) -> str:
    return "".join(chr(code) for a, b in ranges_of(characters) for code in range(a, b + 1))
