"""Patterns compiled for searches through whole texts.

``re`` tries every branch of a pattern at every character. A look ahead at the characters that
a match can begin with lets it pass over the others in one step, several times faster on the
alternations that rules are made of; what is found stays the same.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from speechmine.patterns import compiled, openings_of, seconds_of
from speechmine.rules.schema import RuleSet

try:  # The parser of the standard library, though not of its public part; only speed hangs on it.
    from re import _constants as ops  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    ops = parser = None

__all__ = [
    "REPEATS",
    "Patterns",
    "compile_search",
    "first_characters",
    "node_openings",
    "opening_characters",
    "ops",
    "pairs_of_characters",
    "parser",
    "patterns_by_id",
    "second_characters",
]

#: Patterns of a table by the ids under which the program asks for them.
Patterns = Mapping[str, re.Pattern[str]]

# More than these are as good as any: nothing would be passed over.
_MOST = 300
# Of so many alternatives it pays to pass over some at once.
_SEVERAL = 3
# What is written with a backslash, a class of characters, what opens, closes or parts.
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
#: Ranges of code points, each with its last one.
_Ranges = frozenset[tuple[int, int]]


def compile_search(pattern: str) -> re.Pattern[str]:
    r"""A pattern that finds the same as ``re.compile(pattern)``, sooner.

    Args:
        pattern: of the ``re`` module, without global flags inside.

    Example:
        >>> [m.span() for m in compile_search(r"年底|(?<=月)底").finditer("3月底前、年底前")]
        [(2, 3), (5, 7)]
        >>> compile_search(r"年底|(?<=月)底").pattern
        '(?=[年底])(?:年底|(?<=月)底)'
    """
    return compiled(_guarded(pattern) or _with_guards(pattern))


def _guarded(pattern: str) -> str | None:
    """A pattern behind a look at the characters that it can begin with, where they are few."""
    opening = opening_characters(pattern)
    return f"(?=[{re.escape(opening)}])(?:{pattern})" if opening else None


def _with_guards(pattern: str) -> str:
    """A pattern of which some alternatives in a row can begin with few characters: those guarded.

    Example:
        >>> _with_guards("年底|月底|.*前")
        '(?=[年月])(?:年底|月底)|.*前'
    """
    alternatives = _alternatives(pattern)
    if len(alternatives) < _SEVERAL:
        return pattern
    pieces: list[str] = []
    for few, run in itertools.groupby(alternatives, lambda one: bool(opening_characters(one))):
        several = "|".join(run)
        pieces.append((_guarded(several) if few else None) or several)
    return "|".join(pieces)


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern, those in its groups left together."""
    cuts, depth = [-1], 0
    for token in _TOKEN.finditer(pattern):
        depth += (token[0] == "(") - (token[0] == ")")
        if token[0] == "|" and not depth:
            cuts.append(token.start())
    return [pattern[a + 1 : b] for a, b in itertools.pairwise([*cuts, len(pattern)])]


def opening_characters(pattern: str) -> str | None:
    """All characters that a match of a pattern can begin with, sorted.

    Returns:
        None where a match may be empty or begin with too many characters to be worth a look.

    Example:
        >>> opening_characters("(?:各|全)[县区]"), opening_characters(".*县")
        ('全各', None)
    """
    known = openings_of(pattern)
    return known[0] if known else first_characters(pattern)


def first_characters(pattern: str) -> str | None:
    """What :func:`opening_characters` gives, worked out anew."""
    if parser is None:  # pragma: no cover
        return None
    found, empty = _sequence(parser.parse(pattern))
    if found is None or empty or sum(last - first + 1 for first, last in found) > _MOST:
        return None
    codes = {code for first, last in found for code in range(first, last + 1)}
    return "".join(map(chr, sorted(codes)))


def second_characters(pattern: str) -> Mapping[str, str | None]:
    """For each character that a match can begin with all that can stand behind it there.

    Returns:
        None for characters that may be all of a match, or have anything behind them.

    Raises:
        ValueError: :func:`opening_characters` does not know the first characters either.

    Example:
        >>> second_characters("(?:各|全省?)县|市")
        {'各': '县', '全': '县省', '市': None}
    """
    known = seconds_of(pattern)
    return pairs_of_characters(pattern) if known is None else known


def pairs_of_characters(pattern: str) -> Mapping[str, str | None]:
    """What :func:`second_characters` gives, worked out anew."""
    if parser is None or first_characters(pattern) is None:
        raise ValueError(f"a match of {pattern!r} can begin with anything")
    found: dict[str, str | None] = {}
    for firsts, seconds in _openings(list(parser.parse(pattern)), None):
        behind = None if seconds is None else _characters(seconds)
        for first in _characters(firsts) or "":
            known = found.get(first, "")
            both = None if known is None or behind is None else {*known, *behind}
            found[first] = None if both is None else "".join(sorted(both))
    return found


def node_openings(nodes: Any) -> list[tuple[str, str | None]] | None:
    """Characters that a sequence of parsed nodes can begin with, each with what stands behind it.

    Returns:
        None where it may be empty or begin with too many characters; None for what stands behind
        some of them where that may be anything, or nothing.
    """
    found, empty = _sequence(nodes)
    if found is None or empty:
        return None
    pairs = [(_characters(f), s and _characters(s)) for f, s in _openings(list(nodes), None)]
    known = [(firsts, seconds or None) for firsts, seconds in pairs if firsts is not None]
    return known if len(known) == len(pairs) else None


def _characters(ranges: _Ranges) -> str | None:
    """All characters of ranges; None where they are too many to be worth a look."""
    if sum(last - first + 1 for first, last in ranges) > _MOST:
        return None
    return "".join(chr(code) for first, last in ranges for code in range(first, last + 1))


def _openings(
    nodes: Sequence[tuple[Any, Any]], behind: _Ranges | None
) -> Iterator[tuple[_Ranges, _Ranges | None]]:
    """Of a sequence of nodes, given what may stand behind it."""
    for i, (kind, content) in enumerate(nodes):
        follows, through = _sequence(nodes[i + 1 :])
        if through:
            follows = None if behind is None or follows is None else follows | behind
        yield from _of_node(kind, content, follows)
        _, empty = _READERS[kind](content)
        if not empty:
            return


def _of_node(
    kind: Any, content: Any, behind: _Ranges | None
) -> Iterator[tuple[_Ranges, _Ranges | None]]:
    if kind in REPEATS:
        again, _ = _sequence(content[2])
        behind = None if behind is None or again is None else behind | again
        yield from _openings(content[2], behind)
    elif kind is ops.BRANCH:
        for alternative in content[1]:
            yield from _openings(alternative, behind)
    elif kind is ops.SUBPATTERN:
        yield from _openings(content[3], behind)
    elif kind is ops.ATOMIC_GROUP:
        yield from _openings(content, behind)
    else:
        first, _ = _READERS[kind](content)
        if first:
            yield first, behind


#: What a node of a parsed pattern can begin with (None: anything) and whether it can be empty.
_First = tuple[_Ranges | None, bool]


def _sequence(nodes: Iterable[tuple[Any, Any]]) -> _First:
    found: _Ranges = frozenset()
    for kind, content in nodes:
        first, empty = _READERS[kind](content) if kind in _READERS else (None, False)
        if first is None:
            return None, False
        found |= first
        if not empty:
            return found, False
    return found, True


def _branch(content: Any) -> _First:
    alternatives = [_sequence(nodes) for nodes in content[1]]
    ranges = [first for first, _ in alternatives if first is not None]
    if len(ranges) < len(alternatives):
        return None, False
    return frozenset().union(*ranges), any(empty for _, empty in alternatives)


def _repeat(content: Any) -> _First:
    least, _, nodes = content
    first, empty = _sequence(nodes)
    return first, empty or least == 0


def _class(content: Any) -> _First:
    found: set[tuple[int, int]] = set()
    for kind, member in content:
        if kind is ops.LITERAL:
            found.add((member, member))
        elif kind is ops.RANGE:
            found.add(member)
        else:  # negated, or a category such as \d: digits of all scripts
            return None, False
    return frozenset(found), False


def _takes_nothing(_content: Any) -> _First:
    """A look around or a border takes no character; what follows it does."""
    return frozenset(), True


def _readers() -> Mapping[Any, Callable[[Any], _First]]:
    if parser is None:  # pragma: no cover
        return {}
    return {
        ops.LITERAL: lambda character: (frozenset({(character, character)}), False),
        ops.IN: _class,
        ops.BRANCH: _branch,
        ops.SUBPATTERN: lambda content: _sequence(content[3]),
        ops.ATOMIC_GROUP: _sequence,
        ops.MAX_REPEAT: _repeat,
        ops.MIN_REPEAT: _repeat,
        ops.POSSESSIVE_REPEAT: _repeat,
        ops.ASSERT: _takes_nothing,
        ops.ASSERT_NOT: _takes_nothing,
        ops.AT: _takes_nothing,
    }


_READERS = _readers()
#: Kinds of nodes that repeat what they hold.
REPEATS = frozenset() if parser is None else {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}


@functools.lru_cache(maxsize=128)
def patterns_by_id(rules: RuleSet, table: str) -> Patterns:
    """The patterns of a table, compiled once for a rule set; of terms, any of them.

    Args:
        rules: the rule set.
        table: its name.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> patterns_by_id(default_rules(), "zones")["zone.title"].search("在会上的讲话")[0]
        '讲话'
    """
    return {
        rule.id: compile_search(rule.pattern or "|".join(map(re.escape, rule.terms)))
        for rule in rules.table(table)
    }
