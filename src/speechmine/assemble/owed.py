"""Blocks that name who answers for them, but whose verb no list knows: something is owed."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from speechmine.assemble.findings import Findings, SegmentFindings
from speechmine.assemble.found_rows import mentioned_rows
from speechmine.assemble.notes import Block
from speechmine.borders import Span
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
    taken = sorted(mention.start for part in findings.segments for mention in part.mentions)
    empty = [
        (start, assignment)
        for start, assignment in blocks
        if bisect_left(taken, start) == bisect_left(taken, assignment.end)
    ]
    if not empty:
        return findings
    return dataclasses.replace(
        findings, segments=findings.keep(_filled(findings.segments, empty, findings.view.text))
    )


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
    part, text = parts[first], findings.view.text
    runs = [Run(0, len(part.clauses), checkable=False, confidence=1.0)]
    rows = mentioned_rows(text, part.segment, part.clauses, runs, group=None, rules=findings.rules)
    filled = dataclasses.replace(part, mentions=rows)
    return dataclasses.replace(findings, segments=(*parts[:first], filled, *parts[first + 1 :]))


def _has_deed(part: SegmentFindings) -> bool:
    return any(clause.action[1] > clause.action[0] for clause in part.clauses)


def _filled(
    parts: Sequence[SegmentFindings], blocks: Sequence[Block], text: str
) -> Iterator[SegmentFindings]:
    owed: dict[int, Span] = {}
    for start, assignment in blocks:
        owed.update(_last_span(parts, (start, assignment.start), text))
    for i, part in enumerate(parts):
        if i in owed:
            yield dataclasses.replace(part, mentions=(_requirement(owed[i]),))
        else:
            yield part


def _last_span(
    parts: Sequence[SegmentFindings], block: Span, text: str
) -> Iterator[tuple[int, Span]]:
    """The last segment that lies in a block, with what of it does; none where there is none."""
    start, stop = block
    for i in range(starting_at(parts, stop) - 1, -1, -1):
        if parts[i].segment.end <= start:
            return
        span = _span_in_block(parts[i], start, stop, text)
        if span is not None:
            yield i, span
            return


def _span_in_block(part: SegmentFindings, start: int, stop: int, text: str) -> Span | None:
    """What of a segment lies in the block, blanks and marks at its end left out."""
    first, last = max(part.segment.start, start), min(part.segment.end, stop)
    while last > first and text[last - 1] in _TAIL:
        last -= 1
    return (first, last) if last - first >= _SHORTEST else None


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
