"""Mentions and outline to tasks: who, by when, how much; inheritance and anchors settled here."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
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

__all__ = ["FIRM_KINDS", "Findings", "SegmentFindings", "assemble_tasks"]

Span = tuple[int, int]

#: Kinds that count as an own deadline for level 3 (flag a).
FIRM_KINDS = frozenset(
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
# A subject that begins so sets scope (每个项目都要…); who acts stays as before.
_SCOPES = ("对", "在", "除", "每", "凡", "针对", "把", "将", "为", "从", "同时", "还", "既")
# What stands between such a word and the verb is the object, its times included.
_OBJECT_MARK = re.compile("[把将对]")
_SHORTEST_OBJECT = 1
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
    tasks = _with_measures([_task(draft, findings) for draft in drafts], drafts)
    return tuple(_with_duplicates(tasks))


# -- who -----------------------------------------------------------------------------------


def _segment_drafts(findings: Findings) -> Iterator[list[_Draft]]:
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
        lead = _lead_time(part, findings) or (lead if segment.item is not None else None)
        yield [_under_lead(draft, lead) for draft in drafts]


def _lead_time(part: SegmentFindings, findings: Findings) -> Deadline | None:
    """今年办好三件实事：（1）…: the time of a clause that announces a list covers its items."""
    for clause, following in pairwise(part.clauses):
        if clause.leads and following.item is not None:
            return _most_pressing(_between(findings.times, clause.start, clause.end), firm=True)
    return None


def _under_lead(draft: _Draft, lead: Deadline | None) -> _Draft:
    if lead is None or draft.mention.item is None and draft.segment.item is None:
        return draft
    own = draft.deadline.kind in FIRM_KINDS or draft.mention.modality == "prohibited"
    return draft if own else dataclasses.replace(draft, deadline=lead)


def _drafts(
    part: SegmentFindings, carried: tuple[Party, ...], findings: Findings
) -> tuple[list[_Draft], tuple[Party, ...]]:
    current = carried
    source: PartySource = "item"
    drafts: list[_Draft] = []
    free = part.segment.start
    for mention in part.mentions:
        span = (free, mention.clause[1])
        explicit = _explicit(part.clauses, span, findings)
        if any(p.role in _INHERITED_ROLES for p in explicit):
            current, source, parties = explicit, "sentence", explicit
        else:
            if _other_subject(part.clauses, span, findings):
                current = ()
            parties = (*_inherited(current, source), *explicit)
        deadline = _deadline(part, mention, span, findings)
        drafts.append(_Draft(mention, part.segment, parties, deadline))
        free = mention.clause[1]
    if not part.mentions:
        current = _explicit(part.clauses, (free, part.segment.end), findings) or current
    return drafts, tuple(p for p in current if p.role in _INHERITED_ROLES)


def _other_subject(clauses: Sequence[Clause], span: Span, findings: Findings) -> bool:
    """A new subject that is no party ends inheritance: 二期工程要抓紧验收."""
    for clause in clauses:
        if span[0] <= clause.start and clause.end <= span[1] and clause.subject and clause.modality:
            subject = findings.view.text[slice(*clause.subject)]
            times = _between(findings.times, *clause.subject)
            if not subject.startswith(_SCOPES) and not times:
                return True
    return False


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
            own = draft.deadline.kind in FIRM_KINDS
            return dataclasses.replace(
                draft,
                parties=assignment.parties or draft.parties,
                deadline=draft.deadline if own or time is None else time,
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
    """L3: a time before the verb in the clause, else in the clauses around that only say when."""
    if mention.modality == "prohibited":
        return Deadline(kind="ongoing")
    before = max(mention.action[0], mention.clause[0] + 1)
    own = _adverbial(_between(findings.times, mention.clause[0], before), mention, findings)
    around = [
        *_between(findings.times, span[0], mention.clause[0]),
        *_trailing(part, mention, findings),
    ]
    if mention.result is not None:
        around += [t for t in _between(findings.times, *mention.result) if t.kind == "per_plan"]
    own, around = _free(own, findings), _free(around, findings)
    return _most_pressing(own, firm=True) or _most_pressing([*own, *around]) or Deadline()


def _most_pressing(times: Iterable[Deadline], *, firm: bool = False) -> Deadline | None:
    """The time that binds most; of equals the one nearest to the verb."""
    candidates = [t for t in times if not firm or t.kind in FIRM_KINDS]
    rank = _PRECEDENCE.index
    return min(candidates, key=lambda t: (rank(t.kind), -(t.start or 0)), default=None)


def _adverbial(
    times: Iterable[Deadline], mention: TaskMention, findings: Findings
) -> list[Deadline]:
    """Times that modify the verb; 把开工前审批压缩到… holds one that belongs to its object."""
    text = findings.view.text
    return [t for t in times if not _OBJECT_MARK.search(text, mention.clause[0], t.start or 0)]


def _free(times: Iterable[Deadline], findings: Findings) -> list[Deadline]:
    """Times that stand by themselves; 今年的盘子 only says which one."""
    return [t for t in times if findings.view.text[t.end or 0 : (t.end or 0) + 1] != "的"]


def _trailing(part: SegmentFindings, mention: TaskMention, findings: Findings) -> list[Deadline]:
    """…方案，6月底前完成: a clause after the task that only says when."""
    following = next((c for c in part.clauses if c.start >= mention.clause[1]), None)
    if following is None or following.object[1] > following.object[0] + _SHORTEST_OBJECT:
        return []
    times = _between(findings.times, following.start, following.end)
    return [t for t in times if t.kind in FIRM_KINDS]


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
    action, target = (
        view.quote(*mention.action),
        view.quote(mention.object[0], min(end, mention.object[1])),
    )
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
    flags = (draft.deadline.kind in FIRM_KINDS, counted, mention.deliverable, named)
    return 3 if sum(flags) >= 2 else 2


def _metrics_in(mention: TaskMention, findings: Findings) -> tuple[str, ...]:
    end = mention.result[1] if mention.result else mention.end
    return tuple(m.id for m in findings.metrics if mention.start <= m.start and m.end <= end)


def _with_duplicates(tasks: Sequence[Task]) -> Iterator[Task]:
    """S7: the same action and object again later is linked to the first."""
    first: dict[tuple[str, str], str] = {}
    for task in tasks:
        key = (task.action, task.object)
        seen = (
            first.setdefault(key, task.id) if len(task.object) >= _SHORTEST_DUPLICATE else task.id
        )
        yield task if seen == task.id else dataclasses.replace(task, duplicate_of=seen)


def _with_measures(tasks: Sequence[Task], drafts: Sequence[_Draft]) -> list[Task]:
    """S2: requirements beside a task in its segment are its measures too.

    Those before the first task of a segment are that task's, any other belong to the
    task they follow.
    """
    measures: dict[str, list[str]] = {}
    by_segment: dict[int, list[Task]] = {}
    for task, draft in zip(tasks, drafts, strict=True):
        by_segment.setdefault(draft.segment.start, []).append(task)
    for group in by_segment.values():
        owner = next((task.id for task in group if task.level > 1), None)
        for task in group:
            if task.level > 1:
                owner = task.id
            elif owner is not None:
                measures.setdefault(owner, []).append(task.text)
    return [dataclasses.replace(t, measures=tuple(measures.get(t.id, ()))) for t in tasks]
