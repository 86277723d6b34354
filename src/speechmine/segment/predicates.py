"""What stands around the verb of a clause, and where one clause holds several stages of a work."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from speechmine.borders import Span
from speechmine.model import Modality
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["Predicates", "Skips", "predicates_of", "stages_of"]

#: Spans that a predicate may stand behind, by start: the end, and whether it is a party.
Skips = Mapping[int, tuple[int, bool]]


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
        setting: a clause that has no object, only a footing. footing: one that names what is
            kept to or looked at.
        bare: a clause, its findings put to signs, that is only a time. finishing: one that says
            by when the deed before it is done with, or handed in. own_thing: one that begins
            with a thing of its own and the day for it. bare_ban: one that bans what was named
            before it.
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
    setting: re.Pattern[str]
    footing: re.Pattern[str]
    bare: re.Pattern[str]
    finishing: re.Pattern[str]
    own_thing: re.Pattern[str]
    bare_ban: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def predicates_of(rules: RuleSet) -> Predicates:
    """Compile the tables."""
    parts = {rule.id: rule for rule in rules.table("predicates")}
    shapes = patterns_by_id(rules, "predicates")
    verbs = rules.table("verbs")
    modals: dict[str, Modality] = dict.fromkeys(parts["predicate.modal"].terms, "obliged")
    modals.update(dict.fromkeys(parts["predicate.modal.committed"].terms, "committed"))
    events = [t for rule in verbs if rule.value == "event" for t in rule.terms]
    return Predicates(
        verbs=Matcher(rule for rule in verbs if rule.value != "event"),
        events=_by_last_character(events),
        adverbs=Matcher([parts["predicate.adverb"]]),
        modals=modals,
        modal=shapes["predicate.modal.guard"],
        connectives=Matcher([parts["predicate.connective"]]),
        prepositions=Matcher([parts["predicate.preposition"]]),
        nominal=frozenset(parts["predicate.nominal"].terms),
        joints="".join(parts["predicate.joint"].terms),
        noun_joints="".join(parts["predicate.noun_joint"].terms),
        of=parts["predicate.attributive"].terms[0],
        manner=parts["predicate.manner"].terms[0],
        thorough=parts["predicate.thorough"].terms[0],
        unmade=shapes["predicate.unmade"],
        before_time=shapes["predicate.before_time"],
        dated=shapes["predicate.dated"],
        setting=shapes["predicate.setting"],
        footing=shapes["predicate.footing"],
        bare=shapes["predicate.bare"],
        finishing=shapes["predicate.finishing"],
        own_thing=shapes["predicate.own_thing"],
        bare_ban=shapes["predicate.bare_ban"],
    )


def _by_last_character(terms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Terms by their last character, longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for term in sorted(terms, key=lambda t: (-len(t), t)):
        found[term[-1]] = (*found.get(term[-1], ()), term)
    return found


def stages_of(text: str, clause: Span, grammar: Predicates, skips: Skips) -> Sequence[Span]:
    """A clause cut where a time with its verb follows another (3月完成摸底、6月完成整改).

    Args:
        text: the matching view's text.
        clause: between two commas.
        grammar: the verbs, and what a time is made of.
        skips: where times stand.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> skips = {0: (2, False), 7: (9, False)}
        >>> stages_of("3月完成摸底、6月完成整改", (0, 13), predicates_of(default_rules()), skips)
        [(0, 6), (7, 13)]
    """
    first, last = clause
    mark = text.find("、", first, last)
    if mark < 0:
        return (clause,)
    found = []
    while mark >= 0:
        if mark + 1 in skips and _opens_stage(text, (first, mark, last), grammar, skips):
            found.append((first, mark))
            first = mark + 1
        mark = text.find("、", mark + 1, last)
    return [*found, (first, last)]


def _opens_stage(text: str, place: tuple[int, int, int], grammar: Predicates, skips: Skips) -> bool:
    first, mark, last = place
    stop = _time_at(text, mark + 1, grammar, skips)
    if not mark < stop < last or grammar.verbs.first_at(text, stop) is None:
        return False
    # 3月底前、9月底前完成 is one verb with two times.
    before = [end for at in range(first, mark) if (end := _time_at(text, at, grammar, skips))]
    return bool(before) and max(before) < mark


def _time_at(text: str, start: int, grammar: Predicates, skips: Skips) -> int:
    """Where a time that begins here ends; 0 for none, or a word that only says how (及时)."""
    end, is_party = skips.get(start, (0, True))
    return end if not is_party and grammar.dated.search(text, start, end) else 0
