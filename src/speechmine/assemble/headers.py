"""Parties that a heading, the head of a line or who announces a list gives to what stands below.

GUIDELINE P4; 民政局将做好以下工作。一是…。二是….
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from speechmine.assemble.findings import Findings, SegmentFindings
from speechmine.extractors.parties import clause_parties
from speechmine.extractors.party_lexicon import patterns_of
from speechmine.model import Clause, Party, PartyGroup, PartySource, Segment
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id
from speechmine.text import starting_in

__all__ = [
    "NOBODY",
    "Header",
    "alone_in",
    "announcer_of",
    "header_of",
    "is_asked",
    "is_called",
]

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
            p for c in part.clauses for p in _heading(c, findings) if is_asked(p, findings.rules)
        ]
        return Header(tuple(found), "heading", segment.section, len(text))
    first = part.clauses[0] if part.clauses else None
    line = text.rfind("\n", 0, segment.start) + 1
    heads = first is not None and (first.leads or is_called(first, findings))
    if first is None or not heads or text[line : segment.start].strip():
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


def is_asked(party: Party, rules: RuleSet) -> bool:
    """Somebody who can be asked: 我们要雷厉风行 is a motto, no head.

    Args:
        party: with its part.
        rules: the rule set.
    """
    office = patterns_of(rules, "party_context")["office"]
    return party.role in _ROLES and (not party.generic or bool(office.fullmatch(party.text)))


def is_called(clause: Clause, findings: Findings) -> bool:
    """Whether a clause calls upon somebody: 住建局，供暖投诉还是多; 交通局。…; 财务部——牵头清收.

    Args:
        clause: the first one of its segment.
        findings: the document that it is of.
    """
    text = findings.view.text
    after = text[clause.end : clause.end + 1]
    return after in _CALLED or _dash(clause, findings) is not None


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
    inside = None
    for i, clause in enumerate(part.clauses):
        if clause.item is not None and _is_first_item(clause.item, rules):
            inside = i
            break
    item = following.item if following else None
    if inside is None and (item is None or not _is_first_item(item, rules)):
        return NOBODY
    asking = [c for c in part.clauses[:inside] if c.modality or (c.leads and inside)]
    found = [_answering(own(clause)) for clause in asking]
    named = [parties for parties in found if parties]
    foreign = any(c.subject and not p for c, p in zip(asking, found, strict=True))
    if len(named) != 1 or foreign or not all(is_asked(p, rules) for p in named[0]):
        return NOBODY
    return Header(tuple(named[0]), "item", part.segment.section, announces=True)


def _is_first_item(item: str, rules: RuleSet) -> bool:
    return patterns_by_id(rules, "rows")["row.first_item"].match(item) is not None


def _answering(parties: Iterable[Party]) -> list[Party]:
    return [party for party in parties if party.role in _ROLES]
