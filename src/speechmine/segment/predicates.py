"""What stands around the verb of a clause, and where one clause holds several stages of a work."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from speechmine.borders import Span
from speechmine.changes import quickly_made
from speechmine.model import Modality
from speechmine.patterns import compiled
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet

__all__ = ["Dated", "Predicates", "predicates_of", "stages_of"]


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
        modal=compiled(parts["predicate.modal.guard"].pattern or ""),
        connectives=Matcher([parts["predicate.connective"]]),
        prepositions=Matcher([parts["predicate.preposition"]]),
        nominal=frozenset(parts["predicate.nominal"].terms),
        joints="".join(parts["predicate.joint"].terms),
        noun_joints="".join(parts["predicate.noun_joint"].terms),
        of=parts["predicate.attributive"].terms[0],
        manner=parts["predicate.manner"].terms[0],
        thorough=parts["predicate.thorough"].terms[0],
        unmade=compiled(parts["predicate.unmade"].pattern or ""),
        before_time=compiled(parts["predicate.before_time"].pattern or ""),
        dated=compiled(parts["predicate.dated"].pattern or ""),
    )


def _by_last_character(terms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Terms by their last character, longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for term in sorted(terms, key=lambda t: (-len(t), t)):
        found[term[-1]] = (*found.get(term[-1], ()), term)
    return found


@quickly_made
@dataclass(frozen=True, slots=True)
class Dated:
    """Times of a text, told from words that only say how (持续, 及时).

    Attributes:
        skips: end of a party or a time by its start, and whether it is a party.
        made_of: what a time has in it.
    """

    skips: Mapping[int, tuple[int, bool]]
    made_of: re.Pattern[str]

    def until(self, text: str, start: int) -> int:
        """Where a time that begins here ends; 0 where none does."""
        end, is_party = self.skips.get(start, (0, True))
        return end if not is_party and self.made_of.search(text, start, end) else 0


def stages_of(text: str, clauses: Iterable[Span], verbs: Matcher, times: Dated) -> Iterator[Span]:
    """Clauses cut further where a time with its verb follows another behind 、.

    Args:
        text: the matching view's text.
        clauses: spans between commas.
        verbs: the verb table.
        times: where times stand.

    Example:
        >>> from speechmine.rules.schema import Rule
        >>> verbs = Matcher([Rule(id="v", value="deliver", terms=("完成",))])
        >>> times = Dated({0: (2, False), 7: (9, False)}, re.compile("月"))
        >>> list(stages_of("3月完成摸底、6月完成整改", [(0, 13)], verbs, times))
        [(0, 6), (7, 13)]
    """
    for first, last in clauses:
        at = first
        mark = text.find("、", first, last)
        while mark >= 0:
            if _opens_stage(text, (at, mark, last), verbs, times):
                yield at, mark
                at = mark + 1
            mark = text.find("、", mark + 1, last)
        yield at, last


def _opens_stage(text: str, place: tuple[int, int, int], verbs: Matcher, times: Dated) -> bool:
    at, mark, last = place
    stop = times.until(text, mark + 1)
    if not mark < stop < last or verbs.first_at(text, stop) is None:
        return False
    # 3月底前、9月底前完成 is one verb with two times.
    before = [end for start in range(at, mark) if (end := times.until(text, start))]
    return bool(before) and max(before) < mark
