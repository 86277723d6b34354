"""Which of the mentioned are parties of a clause, and in what role (GUIDELINE P1, P2, P6)."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from speechmine.extractors.party_cues import (
    Cues,
    acts_at,
    acts_by_word,
    behind_name,
    clause_before,
    cues_of,
    leads_in,
    modal_at,
    opens_predicate,
)
from speechmine.patterns import compiled
from speechmine.text import starting_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from speechmine.model import Party, PartyGroup, Role
    from speechmine.rules.schema import Rule, RuleSet

__all__ = ["clause_parties", "role_of"]

_CLAUSE_END = compiled(r"[，。；：、！？\s]|$")


@dataclass(frozen=True)
class _Place:
    """A group in its clause."""

    text: str
    group: PartyGroup
    cues: Cues

    @functools.cached_property
    def before(self) -> str:
        """The clause up to it."""
        return clause_before(self.text, self.group.start, self.cues)

    @functools.cached_property
    def end(self) -> int:
        """Where the words behind it begin."""
        return behind_name(self.text, self.group.end, self.cues)

    @functools.cached_property
    def handed(self) -> bool:
        """Told to act by the word before it, whatever follows."""
        return self.cues.context["instructed"].search(self.before) is not None

    @functools.cached_property
    def governed(self) -> bool:
        """An object or a topic: right behind a governor (支持甲校).

        对没有整改的企业要停产: to whom it is done.
        """
        done_to = self.cues.context["done_to"]
        return bool(self.cues.governed.search(self.before) or done_to.fullmatch(self.before))

    @property
    def named(self) -> bool:
        """Somebody in particular, not a kind (各部门)."""
        return not any(party.generic for party in self.group.parties)

    @property
    def each(self) -> bool:
        """Each of a kind: 每村."""
        return any(party.distributive for party in self.group.parties)

    @property
    def last(self) -> str:
        """The name that stands before those words."""
        return self.group.parties[-1].text

    @property
    def person(self) -> bool:
        """Persons by office, who lend a matter their name (高区长包小区)."""
        answers = self.cues.context["answers"]
        return all(
            p.role == "leader"
            or answers.search(p.text)
            or self.cues.shapes["titled"].search(p.text)
            for p in self.group.parties
        )


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
        role = _role(_Place(text, group, cues)) if group.end <= end else None
        if role:
            found.extend(_in_role(party, role) for party in group.parties)
    return tuple(found)


def _in_role(party: Party, role: Role) -> Party:
    kept = party.role == "leader" and role in ("responsible", "lead")
    return party if kept else dataclasses.replace(party, role=role)


def _role(place: _Place) -> Role | None:
    marked = _marked(place)
    if marked is not None:
        return role_of(marked)
    relative = place.cues.relative.match(place.text, place.end)
    if relative and not (place.person and place.handed):
        return None
    return _cued_behind(place) or _acting_role(place)


def role_of(rule: Rule) -> Role | None:
    """The role that a rule of the table ``roles`` gives; None where it says: no party."""
    return None if rule.value == "none" else cast("Role", rule.value)


def _marked(place: _Place) -> Rule | None:
    """The rule for words before the group, with or without words after it."""
    for rule, before, behind in place.cues.around:
        if before.search(place.before) and behind.match(place.text, place.end):
            return rule
    for rule, pattern in place.cues.before:
        if pattern.search(place.before) and (rule.value != "report_to" or _receives(place)):
            return rule
    return None


def _receives(place: _Place) -> bool:
    """通报各镇 has a receiver; 上报企业清单 has an object that names a kind."""
    return place.named or _CLAUSE_END.match(place.text, place.end) is not None


def _cued_behind(place: _Place) -> Role | None:
    """The role that words behind the group give: 牵头, 配合, 由…督办."""
    text, context = place.text, place.cues.context
    for rule, pattern in place.cues.after:
        match = pattern.match(text, place.end)
        if match is None or (rule.flag("by") and not place.handed):
            continue
        if context["of_noun"].match(text, match.end()):
            continue
        # 坚持市领导挂帅: a person's cue needs no subject.
        leads = rule.value == "leader"
        if place.person if leads else place.handed or not place.governed:
            return role_of(rule)
    return None


def _acting_role(place: _Place) -> Role | None:
    """Responsible as subject (P1), or as the one who is told to act."""
    cues = place.cues
    given = place.handed and cues.context["given"].search(place.before)
    if given and cues.shapes["chief"].match(place.last):
        return "leader"
    if place.handed or _assigned(place):
        return "responsible"
    free = leads_in(place.before, cues)
    if not free and place.governed:
        return None
    acts = modal_at(place.text, place.end, cues) or (free and _acts(place))
    return "responsible" if acts else None


def _acts(place: _Place) -> bool:
    """Whether what follows is a deed of it: of an office any verb, of others a known one."""
    text, end, cues, last = place.text, place.end, place.cues, place.last
    if place.each or cues.context["everybody"].fullmatch(last):  # 每村每周两天: a measure
        return opens_predicate(text, end, cues)
    all_of = any(cues.context["all_of"].match(p.text) for p in place.group.parties)
    # 各县政府依法管理 acts; 各县政府网站 is a noun, as 市政府网站 is.
    sovereign = cues.context["sovereign"].search(last) is not None
    if sovereign and not (all_of and cues.adverbs.longest_at(text, end)):
        return acts_by_word(text, end, cues)
    office = place.named or all_of or cues.context["office"].fullmatch(last)
    return acts_at(text, end, cues) if office else acts_by_word(text, end, cues)


def _assigned(place: _Place) -> bool:
    """让 or 责成 before it, and a deed behind it."""
    cues = place.cues
    if cues.context["sent"].fullmatch(place.before):
        return place.named and not place.each and acts_by_word(place.text, place.end, cues)
    return cues.told.search(place.before) is not None and _acts(place)
