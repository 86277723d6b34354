"""What stands around the verb of a clause."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from speechmine.model import Modality
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import compile_search

__all__ = ["Predicates", "predicates_of"]


@dataclass(frozen=True, slots=True)
class Predicates:
    """The tables ``verbs`` and ``predicates``, compiled.

    Attributes:
        verbs: but those of events, which by their last character are in ``events``.
        adverbs: what may stand before a verb. prepositions: what leads a phrase to it.
        modal: a modal word that is no part of a longer one; ``modals``: what each says.
        connectives: what opens a clause and says nothing of it.
        nominal: verbs that are mostly nouns. joints, noun_joints: what joins two verbs or nouns.
        of, manner, thorough: 的, 地, 好. unmade: what makes a verb before it none.
        before_time: what leads a time. dated: what a time is made of.
    """

    verbs: Matcher
    events: Mapping[str, tuple[str, ...]]
    adverbs: Matcher
    modals: Mapping[str, Modality]
    modal: re.Pattern[str]
    connectives: Matcher
    prepositions: Matcher
    nominal: frozenset[str]
    joints: str
    noun_joints: str
    of: str
    manner: str
    thorough: str
    unmade: re.Pattern[str]
    before_time: re.Pattern[str]
    dated: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def predicates_of(rules: RuleSet) -> Predicates:
    """Compile the tables."""
    parts = {rule.id: rule for rule in rules.table("predicates")}
    verbs = rules.table("verbs")
    modals: dict[str, Modality] = dict.fromkeys(parts["predicate.modal"].terms, "obliged")
    modals.update(dict.fromkeys(parts["predicate.modal.committed"].terms, "committed"))
    events = [t for rule in verbs if rule.value == "event" for t in rule.terms]
    return Predicates(
        verbs=Matcher(rule for rule in verbs if rule.value != "event"),
        events=_by_last_character(events),
        adverbs=Matcher([parts["predicate.adverb"]]),
        modals=modals,
        modal=compile_search(parts["predicate.modal.guard"].pattern or ""),
        connectives=Matcher([parts["predicate.connective"]]),
        prepositions=Matcher([parts["predicate.preposition"]]),
        nominal=frozenset(parts["predicate.nominal"].terms),
        joints="".join(parts["predicate.joint"].terms),
        noun_joints="".join(parts["predicate.noun_joint"].terms),
        of=parts["predicate.attributive"].terms[0],
        manner=parts["predicate.manner"].terms[0],
        thorough=parts["predicate.thorough"].terms[0],
        unmade=compile_search(parts["predicate.unmade"].pattern or ""),
        before_time=compile_search(parts["predicate.before_time"].pattern or ""),
        dated=compile_search(parts["predicate.dated"].pattern or ""),
    )


def _by_last_character(terms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Terms by their last character, longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for term in sorted(terms, key=lambda t: (-len(t), t)):
        found[term[-1]] = (*found.get(term[-1], ()), term)
    return found
