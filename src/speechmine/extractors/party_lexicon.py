"""The spellings of bodies, compiled once, and what a spelling means at a date."""

from __future__ import annotations

import functools
import re
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.patterns import compiled
from speechmine.rules.context import Contexts
from speechmine.rules.scanning import WORTH, Places, places_of_pairs
from speechmine.rules.searching import Patterns, patterns_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from speechmine.model import AdministrativeLevel
from speechmine.rules.schema import Rule, RuleSet

__all__ = ["Lexicon", "Words", "alternation", "lexicon_of", "patterns_of", "spelling_starts"]

#: How firmly a spelling names a body: ``name`` by itself, ``short`` only behind a boundary,
#: ``topic`` and ``class`` where level, list or place in the clause says so, ``portfolio`` only
#: before 部门 and the like, ``letter`` (农) only in such a list.
USES = ("name", "short", "topic", "class", "anaphor", "portfolio", "letter")
# So much of a spelling is looked at first.
_OPENINGS = (3, 2, 1)
# No word that opens a predicate is longer.
_LONGEST_WORD = 6


class Words(frozenset[str]):
    """Some words, and how one is found where it begins.

    Example:
        >>> words = Words(["推进", "推", "推动落实"])
        >>> [words.longest_at(text, 1) for text in ("要推进改造", "要推动落实", "要改造")]
        [2, 4, 0]
    """

    @functools.cached_property
    def _by_first(self) -> Mapping[str, Sequence[int]]:
        return _lengths((word for word in self if len(word) <= _LONGEST_WORD), slice(1))

    def longest_at(self, text: str, at: int) -> int:
        """The length of the longest of them that stands at a place, 0 if none does."""
        for length in self._by_first.get(text[at : at + 1], ()):
            if text[at : at + length] in self:
                return length
        return 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Spellings of bodies by first and by last character.

    Attributes:
        spellings: entries of each spelling, the usual reading first.
        first: lengths of spellings by what they begin with, to the third character; longest first.
        last: lengths by the last character.
        pairs: the first two characters of each; few places of a text get past these.
        places_of_spellings: where in a text one can begin.
        bodies: entries of the body table by id.
        before: bodies that a body took over from, by its id.
        guards: what beside a spelling says that it is no body.
        openers: words that are no part of a name.
        places: what may stand before a name without a level character.
        duties: what stands before 中心 in the name of an office.
        made: up to a verb that makes a body its object (成立, 组织).
        endings: what a name that ends in 委 or 办 leaves unsaid.
        shapes: how names and lists of them are made, by the ids of ``party_shapes``.
    """

    spellings: Mapping[str, tuple[Rule, ...]]
    first: Mapping[str, Sequence[int]]
    last: Mapping[str, Sequence[int]]
    pairs: frozenset[str]
    places_of_spellings: Places
    bodies: Mapping[str, Rule]
    before: Mapping[str, tuple[Rule, ...]]
    guards: Contexts
    openers: Words
    places: frozenset[str]
    duties: frozenset[str]
    made: re.Pattern[str]
    endings: tuple[str, ...]
    shapes: Patterns

    def starting(self, text: str, at: int) -> Iterator[tuple[int, Rule]]:
        """Spellings that begin at ``at``, longest first: where each ends, and its entry."""
        first, spellings, most = self.first, self.spellings, len(text) - at
        for size in _OPENINGS:
            for length in first.get(text[at : at + size], ()) if size <= most else ():
                spelling = text[at : at + length]
                if length <= most and spelling in spellings:
                    yield at + length, spellings[spelling][0]

    def opens(self, text: str, at: int) -> bool:
        """Whether a spelling can begin at ``at``: few places get past this."""
        first = self.first
        return text[at : at + 3] in first or text[at : at + 2] in first or text[at] in first

    def ending(self, text: str, end: int, floor: int) -> Iterator[tuple[int, Rule]]:
        """Spellings that end at ``end``, longest first: where each starts, and its entry."""
        for length in self.last.get(text[end - 1 : end], ()):
            start = end - length
            entries = self.spellings.get(text[start:end]) if start >= floor else None
            if entries:
                yield start, entries[0]

    def unopened(self, words: str, least: int = 1) -> str:
        """What is left of words behind those of their clause: 成立区疫情防控 -> 区疫情防控.

        Args:
            words: where a name may begin.
            least: the length of the shortest word that is passed over.
        """
        while (length := self.openers.longest_at(words, 0)) >= least:
            words = words[length:]
        return words

    def guarded(self, text: str, start: int, end: int) -> bool:
        """Whether the neighbours say that ``text[start:end]`` is no body."""
        holding = self.guards.holding
        return bool(holding("right", text, start, end) or holding("left", text, start, end))

    def identify(
        self, spelling: str, date: str | None, level: AdministrativeLevel | None
    ) -> tuple[str | None, str | None]:
        """Id and canonical name of what a spelling means at a date.

        Args:
            spelling: one of the lexicon's.
            date: ISO date of the text, or None if unknown.
            level: whose text it is.

        Returns:
            Both None for an unknown spelling; a name is never one of another time.
        """
        entries = self.spellings.get(spelling)
        if not entries:
            return None, None
        national = self.guards.holding("national", spelling, 0, len(spelling))
        if national or entries[0].attribute("scope") == "national":
            level = "national"
        entry = next((e for e in entries if _holds(e, date)), entries[0])
        body = self._at(self.bodies.get(entry.value), date, local=level != "national")
        if body is not None and _name(body, level) == body.value:
            # The name is the national one, so it holds as long as the national body stood.
            body, level = self._at(body, date, local=False), "national"
        if body is None:
            return None, None
        stands = _holds(body, date, late=0 if level == "national" else 1)
        return body.id, _name(body, level) if stands else None

    def _at(self, body: Rule | None, date: str | None, *, local: bool) -> Rule | None:
        """The body itself, its heir or the one it took over from: which one stood at the date."""
        for _ in range(4):
            if body is None or date is None or _holds(body, date, late=1 if local else 0):
                return body
            if body.until and date >= body.until:
                heir = self.bodies.get(body.attribute("successor"))
                if heir is None:
                    return body
                body = heir
            else:
                older = self.before.get(body.id, ())
                return next((b for b in older if _holds(b, date)), body)
        return body


def _holds(rule: Rule, date: str | None, late: int = 0) -> bool:
    """Whether an entry holds at a date; local bodies took up to a year longer to change."""
    if date is None:
        return True
    until = rule.until and f"{int(rule.until[:4]) + late}{rule.until[4:]}"
    return (not rule.since or date >= rule.since) and (not until or date < until)


def _name(body: Rule, level: AdministrativeLevel | None) -> str | None:
    if body.attribute("kind") == "class":
        return None
    if level == "national":
        return body.value
    if level == "province" and body.attribute("province"):
        return body.attribute("province")
    return body.attribute("local") or body.value


@functools.lru_cache(maxsize=8)
def lexicon_of(rules: RuleSet) -> Lexicon:
    """The lexicon of a set of rules, compiled once.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> lexicon_of(default_rules()).identify("环保局", "2010-03-01", "county")
        ('environment_protection', '环境保护局')
        >>> lexicon_of(default_rules()).identify("环保局", "2021-12-01", "county")
        ('ecology_environment', '生态环境局')
    """
    spellings: dict[str, tuple[Rule, ...]] = {}
    for rule in sorted(rules.table("body_aliases"), key=_usual_first):
        for term in rule.terms:
            spellings[term] = (*spellings.get(term, ()), rule)
    guards = rules.table("body_guards")
    bodies = {rule.id: rule for rule in rules.table("bodies")}
    return Lexicon(
        spellings=spellings,
        first=_lengths(spellings, slice(_OPENINGS[0])),
        last=_lengths(spellings, slice(-1, None)),
        pairs=frozenset(spelling[:2] for spelling in spellings),
        places_of_spellings=places_of_pairs(spellings),
        bodies=bodies,
        before=_predecessors(bodies.values()),
        guards=Contexts(guards),
        openers=_openers(rules),
        places=_terms(guards, "place"),
        duties=_terms(guards, "duty"),
        made=patterns_of(rules, "party_context")["made"],
        endings=next(r.terms for r in rules.table("party_shapes") if r.id == "compound.ending"),
        shapes=patterns_by_id(rules, "party_shapes"),
    )


@functools.lru_cache(maxsize=1)  # several look through the same text, one after the other
def spelling_starts(text: str, rules: RuleSet) -> Sequence[int]:
    """Where in a text a spelling of the lexicon can begin."""
    lexicon = lexicon_of(rules)
    whole = len(text) >= WORTH
    likely = lexicon.places_of_spellings.within(text) if whole else range(len(text))
    return array("q", (at for at in likely if lexicon.opens(text, at)))


def _usual_first(alias: Rule) -> tuple[int, bool]:
    """Firm spellings before doubtful ones, present readings before past ones."""
    return USES.index(alias.attribute("use")), bool(alias.until)


def _lengths(terms: Iterable[str], part: slice) -> dict[str, list[int]]:
    """Lengths of terms by a part of each, the longest first."""
    found: dict[str, list[int]] = {}
    for term in sorted(terms, key=len, reverse=True):
        lengths = found.setdefault(term[part], [])
        if not lengths or lengths[-1] != len(term):
            lengths.append(len(term))
    return found


def _predecessors(bodies: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for body in bodies:
        heir = body.attribute("successor")
        if heir:
            found[heir] = (*found.get(heir, ()), body)
    return found


def _openers(rules: RuleSet) -> Words:
    # Verbs of one character (建, 管) also begin place names (建德, 管城).
    verbs = {term for term in rules.terms("verbs") | rules.terms("predicates") if len(term) > 1}
    return Words(_terms(rules.table("body_guards"), "opener") | verbs)


def _terms(rules: Iterable[Rule], value: str) -> frozenset[str]:
    return frozenset(term for rule in rules if rule.value == value for term in rule.terms)


def alternation(rules: Iterable[Rule]) -> str:
    """One pattern of all patterns and terms of some rules, longer terms first.

    Example:
        >>> from speechmine.rules.schema import Rule
        >>> alternation([Rule("a", "v", terms=("甲", "甲乙")), Rule("b", "v", pattern="丙|丁")])
        '(?:甲乙|甲)|(?:丙|丁)'
    """
    parts = []
    for rule in rules:
        if rule.terms:
            parts.append("|".join(map(re.escape, sorted(rule.terms, key=len, reverse=True))))
        if rule.pattern:
            parts.append(rule.pattern)
    return "|".join(f"(?:{part})" for part in parts)


@functools.lru_cache(maxsize=32)
def patterns_of(rules: RuleSet, table: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of a table, one for each value."""
    entries = rules.table(table)
    values = dict.fromkeys(rule.value for rule in entries)
    return {
        value: compiled(alternation(r for r in entries if r.value == value)) for value in values
    }
