"""Which of the mentioned are parties of a clause, and in what role (GUIDELINE P1, P2, P6)."""

from __future__ import annotations

import bisect
import dataclasses
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from speechmine.extractors.party_lexicon import alternation, patterns_of
from speechmine.rules.loader import default_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from speechmine.model import Party, PartyGroup, Role
    from speechmine.rules.schema import Rule, RuleSet

__all__ = ["clause_parties", "is_cued", "opens_predicate", "role_of"]

_CLAUSE_BREAK = re.compile(r"[，。；：！？\n,;:!?][^，。；：！？\n,;:!?]*$")
_LONGEST_CLAUSE = 80
# By these a body is told to act, whatever follows; after the others an act must follow.
_HANDED = re.compile(r"(?:由|请|责成|指定|委托)$")
_LONGEST_ADVERB = 6
# Behind these a verb was a noun: 纪委监督、审计监督, 中心规范化建设.
_NOUN_FOLLOWS = re.compile(r"[、和与及的化性度者]")
# By these words before it a group has a part, whatever follows.
_ASKED = ("cooperate", "lead", "report_to")
_MODIFIES = re.compile("的")
_DONE = re.compile("了")


@dataclass(frozen=True, slots=True)
class _Cues:
    """The role rules, compiled: what stands behind, before and around a group."""

    after: tuple[tuple[Rule, re.Pattern[str]], ...]
    before: tuple[tuple[Rule, re.Pattern[str]], ...]
    around: tuple[tuple[Rule, re.Pattern[str], re.Pattern[str]], ...]
    context: Mapping[str, re.Pattern[str]]
    governed: re.Pattern[str]
    relative: re.Pattern[str]
    openers: frozenset[str]
    verbs: frozenset[str]
    adverbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """A group in its clause: ``before`` is the clause up to it."""

    text: str
    group: PartyGroup
    before: str

    @property
    def end(self) -> int:
        return self.group.end

    @property
    def person(self) -> bool:
        return all(party.role == "leader" for party in self.group.parties)


def clause_parties(
    text: str,
    start: int,
    end: int,
    groups: Sequence[PartyGroup],
    *,
    rules: RuleSet | None = None,
) -> tuple[Party, ...]:
    """The parties that ``text[start:end]`` itself names, each with its role.

    Args:
        text: the whole text that ``groups`` was found in.
        start: where a clause or a task's span begins; marker words just outside still count.
        end: where it ends.
        groups: what :func:`find_party_groups` gave, in text order.
        rules: the default rules if None.

    Returns:
        Subjects and groups that a word gives a role. Approvers, helped objects, names in
        relative clauses and bodies to be created are left out (GUIDELINE P6).

    Example:
        >>> from speechmine.extractors.parties import find_party_groups
        >>> text = "由区住建局牵头，区城管局配合，每周向区政府报告"
        >>> found = clause_parties(text, 0, len(text), find_party_groups(text))
        >>> [(p.text, p.role) for p in found]
        [('区住建局', 'lead'), ('区城管局', 'cooperate'), ('区政府', 'report_to')]
    """
    cues = _cues(rules or default_rules())
    first = bisect.bisect_left(groups, start, key=lambda group: group.start)
    found: list[Party] = []
    for group in groups[first:]:
        if group.start >= end:
            break
        inside = group.end <= end
        role = _role(_Place(text, group, _clause_before(text, group.start)), cues)
        if role and inside:
            found.extend(_in_role(party, role) for party in group.parties)
    return tuple(found)


def is_cued(text: str, start: int, end: int, rules: RuleSet) -> bool:
    """Whether ``text[start:end]`` stands before a modal or a role word, or is handed a task.

    Example:
        >>> is_cued("企业要抓整改", 0, 2, default_rules())
        True
    """
    cues = _cues(rules)
    before = _clause_before(text, start)
    asked = (pattern for rule, pattern in cues.before if rule.value in _ASKED)
    if _HANDED.search(before) or any(pattern.search(before) for pattern in asked):
        return True
    modal = _modal(text, end, cues)
    if before and not cues.context["lead_in"].fullmatch(before):
        return modal and before.endswith("的")
    return modal or any(
        pattern.match(text, end) for rule, pattern in cues.after if not rule.flag("by")
    )


def _in_role(party: Party, role: Role) -> Party:
    kept = party.role == "leader" and role in ("responsible", "lead")
    return party if kept else dataclasses.replace(party, role=role)


def _clause_before(text: str, at: int) -> str:
    window = text[max(0, at - _LONGEST_CLAUSE) : at]
    found = _CLAUSE_BREAK.search(window)
    return found[0][1:] if found else window


def _role(place: _Place, cues: _Cues) -> Role | None:
    marked = _marked(place, cues)
    if marked is not None:
        return role_of(marked)
    handed = bool(_HANDED.search(place.before))
    if cues.relative.match(place.text, place.end) and not (place.person and handed):
        return None
    return _cued_behind(place, cues, handed=handed) or _acting(place, cues, handed=handed)


def role_of(rule: Rule) -> Role | None:
    """The role that a rule of the table ``roles`` gives; None where it says: no party."""
    return None if rule.value == "none" else cast("Role", rule.value)


def _marked(place: _Place, cues: _Cues) -> Rule | None:
    """The rule for words before the group, with or without words after it."""
    for rule, before, behind in cues.around:
        if before.search(place.before) and behind.match(place.text, place.end):
            return rule
    for rule, pattern in cues.before:
        if rule.value != "responsible" and pattern.search(place.before):
            return rule
    return None


def _cued_behind(place: _Place, cues: _Cues, *, handed: bool) -> Role | None:
    """The role that words behind the group give: 牵头, 配合, 由…督办."""
    governed = not handed and _governed(place.before, cues)
    for rule, pattern in cues.after:
        # 坚持市领导挂帅: a person's cue needs no subject.
        persons = rule.value == "leader" and not rule.flag("anyone")
        fits = place.person if persons else not governed
        match = pattern.match(place.text, place.end) if fits else None
        if match and (handed or not rule.flag("by")) and not _of_noun(place.text, match.end()):
            return role_of(rule)
    return None


def _of_noun(text: str, at: int) -> bool:
    """牵头调研的课题: the cue belongs to a noun phrase."""
    return "的" in text[at : at + 3] and not re.match(r"[，。；、]", text[at : at + 1])


def _acting(place: _Place, cues: _Cues, *, handed: bool) -> Role | None:
    """Responsible as subject (P1), or as the one who is told to act."""
    if handed or _assigned(place, cues):
        return "responsible"
    free = not place.before or cues.context["lead_in"].fullmatch(place.before) is not None
    free = free or _in_turn(place, cues)
    if not free and _governed(place.before, cues):
        return None
    if _modal(place.text, place.end, cues):
        return "responsible"
    return "responsible" if free and _opens(place.text, place.end, cues) else None


def _governed(before: str, cues: _Cues) -> bool:
    """An object or a topic: right behind a governor, or in the list of one (支持甲校、乙厂)."""
    if cues.governed.search(before):
        return True
    return cues.context["influence"].match(before) is not None and not before.endswith("的")


def _in_turn(place: _Place, cues: _Cues) -> bool:
    """甲镇创建园区、乙镇创建景区: behind a deed and 、 a body with a verb is a new subject."""
    if not place.before.endswith("、"):
        return False
    start = place.group.start - len(place.before.removesuffix("、").rsplit("、", 1)[-1]) - 1
    deeds = (_word_at(place.text, at, cues.verbs) for at in range(start + 2, place.group.start))
    return not _word_at(place.text, start, cues.openers) and any(deeds)


def _assigned(place: _Place, cues: _Cues) -> bool:
    """请, 责成 before it and a deed behind it; 推动 only where a named body has a verb."""
    named = not any(party.generic for party in place.group.parties)
    for rule, pattern in cues.before:
        if rule.value == "responsible" and pattern.search(place.before):
            words = cues.verbs if rule.flag("named") else cues.openers
            return (named or not rule.flag("named")) and _opens(place.text, place.end, cues, words)
    return False


def _modal(text: str, at: int, cues: _Cues) -> bool:
    """Whether a modal stands at a place, or behind a time there: 近期要."""
    modal = cues.context["modal"]
    return bool(modal.match(text, at) or modal.match(text, _past_time(text, at, cues)))


def _past_time(text: str, at: int, cues: _Cues) -> int:
    time = cues.context["when"].match(text, at)
    return time.end() if time else at


def opens_predicate(text: str, at: int, rules: RuleSet) -> bool:
    """Whether adverbs and a verb, a modal or a preposition open a predicate at ``at``.

    Example:
        >>> opens_predicate("示例镇扎实推进改造", 3, default_rules())
        True
    """
    return _opens(text, at, _cues(rules))


def _opens(text: str, at: int, cues: _Cues, words: frozenset[str] | None = None) -> bool:
    start = at
    for _ in range(5):
        if cues.context["past"].match(text, at):
            return False
        if at == start and cues.context["closing"].match(text, at):
            return False
        verb = _word_at(text, at, cues.openers if words is None else words)
        noun = _NOUN_FOLLOWS if at == start else _MODIFIES
        if verb and not noun.match(text, at + verb):
            return not _DONE.match(text, at + verb)
        length = _word_at(text, at, cues.adverbs) or _past_time(text, at, cues) - at
        if not length:
            return cues.context["modal"].match(text, at) is not None
        at += length
    return False


def _word_at(text: str, at: int, words: frozenset[str]) -> int:
    return next((n for n in range(_LONGEST_ADVERB, 0, -1) if text[at : at + n] in words), 0)


@functools.lru_cache(maxsize=8)
def _cues(rules: RuleSet) -> _Cues:
    roles = rules.table("roles")
    context = patterns_of(rules, "party_context")
    predicates = rules.table("predicates")
    adverbs = frozenset(t for r in predicates if r.value == "adverb" for t in r.terms)
    verbs = frozenset(t for t in rules.terms("verbs") if len(t) > 1)
    acts = frozenset(
        t for r in rules.table("party_context") if r.value == "predicate" for t in r.terms
    )
    relative = alternation(r for r in rules.table("party_context") if r.value == "relative")
    return _Cues(
        after=tuple((r, re.compile(r.pattern or "")) for r in _on(roles, "after")),
        before=tuple((r, re.compile(f"(?:{r.pattern})$")) for r in _on(roles, "before")),
        around=tuple(
            (r, re.compile(f"(?:{r.pattern})$"), re.compile(r.attribute("behind")))
            for r in _on(roles, "around")
        ),
        context=context,
        governed=re.compile(f"(?:{context['governor'].pattern})$"),
        relative=re.compile(f"(?:{relative}){{1,3}}(?:的|之)"),
        openers=acts | verbs,
        verbs=verbs,
        adverbs=adverbs,
    )


def _on(rules: Sequence[Rule], side: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.attribute("side") == side)
