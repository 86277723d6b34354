"""What stands before a match of a pattern and at its beginning, as it is made.

While a pattern is read, sets of characters are whole numbers with a bit for each code of the basic
plane; the last code stands for all characters beyond it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

__all__ = [
    "PLANE",
    "REPEATS",
    "Ranges",
    "before_match",
    "first_of",
    "least_length",
    "ops",
    "pairs_of",
    "parser",
    "ranges_of",
]

#: So many codes there are; the last one stands for those beyond.
PLANE = 1 << 16
_BEYOND = 1 << (PLANE - 1)
_ALL = (1 << PLANE) - 1
#: Kinds of nodes that repeat what they hold, and that take one character.
REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_ONE = (ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY)
_BEGINNINGS = (ops.AT_BEGINNING, ops.AT_BEGINNING_STRING)
_AROUND = (ops.ASSERT, ops.ASSERT_NOT, ops.AT)
#: Codes of characters, from one up to another.
Ranges = Sequence[Sequence[int]]


def least_length(nodes: Any) -> int:
    """How many characters a sequence takes at least."""
    least: int = parser.SubPattern(None, list(nodes)).getwidth()[0]
    return least


def before_match(nodes: Any) -> int:
    """What may stand right before a match, as far as the pattern looks back first."""
    allowed = _ALL
    for kind, content in nodes:
        if kind is ops.ASSERT and content[0] < 0:
            last, empty = _last_of(content[1])
            allowed &= _ALL if empty else last
        elif kind is ops.ASSERT_NOT and content[0] < 0:
            allowed &= _complement(content[1])
        elif kind is ops.AT and content in _BEGINNINGS:
            return 0
        elif kind in _AROUND:
            continue
        elif kind is ops.BRANCH:
            return allowed & functools.reduce(int.__or__, map(before_match, content[1]))
        elif kind is ops.SUBPATTERN:
            allowed &= before_match(content[3])
            if content[3].getwidth()[1] > 0:
                return allowed
        else:
            return allowed
    return allowed


def _last_of(nodes: Any) -> tuple[int, bool]:
    """What a sequence can end in, and whether it can be empty."""
    found = 0
    for kind, content in reversed(list(nodes)):
        last, empty = _edge_of_node(kind, content, _last_of)
        found |= last
        if not empty:
            return found, False
    return found, True


def _complement(nodes: Any) -> int:
    """All but the one character that may not stand there; of longer words nothing is known."""
    if len(nodes) != 1 or nodes[0][0] not in (ops.LITERAL, ops.NOT_LITERAL, ops.IN):
        return _ALL
    return (_ALL & ~_characters(*nodes[0])) | _BEYOND


def first_of(nodes: Any) -> tuple[int, bool]:
    """What a sequence can begin with, and whether it can be empty."""
    found, ahead = 0, _ALL
    for kind, content in nodes:
        if kind is ops.ASSERT and content[0] > 0 and least_length(content[1]):
            ahead &= first_of(content[1])[0] if not found else _ALL
            continue
        first, empty = _edge_of_node(kind, content, first_of)
        found |= first
        if not empty:
            return found & ahead, False
    return found, True


def pairs_of(nodes: Any, behind: int | None) -> Iterator[tuple[int, int | None]]:
    """Beginnings of a sequence, each with what follows it; ``behind`` stands behind the whole."""
    for at, (kind, content) in enumerate(nodes):
        follows, through = first_of(nodes[at + 1 :])
        if not through:
            yield from _pairs_of_node(kind, content, follows)
        else:
            yield from _pairs_of_node(kind, content, None if behind is None else follows | behind)
        if not _edge_of_node(kind, content, first_of)[1]:
            return


def _pairs_of_node(kind: Any, content: Any, behind: int | None) -> Iterator[tuple[int, int | None]]:
    if kind in _AROUND:
        return
    if kind is ops.BRANCH:
        for alternative in content[1]:
            yield from pairs_of(alternative, behind)
    elif kind is ops.SUBPATTERN:
        yield from pairs_of(content[3], behind)
    elif kind in REPEATS:
        again = 0 if content[1] == 1 else first_of(content[2])[0]
        yield from pairs_of(content[2], None if behind is None else behind | again)
    else:
        yield _characters(kind, content), behind


def _edge_of_node(
    kind: Any, content: Any, edge: Callable[[Any], tuple[int, bool]]
) -> tuple[int, bool]:
    """What a node can begin with, or end in, and whether it can be empty."""
    if kind in _AROUND:
        return 0, True
    if kind is ops.BRANCH:
        edges = [edge(alternative) for alternative in content[1]]
        return functools.reduce(int.__or__, (e for e, _ in edges)), any(e for _, e in edges)
    if kind is ops.SUBPATTERN:
        return edge(content[3])
    if kind in REPEATS:
        found, empty = edge(content[2])
        return found, empty or content[0] == 0
    return _characters(kind, content), kind not in _ONE


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
    plane = "".join(map(chr, range(PLANE)))
    spans = (match.span() for match in re.finditer(f"{sign}+", plane))
    return functools.reduce(int.__or__, (_range(a, b - 1) for a, b in spans)) | _BEYOND


def _range(first: int, last: int) -> int:
    first, last = min(first, PLANE - 1), min(last, PLANE - 1)
    return ((1 << (last - first + 1)) - 1) << first


def ranges_of(characters: int) -> Ranges:
    """A set of characters as stretches of codes."""
    bits = f"{characters:b}"[::-1]
    return [[match.start(), match.end() - 1] for match in re.finditer("1+", bits)]


_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d",
    ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_WORD: r"\w",
    ops.CATEGORY_NOT_WORD: r"\W",
}
