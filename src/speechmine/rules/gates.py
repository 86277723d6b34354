"""What a pattern asks of the places where it can match, read from how it is made.

A match begins with some characters, may have to stand behind some, and often holds one of a few
pairs of characters a little further on: 负责 in ``[一-龥]{2,8}负责``. Whoever looks through a whole
text passes over all other places (:mod:`speechmine.rules.scanning`). A gate lets through every
place of a match, and some more.

While a pattern is read, sets of characters are whole numbers with a bit for each code of the basic
plane; the last code stands for all characters beyond it.
"""

from __future__ import annotations

import functools
import itertools
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from speechmine.patterns import gate_parts_of
from speechmine.rules.searching import REPEATS, node_openings

try:  # As in the module of searches: only speed hangs on it.
    from re import _constants as ops  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    ops = parser = None

__all__ = [
    "PLANE",
    "Gate",
    "Needed",
    "Ranges",
    "closers_of",
    "gate_of",
    "gate_parts",
    "opening_class",
    "worked_out",
]

#: So many codes there are; the last one stands for those beyond.
PLANE = 1 << 16
_BEYOND = 1 << (PLANE - 1)
_ALL = (1 << PLANE) - 1
# Further behind the beginning of a match nothing is looked for.
_FAR = 120
# More last characters than these are as good as any.
_MOST = 300
_NEARLY_ALL = 3000
# How likely a character stands at a place, and one of the seconds behind it.
_OF_FIRST, _OF_SECOND = 0.004, 0.004
# Of patterns that set flags, but for blanks in them, or repeat what a group took the characters
# alone tell too little.
_UNTOLD = re.compile(r"\(\?(?!x:)[a-zA-OQ-Z-]|\(\?P=|\\[1-9]")


#: Codes of characters, from one up to another.
Ranges = Sequence[Sequence[int]]


class Needed(NamedTuple):
    """Pairs, one after the other in one text, and characters that suffice alone."""

    pairs: str
    alone: str
    #: So many characters behind the beginning of a match one of them begins at the latest.
    reach: int


class Gate(NamedTuple):
    """What a place has to have.

    Attributes:
        before: what may stand right before it; a text's beginning always may.
        first: what it may begin with.
        needed: of each of these something must be there.
        last: what it may end in.
    """

    before: Ranges
    first: Ranges
    needed: tuple[Needed, ...]
    last: Ranges


def gate_of(pattern: str) -> Gate | None:
    """The gate of a pattern without flags; None where a match may be empty.

    Example:
        >>> [needed.pairs for needed in gate_of("[一-龥]{2,8}负责").needed]
        ['负责']
    """
    known = gate_parts_of(pattern)
    if known is None:
        return worked_out(pattern)
    if not known:
        return None
    before, first, needed, last = known
    return Gate(before, first, tuple(itertools.starmap(Needed, needed)), last)


def gate_parts(gate: Gate | None) -> Sequence[Any]:
    """A gate as lists that JSON takes; :func:`gate_of` reads them."""
    if gate is None:
        return []
    return [gate.before, gate.first, [list(one) for one in gate.needed], gate.last]


def opening_class(pattern: str, parsed: Any) -> Any | None:
    """A parsed class of all characters that a match of a pattern can begin with.

    Args:
        pattern: without flags.
        parsed: the same, as ``re`` parses it.

    Returns:
        None where a match may be empty, or begin with nearly anything.
    """
    gate = worked_out(pattern)
    if gate is None or sum(last - first + 1 for first, last in gate.first) > _NEARLY_ALL:
        return None
    beyond = ((PLANE, sys.maxunicode),) if gate.first[-1][1] == PLANE - 1 else ()
    ranges = [(ops.RANGE, tuple(span)) for span in (*gate.first, *beyond)]
    return parser.SubPattern(parsed.state, [(ops.IN, ranges)])


def closers_of(pattern: str) -> frozenset[str] | None:
    """All characters that a match of a pattern can end in.

    Returns:
        None where it may be empty, or they are too many to be worth a look.

    Example:
        >>> sorted(closers_of("[一-龥]{2,8}(?:负责|牵头)"))
        ['头', '责']
    """
    gate = gate_of(pattern)
    if gate is None or sum(last - first + 1 for first, last in gate.last) > _MOST:
        return None
    codes = {code for first, last in gate.last for code in range(first, last + 1)}
    return None if PLANE - 1 in codes else frozenset(map(chr, codes))


def worked_out(pattern: str) -> Gate | None:
    """What :func:`gate_of` gives, worked out anew."""
    if parser is None:  # pragma: no cover
        return None
    nodes = parser.parse(pattern)
    if _UNTOLD.search(pattern) or _least(nodes) == 0:
        return None
    opening, best = _begun_with(nodes), _best(nodes)
    needed = dict.fromkeys(one for one in (opening, best) if one is not None)
    first, last = _ranges(_first(nodes)[0]), _ranges(_last(nodes)[0])
    return Gate(_ranges(_before(nodes)), first, tuple(needed), last)


def _least(nodes: Any) -> int:
    """How many characters a sequence takes at least."""
    least: int = parser.SubPattern(None, list(nodes)).getwidth()[0]
    return least


def _begun_with(nodes: Any) -> Needed | None:
    """The pairs that a sequence begins with, where they are few."""
    found = node_openings(nodes)
    if found is None:
        return None
    pairs: dict[str, None] = {}
    alone: dict[str, None] = {}
    for firsts, seconds in found:
        if seconds is None:
            alone.update(dict.fromkeys(firsts))
        else:
            pairs.update(dict.fromkeys(map("".join, itertools.product(firsts, seconds))))
    kept = (pair for pair in pairs if pair[0] not in alone)
    return Needed("".join(kept), "".join(alone), 0)


def _best(nodes: Any) -> Needed | None:
    """What is the least likely of all that a match has to hold."""
    found = list(_candidates(nodes))
    return min(found, key=_likely) if found else None


def _likely(needed: Needed) -> float:
    pairs = len(needed.pairs) // 2
    return _OF_FIRST * (len(needed.alone) + _OF_SECOND * pairs) * (1 + needed.reach)


def _candidates(nodes: Any) -> Iterator[Needed]:
    at = 0
    for i, (kind, content) in enumerate(nodes):
        if at > _FAR:
            return
        if _least(nodes[i : i + 1]):
            opening = _begun_with(nodes[i:])
            if opening is not None:
                yield opening._replace(reach=at)
        inner = _within(kind, content)
        if inner is not None:
            yield inner._replace(reach=at + inner.reach)
        at += parser.SubPattern(None, [(kind, content)]).getwidth()[1]


def _within(kind: Any, content: Any) -> Needed | None:
    """What one node holds wherever it takes part."""
    if kind is ops.BRANCH:
        every = [_best(alternative) for alternative in content[1]]
        known = [one for one in every if one is not None]
        return _any_of(known) if len(known) == len(every) else None
    if kind is ops.SUBPATTERN:
        return _best(content[3])
    if kind is ops.ATOMIC_GROUP:
        return _best(content)
    if kind in REPEATS and content[0] > 0:
        return _best(content[2])
    if kind is ops.ASSERT and content[0] > 0:
        return _best(content[1])
    return None


def _any_of(several: Sequence[Needed]) -> Needed:
    return Needed(
        "".join(one.pairs for one in several),
        "".join(one.alone for one in several),
        max(one.reach for one in several),
    )


def _before(nodes: Any) -> int:
    """What may stand right before a match, as far as the pattern looks back first."""
    allowed = _ALL
    for kind, content in nodes:
        if kind is ops.ASSERT and content[0] < 0:
            last, empty = _last(content[1])
            allowed &= _ALL if empty else last
        elif kind is ops.ASSERT_NOT and content[0] < 0:
            allowed &= _complement(content[1])
        elif kind is ops.AT and content in _BEGINNINGS:
            return 0
        elif kind in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
            continue
        elif kind is ops.BRANCH:
            return allowed & functools.reduce(int.__or__, map(_before, content[1]))
        elif kind is ops.SUBPATTERN:
            allowed &= _before(content[3])
            if content[3].getwidth()[1] > 0:
                return allowed
        else:
            return allowed
    return allowed


def _last(nodes: Any) -> tuple[int, bool]:
    """What a sequence can end in, and whether it can be empty."""
    found = 0
    for kind, content in reversed(list(nodes)):
        last, empty = _edge_of_node(kind, content, _last)
        found |= last
        if not empty:
            return found, False
    return found, True


def _complement(nodes: Any) -> int:
    """All but the one character that may not stand there; of longer words nothing is known."""
    if len(nodes) != 1 or nodes[0][0] not in (ops.LITERAL, ops.NOT_LITERAL, ops.IN):
        return _ALL
    return (_ALL & ~_characters(*nodes[0])) | _BEYOND


def _first(nodes: Any) -> tuple[int, bool]:
    """What a sequence can begin with, and whether it can be empty."""
    found, ahead = 0, _ALL
    for kind, content in nodes:
        if kind is ops.ASSERT and content[0] > 0 and _least(content[1]):
            ahead &= _first(content[1])[0] if not found else _ALL
            continue
        first, empty = _edge_of_node(kind, content, _first)
        found |= first
        if not empty:
            return found & ahead, False
    return found, True


def _edge_of_node(
    kind: Any, content: Any, edge: Callable[[Any], tuple[int, bool]]
) -> tuple[int, bool]:
    """What a node can begin with, or end in, and whether it can be empty."""
    if kind in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
        return 0, True
    if kind is ops.BRANCH:
        edges = [edge(alternative) for alternative in content[1]]
        return functools.reduce(int.__or__, (e for e, _ in edges)), any(e for _, e in edges)
    if kind is ops.SUBPATTERN:
        return edge(content[3])
    if kind in REPEATS:
        found, empty = edge(content[2])
        return found, empty or content[0] == 0
    return _characters(kind, content), kind not in (ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY)


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


def _ranges(characters: int) -> Ranges:
    bits = f"{characters:b}"[::-1]
    return [[match.start(), match.end() - 1] for match in re.finditer("1+", bits)]


_BEGINNINGS = () if ops is None else (ops.AT_BEGINNING, ops.AT_BEGINNING_STRING)
_CATEGORIES = (
    {}
    if ops is None
    else {
        ops.CATEGORY_DIGIT: r"\d",
        ops.CATEGORY_NOT_DIGIT: r"\D",
        ops.CATEGORY_SPACE: r"\s",
        ops.CATEGORY_NOT_SPACE: r"\S",
        ops.CATEGORY_WORD: r"\w",
        ops.CATEGORY_NOT_WORD: r"\W",
    }
)
