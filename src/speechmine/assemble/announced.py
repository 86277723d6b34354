"""Who announces a list and so answers for its items: 民政局将做好以下工作。一是…。二是…."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from speechmine.assemble.findings import Draft, SegmentFindings
from speechmine.assemble.headers import NOBODY, Header, is_asked
from speechmine.extractors.party_cues import cues_of
from speechmine.extractors.party_roles import stands_free
from speechmine.model import Clause, Party, Segment
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["announcer_of", "takes_over"]

_ANSWERING = frozenset(("lead", "responsible"))


def announcer_of(
    part: SegmentFindings,
    following: Segment | None,
    own: Callable[[Clause], Sequence[Party]],
    rules: RuleSet,
) -> Header:
    """The one subject of a sentence that opens a list, with the reach of the list.

    Args:
        part: a segment that is no item itself.
        following: the segment after it.
        own: the parties that a clause names.
        rules: the rule set.

    Returns:
        A header without parties where no list begins, or where several are asked before it.
    """
    if part.segment.item is not None or part.segment.discourse == "heading":
        return NOBODY
    inside = next((i for i, c in enumerate(part.clauses) if _opens(c.item, rules)), None)
    if inside is None and not _opens(following.item if following else None, rules):
        return NOBODY
    asking = [c for c in part.clauses[:inside] if c.modality or (c.leads and inside)]
    found = [_answering(own(clause)) for clause in asking]
    named = [parties for parties in found if parties]
    foreign = any(c.subject and not p for c, p in zip(asking, found, strict=True))
    if len(named) != 1 or foreign or not all(is_asked(p, rules) for p in named[0]):
        return NOBODY
    return Header(tuple(named[0]), "item", part.segment.section, announces=True)


def _opens(item: str | None, rules: RuleSet) -> bool:
    return (
        item is not None and patterns_by_id(rules, "rows")["row.first_item"].match(item) is not None
    )


def _answering(parties: Iterable[Party]) -> list[Party]:
    return [party for party in parties if party.role in _ANSWERING]


def takes_over(drafts: Iterable[Draft], text: str, rules: RuleSet) -> bool:
    """Whether an item has a subject of its own, which ends the announcer's list.

    督促各镇编制清单 has none: who urges is whoever announced.
    """
    cues = cues_of(rules)
    named = (p for draft in drafts for p in draft.parties if p.source == "explicit")
    return any(p.role in _ANSWERING and stands_free(text, p.start, cues) for p in named)
