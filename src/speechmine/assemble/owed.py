"""Blocks that name who answers for them, but whose verb no list knows: something is owed."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from speechmine.assemble.brackets import Block, blocks_of
from speechmine.assemble.findings import Findings, SegmentFindings
from speechmine.borders import Span
from speechmine.model import TaskMention
from speechmine.packed import starting_at

__all__ = ["with_owed_blocks"]

_TAIL = "。；;，, \u3000\n"
_SHORTEST = 4


def with_owed_blocks(findings: Findings) -> Findings:
    """The findings with a requirement for each block that a bracket assigns and no row stands in.

    A bracket such as （甲局负责） says that the block before it is owed (GUIDELINE P5), whatever
    its verb; its last sentence becomes a row of level 1, never a checkable one.
    """
    taken = sorted(mention.start for part in findings.segments for mention in part.mentions)
    empty = [
        (start, assignment)
        for start, assignment in blocks_of(findings)
        if bisect_left(taken, start) == bisect_left(taken, assignment.end)
    ]
    if not empty:
        return findings
    return dataclasses.replace(
        findings, segments=findings.keep(_filled(findings.segments, empty, findings.view.text))
    )


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
        span = _span(parts[i], start, stop, text)
        if span is not None:
            yield i, span
            return


def _span(part: SegmentFindings, start: int, stop: int, text: str) -> Span | None:
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
