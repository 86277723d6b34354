"""Blocks that name who answers for them, but whose verb no list knows: something is owed."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Sequence

from speechmine.assemble.findings import Findings, SegmentFindings
from speechmine.assemble.found_rows import mentioned_rows
from speechmine.assemble.notes import Block
from speechmine.borders import Span
from speechmine.changes import changed
from speechmine.judge import Run
from speechmine.model import TaskMention
from speechmine.packed import starting_at

__all__ = ["with_owed_blocks", "with_owed_deed"]

_TAIL = "。；;，, \u3000\n"
_SHORTEST = 4


def with_owed_blocks(findings: Findings, blocks: Sequence[Block]) -> Findings:
    """The findings with a requirement for each block that a bracket assigns and no row stands in.

    A bracket such as （甲局负责） says that the block before it is owed (GUIDELINE P5), whatever
    its verb; its last sentence becomes a row of level 1, never a checkable one.

    Args:
        findings: the document.
        blocks: its notes with where the text that each covers begins.
    """
    parts = findings.segments
    taken = sorted(mention.start for part in parts for mention in part.mentions)
    owed: dict[int, TaskMention] = {}
    for start, assignment in blocks:
        if bisect_left(taken, start) == bisect_left(taken, assignment.end):
            last = _last_of_block(parts, (start, assignment.start), findings.text)
            if last is not None:
                owed[last[0]] = _requirement(last[1])
    if not owed:
        return findings
    filled = (
        changed(part, mentions=(owed[i],)) if i in owed else part for i, part in enumerate(parts)
    )
    return dataclasses.replace(findings, segments=findings.keep(filled))


def with_owed_deed(findings: Findings) -> Findings:
    """The findings of a text that is known to be owed, with its first sentence that has a verb.

    Where no row is seen in a table's cell (新建农村公路60公里), its verb still says what to do.

    Args:
        findings: of the cell.
    """
    parts = findings.segments
    seen = any(part.mentions for part in parts)
    first = None if seen else next((i for i, part in enumerate(parts) if _has_deed(part)), None)
    if first is None:
        return findings
    clauses = parts[first].clauses
    runs = [Run(0, len(clauses), checkable=False, confidence=1.0)]
    rows = mentioned_rows(findings.text, clauses, runs, group=None, rules=findings.rules)
    filled = changed(parts[first], mentions=rows)
    return dataclasses.replace(findings, segments=(*parts[:first], filled, *parts[first + 1 :]))


def _has_deed(part: SegmentFindings) -> bool:
    return any(clause.action[1] > clause.action[0] for clause in part.clauses)


def _last_of_block(
    parts: Sequence[SegmentFindings], block: Span, text: str
) -> tuple[int, Span] | None:
    """The last segment that lies in a block, with what of it does, without marks at its end."""
    start, stop = block
    for i in range(starting_at(parts, stop) - 1, -1, -1):
        first, last = max(parts[i].segment.start, start), min(parts[i].segment.end, stop)
        if last <= start:
            break
        while last > first and text[last - 1] in _TAIL:
            last -= 1
        if last - first >= _SHORTEST:
            return i, (first, last)
    return None


def _requirement(span: Span) -> TaskMention:
    start, end = span
    return TaskMention(
        start=start,
        end=end,
        clause=span,
        action=(start, start),
        object=span,
        checkable=False,
        deliverable=False,
        modality="obliged",
        rule="task.assigned",
    )
