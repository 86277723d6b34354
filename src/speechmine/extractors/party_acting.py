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

_LONGEST_TOPIC = 14


def acting_role(place: GroupPlace, cues: Cues, *, handed: bool) -> Role | None:
    """Responsible as subject (P1), or as the one who is told to act."""
    given = handed and cues.context["given"].search(place.before)
    if given and cues.chief.match(place.text_of_last):
        return "leader"
    if handed or _assigned(place, cues):
        return "responsible"
    if _built(place, cues):
        return None
    free = leads_in(place.before, cues) or _in_turn(place, cues)
    if not free and is_governed(place.before, cues):
        return None
    if modal_at(place.text, place.end, cues):
        return "responsible"
    acts = _acts(place, cues) if free else _behind_topic(place, cues)
    return "responsible" if acts else None


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


def _behind_topic(place: GroupPlace, cues: Cues) -> bool:
    """体检报告总务科月底拿出来: what is before it is what it handles, if no verb is in it."""
    before = place.before
    if not place.named or len(before) > _LONGEST_TOPIC:
        return False
    if before.endswith("、") or cues.context["attributive"].search(before):
        return False
    starts = range(max(0, len(before) - 1))
    if any(cues.openers.longest_at(before, at) for at in starts):
        return False
    timed = cues.context["when"].match(place.text, place.end)
    return timed is not None and acts_by_word(place.text, place.end, cues)


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


def _in_turn(place: GroupPlace, cues: Cues) -> bool:
    """甲镇创建园区、乙镇创建景区: behind a deed and 、 a body with a verb is a new subject."""
    if not place.before.endswith("、"):
        return False
    if cues.context["influence"].match(place.before):
        return False
    start = place.group.start - len(place.before.removesuffix("、").rsplit("、", 1)[-1]) - 1
    while length := cues.adverbs.longest_at(place.text, start):
        start += length
    deeds = (cues.verbs.longest_at(place.text, at) for at in range(start + 2, place.group.start))
    return not cues.openers.longest_at(place.text, start) and any(deeds)


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
