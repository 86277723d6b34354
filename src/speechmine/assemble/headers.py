"""Parties that a heading, the head of a line or who announces a list gives to what stands below.

GUIDELINE P4; 民政局将做好以下工作。一是…。二是….
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from speechmine.assemble.findings import Findings, SegmentFindings
from speechmine.extractors.parties import clause_parties
from speechmine.extractors.party_lexicon import patterns_of
from speechmine.model import Clause, Party, PartyGroup, PartySource, Segment
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id
from speechmine.text import starting_in

__all__ = ["NOBODY", "Header", "alone_in", "announcer_of", "header_of"]

_MARKS = " 　。；，、：:！"
# 住建局，供暖投诉还是多; 住建局。你们是主管部门.
_CALLED = ("，", ",", "。", ".", "！")
_ROLES = ("lead", "responsible")
# 2.2 县指挥部办公室: a number of several parts, which no enumerator holds.
_NUMBER = compiled(r"\d{1,2}(?:[.．]\d{1,2}){1,3}[ \u3000]*")
_DASH = compiled(r"\s?[—－–]{1,2}")


@dataclass(frozen=True, slots=True)
class Header:
    """Parties with the reach of the heading, line or list that they stand at the head of."""

    parties: tuple[Party, ...] = ()
    source: PartySource = "heading"
    section: str | None = None
    until: int = 0
    announces: bool = False

    def reaches(self, segment: Segment) -> bool:
        """Whether a segment stands below it; what it announces is a list, to its last item."""
        if self.announces:
            return self.section == segment.section and segment.item is not None
        return self.section == segment.section and segment.start < self.until


#: What gives no party to anybody.
NOBODY = Header()


def header_of(part: SegmentFindings, findings: Findings) -> Header | None:
    """What a segment heads: （三）公安部门要严查, 区财政局：; a topic heads nobody.

    Args:
        part: the segment.
        findings: the document that it is of.

    Returns:
        None where it is no head, so that what was said before still holds.
    """
    segment, text = part.segment, findings.view.text
    if segment.discourse == "heading":
        spoken = patterns_of(findings.rules, "party_context")["spoken"]
        if spoken.search(segment.text):
            return None
        found = [
            p for c in part.clauses for p in _heading(c, findings) if _is_asked(p, findings.rules)
        ]
        return Header(tuple(found), "heading", segment.section, len(text))
    first = part.clauses[0] if part.clauses else None
    line = text.rfind("\n", 0, segment.start) + 1
    if first is None or text[line : segment.start].strip() or not _may_head(first, findings):
        return None
    alone = alone_in(first, findings)
    if not alone:
        return None
    end = text.find("\n", segment.end)
    # Who stands on a line of his own has the lines below it.
    whole = end < 0 or not text[segment.end : end].strip(_MARKS)
    return Header(alone, "item", segment.section, len(text) if whole else end)


def _heading(clause: Clause, findings: Findings) -> Sequence[Party]:
    own = clause_parties(
        findings.text, clause.start, clause.end, findings.groups, rules=findings.rules
    )
    return own or alone_in(clause, findings)


def _is_asked(party: Party, rules: RuleSet) -> bool:
    """Somebody who can be asked: 我们要雷厉风行 is a motto, no head."""
    office = patterns_of(rules, "party_context")["office"]
    return party.role in _ROLES and (not party.generic or bool(office.fullmatch(party.text)))


def _may_head(clause: Clause, findings: Findings) -> bool:
    """区财政局：; 住建局，供暖投诉还是多; 交通局。…; 财务部——牵头清收."""
    called = findings.text[clause.end : clause.end + 1] in _CALLED
    return clause.leads or called or _dash(clause, findings) is not None


def _dash(clause: Clause, findings: Findings) -> PartyGroup | None:
    """Who stands before a dash at the head of a clause."""
    here = starting_in(findings.groups, clause.start, clause.start + 1)
    return next((g for g in here if _DASH.match(findings.view.text, g.end)), None)


def alone_in(clause: Clause, findings: Findings) -> tuple[Party, ...]:
    """The parties of a clause that consists of them and nothing else, or has them before a dash.

    Args:
        clause: any.
        findings: the document that it is of.
    """
    dashed = _dash(clause, findings)
    if dashed is not None:
        return dashed.parties
    text = findings.view.text
    end = clause.start + len(text[clause.start : clause.end].rstrip(_MARKS))
    standing = patterns_of(findings.rules, "party_context")["standing"]
    number = _NUMBER.match(text, clause.start)
    at = number.end() if number else clause.start
    here = starting_in(findings.groups, at, at + 1)
    alone = (g for g in here if g.end == end or standing.fullmatch(text, g.end, end))
    return next((group.parties for group in alone), ())


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
    first = patterns_by_id(rules, "rows")["row.first_item"]
    items = (i for i, clause in enumerate(part.clauses) if first.match(clause.item or ""))
    inside = next(items, None)
    if inside is None and not (following and first.match(following.item or "")):
        return NOBODY
    asking = [c for c in part.clauses[:inside] if c.modality or (c.leads and inside)]
    found = [[party for party in own(clause) if party.role in _ROLES] for clause in asking]
    named = [parties for parties in found if parties]
    foreign = any(c.subject and not p for c, p in zip(asking, found, strict=True))
    if len(named) != 1 or foreign or not all(_is_asked(p, rules) for p in named[0]):
        return NOBODY
    return Header(tuple(named[0]), "item", part.segment.section, announces=True)
