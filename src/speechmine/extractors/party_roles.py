"""Which of the mentioned are parties of a clause, and in what role (GUIDELINE P1, P2, P6)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from speechmine.extractors.party_cues import (
    Cues,
    acts_at,
    acts_by_word,
    behind_name,
    cues_of,
    modal_at,
    opens_at,
    word_at,
)
from speechmine.patterns import compiled
from speechmine.text import starting_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from speechmine.model import Party, PartyGroup, Role
    from speechmine.rules.schema import Rule, RuleSet

__all__ = ["clause_parties", "is_cued", "role_of", "stands_free"]

_LONGEST_CLAUSE = 80
_LONGEST_TOPIC = 14
_CLAUSE_END = compiled(r"[，。；：、！？\s]|$")


@dataclass(frozen=True, slots=True)
class _Place:
    """A group in its clause: ``before`` is the clause up to it."""

    text: str
    group: PartyGroup
    before: str
    cues: Cues

    @property
    def end(self) -> int:
        """Where the words behind it begin."""
        return behind_name(self.text, self.group.end, self.cues)

    @property
    def named(self) -> bool:
        """Somebody in particular, not a kind (各部门)."""
        return not any(party.generic for party in self.group.parties)

    @property
    def text_of_last(self) -> str:
        """The name that stands before those words."""
        return self.group.parties[-1].text

    @property
    def person(self) -> bool:
        """Persons by office, who lend a matter their name (高区长包小区)."""
        answers = self.cues.context["answers"]
        return all(
            p.role == "leader" or answers.search(p.text) or self.cues.titled.search(p.text)
            for p in self.group.parties
        )

    @property
    def office(self) -> bool:
        """Named, or an office by kind (相关部门); 企业 and 群众 are helped, not followed."""
        parties = self.group.parties
        kind = self.cues.context["office_kind"]
        return any(not p.generic or kind.search(p.text) for p in parties)


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
        role = _role(_Place(text, group, _clause_before(text, group.start, cues), cues), cues)
        if role and inside:
            found.extend(_in_role(party, role) for party in group.parties)
    return tuple(found)


def is_cued(text: str, start: int, end: int, rules: RuleSet) -> bool:
    """Whether ``text[start:end]`` stands before a modal or a role word, or is handed a task.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> is_cued("企业要抓整改", 0, 2, default_rules())
        True
    """
    cues = cues_of(rules)
    before = _clause_before(text, start, cues)
    if cues.context["instructed"].search(before) or cues.asked.search(before):
        return True
    if any(ahead.search(before) and behind.match(text, end) for ahead, behind in cues.asked_around):
        return True
    modal = modal_at(text, end, cues)
    if before and not cues.context["lead_in"].fullmatch(before):
        return modal and cues.context["attributive"].search(before) is not None
    return modal or any(
        pattern.match(text, end) for rule, pattern in cues.after if not rule.flag("by")
    )


def stands_free(text: str, start: int, cues: Cues) -> bool:
    """Whether nothing but connectives, times and 让 or 派 stands before a place in its clause."""
    before = _clause_before(text, start, cues)
    return _leads_in(before, cues) or cues.context["sent"].fullmatch(before) is not None


def _leads_in(before: str, cues: Cues) -> bool:
    """Nothing, or connectives and times: 另外, 散会以后今晚."""
    if cues.context["lead_in"].fullmatch(before):
        return True
    at = 0
    while time := cues.context["when"].match(before, at):
        at = time.end()
    rest = before[at:]
    return not rest or cues.context["lead_in"].fullmatch(rest) is not None


def _in_role(party: Party, role: Role) -> Party:
    kept = party.role == "leader" and role in ("responsible", "lead")
    return party if kept else dataclasses.replace(party, role=role)


def _clause_before(text: str, at: int, cues: Cues) -> str:
    window = text[max(0, at - _LONGEST_CLAUSE) : at]
    found = cues.context["clause_break"].match(window)
    return window[found.end() :] if found else window


def _role(place: _Place, cues: Cues) -> Role | None:
    marked = _marked(place, cues)
    if marked is not None:
        return role_of(marked)
    handed = bool(cues.context["instructed"].search(place.before))
    if handed and not place.person and _inside_noun(place, cues):
        return None
    if cues.relative.match(place.text, place.end) and not (place.person and handed):
        return None
    return _cued_behind(place, cues, handed=handed) or _acting(place, cues, handed=handed)


def _inside_noun(place: _Place, cues: Cues) -> bool:
    """推广由群众推荐的办法: who stands inside an object's own clause owes nothing."""
    starts = range(max(0, len(place.before) - 1))
    governed = any(word_at(place.before, at, cues.verbs) for at in starts)
    return governed and cues.context["inside"].match(place.text, place.end) is not None


def role_of(rule: Rule) -> Role | None:
    """The role that a rule of the table ``roles`` gives; None where it says: no party."""
    return None if rule.value == "none" else cast("Role", rule.value)


def _marked(place: _Place, cues: Cues) -> Rule | None:
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


def _receives(place: _Place) -> bool:
    """通报各镇 has a receiver; 上报企业清单 has an object that names a kind, 送医院轮训 none."""
    context, text, end = place.cues.context, place.text, place.group.end
    known = any(party.body is not None for party in place.group.parties)
    if context["sent_to"].match(text, end) or (not known and context["handed_in"].match(text, end)):
        return False
    return place.named or _CLAUSE_END.match(text, place.end) is not None


def _leads(place: _Place, cues: Cues) -> bool:
    """配合某局做好 has a leader; 配合某局, 配合省委巡视 and 协助企业 only name whom one serves."""
    noun = cues.context["closing"].match(place.text, place.end)
    return place.office and not noun and not _CLAUSE_END.match(place.text, place.end)


def _cued_behind(place: _Place, cues: Cues, *, handed: bool) -> Role | None:
    """The role that words behind the group give: 牵头, 配合, 由…督办."""
    governed = not handed and _governed(place.before, cues)
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


def _acting(place: _Place, cues: Cues, *, handed: bool) -> Role | None:
    """Responsible as subject (P1), or as the one who is told to act."""
    given = handed and cues.context["given"].search(place.before)
    if given and cues.chief.match(place.text_of_last):
        return "leader"
    if handed or _assigned(place, cues):
        return "responsible"
    if _built(place, cues):
        return None
    free = _leads_in(place.before, cues) or _in_turn(place, cues)
    if not free and _governed(place.before, cues):
        return None
    if modal_at(place.text, place.end, cues):
        return "responsible"
    acts = _acts(place, cues) if free else _behind_topic(place, cues)
    return "responsible" if acts else None


def _built(place: _Place, cues: Cues) -> bool:
    """某小学7月底竣工: what is built answers for nothing."""
    if not cues.context["site"].search(place.text_of_last):
        return False
    at = place.end
    modal = cues.context["modal"].match(place.text, at)
    at = modal.end() if modal else at
    timed = cues.context["when"].match(place.text, at)
    at = timed.end() if timed else at
    return cues.context["built"].match(place.text, at) is not None


def _behind_topic(place: _Place, cues: Cues) -> bool:
    """体检报告总务科月底拿出来: what is before it is what it handles, if no verb is in it."""
    before = place.before
    if not place.named or len(before) > _LONGEST_TOPIC:
        return False
    if before.endswith("、") or cues.context["attributive"].search(before):
        return False
    starts = range(max(0, len(before) - 1))
    if any(word_at(before, at, cues.openers) for at in starts):
        return False
    timed = cues.context["when"].match(place.text, place.end)
    return timed is not None and acts_by_word(place.text, place.end, cues)


def _acts(place: _Place, cues: Cues) -> bool:
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
    if office and (not sovereign or (all_of and word_at(place.text, place.end, cues.adverbs))):
        return acts_at(place.text, place.end, cues)
    return acts_by_word(place.text, place.end, cues)


def _governed(before: str, cues: Cues) -> bool:
    """An object or a topic: right behind a governor, or in the list of one (支持甲校、乙厂).

    对没有整改的企业要停产: to whom it is done.
    """
    if cues.governed.search(before) or cues.context["done_to"].fullmatch(before):
        return True
    influenced = cues.context["influence"].match(before) is not None
    return influenced and cues.context["attributive"].search(before) is None


def _in_turn(place: _Place, cues: Cues) -> bool:
    """甲镇创建园区、乙镇创建景区: behind a deed and 、 a body with a verb is a new subject."""
    if not place.before.endswith("、"):
        return False
    if cues.context["influence"].match(place.before):
        return False
    start = place.group.start - len(place.before.removesuffix("、").rsplit("、", 1)[-1]) - 1
    while length := word_at(place.text, start, cues.adverbs):
        start += length
    deeds = (word_at(place.text, at, cues.verbs) for at in range(start + 2, place.group.start))
    return not word_at(place.text, start, cues.openers) and any(deeds)


def _assigned(place: _Place, cues: Cues) -> bool:
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


def _has_deed(place: _Place, cues: Cues) -> bool:
    """推动某集团设立基金 gives it a deed; 推动平台公司改革转型 is about it."""
    at = place.end
    if cues.context["closing"].match(place.text, at):
        return False
    while length := word_at(place.text, at, cues.adverbs):
        at += length
    deed = at
    while length := word_at(place.text, at, cues.verbs):
        at += length
    if cues.context["deed_joint"].match(place.text, at):
        return False
    return at > deed and _CLAUSE_END.match(place.text, at) is None
