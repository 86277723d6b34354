"""The words that tell what part a party takes, compiled; and where a predicate begins."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.extractors.party_lexicon import Words, alternation, patterns_of
from speechmine.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

from speechmine.rules.openings import openings
from speechmine.rules.schema import Rule, RuleSet

__all__ = [
    "Cues",
    "acts_at",
    "acts_by_word",
    "acts_in_time",
    "behind_name",
    "cues_of",
    "modal_at",
    "opens_at",
    "opens_predicate",
]

# Patterns of ``party_context`` that tell by a few characters what begins at a place of a clause.
_TELLING = ("modal", "subject_counted", "subject_joined", "subject_led")
_ENDS = compiled(r"[，。；：、！？,;:!?\s]|$")


@dataclass(frozen=True, slots=True)
class Cues:
    """The role rules, compiled: what stands behind, before and around a group.

    ``asked`` and ``asked_around`` are those before and around one that is asked, whatever follows.
    ``heads`` are the characters that a word begins with which tells what follows a name,
    ``surnames`` those that the name of a person begins with; None where they are too many.
    """

    after: tuple[tuple[Rule, re.Pattern[str]], ...]
    before: tuple[tuple[Rule, re.Pattern[str]], ...]
    around: tuple[tuple[Rule, re.Pattern[str], re.Pattern[str]], ...]
    asked_around: tuple[Sequence[re.Pattern[str]], ...]
    asked: re.Pattern[str]
    context: Mapping[str, re.Pattern[str]]
    governed: re.Pattern[str]
    relative: re.Pattern[str]
    openers: Words
    verbs: Words
    adverbs: Words
    starters: Words
    heads: frozenset[str] | None
    nominal: Words
    chief: re.Pattern[str]
    titled: re.Pattern[str]
    called: re.Pattern[str]
    surnames: frozenset[str] | None
    unit: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def cues_of(rules: RuleSet) -> Cues:
    """The role rules of a set of rules, compiled once."""
    roles = rules.table("roles")
    context = patterns_of(rules, "party_context")
    predicates = rules.table("predicates")
    adverbs = Words(t for r in predicates if r.value == "adverb" for t in r.terms)
    verbs = Words(t for t in rules.terms("verbs") if len(t) > 1)
    acts = [t for r in rules.table("party_context") if r.value == "predicate" for t in r.terms]
    relative = alternation(r for r in rules.table("party_context") if r.value == "relative")
    words = Words(verbs.union(acts, adverbs))
    called = patterns_of(rules, "place_subjects")["called"]
    around = tuple(
        (r, compiled(f"(?:{r.pattern})$"), compiled(r.attribute("behind")))
        for r in _on(roles, "around")
    )
    return Cues(
        after=tuple((r, compiled(r.pattern or "")) for r in _on(roles, "after")),
        before=tuple((r, compiled(f"(?:{r.pattern})$")) for r in _on(roles, "before")),
        around=around,
        asked_around=tuple(sides for rule, *sides in around if _asks(rule)),
        asked=compiled("|".join(f"(?:{r.pattern})$" for r in _on(roles, "before") if _asks(r))),
        context=context,
        governed=compiled(f"(?:{context['governor'].pattern})$"),
        relative=compiled(f"(?:{relative}){{1,3}}(?:{context['relative_end'].pattern})"),
        openers=Words(verbs.union(acts)),
        verbs=verbs,
        adverbs=adverbs,
        starters=words,
        heads=_heads([context[name].pattern for name in _TELLING], words),
        chief=patterns_of(rules, "place_subjects")["chief"],
        titled=patterns_of(rules, "place_subjects")["titled"],
        called=called,
        surnames=_heads([called.pattern]),
        unit=patterns_of(rules, "place_subjects")["unit"],
        nominal=Words(t for r in predicates if r.value == "nominal" for t in r.terms),
    )


def _heads(patterns: Sequence[str], words: Iterable[str] = ()) -> frozenset[str] | None:
    """What matches of some patterns begin with, and words; None where that may be anything."""
    found = [openings(pattern) for pattern in patterns]
    known = [firsts for firsts in found if firsts is not None]
    if len(known) < len(found):
        return None
    return frozenset(word[0] for word in words).union(*known)


def _asks(rule: Rule) -> bool:
    """By these words before it a group has a part, whatever follows."""
    return rule.value in ("cooperate", "lead", "report_to", "person", "leader")


def _on(rules: Sequence[Rule], side: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.attribute("side") == side)


def modal_at(text: str, at: int, cues: Cues) -> bool:
    """Whether a modal stands at a place, or behind a time there: 近期要."""
    modal = cues.context["modal"]
    return bool(modal.match(text, at) or modal.match(text, _past_time(text, at, cues)))


def _past_time(text: str, at: int, cues: Cues) -> int:
    time = cues.context["when"].match(text, at)
    return time.end() if time else at


def behind_name(text: str, at: int, cues: Cues) -> int:
    """Where the clause goes on behind a name that ends at ``at``.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text = "民政办的同志要上门"
        >>> text[behind_name(text, 3, cues_of(default_rules())) :]
        '要上门'
    """
    between = cues.context["between"].match(text, at)
    return between.end() if between else at


def acts_at(text: str, at: int, cues: Cues) -> bool:
    """Whether a body named at the head of a clause does what follows, whatever the verb is.

    No list holds all deeds (供水站把泵换掉, 物价局盯死价格); what makes a noun of a name is few.
    """
    opens, deed = _opening(text, at, cues)
    if opens is not None:
        return opens
    if deed > at and cues.context["with"].match(text, deed):  # 某镇于月底前与31户签约
        return True
    return not (_ENDS.match(text, deed) or cues.context["nominal"].match(text, deed))


def acts_by_word(text: str, at: int, cues: Cues) -> bool:
    """Whether a word that is surely none of a name opens a predicate: a known or a small verb.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> cues = cues_of(default_rules())
        >>> acts_by_word("总务科派人去看", 3, cues), acts_by_word("总务科长派人去看", 3, cues)
        (True, False)
    """
    opens, deed = _opening(text, at, cues)
    if opens is None:
        role = any(pattern.match(text, deed) for _, pattern in cues.after)
        return role or cues.context["deed"].match(text, deed) is not None
    return opens


def acts_in_time(text: str, at: int, cues: Cues) -> bool:
    """Whether a name is followed by a time to come and something to do, in whatever words.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> cues = cues_of(default_rules())
        >>> [acts_in_time(text, 3, cues) for text in ("二分局本周三带图对接", "二分局2023年总结")]
        [True, False]
    """
    time = cues.context["when"].match(text, at)
    if time is None or not cues.context["due"].search(time[0]):
        return False
    at = time.end()
    nothing = _ENDS.match(text, at) or cues.context["nominal"].match(text, at)
    return not (nothing or cues.context["past"].match(text, at))


def opens_predicate(text: str, at: int, rules: RuleSet) -> bool:
    """Whether adverbs and a verb, a modal or a preposition open a predicate at ``at``.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> opens_predicate("示例镇扎实推进改造", 3, default_rules())
        True
    """
    return opens_at(text, at, cues_of(rules))


def opens_at(text: str, at: int, cues: Cues) -> bool:
    """The same with the cues at hand."""
    return _opening(text, at, cues)[0] is True


def _opening(text: str, at: int, cues: Cues) -> tuple[bool | None, int]:
    """Whether a predicate of known words begins at ``at``, None if no word tells; and where."""
    start = at
    for _ in range(5):
        if cues.context["past"].match(text, at):
            return False, at
        if at == start and cues.context["closing"].match(text, at):
            return False, at
        verb = cues.openers.longest_at(text, at)
        noun = cues.context["noun_follows" if at == start else "modifies"]
        if verb and not noun.match(text, at + verb):
            return not cues.context["done"].match(text, at + verb), at
        length = cues.adverbs.longest_at(text, at) or _past_time(text, at, cues) - at
        if not length:
            modal = cues.context["modal"].match(text, at) is not None
            return (True if modal else False if verb else None), at
        at += length
    return None, at
