"""The words that tell what part a party takes, compiled; and where a predicate begins."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.extractors.party_lexicon import Words, patterns_of
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
    "clause_before",
    "cues_of",
    "is_cued",
    "leads_in",
    "modal_at",
    "opens_predicate",
    "stands_free",
]

# Patterns of ``party_context`` that tell by a few characters what begins at a place of a clause.
_TELLING = ("modal", "subject_counted", "subject_joined", "subject_led")
_LONGEST_CLAUSE = 80
_ENDS = compiled(r"[，。；：、！？,;:!?\s]|$")


@dataclass(frozen=True, slots=True)
class Cues:
    """The role rules, compiled: what stands behind, before and around a group.

    ``context`` and ``shapes`` are the tables ``party_context`` and ``place_subjects``.
    ``told`` is what stands before one that is told to act, if a deed follows; ``asked`` is all of
    ``before`` at once.
    ``heads`` are the characters that a word begins with which tells what follows a name,
    ``surnames`` those that the name of a person begins with; None where they are too many.
    """

    after: tuple[tuple[Rule, re.Pattern[str]], ...]
    before: tuple[tuple[Rule, re.Pattern[str]], ...]
    around: tuple[tuple[Rule, re.Pattern[str], re.Pattern[str]], ...]
    told: re.Pattern[str]
    asked: re.Pattern[str]
    context: Mapping[str, re.Pattern[str]]
    shapes: Mapping[str, re.Pattern[str]]
    governed: re.Pattern[str]
    relative: re.Pattern[str]
    openers: Words
    verbs: Words
    adverbs: Words
    nominal: Words
    heads: frozenset[str] | None
    surnames: frozenset[str] | None


@functools.lru_cache(maxsize=8)
def cues_of(rules: RuleSet) -> Cues:
    """The role rules of a set of rules, compiled once."""
    roles = rules.table("roles")
    context = patterns_of(rules, "party_context")
    predicates = rules.table("predicates")
    adverbs = Words(t for r in predicates if r.value == "adverb" for t in r.terms)
    verbs = Words(t for t in rules.terms("verbs") if len(t) > 1)
    acts = [t for r in rules.table("party_context") if r.value == "predicate" for t in r.terms]
    openers = Words(verbs.union(acts))
    shapes = patterns_of(rules, "place_subjects")
    before = [(r, compiled(f"(?:{r.pattern})$")) for r in _on(roles, "before")]
    around = tuple(
        (r, compiled(f"(?:{r.pattern})$"), compiled(r.attribute("behind")))
        for r in _on(roles, "around")
    )
    return Cues(
        after=tuple((r, compiled(r.pattern or "")) for r in _on(roles, "after")),
        before=tuple((r, p) for r, p in before if r.value != "responsible"),
        told=compiled("|".join(p.pattern for r, p in before if r.value == "responsible")),
        asked=compiled("|".join(p.pattern for r, p in before if r.value != "responsible")),
        around=around,
        context=context,
        shapes=shapes,
        governed=compiled(f"(?:{context['governor'].pattern})$"),
        relative=compiled(
            f"(?:{context['relative'].pattern}){{1,3}}(?:{context['relative_end'].pattern})"
        ),
        openers=openers,
        verbs=verbs,
        adverbs=adverbs,
        heads=_heads([context[name].pattern for name in _TELLING], openers | adverbs),
        surnames=_heads([shapes["called"].pattern]),
        nominal=Words(t for r in predicates if r.value == "nominal" for t in r.terms),
    )


def _heads(patterns: Sequence[str], words: Iterable[str] = ()) -> frozenset[str] | None:
    """What matches of some patterns begin with, and words; None where that may be anything."""
    found = [openings(pattern) for pattern in patterns]
    known = [firsts for firsts in found if firsts is not None]
    if len(known) < len(found):
        return None
    return frozenset(word[0] for word in words).union(*known)


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


def opens_predicate(text: str, at: int, cues: Cues) -> bool:
    """Whether adverbs and a verb, a modal or a preposition open a predicate at ``at``.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> opens_predicate("示例镇扎实推进改造", 3, cues_of(default_rules()))
        True
    """
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
        noun = at == start and cues.context["noun_follows"].match(text, at + verb)
        if verb and not noun:
            return not cues.context["done"].match(text, at + verb), at
        length = cues.adverbs.longest_at(text, at) or _past_time(text, at, cues) - at
        if not length:
            modal = cues.context["modal"].match(text, at) is not None
            return (True if modal else False if verb else None), at
        at += length
    return None, at


def clause_before(text: str, at: int, cues: Cues) -> str:
    """What stands before a place in its clause."""
    window = text[max(0, at - _LONGEST_CLAUSE) : at]
    found = cues.context["clause_break"].match(window)
    return window[found.end() :] if found else window


def is_cued(text: str, start: int, end: int, cues: Cues) -> bool:
    """Whether ``text[start:end]`` stands before a modal or a role word, or is handed a task.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> is_cued("企业要抓整改", 0, 2, cues_of(default_rules()))
        True
    """
    before = clause_before(text, start, cues)
    if before and _asked(text, before, end, cues):
        return True
    modal = modal_at(text, end, cues)
    if before and not cues.context["lead_in"].fullmatch(before):
        return modal and cues.context["attributive"].search(before) is not None
    return modal or any(
        pattern.match(text, end) for rule, pattern in cues.after if not rule.flag("by")
    )


def _asked(text: str, before: str, end: int, cues: Cues) -> bool:
    """Whether words before a name give it a part, or a task."""
    if cues.context["instructed"].search(before) or cues.asked.search(before):
        return True
    return any(ahead.search(before) and behind.match(text, end) for _, ahead, behind in cues.around)


def stands_free(text: str, start: int, cues: Cues) -> bool:
    """Whether nothing but connectives, times and 让 or 派 stands before a place in its clause."""
    before = clause_before(text, start, cues)
    return leads_in(before, cues) or cues.context["sent"].fullmatch(before) is not None


def leads_in(before: str, cues: Cues) -> bool:
    """Nothing, or connectives and times: 另外, 散会以后今晚."""
    if cues.context["lead_in"].fullmatch(before):
        return True
    at = 0
    while time := cues.context["when"].match(before, at):
        at = time.end()
    rest = before[at:]
    return not rest or cues.context["lead_in"].fullmatch(rest) is not None
