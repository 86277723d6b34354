"""Which of the mentioned are parties of a clause, and in what role (GUIDELINE P1, P2, P6)."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, cast

from speechmine.extractors.party_cues import (
    Cues,
    acts_at,
    acts_by_word,
    cues_of,
    modal_at,
    opens_at,
)
from speechmine.extractors.party_standing import CLAUSE_END, GroupPlace, clause_before, leads_in
from speechmine.text import starting_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from speechmine.model import Party, PartyGroup, Role
    from speechmine.rules.schema import Rule, RuleSet

__all__ = ["acting_role", "clause_parties", "is_governed", "role_of"]


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


def acting_role(place: GroupPlace, cues: Cues, *, handed: bool) -> Role | None:
    """Responsible as subject (P1), or as the one who is told to act."""
    given = handed and cues.context["given"].search(place.before)
    if given and cues.chief.match(place.text_of_last):
        return "leader"
    if handed or _assigned(place, cues):
        return "responsible"
    if _built(place, cues):
        return None
    free = leads_in(place.before, cues)
    if not free and is_governed(place.before, cues):
        return None
    if modal_at(place.text, place.end, cues):
        return "responsible"
    return "responsible" if free and _acts(place, cues) else None


def _built(place: GroupPlace, cues: Cues) -> bool:
    """某小学7月底竣工: what is built answers for nothing."""
    if not cues.context["site"].search(place.text_of_last):
        return False
    at = place.end
    modal = cues.context["modal"].match(place.text, at)
    at = modal.end() if modal else at
    timed = cues.context["when"].match(place.text, at)
    at = timed.end() if timed else at
    return cues.context["built"].match(place.text, at) is not None


def _acts(place: GroupPlace, cues: Cues) -> bool:
    """Whether what follows is a deed of it: of an office any verb, of others a known one."""
    each = any(party.distributive for party in place.group.parties)  # 每村每周两天: a measure
    last = place.text_of_last
    all_of = any(cues.context["all_of"].match(p.text) for p in place.group.parties)
    office = place.named or all_of or cues.context["office"].fullmatch(last)
    if each:
        counted = cues.context["counted"].match(place.text, place.end)
        return counted is not None or opens_at(place.text, place.end, cues)
    if cues.context["everybody"].fullmatch(last):
        return opens_at(place.text, place.end, cues)
    # 各县政府依法管理 acts; 各县政府网站 is a noun, as 市政府网站 is.
    sovereign = cues.context["sovereign"].search(last) is not None
    if office and (not sovereign or (all_of and cues.adverbs.longest_at(place.text, place.end))):
        return acts_at(place.text, place.end, cues)
    return acts_by_word(place.text, place.end, cues)


def is_governed(before: str, cues: Cues) -> bool:
    """An object or a topic: right behind a governor, or in the list of one (支持甲校、乙厂).

    对没有整改的企业要停产: to whom it is done.
    """
    if cues.governed.search(before) or cues.context["done_to"].fullmatch(before):
        return True
    influenced = cues.context["influence"].match(before) is not None
    return influenced and cues.context["attributive"].search(before) is None


def _assigned(place: GroupPlace, cues: Cues) -> bool:
    """请, 责成 before it and a deed behind it; 推动 only where a named body has a verb."""
    if cues.context["sent"].fullmatch(place.before):
        each = any(party.distributive for party in place.group.parties)
        return place.named and not each and acts_by_word(place.text, place.end, cues)
    for rule, pattern in cues.before:
        if rule.value == "responsible" and pattern.search(place.before):
            if rule.flag("bodies") and cues.context["hands"].search(place.text_of_last):
                return False
            if rule.flag("named"):
                return place.named and _has_deed(place, cues)
            return _acts(place, cues)
    return False


def _has_deed(place: GroupPlace, cues: Cues) -> bool:
    """推动某集团设立基金 gives it a deed; 推动平台公司改革转型 is about it."""
    at = place.end
    if cues.context["closing"].match(place.text, at):
        return False
    while length := cues.adverbs.longest_at(place.text, at):
        at += length
    deed = at
    while length := cues.verbs.longest_at(place.text, at):
        at += length
    if cues.context["deed_joint"].match(place.text, at):
        return False
    return at > deed and CLAUSE_END.match(place.text, at) is None
