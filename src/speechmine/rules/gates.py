"""What a pattern asks of the places where it can match, read from how it is made.

A match begins with some characters, may have to stand behind some, and often holds one of a few
pairs of characters a little further on: 负责 in ``[一-龥]{2,8}负责``. Whoever looks through a whole
text passes over all other places (:mod:`speechmine.rules.scanning`). A gate lets through every
place of a match, and some more.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from speechmine.patterns import gate_parts_of
from speechmine.rules.edges import (
    PLANE,
    Ranges,
    before_match,
    first_of,
    last_of,
    least_length,
    ranges_of,
)
from speechmine.rules.searching import REPEATS, node_openings, ops, parser

__all__ = [
    "Ending",
    "Gate",
    "Needed",
    "closers_of",
    "gate_of",
    "gate_parts",
    "opening_class",
    "worked_out",
]

# Further behind the beginning of a match nothing is looked for.
_FAR = 120
# More last characters than these are as good as any.
_MOST = 300
_NEARLY_ALL = 3000
# Before it ``$`` matches too.
_BREAK = "\n"
# How likely a character stands at a place, and one of the seconds behind it.
_OF_FIRST, _OF_SECOND = 0.004, 0.004
# Of patterns that set flags, but for blanks in them, or repeat what a group took the characters
# alone tell too little.
_UNTOLD = re.compile(r"\(\?(?!x:)[a-zA-OQ-Z-]|\(\?P=|\\[1-9]")


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


class Ending:
    """A pattern of which a match is looked for that reaches to the end.

    ``re`` tries it from every character on; most stretches end in none that it can end in.

    Args:
        pattern: compiled, without flags.

    Example:
        >>> steady = Ending(re.compile("(?:持续|稳步)(?:改善|增长)$"))
        >>> [bool(steady.search(said, 0, len(said))) for said in ("水质持续改善", "改善水质")]
        [True, False]
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        closers = closers_of(pattern.pattern)
        self._closers = None if closers is None else closers | {_BREAK}

    def fits(self, text: str, end: int) -> bool:
        """Whether a match can end there."""
        return self._closers is None or text[end - 1 : end] in self._closers

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first match of a pattern that holds at the end only."""
        if self._closers is None or text[end - 1 : end] in self._closers:
            return self.pattern.search(text, start, end)
        return None

    def match(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """A match from the beginning to the end, of a pattern that holds at the end only."""
        if self._closers is None or text[end - 1 : end] in self._closers:
            return self.pattern.match(text, start, end)
        return None


def worked_out(pattern: str) -> Gate | None:
    """What :func:`gate_of` gives, worked out anew."""
    if parser is None:  # pragma: no cover
        return None
    nodes = parser.parse(pattern)
    if _UNTOLD.search(pattern) or least_length(nodes) == 0:
        return None
    opening, best = _begun_with(nodes), _best(nodes)
    needed = dict.fromkeys(one for one in (opening, best) if one is not None)
    first, last = ranges_of(first_of(nodes)[0]), ranges_of(last_of(nodes)[0])
    return Gate(ranges_of(before_match(nodes)), first, tuple(needed), last)


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
        if least_length(nodes[i : i + 1]):
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
