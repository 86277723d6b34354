"""What the brackets and headings around a row give it: their parties and, often, their time."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Sequence

from speechmine.assemble.findings import FIRM_KINDS, Draft, Findings
from speechmine.assemble.notes import NoteReaches, closes_block
from speechmine.extractors.assignment_lists import Assignment
from speechmine.model import Party
from speechmine.rules.searching import patterns_by_id
from speechmine.text import starting_in

__all__ = ["assigned"]

_ROLES = ("lead", "responsible")
# Named in the sentence of the task.
_SAID = ("explicit", "sentence")
# Who stands over a work, whoever does it.
_OVER = ("leader", "person", "supervise", "decider")
_OPENING = "（([【〔［"


def assigned(draft: Draft, notes: NoteReaches, findings: Findings) -> Draft:
    """A note that closes the block, or names its item, gives its parties and, often, its time.

    Args:
        draft: a row.
        notes: of the document.
        findings: the document.
    """
    at, blocks = draft.mention.start, notes.blocks
    above, own = notes.parts.at(at), notes.items.at(at)
    i = bisect_right(blocks, at, key=lambda block: block[1].start)
    before = blocks[i - 1][1] if i else None
    if own is None and before is not None and at < before.end:
        own = before  # 牵头单位：甲局；工作内容：编制规划
    if own is None and i < len(blocks) and at >= blocks[i][0]:
        own = blocks[i][1]
        if own.start in notes.numbered or _has_its_own(draft, own, findings):
            return draft
    if own is not None:
        draft = _given(draft, own, findings)
    elif before is not None and above is None:
        draft = _headed(draft, before, findings)
    return draft if above is None else _below(draft, above, own)


def _has_its_own(draft: Draft, assignment: Assignment, findings: Findings) -> bool:
    """1.由甲局牵头…。2.…。（责任单位：乙局）: below the last item it is none of the first."""
    between = findings.view.text[draft.mention.end : assignment.start].rstrip()
    own = (p for p in draft.parties if p.role in _ROLES and p.source in _SAID)
    named = any(not party.generic for party in own)
    return named and assignment.block and "\n" in between


def _below(draft: Draft, above: Assignment, own: Assignment | None) -> Draft:
    """The parties of a part, and whom the row itself or a bracket of its own names.

    Who acts in the row takes the place of those who answer for the part or help there; who leads
    it or stands over it stays.
    """
    noted = own.parties if own is not None else ()
    told = tuple(p for p in draft.parties if p.source in _SAID or p in noted)
    roles = {party.role for party in told}
    names = {party.text for party in told}
    acts = not roles.isdisjoint(_ROLES)
    given = (
        dataclasses.replace(party, source="heading")
        for party in above.parties
        if party.text not in names
        and not (acts and party.role in ("responsible", "cooperate"))
        and not (party.role == "lead" and "lead" in roles)
    )
    return dataclasses.replace(draft, parties=(*given, *told))


def _given(draft: Draft, assignment: Assignment, findings: Findings) -> Draft:
    at = draft.mention.start
    if _to_call(assignment, findings) and "。" in findings.view.text[at : assignment.start]:
        return draft
    inside = starting_in(findings.seen.times, assignment.start, assignment.end)
    own = _is_firm(draft, assignment) or not _dates(assignment, at, findings.view.text)
    return dataclasses.replace(
        draft,
        parties=_under(assignment, draft.parties, findings),
        deadline=draft.deadline if own or not inside else inside[0],
    )


def _is_firm(draft: Draft, assignment: Assignment) -> bool:
    """今年新建水厂。由水利局负责，10月底前完成。: its day is finer than the year."""
    time = draft.deadline
    if time.kind == "ongoing" and time.text is None:  # 不得超员（6月底前） is for good
        return True
    coarse = time.kind == "within" and time.edtf is not None and time.edtf.isdigit()
    return time.kind in FIRM_KINDS and not (assignment.nearest and coarse)


def _headed(draft: Draft, before: Assignment, findings: Findings) -> Draft:
    """Labels at a paragraph's head (包案领导：李县长；责任单位：甲局。) hold for all of it."""
    text, at = findings.view.text, draft.mention.start
    if (
        text[before.start] in _OPENING
        or before.nearest
        or _contacts(before)
        or "\n" in text[before.end : at]
    ):
        return draft
    return dataclasses.replace(draft, parties=_under(before, draft.parties, findings))


def _under(
    assignment: Assignment, parties: Sequence[Party], findings: Findings
) -> tuple[Party, ...]:
    """A bracket's parties, and the bodies that the sentence itself gives the work to."""
    if _contacts(assignment):
        return (*parties, *assignment.parties)
    listed = findings.view.text[assignment.start] not in _OPENING
    if listed and any(_acts_itself(party, assignment) for party in parties):
        told = [p for p in parties if p.source in _SAID]
        return (*told, *(p for p in assignment.parties if p.role in _OVER))
    names = [p.text for p in assignment.parties]
    beside = (
        p
        for p in parties
        if _beside(p, findings) and not any(p.text in name or name in p.text for name in names)
    )
    return (*assignment.parties, *beside)


def _acts_itself(party: Party, assignment: Assignment) -> bool:
    """县财政局拨付资金, above 责任单位：县水利局、县财政局: of all who answer it is its own.

    Whoever leads them does it with those who help.
    """
    leads = (p.text for p in assignment.parties if p.role == "lead")
    own = party.role in _ROLES and party.source in _SAID
    return own and not any(party.text in name or name in party.text for name in leads)


def _contacts(assignment: Assignment) -> bool:
    """（联系人：某某） and 责任人：某某 take nobody's part."""
    return all(party.role == "person" for party in assignment.parties)


def _to_call(assignment: Assignment, findings: Findings) -> bool:
    """（联系人：某某） is meant for its own sentence, 责任人：某某 answers for the paragraph."""
    contact = patterns_by_id(findings.rules, "rows")["who.contact"]
    return _contacts(assignment) and contact.match(findings.view.text, assignment.start) is not None


def _beside(party: Party, findings: Findings) -> bool:
    """A body given the work, or whom the sentence itself hands it to (6月底前报规委会审议)."""
    if party.source == "explicit" and party.role == "report_to":
        handed_in = patterns_by_id(findings.rules, "rows")["row.handed_in"]
        since = max(0, party.start - 4)
        return handed_in.search(findings.view.text, since, party.start) is not None
    named = not (party.generic or party.distributive or party.body is None)
    return party.role in _ROLES and named


def _dates(assignment: Assignment, at: int, text: str) -> bool:
    """Whether a bracket's time is meant for a task at ``at``.

    A bracket before its sentence's full stop says who for the block, but when for its own
    sentence only; one behind the full stop says both for the block.
    """
    closed = closes_block(assignment, text) or assignment.block
    return closed or "。" not in text[at : assignment.start]
