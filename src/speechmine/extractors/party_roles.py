"""Which of the mentioned are parties of a clause, and in what role (GUIDELINE P1, P2, P6)."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, cast

from speechmine.extractors.party_acting import acting_role, is_governed
from speechmine.extractors.party_cues import Cues, cues_of
from speechmine.extractors.party_standing import CLAUSE_END, GroupPlace, clause_before
from speechmine.text import starting_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from speechmine.model import Party, PartyGroup, Role
    from speechmine.rules.schema import Rule, RuleSet

__all__ = ["clause_parties", "role_of"]


def clause_parties(
    text: str,
    start: int,
    end: int,
    groups: Sequence[PartyGroup],
    *,
    rules: RuleSet,
) -> tuple[Party, ...]:
    """The parties that ``text[start:end]`` itself names, each with its role.

    Args:
        text: the whole text that ``groups`` was found in.
        start: where a clause or a task's span begins; marker words just outside still count.
        end: where it ends.
        groups: what :func:`find_party_groups` gave, in text order.
        rules: the rule set.

    Returns:
        Subjects and groups that a word gives a role. Approvers, helped objects, names in
        relative clauses and bodies to be created are left out (GUIDELINE P6).

    Example:
        >>> from speechmine.extractors.parties import find_party_groups
        >>> from speechmine.rules.loader import default_rules
        >>> text = "由区住建局牵头，区城管局配合，每周向区政府报告"
        >>> rules = default_rules()
        >>> groups = find_party_groups(text, rules)
        >>> found = clause_parties(text, 0, len(text), groups, rules=rules)
        >>> [(p.text, p.role) for p in found]
        [('区住建局', 'lead'), ('区城管局', 'cooperate'), ('区政府', 'report_to')]
    """
    cues = cues_of(rules)
    found: list[Party] = []
    for group in starting_in(groups, start, end):
        inside = group.end <= end
        role = _role(GroupPlace(text, group, clause_before(text, group.start, cues), cues), cues)
        if role and inside:
            found.extend(_in_role(party, role) for party in group.parties)
    return tuple(found)


def _in_role(party: Party, role: Role) -> Party:
    kept = party.role == "leader" and role in ("responsible", "lead")
    return party if kept else dataclasses.replace(party, role=role)


def _role(place: GroupPlace, cues: Cues) -> Role | None:
    marked = _marked(place, cues)
    if marked is not None:
        return role_of(marked)
    handed = bool(cues.context["instructed"].search(place.before))
    if handed and not place.person and _inside_noun(place, cues):
        return None
    if cues.relative.match(place.text, place.end) and not (place.person and handed):
        return None
    return _cued_behind(place, cues, handed=handed) or acting_role(place, cues, handed=handed)


def _inside_noun(place: GroupPlace, cues: Cues) -> bool:
    """推广由群众推荐的办法: who stands inside an object's own clause owes nothing."""
    starts = range(max(0, len(place.before) - 1))
    governed = any(cues.verbs.longest_at(place.before, at) for at in starts)
    return governed and cues.context["inside"].match(place.text, place.end) is not None


def role_of(rule: Rule) -> Role | None:
    """The role that a rule of the table ``roles`` gives; None where it says: no party."""
    return None if rule.value == "none" else cast("Role", rule.value)


def _marked(place: GroupPlace, cues: Cues) -> Rule | None:
    """The rule for words before the group, with or without words after it."""
    for rule, before, behind in cues.around:
        if before.search(place.before) and behind.match(place.text, place.end):
            return rule
    for rule, pattern in cues.before:
        fits = rule.value != "responsible" and (not rule.flag("helped") or _leads(place, cues))
        if rule.value == "report_to" and not _receives(place):
            fits = False
        if fits and pattern.search(place.before):
            return rule
    return None


def _receives(place: GroupPlace) -> bool:
    """通报各镇 has a receiver; 上报企业清单 has an object that names a kind, 送医院轮训 none."""
    context, text, end = place.cues.context, place.text, place.group.end
    known = any(party.body is not None for party in place.group.parties)
    if context["sent_to"].match(text, end) or (not known and context["handed_in"].match(text, end)):
        return False
    return place.named or CLAUSE_END.match(text, place.end) is not None


def _leads(place: GroupPlace, cues: Cues) -> bool:
    """配合某局做好 has a leader; 配合某局, 配合省委巡视 and 协助企业 only name whom one serves."""
    noun = cues.context["closing"].match(place.text, place.end)
    return place.office and not noun and not CLAUSE_END.match(place.text, place.end)


def _cued_behind(place: GroupPlace, cues: Cues, *, handed: bool) -> Role | None:
    """The role that words behind the group give: 牵头, 配合, 由…督办."""
    governed = not handed and is_governed(place.before, cues)
    for rule, pattern in cues.after:
        # 坚持市领导挂帅: a person's cue needs no subject.
        persons = rule.value == "leader" and not rule.flag("anyone")
        fits = place.person if persons else not governed
        match = pattern.match(place.text, place.end) if fits else None
        if match and place.person and cues.context["system"].match(place.text, match.end()):
            return None
        if match is None or (rule.flag("by") and not handed):
            continue
        if not cues.context["of_noun"].match(place.text, match.end()):
            return role_of(rule)
    return None
