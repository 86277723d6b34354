"""Names that the rules cut, or take with words beside them, given whole by the learnt reader.

The rules know where many names begin; where one ends, words of no table tell (各村 of 各村防火员,
县卫健局 of 县卫健局备三台救护车). The choice of ``party_learned`` over all stretches of the clause,
which sees the rules' names too, settles it where it is sure enough.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from speechmine.extractors.parties import find_party_groups
from speechmine.extractors.party_cues import cues_of
from speechmine.extractors.party_learned import (
    OWING,
    SubjectChances,
    best_behind,
    best_of,
    chances_of,
    names_in,
)
from speechmine.extractors.subject_places import Candidate, ClauseHead, marks_in
from speechmine.model import Party

if TYPE_CHECKING:
    from speechmine.model import Role
    from speechmine.rules.schema import RuleSet

__all__ = ["BOUND_LEAST", "BOUND_SURE", "NONE_LEAST", "with_learned_bounds"]

#: The same for a name that the rules have cut, or have taken with words beside it.
BOUND_SURE = 0.55
BOUND_LEAST = 0.35
#: Words without a table's name that are so unlikely a subject are none.
NONE_LEAST = 0.1
_BESIDE: tuple[Role, ...] = ("report_to", "cooperate", "decider", "supervise")


def with_learned_bounds(
    place: ClauseHead, named: Sequence[Party], rules: RuleSet
) -> tuple[Party, ...]:
    """Those whom the rules named, each with the whole of his name and nothing beside it.

    Args:
        place: the clause.
        named: whom the rules found in it.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text, rules = "县城管办备两台水车", default_rules()
        >>> place = ClauseHead(text, 0, len(text), {}, cues_of(rules))
        >>> [p.text for p in with_learned_bounds(place, [Party(text, 0, len(text))], rules)]
        ['县城管办']
    """
    for start, kind in marks_in(place.text, place.start, place.end, place.cues):
        if any(party.end > start for party in named):
            chance, stretch = best_behind(place, start, kind)
            if stretch is not None and chance >= BOUND_SURE:
                named = _bounded(place, named, stretch, _BESIDE, rules)
    if not any(party.role in OWING for party in named):
        return tuple(named)
    chances = chances_of(place)
    named = [p for p in named if not _is_none(p, place, chances)]
    chance, stretch = best_of(chances)
    least = max(BOUND_LEAST, BOUND_SURE * sum(c for c, _ in chances))
    if stretch is None or chance < least:
        return tuple(named)
    return tuple(_bounded(place, named, stretch, OWING, rules))


def _bounded(
    place: ClauseHead,
    named: Sequence[Party],
    stretch: Candidate,
    roles: Sequence[Role],
    rules: RuleSet,
) -> Sequence[Party]:
    """The parties, those of some parts that a name cuts replaced by it."""
    start, end = stretch.start, stretch.end
    cut = [p for p in named if p.role in roles and p.start < end and start < p.end]
    if not cut or any(_is_pair(p, place) and p.start <= start and end < p.end for p in cut):
        return named
    known = {(party.start, party.end): party for party in named}
    members = names_in(place, stretch)
    kept = [p for p in named if p.start >= end or p.end <= start]
    told = [known.get(m) or _named_anew(place.text, m, cut, rules) for m in members]
    return sorted((*kept, *told), key=lambda party: party.start)


def _is_pair(party: Party, place: ClauseHead) -> bool:
    """区委、区政府: one name by the rules, of two that go together."""
    joint = place.cues.context["subject_joint"]
    return joint.search(place.text, party.start, party.end) is not None


def _is_none(party: Party, place: ClauseHead, chances: SubjectChances) -> bool:
    """结果全区通报: taken for a name by how it ends, and no subject by all that is seen of it."""
    weak = party.role == "responsible" and not (party.body or party.generic or party.distributive)
    if not weak or place.opening(party.end) == "M":
        return False
    return math.fsum(chance for chance, _ in chances) < NONE_LEAST


def _named_anew(text: str, member: tuple[int, int], cut: Sequence[Party], rules: RuleSet) -> Party:
    start, end = member
    before = next((p for p in cut if p.start < end and start < p.end), cut[0])
    whole = [
        group.parties[0]
        for group in find_party_groups(text[start:end], rules)
        if (group.start, group.end) == (0, end - start) and len(group.parties) == 1
    ]
    if whole:
        party = whole[0]  # of 水利等部门 the open end is none of its name
        first, last = start + party.start, start + party.end
        return dataclasses.replace(party, start=first, end=last, role=before.role)
    generic = cues_of(rules).context["subject_kind"].match(text, start) is not None
    return dataclasses.replace(
        before,
        text=text[start:end],
        start=start,
        end=end,
        generic=generic,
        body=None,
        name=None,
        level=None,
    )
