"""One matcher for all rules, one overlap rule: earliest, then longest, then file order.

Literal terms are found by a scan over first characters (12 ms for a national report with
6,800 terms, where one big alternation takes 151 ms); patterns by the ``re`` module.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from speechmine.patterns import compiled
from speechmine.rules.opened import OpenedPattern, PatternsByPair, opened_patterns
from speechmine.rules.scanning import WORTH, Places, find_all, places_of_pairs
from speechmine.rules.schema import Rule

__all__ = ["Match", "Matcher"]

_START = re.Match.start
# Of more sorts of beginnings than these none is worth a look at all of them.
_MOST_OPENINGS = 400


class Match(NamedTuple):
    """A place where a rule holds; ``groups`` are the pattern's named groups that took part."""

    start: int
    end: int
    text: str
    rule: Rule
    groups: tuple[tuple[str, int, int], ...] = ()

    def group(self, name: str) -> str | None:
        """The text of a named group, or None where it took no part."""
        for key, start, end in self.groups:
            if key == name:
                return self.text[start - self.start : end - self.start]
        return None


class Matcher:
    """Finds where rules hold in a text.

    Args:
        rules: the entries; their order breaks ties.

    Example:
        >>> found = Matcher([Rule(id="a", value="A", terms=("年底前", "年底"))]).find("年底前完成")
        >>> [(m.start, m.end, m.text) for m in found]
        [(0, 3, '年底前')]
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: Sequence[Rule] = tuple(rules)
        self._patterns = opened_patterns(self._rules)
        self._some_patterns = self._patterns.some
        self._terms: dict[str, tuple[int, Rule]] = {}
        for order, rule in enumerate(self._rules):
            for term in rule.terms:
                self._terms.setdefault(term, (order, rule))
        # Few places of a text get past the first two characters (a term of one is its own).
        self._lengths = _lengths_by_opening(self._terms)
        self._firsts = dict.fromkeys(term[0] for term in self._terms)
        first = "".join(self._firsts)
        self._openers = compiled(f"[{re.escape(first)}]") if first else None

    @functools.cached_property
    def _opened(self) -> re.Pattern[str] | None:
        """The two characters that anything begins with; None where it may be any."""
        classes = [pattern.first_class() for pattern in self._patterns.anywhere]
        if None in classes:
            return None
        seconds: dict[str, set[str]] = {}
        # in one order, so that the pattern may be a prepared one
        for pair in sorted({*self._lengths, *self._patterns.by_pair.pairs()}):
            seconds.setdefault(pair[0], set()).add(pair[1:])
        firsts: dict[str, list[str]] = {}
        for first, several in seconds.items():
            behind = "" if "" in several else f"[{re.escape(''.join(sorted(several)))}]"
            firsts.setdefault(behind, []).append(first)
        pairs = (f"[{re.escape(''.join(some))}]{behind}" for behind, some in firsts.items())
        every = "|".join([*filter(None, classes), *pairs])
        return compiled(every or "(?!)") if len(firsts) < _MOST_OPENINGS else None

    def prepare(self) -> None:
        """Compile every pattern now, instead of when a text has what it can begin with."""
        self._patterns.prepare()

    def find(self, text: str, start: int = 0, end: int | None = None) -> tuple[Match, ...]:
        """All matches in ``text[start:end]`` that no earlier or longer one covers."""
        stop = len(text) if end is None else end
        if stop < WORTH and (opened := self._opened) and not opened.search(text, start, stop):
            return ()  # as of most clauses and titles
        return tuple(self.one_by_one(text, start, stop))

    def one_by_one(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match]:
        """What :meth:`find` gives; of terms each is looked for when it is asked for."""
        stop = len(text) if end is None else end
        found = self._find_terms(text, start, stop)
        if self._some_patterns and (others := [*self._find_patterns(text, start, stop)]):
            every = [*found, *others]
            every.sort(key=lambda item: (item[1].start, -item[1].end, item[0]))
            return _without_overlap(every)
        return _without_overlap(found)

    def find_each(self, text: str) -> tuple[Match, ...]:
        """What each rule matches by itself; matches of several rules may overlap.

        Example:
            >>> rules = [Rule("a", "A", pattern="年底前?"), Rule("b", "B", pattern="底前")]
            >>> [m.text for m in Matcher(rules).find_each("年底前完成")]
            ['年底前', '底前']
        """
        found = [*self._find_terms(text, 0, len(text)), *self._find_patterns(text, 0, len(text))]
        found.sort(key=lambda item: (item[1].start, item[0]))
        return tuple(match for _, match in found)

    def first_at(self, text: str, start: int) -> Match | None:
        """The longest literal term that begins exactly at ``start``."""
        one = text[start : start + 1]
        if one not in self._firsts:
            return None
        known, terms = self._lengths, self._terms
        for length in known.get(text[start : start + 2]) or known.get(one, ()):
            said = text[start : start + length]
            if said in terms and start + length <= len(text):
                return Match(start, start + length, said, terms[said][1])
        return None

    def _find_terms(self, text: str, start: int, stop: int) -> Iterator[tuple[int, Match]]:
        if self._openers is None:
            return
        lengths, terms = self._lengths, self._terms
        for at in _beginnings(text, start, stop, self._openers, self):
            for length in lengths.get(text[at : at + 2]) or lengths.get(text[at]) or ():
                said = text[at : at + length]
                if said in terms and at + length <= stop:
                    order, rule = terms[said]
                    yield order, Match(at, at + length, said, rule)
                    break

    @functools.cached_property
    def places(self) -> Places:
        """Where a term can begin."""
        return places_of_pairs(self._lengths)

    def _find_patterns(self, text: str, start: int, stop: int) -> Iterator[tuple[int, Match]]:
        for pattern in self._patterns.anywhere:
            for hit in find_all(pattern.regex, text, start, stop):
                if hit.end() > hit.start():
                    yield pattern.order, _match_of(hit, pattern)
        if self._patterns.openers is None:
            return
        free: dict[int, int] = {}  # where each pattern may match again
        by_pair = self._patterns.by_pair
        for at in _beginnings(text, start, stop, self._patterns.openers, by_pair):
            for pattern in by_pair[text[at : at + 2]]:
                if at >= free.get(pattern.order, start):
                    found = pattern.regex.match(text, at, stop)
                    if found is not None:
                        free[pattern.order] = found.end()
                        yield pattern.order, _match_of(found, pattern)


def _lengths_by_opening(terms: Iterable[str]) -> Mapping[str, Sequence[int]]:
    """Lengths of terms by their first two characters, the longest first.

    A term of one character stands by itself, and behind the longer ones that begin with it.
    """
    found: dict[str, list[int]] = {}
    known = frozenset(terms)
    for term in sorted(known, key=len, reverse=True):
        lengths = found.setdefault(term[:2], [])
        if not lengths or lengths[-1] != len(term):
            lengths.append(len(term))
    for opening, lengths in found.items():
        if len(opening) > 1 and opening[0] in known:
            lengths.append(1)
    return found


def _match_of(hit: re.Match[str], pattern: OpenedPattern) -> Match:
    groups = tuple(
        (name, hit.start(name), hit.end(name))
        for name in pattern.regex.groupindex
        if hit.start(name) >= 0
    )
    return Match(hit.start(), hit.end(), hit[0], pattern.rule, groups)


def _beginnings(
    text: str, start: int, stop: int, openers: re.Pattern[str], several: Matcher | PatternsByPair
) -> Iterable[int]:
    """Where something may begin: in a whole text of some length by pairs of characters."""
    if start or stop < len(text) or stop < WORTH:
        return map(_START, openers.finditer(text, start, stop))
    return several.places.within(text)


def _without_overlap(found: Iterable[tuple[int, Match]]) -> Iterator[Match]:
    free = 0
    for _, match in found:
        if match.start >= free:
            yield match
            free = match.end
