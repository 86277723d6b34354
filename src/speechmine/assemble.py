"""Mentions and outline to tasks: who, by when, how much; inheritance and anchors settled here."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from speechmine.extract.assignments import Assignment
from speechmine.extract.parties import clause_parties
from speechmine.model import (
    Clause,
    Deadline,
    Metric,
    Party,
    PartyGroup,
    PartySource,
    Segment,
    Task,
    TaskMention,
    content_id,
)
from speechmine.text import TextView

__all__ = ["Findings", "SegmentFindings", "assemble_tasks"]

Span = tuple[int, int]

#: Kinds that count as an own deadline for level 3 (flag a).
_FIRM_KINDS = frozenset(
    ("by", "within", "at", "before_event", "after_event", "recurring", "immediate")
)
# A dated time beats a word; among words the more pressing one is kept.
_PRECEDENCE = (
    "by",
    "at",
    "within",
    "before_event",
    "after_event",
    "recurring",
    "immediate",
    "per_plan",
    "ongoing",
    "open",
)
_INHERITED_ROLES = frozenset(("lead", "responsible"))
_LONGEST_TITLE = 60
_SHORTEST_DUPLICATE = 4


@dataclass(frozen=True, slots=True)
class SegmentFindings:
    """One segment with its clauses and the rows they make."""

    segment: Segment
    clauses: tuple[Clause, ...]
    mentions: tuple[TaskMention, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the extractors saw in one document, in offsets of the matching view."""

    view: TextView
    document_id: str
    segments: tuple[SegmentFindings, ...]
    groups: tuple[PartyGroup, ...]
    times: tuple[Deadline, ...]
    metrics: tuple[Metric, ...]
    assignments: tuple[Assignment, ...]
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    mention: TaskMention
    segment: Segment
    parties: tuple[Party, ...]
    deadline: Deadline


def assemble_tasks(findings: Findings) -> tuple[Task, ...]:
    """Join every row with its parties, its deadline and its numbers.

    Args:
        findings: what the extractors saw.

    Returns:
        Tasks of all levels with offsets of the original text, in document order.
    """
    drafts = [draft for part in _segment_drafts(findings) for draft in part]
    drafts = [_assigned(draft, findings) for draft in drafts]
    tasks = [_task(draft, findings) for draft in drafts]
    return tuple(_with_duplicates(tasks))


# -- who -----------------------------------------------------------------------------------


def _segment_drafts(findings: Findings) -> Iterator[list[_Draft]]:
    """Drafts by segment; parties carry from segment to segment inside one item (P4)."""
    carried: tuple[Party, ...] = ()
    place: tuple[str | None, str | None] = (None, None)
    for part in findings.segments:
        segment = part.segment
        here = (segment.section, segment.item)
        if here != place or segment.item is None or segment.discourse == "heading":
            carried = ()
        place = here
        drafts, carried = _drafts(part, carried, findings)
        yield drafts


def _drafts(
    part: SegmentFindings, carried: tuple[Party, ...], findings: Findings
) -> tuple[list[_Draft], tuple[Party, ...]]:
    current, source = carried, "item"
    drafts: list[_Draft] = []
    free = part.segment.start
    for mention in part.mentions:
        explicit = _explicit(part.clauses, (free, mention.clause[1]), findings)
        if any(p.role in _INHERITED_ROLES for p in explicit):
            current, source = explicit, "sentence"
            parties = explicit
        else:
            parties = (*_inherited(current, source), *explicit)  # type: ignore[arg-type]
        deadline = _deadline(part, mention, (free, mention.clause[1]), findings)
        drafts.append(_Draft(mention, part.segment, parties, deadline))
        free = mention.clause[1]
    if not part.mentions:
        explicit = _explicit(part.clauses, (free, part.segment.end), findings)
        current = explicit or current
    return drafts, tuple(p for p in current if p.role in _INHERITED_ROLES)


def _inherited(parties: Iterable[Party], source: PartySource) -> tuple[Party, ...]:
    return tuple(
        dataclasses.replace(party, source=source)
        for party in parties
        if party.role in _INHERITED_ROLES
    )


def _explicit(clauses: Sequence[Clause], span: Span, findings: Findings) -> tuple[Party, ...]:
    """Parties of the clauses in a span; a later subject ends an earlier one."""
    found: list[Party] = []
    for clause in clauses:
        if span[0] <= clause.start and clause.end <= span[1]:
            own = clause_parties(findings.view.text, clause.start, clause.end, findings.groups)
            if any(p.role in _INHERITED_ROLES for p in own):
                found = [p for p in found if p.role not in _INHERITED_ROLES]
            found.extend(own)
    return tuple(found)


# -- responsibility brackets -----------------------------------------------------------------


def _assigned(draft: _Draft, findings: Findings) -> _Draft:
    """A bracket that closes the block names its parties and, often, its time."""
    at = draft.mention.start
    for assignment, block in _blocks(findings):
        if block <= at < assignment.start:
            time = next((t for t in findings.times if _inside(t, assignment)), None)
            return dataclasses.replace(
                draft, parties=assignment.parties or draft.parties, deadline=time or draft.deadline
            )
    return draft


def _blocks(findings: Findings) -> Iterator[tuple[Assignment, int]]:
    """Each assignment with where its block begins (its line, or the end of the one before)."""
    text, previous = findings.view.text, 0
    for assignment in findings.assignments:
        line = text.rfind("\n", 0, assignment.start) + 1
        block = max(line, previous)
        if not text[block : assignment.start].strip():
            block = previous
        yield assignment, block
        previous = assignment.end


def _inside(time: Deadline, assignment: Assignment) -> bool:
    return time.start is not None and assignment.start <= time.start < assignment.end


# -- when ------------------------------------------------------------------------------------


def _deadline(
    part: SegmentFindings, mention: TaskMention, span: Span, findings: Findings
) -> Deadline:
    """L3: a time before the verb in the clause or in the clauses that lead to it."""
    if mention.modality == "prohibited":
        return Deadline(kind="ongoing")
    before = max(mention.action[0], mention.clause[0] + 1)
    candidates = [t for t in _between(findings.times, span[0], before)]
    candidates += _trailing(part, mention, findings)
    if mention.result is not None:
        candidates += [t for t in _between(findings.times, *mention.result) if t.kind == "per_plan"]
    return min(candidates, key=lambda t: _PRECEDENCE.index(t.kind), default=Deadline())


def _trailing(part: SegmentFindings, mention: TaskMention, findings: Findings) -> list[Deadline]:
    """…方案，6月底前完成: a clause after the task that only says when."""
    following = next((c for c in part.clauses if c.start >= mention.clause[1]), None)
    if following is None or following.object[1] > following.object[0]:
        return []
    return [t for t in _between(findings.times, following.start, following.end) if t.edtf]


def _between(times: Sequence[Deadline], start: int, end: int) -> list[Deadline]:
    first = bisect_left(times, start, key=lambda t: t.start or 0)
    found = []
    for time in times[first:]:
        if time.start is None or time.start >= end:
            break
        found.append(time)
    return found


# -- the row ---------------------------------------------------------------------------------


def _task(draft: _Draft, findings: Findings) -> Task:
    view, mention = findings.view, draft.mention
    end = _before_assignment(mention, findings)
    start, stop = view.place(mention.start, end)
    metrics = _metrics_in(mention, findings)
    action, target = view.quote(*mention.action), view.quote(mention.object[0], min(end, mention.object[1]))
    if not action and mention.group is not None:
        action = _verb_of(mention.group, findings)
    return Task(
        id=content_id("t", (findings.document_id, start, stop, view.original[start:stop])),
        text=view.original[start:stop],
        start=start,
        end=stop,
        title=_title(action, target),
        level=_level(draft, findings),
        action=action,
        object=target,
        modality=mention.modality,
        section=draft.segment.section,
        item=mention.item or draft.segment.item,
        group=view.quote(*mention.group) if mention.group else None,
        parties=tuple(view.restore(party) for party in draft.parties),
        deadline=view.restore(draft.deadline),
        metrics=metrics,
        measures=(),
        result=view.quote(*mention.result) if mention.result else None,
        duplicate_of=None,
        themes=(),
        rule=mention.rule,
    )


def _before_assignment(mention: TaskMention, findings: Findings) -> int:
    """A task's span ends where a responsibility bracket begins."""
    for assignment in findings.assignments:
        if mention.start < assignment.start < mention.end:
            return assignment.start
    return mention.end


def _verb_of(group: Span, findings: Findings) -> str:
    for part in findings.segments:
        for clause in part.clauses:
            if (clause.start, clause.end) == group:
                return findings.view.quote(*clause.action)
    return ""


def _title(action: str, target: str) -> str:
    title = "".join((action + target).split())
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"


def _level(draft: _Draft, findings: Findings) -> Literal[1, 2, 3]:
    """GUIDELINE section 3: two of own deadline, quantity, one-off product, named party."""
    mention = draft.mention
    if not mention.checkable:
        return 1
    named = any(p.role in _INHERITED_ROLES and not p.generic for p in draft.parties)
    at = bisect_left(findings.figures, mention.start)
    counted = at < len(findings.figures) and findings.figures[at] < mention.end
    flags = (draft.deadline.kind in _FIRM_KINDS, counted, mention.deliverable, named)
    return 3 if sum(flags) >= 2 else 2  # noqa: PLR2004


def _metrics_in(mention: TaskMention, findings: Findings) -> tuple[str, ...]:
    end = mention.result[1] if mention.result else mention.end
    return tuple(m.id for m in findings.metrics if mention.start <= m.start and m.end <= end)


def _with_duplicates(tasks: Sequence[Task]) -> Iterator[Task]:
    """S7: the same action and object again later is linked to the first."""
    first: dict[tuple[str, str], str] = {}
    for task in tasks:
        key = (task.action, task.object)
        seen = first.setdefault(key, task.id) if len(task.object) >= _SHORTEST_DUPLICATE else task.id
        yield task if seen == task.id else dataclasses.replace(task, duplicate_of=seen)
