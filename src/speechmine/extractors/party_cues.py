"""The words that tell what part a party takes, compiled; and where a predicate begins."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.extractors.party_lexicon import alternation, patterns_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from speechmine.rules.schema import Rule, RuleSet

__all__ = ["Cues", "cues_of", "modal_at", "opens_at", "opens_predicate", "word_at"]

_LONGEST_ADVERB = 6
# Behind these a verb was a noun: 纪委监督、审计监督, 中心规范化建设.
_NOUN_FOLLOWS = re.compile(r"[、和与及的化性度者率]|比例")
_MODIFIES = re.compile(r"[的率]|比例")
_DONE = re.compile("了")


@dataclass(frozen=True, slots=True)
class Cues:
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


@functools.lru_cache(maxsize=8)
def cues_of(rules: RuleSet) -> Cues:
    """The role rules of a set of rules, compiled once."""
    roles = rules.table("roles")
    context = patterns_of(rules, "party_context")
    predicates = rules.table("predicates")
    adverbs = frozenset(t for r in predicates if r.value == "adverb" for t in r.terms)
    verbs = frozenset(t for t in rules.terms("verbs") if len(t) > 1)
    acts = frozenset(
        t for r in rules.table("party_context") if r.value == "predicate" for t in r.terms
    )
    relative = alternation(r for r in rules.table("party_context") if r.value == "relative")
    return Cues(
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


def modal_at(text: str, at: int, cues: Cues) -> bool:
    """Whether a modal stands at a place, or behind a time there: 近期要."""
    modal = cues.context["modal"]
    return bool(modal.match(text, at) or modal.match(text, _past_time(text, at, cues)))


def _past_time(text: str, at: int, cues: Cues) -> int:
    time = cues.context["when"].match(text, at)
    return time.end() if time else at


def opens_predicate(text: str, at: int, rules: RuleSet) -> bool:
    """Whether adverbs and a verb, a modal or a preposition open a predicate at ``at``.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> opens_predicate("示例镇扎实推进改造", 3, default_rules())
        True
    """
    return opens_at(text, at, cues_of(rules))


def opens_at(text: str, at: int, cues: Cues, words: frozenset[str] | None = None) -> bool:
    """The same with the cues at hand; with ``words`` only they count as verbs."""
    start = at
    for _ in range(5):
        if cues.context["past"].match(text, at):
            return False
        if at == start and cues.context["closing"].match(text, at):
            return False
        verb = word_at(text, at, cues.openers if words is None else words)
        noun = _NOUN_FOLLOWS if at == start else _MODIFIES
        if verb and not noun.match(text, at + verb):
            return not _DONE.match(text, at + verb)
        length = word_at(text, at, cues.adverbs) or _past_time(text, at, cues) - at
        if not length:
            return cues.context["modal"].match(text, at) is not None
        at += length
    return False


def word_at(text: str, at: int, words: frozenset[str]) -> int:
    """The length of the longest of some words that stands at a place, 0 if none does."""
    return next((n for n in range(_LONGEST_ADVERB, 0, -1) if text[at : at + n] in words), 0)
