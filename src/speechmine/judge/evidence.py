"""The sentences of a text as the judge weighs them, each with what stands around it."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from speechmine.changes import quickly_made
from speechmine.judge.keys import EMPTY, ClauseKeys, clause_keys, signs_of, title_keys
from speechmine.mentions import Mentions
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id
from speechmine.segment.clauses import parse_clauses
from speechmine.segment.headings import heads_nothing
from speechmine.segment.outline import Structure
from speechmine.segment.pieces import Piece

__all__ = [
    "FEW",
    "Features",
    "Sentence",
    "Sentences",
]

#: Flag of a sentence that looks like a heading.
HEADING = "/heading"
#: Flag of a sentence under a heading such as 指导思想.
PRINCIPLES = "/principles"
#: Flag of a sentence that a number opens.
NUMBERED = "/enumerated"
#: Flag of a numbered piece with no body behind or below it, which heads nothing.
BODILESS = "/bodiless"
#: Flag of what a semicolon joins to the sentence before it: of 2,415 without a number none heads.
JOINED = "/joined"
# Flags of a sentence's place, those that hold in this order; a stroke parts them from a clause's.
_NAMED = (
    HEADING,
    "/below",
    "/problem",
    "/first",
    "/last",
    NUMBERED,
    "/ranked",
    "/assigned",
    PRINCIPLES,
    BODILESS,
    JOINED,
)
#: Named columns of the model and what stands in them.
Features = dict[str, float]

# How much the wording of a clause counts in all, its neighbours beside it, the title above it, the
# chances of its sentence's labels.
WORDING = 4.0
FLAG = 2.0
ASIDE = 0.5
AROUND_SHARE = 0.6
TITLE = 2.0
LABEL = 2.0
_HEAD_LINES = 4
_BRACKET = compiled(r"[（(【\[].*$|[ 　]+$")
_NAME = compiled(r"[\u4e00-\u9fff]{2}$")
_BRACKETS = frozenset("（([〔【")
_EDGE = 5
#: In a text of so few sentences the place of each says nothing.
FEW = 8
MANY = 5
_TENTHS = 10
_LONG = 40
_LONGEST = 4


@quickly_made
@dataclass(frozen=True, slots=True)
class Sentence:
    """A segment: its clauses, flags of its place, keys of the headings above it."""

    clauses: tuple[ClauseKeys, ...]
    flags: tuple[str, ...]
    title: tuple[str, ...]


class Sentences(Sequence[Sentence]):
    """The sentences of a text, each made when it is looked at: all at once they take much room.

    Args:
        text: the matching view's text.
        structure: its pieces with their headings and zones.
        seen: what was found in it.
        date: the day of the speech (ISO 8601), if it is known.
        rules: the rule set.
    """

    def __init__(
        self,
        text: str,
        structure: Structure,
        seen: Mentions,
        date: str | None,
        rules: RuleSet,
    ) -> None:
        self.structure = structure
        self._text, self._rules = text, rules
        self._skips, self._signs = seen.skips, signs_of(seen, date)
        self._genre = _genre(structure.pieces)
        self._last: tuple[range, list[Sentence]] = (range(0), [])

    def __len__(self) -> int:
        return len(self.structure.pieces)

    @overload
    def __getitem__(self, at: int) -> Sentence: ...
    @overload
    def __getitem__(self, at: slice) -> list[Sentence]: ...
    def __getitem__(self, at: int | slice) -> Sentence | list[Sentence]:
        if isinstance(at, int):
            return self._one(range(len(self))[at])
        places = range(*at.indices(len(self)))
        if places != self._last[0]:  # a text that is read in one piece is asked for it twice
            self._last = places, [self._one(i) for i in places]
        return self._last[1]

    def _one(self, i: int) -> Sentence:
        structure = self.structure
        piece = structure.pieces[i]
        clauses = parse_clauses(self._text, piece.start, piece.end, self._rules, self._skips)
        return Sentence(
            tuple([clause_keys(self._text, each, self._signs, self._rules) for each in clauses]),
            _flags(i, structure, self._rules) + self._genre,
            _title_keys(structure.titles[i]),
        )


def _genre(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """What kind of text it is by the ends of its first lines: …讲话, …方案, …纪要, …小结."""
    lines = [piece.text for piece in pieces[:_HEAD_LINES] if piece.first and piece.last]
    names = (_BRACKET.sub("", line) for line in lines)
    return tuple(dict.fromkeys(f"/kind={name[-2:]}" for name in names if _NAME.search(name)))


@functools.lru_cache(maxsize=64)  # a title stands over many sentences in a row
def _title_keys(title: str) -> tuple[str, ...]:
    return title_keys(title)


def _flags(i: int, structure: Structure, rules: RuleSet) -> tuple[str, ...]:
    pieces = structure.pieces
    piece, count, numbered = pieces[i], len(pieces), pieces[i].enumerator is not None
    length = min(len(piece.text) // _LONG, _LONGEST)
    place = (f"/zone={structure.zones[i]}", f"/end={piece.text[-1]}", f"/long={length}")
    order: tuple[str, ...] = ("/few",)
    if count > FEW:
        last = min(count - 1 - i, _EDGE)
        order = (f"/at={min(i, _EDGE)}", f"/left={last}", f"/tenth={_TENTHS * i // count}")
    holds = (
        structure.headings[i],
        i > 0 and structure.headings[i - 1],
        i in structure.problems,
        piece.first,
        piece.last,
        numbered,
        piece.ranked,
        _is_assigned(pieces, i, rules),
        _holds_principles(structure.titles[i], rules),
        numbered and heads_nothing(pieces, i, rules),
        not piece.first and not numbered and pieces[i - 1].text[-1] in "；;",
    )
    return (*place, *order, *itertools.compress(_NAMED, holds))


@functools.lru_cache(maxsize=64)  # a title stands over many sentences in a row
def _holds_principles(title: str, rules: RuleSet) -> bool:
    return patterns_by_id(rules, "zones")["zone.principles"].search(title) is not None


def _is_assigned(pieces: Sequence[Piece], i: int, rules: RuleSet) -> bool:
    """Words that say who answers stand in the piece, or in a bracket just behind it."""
    pattern = patterns_by_id(rules, "zones")["zone.plan.assigned"]
    if pattern.search(pieces[i].text):
        return True
    following = pieces[i + 1].text if i + 1 < len(pieces) else ""
    return following[:1] in _BRACKETS and pattern.match(following) is not None


def place_features(opens: bool, closes: bool, count: int, size: int = 0) -> Features:
    """Where a clause or a row stands in its sentence.

    Args:
        opens: whether it stands first.
        closes: whether it stands last.
        count: how many clauses the sentence has, at most :data:`MANY`.
        size: how many of them the row has, at most as many; 0 of a clause.
    """
    found = {f"clauses={count}": 1.0}
    if opens:
        found["opens"] = 1.0
    if closes:
        found["closes"] = 1.0
    if size:
        found[f"size={size}"] = 1.0
    return found


def link_features(keys: ClauseKeys, before: str) -> Features:
    """How a clause joins the tag before it: what would open a row, or go on with one."""
    found = {f"after={before}": 2.0, f"after={before}&{keys.clause.verb}": 1.0}
    for flag in keys.flags:
        if flag in LINKS:
            found[f"after={before}&{flag}"] = 1.0
    return found


#: Flags that change how a clause joins the one before.
LINKS = frozenset(
    ("subject", "modal=obliged", EMPTY, *(f"has={sign}" for sign in "ＢＷＡＥＲＬＰＧＮ"))
)


def label_features(chances: Mapping[str, float]) -> Features:
    """The chances of the sentence's labels, as the tags weigh them."""
    return {f"label={label}": LABEL * chance for label, chance in chances.items()}
