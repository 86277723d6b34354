"""Who: explicit parties, what carries over, responsibility brackets (GUIDELINE P1 to P8)."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from speechmine.assemble.findings import (
    FIRM_KINDS,
    Draft,
    Findings,
    SegmentFindings,
    Span,
    times_between,
)
from speechmine.assemble.when import deadline_of, lead_time
from speechmine.extractors.assignments import Assignment
from speechmine.extractors.parties import clause_parties
from speechmine.model import Clause, Deadline, Party, PartySource

__all__ = ["INHERITED_ROLES", "Block", "assigned", "blocks_of", "draft_rows"]

INHERITED_ROLES = frozenset(("lead", "responsible"))
# Blanks at most between a full stop and the bracket behind it.
_NEAR = 8
# A subject that begins so sets scope (每个项目都要…); who acts stays as before.
_SCOPES = ("对", "在", "除", "每", "凡", "针对", "把", "将", "为", "从", "同时", "还", "既")

#: A responsibility bracket with where the text that it covers begins.
Block = tuple[int, Assignment]


def draft_rows(findings: Findings) -> Iterator[Draft]:
    """Drafts by segment; parties carry on only over a semicolon inside one item (P4)."""
    carried: tuple[Party, ...] = ()
    place: tuple[str | None, str | None] = (None, None)
    lead: Deadline | None = None
    for part in findings.segments:
        segment = part.segment
        here = (segment.section, segment.item)
        if here != place or segment.discourse == "heading":
            carried = ()
        place = here
        drafts, carried = _drafts(part, carried, findings)
        if segment.text[-1] not in "；;":
            carried = ()
        lead = lead_time(part, findings) or (lead if segment.item is not None else None)
        yield from (_under_lead(draft, lead) for draft in drafts)


def _under_lead(draft: Draft, lead: Deadline | None) -> Draft:
    if lead is None or (draft.mention.item is None and draft.segment.item is None):
        return draft
    own = draft.deadline.kind in FIRM_KINDS or draft.mention.modality == "prohibited"
    return draft if own else dataclasses.replace(draft, deadline=lead)


def _drafts(
    part: SegmentFindings, carried: tuple[Party, ...], findings: Findings
) -> tuple[list[Draft], tuple[Party, ...]]:
    current = carried
    source: PartySource = "item"
    drafts: list[Draft] = []
    free = part.segment.start
    for mention in part.mentions:
        span = (free, mention.clause[1])
        explicit = _explicit(part.clauses, span, findings)
        if any(p.role in INHERITED_ROLES for p in explicit):
            current, source, parties = explicit, "sentence", explicit
        else:
            if _other_subject(part.clauses, span, findings):
                current = ()
            parties = (*_inherited(current, source), *explicit)
        deadline = deadline_of(part, mention, span, findings)
        drafts.append(Draft(mention, part.segment, parties, deadline))
        free = mention.clause[1]
    if not part.mentions:
        current = _explicit(part.clauses, (free, part.segment.end), findings) or current
    return drafts, tuple(p for p in current if p.role in INHERITED_ROLES)


def _other_subject(clauses: Sequence[Clause], span: Span, findings: Findings) -> bool:
    """A new subject that is no party ends inheritance: 二期工程要抓紧验收."""
    for clause in clauses:
        if span[0] <= clause.start and clause.end <= span[1] and clause.subject and clause.modality:
            subject = findings.view.text[slice(*clause.subject)]
            times = times_between(findings.times, *clause.subject)
            if not subject.startswith(_SCOPES) and not times:
                return True
    return False


def _inherited(parties: Iterable[Party], source: PartySource) -> tuple[Party, ...]:
    return tuple(
        dataclasses.replace(party, source=source)
        for party in parties
        if party.role in INHERITED_ROLES
    )


def _explicit(clauses: Sequence[Clause], span: Span, findings: Findings) -> tuple[Party, ...]:
    """Parties of the clauses in a span; a later subject ends an earlier one."""
    found: list[Party] = []
    for clause in clauses:
        if span[0] <= clause.start and clause.end <= span[1]:
            own = clause_parties(findings.view.text, clause.start, clause.end, findings.groups)
            if any(p.role in INHERITED_ROLES for p in own):
                found = [p for p in found if p.role not in INHERITED_ROLES]
            found.extend(own)
    return tuple(found)


def blocks_of(findings: Findings) -> tuple[Block, ...]:
    """Each bracket with its block's start: its line, or the end of the bracket before it."""
    return tuple(_blocks(findings))


def _blocks(findings: Findings) -> Iterator[Block]:
    text, previous = findings.view.text, 0
    for assignment in findings.assignments:
        line = text.rfind("\n", 0, assignment.start) + 1
        block = max(line, previous)
        if not text[block : assignment.start].strip():
            block = previous
        yield block, assignment
        previous = assignment.end


def assigned(draft: Draft, blocks: Sequence[Block], findings: Findings) -> Draft:
    """A bracket that closes the block names its parties and, often, its time."""
    at = draft.mention.start
    i = bisect_right(blocks, at, key=lambda block: block[1].start)
    if i == len(blocks) or at < blocks[i][0]:
        return draft
    assignment = blocks[i][1]
    inside = times_between(findings.times, assignment.start, assignment.end)
    own = draft.deadline.kind in FIRM_KINDS or not _dates(assignment, at, findings.view.text)
    return dataclasses.replace(
        draft,
        parties=assignment.parties or draft.parties,
        deadline=draft.deadline if own or not inside else inside[0],
    )


def _dates(assignment: Assignment, at: int, text: str) -> bool:
    """Whether a bracket's time is meant for a task at ``at``.

    A bracket before its sentence's full stop says who for the block, but when for its own
    sentence only; one behind the full stop says both for the block.
    """
    before = text[max(0, assignment.start - _NEAR) : assignment.start].rstrip()
    closed = before.endswith(("。", "；", "！"))
    return closed or assignment.block or "。" not in text[at : assignment.start]
