"""Who answers for a clause with no word for it: its subject, or whoever is told to act (P1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.extractors.party_cues import (
    Cues,
    acts_at,
    acts_by_word,
    modal_at,
    opens_at,
)
from speechmine.extractors.party_standing import CLAUSE_END, GroupPlace, leads_in

if TYPE_CHECKING:
    from speechmine.model import Role

__all__ = ["acting_role", "is_governed"]


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
