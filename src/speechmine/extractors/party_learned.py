"""Subjects that no table names, read by weights learnt from annotated texts.

The rules know bodies and offices by their names; whoever is told to act under another name
(质控办要收齐自查表) is given away by the words around it. A log-linear choice among the
stretches of a clause, or none of them, says how likely each is (conditional logit: McFadden
1974). The weights come from ``scripts/train_subjects.py`` and are whole steps, so that their
sums are the same on any machine.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from speechmine.borders import Span
from speechmine.extractors.party_cues import cues_of
from speechmine.extractors.party_roles import clause_parties
from speechmine.extractors.subject_keys import (
    keys_between,
    keys_of_end,
    keys_of_none,
    keys_of_none_at,
    keys_of_start,
)
from speechmine.extractors.subject_places import (
    Candidate,
    ClauseHead,
    Mark,
    is_bare,
    members_of,
    stretches,
    stretches_from,
)
from speechmine.learned.weights import shares_of, shipped_weights, sum_of
from speechmine.model import Party, PartyGroup

if TYPE_CHECKING:
    from speechmine.model import Role
    from speechmine.rules.schema import RuleSet

__all__ = [
    "OWING",
    "SUBJECT_SURE",
    "SubjectChances",
    "best_behind",
    "best_of",
    "chances_of",
    "learned_parties",
    "marked_parties",
    "names_in",
]

#: How likely a stretch must be to be taken: at least so, texts left out of the training say that
#: what is taken is right more often than not by far (docs/methods.md).
SUBJECT_SURE = 0.65
# What is so many steps below the best by its ends alone is not looked into.
_FAR_BELOW = 56
_SHORTEST = 2
_LONGEST_TAIL = 8
OWING: tuple[Role, ...] = ("lead", "responsible", "leader")
# What a mark makes of the name behind it.
_MARKED: Mapping[str, Role] = {"c": "cooperate", "d": "decider", "r": "report_to"}

#: A stretch of a clause and how likely it is the subject.
SubjectChances = Sequence[tuple[float, Candidate]]


def learned_parties(place: ClauseHead, rules: RuleSet) -> tuple[Party, ...]:
    """Who is told to act in a clause in which the rules found nobody.

    Args:
        place: the clause, without enumerator and connective.
        rules: the rule set, whose verbs and modals help to see where a name ends.

    Returns:
        The subject's members, each with its role; none where no stretch is likely enough.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text = "质控办要收齐自查表"
        >>> place = ClauseHead(text, 0, len(text), {}, cues_of(default_rules()))
        >>> [p.text for p in learned_parties(place, default_rules())]
        ['质控办']
    """
    past = place.cues.context["subject_past"]
    if not is_bare(place) or past.search(place.text, place.start, place.end):
        return ()
    chance, stretch = best_of(chances_of(place))
    if stretch is None or chance < SUBJECT_SURE:
        return ()
    return _parties(place, stretch, rules)


def _parties(place: ClauseHead, stretch: Candidate, rules: RuleSet) -> tuple[Party, ...]:
    """The members in the role that words around them give; responsible where none does."""
    parties = _members(place, stretch, rules)
    group = PartyGroup(stretch.start, stretch.end, parties)
    told = clause_parties(place.text, place.start, place.end, (group,), rules=rules) or parties
    return told if all(party.role in OWING for party in told) else ()


def _members(place: ClauseHead, stretch: Candidate, rules: RuleSet) -> tuple[Party, ...]:
    kind, text = cues_of(rules).context["subject_kind"], place.text
    return tuple(
        Party(text=text[a:b], start=a, end=b, generic=kind.match(text, a) is not None)
        for a, b in names_in(place, stretch)
    )


def names_in(place: ClauseHead, stretch: Candidate) -> list[Span]:
    """The members, without what only counts them or says that they are comrades: 甲局、乙局两家.

    Args:
        place: the clause.
        stretch: of it.
    """
    members = list(members_of(place, stretch.start, stretch.end))
    start, end = members[-1]
    since = max(start + _SHORTEST, end - _LONGEST_TAIL)
    tail = place.cues.context["subject_tail"].search(place.text, since, end)
    if tail and (len(members) > 1 or not tail["listed"]):
        members[-1] = start, tail.start()
    return members


def chances_of(place: ClauseHead) -> SubjectChances:
    """How likely each stretch of a clause is its subject.

    Args:
        place: the clause.
    """
    return shares(place, list(stretches(place)), keys_of_none(place), shipped_weights("subjects"))


def best_of(chances: SubjectChances) -> tuple[float, Candidate | None]:
    """The likeliest stretch, and how likely it is; none where there is none."""
    return max(chances, key=lambda chance: chance[0], default=(0.0, None))


def shares(
    place: ClauseHead,
    found: Sequence[Candidate],
    none: Sequence[str],
    weights: Mapping[str, int],
) -> SubjectChances:
    """How likely each of some stretches is the one that is meant, beside none of them.

    Args:
        place: the clause.
        found: stretches of it.
        none: what is seen where none is meant.
        weights: steps by key.
    """
    nobody = sum_of(none, weights)
    starts: dict[tuple[int, str], int] = {}
    ends: dict[tuple[int, str], int] = {}
    bounds = []
    for stretch in found:
        start, end, kind = stretch.start, stretch.end, stretch.kind
        if (start, kind) not in starts:
            starts[start, kind] = sum_of(keys_of_start(place, start, kind), weights)
        if (end, kind) not in ends:
            ends[end, kind] = sum_of(keys_of_end(place, end, kind), weights)
        bounds.append(starts[start, kind] + ends[end, kind])
    least = max((nobody, *bounds)) - _FAR_BELOW
    kept = [(s, bound) for s, bound in zip(found, bounds, strict=True) if bound > least]
    sums = [bound + sum_of(keys_between(place, s), weights) for s, bound in kept]
    chances = shares_of([*sums, nobody])
    return list(zip(chances, (stretch for stretch, _ in kept), strict=False))


def marked_parties(
    place: ClauseHead,
    marks: Iterable[Mark],
    taken: Sequence[tuple[int, int]],
    rules: RuleSet,
) -> Iterator[Party]:
    """Who stands behind a mark (报, 会同, 经) under a name that no table knows.

    Args:
        place: the clause.
        marks: of it, as :func:`marks_in` gives them.
        taken: where somebody is known already.
        rules: the rule set.
    """
    until = 0
    for start, kind in marks:
        if start < until or any(a <= start < b for a, b in taken):
            continue
        chance, stretch = best_behind(place, start, kind)
        if stretch is None or chance < SUBJECT_SURE:
            continue
        if not any(stretch.start < b and a < stretch.end for a, b in taken):
            until, role = stretch.end, _MARKED[stretch.kind]
            members = _members(place, stretch, rules)
            yield from (dataclasses.replace(party, role=role) for party in members)


def best_behind(place: ClauseHead, start: int, kind: str) -> tuple[float, Candidate | None]:
    """The likeliest name behind a mark, and how likely it is."""
    found = list(stretches_from(place, start, kind))
    if not found:
        return 0.0, None
    none = keys_of_none_at(place, start, kind)
    return best_of(shares(place, found, none, shipped_weights("subjects")))
