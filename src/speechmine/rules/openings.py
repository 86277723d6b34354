"""What a match of a pattern can begin with, read from how it is made.

``re`` passes quickly over characters that no match begins with, where it knows which these are; it
does not look behind a look around, nor into alternatives. Here sets of characters are whole
numbers with a bit for each code of the basic plane; the last code stands for all beyond it.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterable, Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from speechmine.patterns import openings_of
from speechmine.prepared import Openings

__all__ = ["opening_class", "openings", "worked_out"]

_PLANE = 1 << 16
_BEYOND = 1 << (_PLANE - 1)
_ALL = (1 << _PLANE) - 1
# More characters than these are as good as any where they are looked up, and where they are
# searched for.
_MOST, _NEARLY_ALL = 300, 3000
# Of patterns that set flags (but for blanks in them) or repeat what a group took the characters
# alone tell too little.
_UNTOLD = re.compile(r"\(\?(?!x:)[a-zA-OQ-Z-]|\(\?P=|\\[1-9]")
_ONE = (ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY)
_AROUND = (ops.ASSERT, ops.ASSERT_NOT, ops.AT)
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d",
    ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_WORD: r"\w",
    ops.CATEGORY_NOT_WORD: r"\W",
}


def openings(pattern: str) -> Openings | None:
    """The characters that a match of a pattern can begin with, each with those behind it.

    Returns:
        None where a match may be empty, or begin with so many that it is not worth a look.

    Example:
        >>> openings("(?:各|全省?)县|市"), openings(".*县")
        ({'全': '县省', '各': '县', '市': None}, None)
    """
    known = openings_of(pattern)
    return known[0] if known else worked_out(pattern)


def worked_out(pattern: str) -> Openings | None:
    """What :func:`openings` gives, worked out anew."""
    parsed = parser.parse(pattern)
    firsts, empty = _first_of(parsed)
    if empty or firsts.bit_count() > _MOST or _UNTOLD.search(pattern):
        return None
    behind: dict[str, int | None] = {}
    for several, seconds in _pairs(parsed, None):
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
    firsts, empty = _first_of(parsed)
    if empty or firsts.bit_count() > _NEARLY_ALL or _UNTOLD.search(parsed.state.str):
        return None
    beyond = [(_PLANE, sys.maxunicode)] if firsts & _BEYOND else []
    ranges = [(ops.RANGE, span) for span in (*_spans(firsts), *beyond)]
    return parser.SubPattern(parsed.state, [(ops.IN, ranges)])


def _spans(characters: int) -> Iterator[tuple[int, int]]:
    bits = f"{characters:b}"[::-1]
    return ((match.start(), match.end() - 1) for match in re.finditer("1+", bits))


def _shown(characters: int) -> str:
    return "".join(chr(code) for a, b in _spans(characters) for code in range(a, b + 1))


def _first_of(nodes: Iterable[tuple[Any, Any]]) -> tuple[int, bool]:
    """What a sequence of parsed nodes can begin with, and whether it can be empty."""
    found, ahead = 0, _ALL
    for kind, content in nodes:
        if kind is ops.ASSERT and content[0] > 0 and not found:
            first, empty = _first_of(content[1])
            ahead &= _ALL if empty else first
        first, empty = _first_of_node(kind, content)
        found |= first
        if not empty:
            return found & ahead, False
    return found, True


def _first_of_node(kind: Any, content: Any) -> tuple[int, bool]:
    if kind in _AROUND:
        return 0, True
    if kind is ops.BRANCH:
        several = [_first_of(alternative) for alternative in content[1]]
        return functools.reduce(int.__or__, (f for f, _ in several)), any(e for _, e in several)
    if kind is ops.SUBPATTERN:
        return _first_of(content[3])
    if kind in _REPEATS:
        found, empty = _first_of(content[2])
        return found, empty or content[0] == 0
    return _characters(kind, content), kind not in _ONE


def _pairs(nodes: Any, behind: int | None) -> Iterator[tuple[int, int | None]]:
    """Beginnings of a sequence, each with what follows it; ``behind`` stands behind the whole."""
    for at, (kind, content) in enumerate(nodes):
        follows, through = _first_of(nodes[at + 1 :])
        if not through:
            yield from _pairs_of_node(kind, content, follows)
        else:
            yield from _pairs_of_node(kind, content, None if behind is None else follows | behind)
        if not _first_of_node(kind, content)[1]:
            return


def _pairs_of_node(kind: Any, content: Any, behind: int | None) -> Iterator[tuple[int, int | None]]:
    if kind in _AROUND:
        return
    if kind is ops.BRANCH:
        for alternative in content[1]:
            yield from _pairs(alternative, behind)
    elif kind is ops.SUBPATTERN:
        yield from _pairs(content[3], behind)
    elif kind in _REPEATS:
        again = 0 if content[1] == 1 else _first_of(content[2])[0]
        yield from _pairs(content[2], None if behind is None else behind | again)
    else:
        yield _characters(kind, content), behind


def _characters(kind: Any, content: Any) -> int:
    """The characters of a node that takes one; all where it is none of these."""
    if kind is ops.LITERAL:
        return _range(content, content)
    if kind is ops.NOT_LITERAL:
        return (_ALL & ~_range(content, content)) | _BEYOND
    if kind is not ops.IN:
        return _ALL
    negated = content[0][0] is ops.NEGATE
    found = functools.reduce(int.__or__, map(_member, content[1:] if negated else content), 0)
    return (_ALL & ~found) | _BEYOND if negated else found


def _member(member: tuple[Any, Any]) -> int:
    kind, content = member
    if kind is ops.LITERAL:
        return _range(content, content)
    if kind is ops.RANGE:
        return _range(*content)
    return _category(_CATEGORIES[content])


@functools.cache
def _category(sign: str) -> int:
    plane = "".join(map(chr, range(_PLANE)))
    spans = (match.span() for match in re.finditer(f"{sign}+", plane))
    return functools.reduce(int.__or__, (_range(a, b - 1) for a, b in spans)) | _BEYOND


def _range(first: int, last: int) -> int:
    first, last = min(first, _PLANE - 1), min(last, _PLANE - 1)
    return ((1 << (last - first + 1)) - 1) << first
