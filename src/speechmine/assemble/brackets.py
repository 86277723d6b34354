"""Responsibility brackets: the text that each covers, and what it says of the tasks there."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from speechmine.assemble.findings import FIRM_KINDS, Draft, Findings, times_between
from speechmine.extractors.assignments import Assignment
from speechmine.model import Party

__all__ = ["Block", "assigned", "blocks_of"]

_ROLES = ("lead", "responsible")
# Blanks at most between a full stop and the bracket behind it.
_NEAR = 8

#: A responsibility bracket with where the text that it covers begins.
Block = tuple[int, Assignment]


def blocks_of(findings: Findings) -> tuple[Block, ...]:
    """Each bracket with its block's start: its line, or the end of the bracket before it."""
    return tuple(_blocks(findings))


def _blocks(findings: Findings) -> Iterator[Block]:
    """Where a document closes blocks behind the full stop, one before it is its sentence's own."""
    text, previous = findings.view.text, 0
    contrast = any(_closes(assignment, text) for assignment in findings.assignments)
    for assignment in findings.assignments:
        line = text.rfind("\n", 0, assignment.start) + 1
        block = max(line, previous)
        if not text[block : assignment.start].strip():
            block = max(previous, _section_start(assignment.start, findings))
        if contrast and not (_closes(assignment, text) or assignment.block):
            block = max(block, text.rfind("。", block, assignment.start) + 1)
        yield block, assignment
        previous = assignment.end


def _section_start(at: int, findings: Findings) -> int:
    """Where the section around a place begins: a line on its own speaks of nothing before it."""
    starts = (s.start for s in findings.sections if s.start <= at < s.end)
    return max(starts, default=0)


def assigned(draft: Draft, blocks: Sequence[Block], findings: Findings) -> Draft:
    """A bracket that closes the block names its parties and, often, its time."""
    at = draft.mention.start
    i = bisect_right(blocks, at, key=lambda block: block[1].start)
    if i == len(blocks) or at < blocks[i][0]:
        return draft
    assignment = blocks[i][1]
    inside = times_between(findings.times, assignment.start, assignment.end)
    fixed = draft.deadline.kind in FIRM_KINDS or draft.mention.modality == "prohibited"
    own = fixed or not _dates(assignment, at, findings.view.text)
    return dataclasses.replace(
        draft,
        parties=_under(assignment, draft.parties),
        deadline=draft.deadline if own or not inside else inside[0],
    )


def _under(assignment: Assignment, parties: Sequence[Party]) -> tuple[Party, ...]:
    """A bracket's parties, and the bodies that the sentence itself gives the work to."""
    names = [p.text for p in assignment.parties]
    beside = (
        p
        for p in parties
        if p.role in _ROLES
        and not (p.generic or p.distributive or p.body is None)
        and not any(p.text in name or name in p.text for name in names)
    )
    return (*assignment.parties, *beside)


def _dates(assignment: Assignment, at: int, text: str) -> bool:
    """Whether a bracket's time is meant for a task at ``at``.

    A bracket before its sentence's full stop says who for the block, but when for its own
    sentence only; one behind the full stop says both for the block.
    """
    closed = _closes(assignment, text) or assignment.block
    return closed or "。" not in text[at : assignment.start]


def _closes(assignment: Assignment, text: str) -> bool:
    """Whether a bracket stands behind a full stop."""
    before = text[max(0, assignment.start - _NEAR) : assignment.start].rstrip()
    return before.endswith(("。", "；", "！"))
