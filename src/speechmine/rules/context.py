r"""What stands before, at and behind a place of a text, and what it means there.

One way to say so for all tables of context. An entry holds at a place where its own ``terms`` or
``pattern`` stand on its ``side``, and all else that it asks for is so:

    side = "before"       they end where the place begins, at most ``reach`` characters long
    side = "clause"       they stand anywhere before it, since the last mark of a clause
    side = "at"           they are the place itself
    side = "opening"      they begin where it begins
    side = "behind"       they begin where it ends
    within = "clause"     what stands before it is looked for in its own clause only
    before, clause, at, opening, behind   a further pattern that must stand there too
    not_before, not_clause, …             one that must not
    when = ["counter"]    what must be known of the place; unless = ["half"]: what must not

``value`` says what it means. What can be known of a place (its *facts*) is told by whoever asks;
a table's head lists them.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from speechmine.errors import RuleError
from speechmine.patterns import compiled
from speechmine.rules.schema import Rule

__all__ = ["FURTHER", "SIDES", "Contexts"]

#: Where the words of an entry stand.
SIDES = ("before", "clause", "at", "opening", "behind")
_REACH = 20
_CLAUSE_MARKS = "，。；：\n"
#: Fields with a further pattern.
FURTHER = frozenset((*SIDES, *(f"not_{side}" for side in SIDES)))
_PLAIN = frozenset(["side", "when", "unless", "extends"])
_NO_FACTS: frozenset[str] = frozenset()


class Contexts:
    """The entries of a table of contexts, asked for by what they mean.

    Args:
        rules: the entries; of several that hold the first one is told.

    Raises:
        RuleError: an entry says no side.

    Example:
        >>> own = Rule("a", "trap", terms=("第",), attributes={"side": "before"})
        >>> one = Rule("b", "trap", pattern="[事例]", attributes={"side": "behind"})
        >>> contexts = Contexts([own, one])
        >>> contexts.holding("trap", "居第3位", 2, 3).id, contexts.holding("trap", "修3里", 1, 2)
        ('a', None)
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_value: dict[str, list[_Asked]] = {}
        self._runs: dict[tuple[str, frozenset[str]], tuple[_Run, ...]] = {}
        self._joined: dict[tuple[_Asked, ...], _Check] = {}
        for rule in rules:
            self._by_value.setdefault(rule.value, []).append(_Asked(rule))

    def holding(
        self, value: str, text: str, start: int, end: int, facts: frozenset[str] = _NO_FACTS
    ) -> Rule | None:
        """The first entry of this meaning that holds at a place; None where none does.

        Args:
            value: the meaning.
            text: any text.
            start: where the place begins.
            end: where it ends.
            facts: what is known of it.
        """
        key = (value, facts)
        runs = self._runs.get(key)
        if runs is None:
            runs = self._runs[key] = tuple(self._of(value, facts))
        for holds, contexts in runs:
            if holds(text, start, end):
                return next(c.rule for c in contexts if c.holds(text, start, end))
        return None

    def _of(self, value: str, facts: frozenset[str]) -> Iterator[_Run]:
        """Entries that these facts leave, those in a row that can be asked at once together."""
        known = (c for c in self._by_value.get(value, ()) if c.fits(facts))
        for side, group in itertools.groupby(known, key=lambda context: context.plain_side):
            contexts = tuple(group)
            if side is None:
                yield from ((context.holds, (context,)) for context in contexts)
            else:
                yield self._all_of(contexts, side), contexts

    def _all_of(self, contexts: tuple[_Asked, ...], side: str) -> _Check:
        """Whether one of some entries holds; several sets of facts leave the same ones."""
        if contexts not in self._joined:
            one = _as_one_entry([context.rule for context in contexts])
            self._joined[contexts] = _of_words(one, side)
        return self._joined[contexts]


#: Whether something is so at a place: a text, where it begins there, where it ends.
_Check = Callable[[str, int, int], bool]


class _Asked:
    """One entry, ready to be asked."""

    def __init__(self, rule: Rule) -> None:
        side = rule.attribute("side")
        if side not in SIDES:
            sides = ", ".join(SIDES)
            raise RuleError(f"entry {rule.id!r}: field side: {side!r} is none; there are: {sides}")
        self.rule = rule
        self._when = frozenset(_listed_words(rule, "when"))
        self._unless = frozenset(_listed_words(rule, "unless"))
        further = [name for name in sorted(FURTHER) if rule.attribute(name)]
        checks = [
            (_PATTERNS[name.removeprefix("not_")](rule, rule.attribute(name)), name in SIDES)
            for name in further
        ]
        # What stands right before is soon told: in most places nothing else is asked.
        first = further.index("before") if "before" in further else None
        soon = [] if first is None else [checks.pop(first)]
        self._checks = (*soon, (_of_words(rule, side), True), *checks)
        plain = not further and rule.attributes.keys() <= _PLAIN
        #: The side of an entry that asks for nothing but its words there.
        self.plain_side = side if plain else None

    def fits(self, facts: frozenset[str]) -> bool:
        """Whether what is known of a place lets the entry hold there."""
        return self._when <= facts and self._unless.isdisjoint(facts)

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether the entry holds at a place that it fits."""
        return all(check(text, start, end) is wanted for check, wanted in self._checks)


#: A check for several entries at once, and these.
_Run = tuple[_Check, tuple[_Asked, ...]]


def _as_one_entry(rules: Sequence[Rule]) -> Rule:
    """One entry that holds wherever one of these does."""
    patterns = [rule.pattern for rule in rules if rule.pattern is not None]
    return dataclasses.replace(
        rules[0],
        terms=tuple(term for rule in rules for term in rule.terms),
        pattern="|".join(f"(?:{pattern})" for pattern in patterns) or None,
    )


def _listed_words(rule: Rule, name: str) -> tuple[str, ...]:
    said = rule.attributes.get(name, ())
    return tuple(map(str, said)) if isinstance(said, tuple) else (str(said),)


def _of_words(rule: Rule, side: str) -> _Check:
    """Whether the words of an entry stand on its side."""
    checks = [_TERMS[side](rule)] if rule.terms else []
    if rule.pattern is not None:
        checks.append(_PATTERNS[side](rule, rule.pattern))
    if len(checks) == 1:
        return checks[0]
    return lambda text, start, end: any(check(text, start, end) for check in checks)


def _reach_of(rule: Rule) -> Callable[[str, int], int]:
    """Where what stands before a place begins to be looked at."""
    if rule.attribute("within") == "clause":
        return _clause_reach_of(rule)
    reach = int(rule.attribute("reach", str(_REACH)))
    return lambda _text, start: max(0, start - reach)


def _clause_reach_of(rule: Rule) -> Callable[[str, int], int]:
    reach = int(rule.attribute("reach", str(_REACH)))

    def clause(text: str, start: int) -> int:
        since = max(0, start - reach)
        return max(since, *(text.rfind(mark, since, start) + 1 for mark in _CLAUSE_MARKS))

    return clause


def _terms_before(rule: Rule) -> _Check:
    terms, since = rule.terms, _reach_of(rule)
    return lambda text, start, _end: text.endswith(terms, since(text, start), start)


def _terms_in_clause(rule: Rule) -> _Check:
    terms, since = rule.terms, _clause_reach_of(rule)

    def check(text: str, start: int, _end: int) -> bool:
        clause = text[since(text, start) : start]
        return any(term in clause for term in terms)

    return check


def _terms_at(rule: Rule) -> _Check:
    terms = frozenset(rule.terms)
    return lambda text, start, end: text[start:end] in terms


def _terms_behind(rule: Rule) -> _Check:
    terms = rule.terms
    return lambda text, _start, end: text.startswith(terms, end)


def _pattern_before(rule: Rule, pattern: str) -> _Check:
    found, since = compiled(rf"(?:{pattern})\Z"), _reach_of(rule)
    return lambda text, start, _end: found.search(text, since(text, start), start) is not None


def _pattern_in_clause(rule: Rule, pattern: str) -> _Check:
    found, since = compiled(pattern), _clause_reach_of(rule)
    return lambda text, start, _end: found.search(text, since(text, start), start) is not None


def _pattern_at(_rule: Rule, pattern: str) -> _Check:
    found = compiled(pattern)
    return lambda text, start, end: found.fullmatch(text, start, end) is not None


def _terms_opening(rule: Rule) -> _Check:
    terms = rule.terms
    return lambda text, start, _end: text.startswith(terms, start)


def _pattern_opening(_rule: Rule, pattern: str) -> _Check:
    found = compiled(pattern)
    return lambda text, start, _end: found.match(text, start) is not None


def _pattern_behind(_rule: Rule, pattern: str) -> _Check:
    found = compiled(pattern)
    return lambda text, _start, end: found.match(text, end) is not None


_TERMS: Mapping[str, Callable[[Rule], _Check]] = {
    "before": _terms_before,
    "clause": _terms_in_clause,
    "at": _terms_at,
    "opening": _terms_opening,
    "behind": _terms_behind,
}
_PATTERNS: Mapping[str, Callable[[Rule, str], _Check]] = {
    "before": _pattern_before,
    "clause": _pattern_in_clause,
    "at": _pattern_at,
    "opening": _pattern_opening,
    "behind": _pattern_behind,
}
