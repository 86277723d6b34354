"""What the object of a verb is by its head (GUIDELINE T2): a thing to show, or none."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["ObjectLexicon", "object_kind", "object_lexicon"]

_HEAD_KINDS = ("deliverable", "product", "institution", "project", "abstract")
_QUOTED = compiled(r"[“《]([^”》]{2,40})[”》]$")


@dataclass(frozen=True, slots=True)
class ObjectLexicon:
    """What objects can end in: the kind of each head.

    ``lengths`` says how long heads are, longest first, ``lengths_by_end`` how long those with
    this last character; ``tails_by_end`` holds the doing tails by theirs;
    ``places`` finds the heads of projects inside a phrase. ``described`` matches the end of a
    description before a head, ``trailing`` what behind a head says nothing of it.
    """

    kinds: Mapping[str, str]
    lengths: tuple[int, ...]
    lengths_by_end: Mapping[str, tuple[int, ...]]
    places: re.Pattern[str]
    tails_by_end: Mapping[str, tuple[str, ...]]
    vague: frozenset[str]
    described: re.Pattern[str]
    trailing: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def object_lexicon(rules: RuleSet) -> ObjectLexicon:
    """The heads of the rule set, sorted for matching."""
    by_value: dict[str, list[str]] = {}
    for rule in rules.table("hosts"):
        by_value.setdefault(rule.value, []).extend(rule.terms)
    longest = {k: tuple(sorted(set(v), key=lambda t: (-len(t), t))) for k, v in by_value.items()}
    kinds: dict[str, str] = {}
    for kind in _HEAD_KINDS:  # a head of two kinds is of the first
        for term in longest[kind]:
            kinds.setdefault(term, kind)
    vague = frozenset(longest["vague"])
    words = patterns_by_id(rules, "predicates")
    return ObjectLexicon(
        kinds=kinds,
        lengths=tuple(sorted({len(term) for term in kinds}, reverse=True)),
        lengths_by_end={
            end: tuple(sorted({len(term) for term in terms}, reverse=True))
            for end, terms in _by_end(kinds).items()
        },
        places=compiled(
            "|".join(re.escape(t) for t in longest["project"] if len(t) > 1 and t not in vague)
        ),
        tails_by_end=_by_end(longest["tail"]),
        vague=vague,
        described=words["predicate.described"],
        trailing=words["predicate.trailing"],
    )


def _by_end(terms: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Terms by their last character, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for term in terms:
        found[term[-1]] = (*found.get(term[-1], ()), term)
    return found


def object_kind(phrase: str, heads: ObjectLexicon) -> str:
    """What an object is by its head, which stands last in a Chinese noun phrase.

    等工作 and a doing tail (…改造, …建设) are looked behind. One of: deliverable, product,
    institution, project, named, abstract, vague, empty, other.
    """
    core = heads.trailing.sub("", phrase)
    if len(core) < 2:
        return "empty"
    if core in heads.vague or phrase in heads.vague:
        return "vague"
    described = heads.described.search(core)
    if described and core[described.end() :] in heads.vague:
        return "vague"
    return _head_kind(core, heads) or _kind_behind_tail(core, heads) or _quoted_kind(core, heads)


def _head_kind(core: str, heads: ObjectLexicon) -> str | None:
    """The kind with the longest head that the phrase ends in."""
    for length in heads.lengths_by_end.get(core[-1], ()):
        if length <= len(core) and core[-length:] in heads.kinds:
            found = heads.kinds[core[-length:]]
            bare = len(core) - length < 2 and len(core) < 4
            return "vague" if bare and found in ("deliverable", "project") else found
    return None


def _kind_behind_tail(core: str, heads: ObjectLexicon) -> str | None:
    stem = core
    for tail in heads.tails_by_end.get(core[-1], ()):
        if core.endswith(tail) and len(core) > len(tail):
            stem = heads.trailing.sub("", core[: -len(tail)])
            break
    if stem == core:
        return None
    if stem in heads.vague or len(stem) < 2:
        return "vague"
    if _head_kind(stem, heads) in ("project", "deliverable"):
        return "project"
    return "project" if heads.places.search(stem) else None


def _quoted_kind(core: str, heads: ObjectLexicon) -> str:
    """“六大工程”, 《实施方案》: a quoted name whose own head is a product."""
    quoted = _QUOTED.search(core)
    inner = _head_kind(quoted[1], heads) if quoted else None
    return "named" if inner in ("deliverable", "project", "product") else "other"
