"""What a pattern asks of the places where it can match, read from how it is made.

A match begins with some characters, may have to stand behind some, and often holds one of a few
pairs of characters a little further on: 负责 in ``[一-龥]{2,8}负责``. Whoever looks through a whole
text passes over all other places (:mod:`speechmine.rules.scanning`). A gate lets through every
place of a match, and some more.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from speechmine.patterns import gate_parts_of
from speechmine.rules.edges import (
    REPEATS,
    Ranges,
    before_match,
    first_of,
    least_length,
    ops,
    parser,
    ranges_of,
)
from speechmine.rules.openings import UNTOLD, few_openings

__all__ = ["Gate", "Needed", "gate_of", "gate_parts", "worked_out"]

# Further behind the beginning of a match nothing is looked for.
_FAR = 120
# How likely a character stands at a place, and one of the seconds behind it.
_OF_FIRST, _OF_SECOND = 0.004, 0.004


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
    """

    before: Ranges
    first: Ranges
    needed: tuple[Needed, ...]


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
    before, first, needed = known
    return Gate(before, first, tuple(itertools.starmap(Needed, needed)))


def gate_parts(gate: Gate | None) -> Sequence[Any]:
    """A gate as lists that JSON takes; :func:`gate_of` reads them."""
    if gate is None:
        return []
    return [gate.before, gate.first, [list(one) for one in gate.needed]]


def worked_out(pattern: str) -> Gate | None:
    """What :func:`gate_of` gives, worked out anew."""
    nodes = parser.parse(pattern)
    if UNTOLD.search(pattern) or least_length(nodes) == 0:
        return None
    opening, best = _begun_with(nodes), _best(nodes)
    needed = dict.fromkeys(one for one in (opening, best) if one is not None)
    first = ranges_of(first_of(nodes)[0])
    return Gate(ranges_of(before_match(nodes)), first, tuple(needed))


def _begun_with(nodes: Any) -> Needed | None:
    """The pairs that a sequence begins with, where they are few."""
    found = few_openings(nodes)
    if found is None:
        return None
    pairs = (first + second for first, seconds in found.items() for second in seconds or "")
    return Needed("".join(pairs), "".join(f for f, behind in found.items() if behind is None), 0)


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
        return _any_needed(known) if len(known) == len(every) else None
    if kind is ops.SUBPATTERN:
        return _best(content[3])
    if kind is ops.ATOMIC_GROUP:
        return _best(content)
    if kind in REPEATS and content[0] > 0:
        return _best(content[2])
    if kind is ops.ASSERT and content[0] > 0:
        return _best(content[1])
    return None


def _any_needed(several: Sequence[Needed]) -> Needed:
    return Needed(
        "".join(one.pairs for one in several),
        "".join(one.alone for one in several),
        max(one.reach for one in several),
    )
