"""Times that are not a row's own: what others do before it, and what holds in no case of its kind.

检查组下周三到，招商局明天报方案; 考核不合格的调离岗位.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from speechmine.assemble.findings import FIRM_KINDS, Findings, SegmentFindings
from speechmine.borders import CLAUSE, end_behind
from speechmine.model import Clause, Deadline, TaskMention
from speechmine.text import starting_in

__all__ = ["is_case", "without_others"]

# 省里6月来验收: who comes; 负责到底 is no deed yet.
_SHORTEST_SUBJECT = 2
_SHORTEST_DEED = 4


def without_others(
    times: Iterable[Deadline], part: SegmentFindings, mention: TaskMention, findings: Findings
) -> list[Deadline]:
    """Without the times at which somebody else comes, or has promised to be done.

    Only where a clause behind them names a party and its deed, which is what the row asks for.

    Args:
        times: of the row and the words before it.
        part: the segment.
        mention: the row.
        findings: the document.
    """
    return [time for time in times if not _is_of_others(time, part, mention, findings)]


def _is_of_others(
    time: Deadline, part: SegmentFindings, mention: TaskMention, findings: Findings
) -> bool:
    start, end, text = time.start or 0, time.end or 0, findings.text
    at = bisect_right(part.clauses, start, key=lambda clause: clause.start) - 1
    if time.kind not in FIRM_KINDS or at < 0:
        return False
    begun = max(part.clauses[at].start, 0)
    if start - begun < _SHORTEST_SUBJECT:
        return False
    comes = findings.pattern("others.behind").match(text, end, end_behind(CLAUSE, text, end))
    vowed = findings.pattern("others.before").search(text, begun, start)
    if comes is None and vowed is None:
        return False
    behind = _clauses_behind(part, at, mention)
    return any(_is_of_party(clause, findings) for clause in behind)


def _clauses_behind(part: SegmentFindings, at: int, mention: TaskMention) -> Iterator[Clause]:
    for i in range(at + 1, len(part.clauses)):
        if part.clauses[i].start >= mention.end:
            return
        yield part.clauses[i]


def _is_of_party(clause: Clause, findings: Findings) -> bool:
    """招商局把方案报上来, and not 招商局负责."""
    named = next(iter(starting_in(findings.groups, clause.start, clause.start + 1)), None)
    return named is not None and clause.end - named.end > _SHORTEST_DEED


def is_case(mention: TaskMention, findings: Findings) -> bool:
    """考核不合格的调离岗位: what is owed in that case only, and so at no time said before.

    Args:
        mention: the row.
        findings: the document.
    """
    return findings.pattern("row.case").match(findings.text, mention.start, mention.end) is not None
