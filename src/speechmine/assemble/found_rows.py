"""The rows that the judge takes, outside of brackets and each with its segment."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from speechmine.assemble.findings import SegmentFindings
from speechmine.extractors.assignment_lists import Assignment
from speechmine.judge import Run, mentioned_rows
from speechmine.model import TaskMention
from speechmine.rules.schema import RuleSet
from speechmine.segment.clause_reader import ClauseReader
from speechmine.segment.outline import Outline

__all__ = ["found_rows"]

_SHORTEST_ROW = 4


def found_rows(
    text: str,
    outline: Outline,
    clauses_of: ClauseReader,
    assignments: Sequence[Assignment],
    runs: Sequence[Sequence[Run]],
    rules: RuleSet,
) -> Iterator[SegmentFindings]:
    """Each segment with its clauses and the rows that the judge takes in it.

    Args:
        text: the matching view's text.
        outline: its segments.
        clauses_of: gives the clauses of a span.
        assignments: the responsibility brackets, whose insides are no rows.
        runs: what the judge takes of each segment.
        rules: the rule set.
    """
    group: tuple[int, int] | None = None
    brackets = sorted((a.start, a.end) for a in assignments)
    for segment, found in zip(outline.segments, runs, strict=True):
        clauses = clauses_of(segment.start, segment.end)
        if segment.discourse == "heading" or segment.item is None:
            group = None
        taken = [run for run in found if not run.doubtful]
        mentions = mentioned_rows(text, segment, clauses, taken, group=group, rules=rules)
        outside = [m for mention in mentions if (m := _behind_bracket(brackets, mention))]
        group = next((m.group for m in outside if m.group is not None), group)
        yield SegmentFindings(segment, clauses, tuple(outside))


def _behind_bracket(
    brackets: Sequence[tuple[int, int]], mention: TaskMention
) -> TaskMention | None:
    """A row that begins in a bracket (（甲局牵头）各镇要…) without it; None where that is all."""
    i = bisect_right(brackets, mention.start, key=lambda span: span[0]) - 1
    if i < 0 or mention.start >= brackets[i][1]:
        return mention
    end = brackets[i][1]
    if mention.end - end < _SHORTEST_ROW:
        return None
    action, target = (_from(end, span) for span in (mention.action, mention.object))
    clause = _from(end, mention.clause)
    return dataclasses.replace(mention, start=end, clause=clause, action=action, object=target)


def _from(start: int, span: tuple[int, int]) -> tuple[int, int]:
    return max(start, span[0]), max(start, span[1])
