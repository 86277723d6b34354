"""The rows that the judge takes, outside of brackets and each with its segment."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from speechmine.assemble.findings import SegmentFindings
from speechmine.borders import Span, closed_end
from speechmine.changes import changed
from speechmine.extractors.assignment_lists import Assignment
from speechmine.judge import Run
from speechmine.model import Clause, Modality, PartyGroup, Segment, TaskMention
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.segment.objects import object_kind, object_lexicon
from speechmine.segment.predicates import predicates_of
from speechmine.text import starting_in

__all__ = ["MADE", "found_rows", "mentioned_rows"]

#: What something is that is there once it is made, and can be taken up by others.
MADE = frozenset(("deliverable", "product", "institution"))
_SHORTEST_ROW = 4
_LONGEST_LABEL = 8
# Which clause of a run holds its verb: the one whose verb makes most.
_STRENGTH = {"deliver": 5, "event": 5, "host": 4, "prohibit": 4, "general": 3, "result": 2}
_WEAK = 1
# 市住建局牵头: not even where nothing else has a verb.
_ASIDE = -1


def found_rows(
    text: str,
    judged: Iterable[tuple[Segment, tuple[Clause, ...], Sequence[Run]]],
    groups: Sequence[PartyGroup],
    assignments: Sequence[Assignment],
    rules: RuleSet,
) -> Iterator[SegmentFindings]:
    """Each segment with its clauses and the rows that the judge takes in it.

    Args:
        text: the matching view's text.
        judged: its segments, each with its clauses and which of them the judge takes.
        groups: who is named in the text.
        assignments: the responsibility brackets, whose insides are no rows.
        rules: the rule set.
    """
    group: Span | None = None
    for segment, clauses, found in judged:
        if segment.discourse == "heading" or segment.item is None:
            group = None
        mentions: list[TaskMention] = []
        if taken := [run for run in found if not run.doubtful]:
            for row in mentioned_rows(text, clauses, taken, group=group, rules=rules):
                kept = row if _is_labelled(text, row, rules) else _outside(assignments, row)
                if kept is not None:
                    mentions.append(kept)
            group = next((row.group for row in mentions if row.group is not None), group)
            # 区财政局：一要编制草案: the name before a list says who owes it, and is no row.
            if mentions and clauses[0].leads and _is_name(mentions[0], groups):
                del mentions[0]
        yield SegmentFindings(segment, clauses, tuple(mentions))


def _is_name(mention: TaskMention, groups: Sequence[PartyGroup]) -> bool:
    here = starting_in(groups, mention.start, mention.start + 1)
    return any(group.end >= mention.end for group in here)


def _is_labelled(text: str, mention: TaskMention, rules: RuleSet) -> bool:
    """牵头单位：甲局；工作内容：编制规划: of the labelled lines one says what is to be done."""
    before = text[max(0, mention.start - _LONGEST_LABEL) : mention.start].rstrip()
    label = patterns_by_id(rules, "certain")["certain.labelled"]
    return before.endswith(("：", ":")) and label.search(before[:-1]) is not None


def _outside(assignments: Sequence[Assignment], mention: TaskMention) -> TaskMention | None:
    """A row that begins in a bracket (（甲局牵头）各镇要…) without it; None where that is all."""
    i = bisect_right(assignments, mention.start, key=lambda bracket: bracket.start)
    end = assignments[i - 1].end if i else 0
    if mention.start >= end:
        return mention
    if mention.end - end < _SHORTEST_ROW:
        return None
    spans = (mention.clause, mention.action, mention.object)
    clause, action, target = ((max(end, a), max(end, b)) for a, b in spans)
    return changed(mention, start=end, clause=clause, action=action, object=target)


def mentioned_rows(
    text: str,
    clauses: Sequence[Clause],
    runs: Sequence[Run],
    *,
    group: Span | None,
    rules: RuleSet,
) -> tuple[TaskMention, ...]:
    """The rows of one segment.

    Args:
        text: the matching view's text.
        clauses: those of the segment.
        runs: which of them make rows.
        group: the clause that announced the list this segment is a leaf of (S6).
        rules: the rule set.
    """
    taken = {j for run in runs for j in range(run.first, run.last)}
    rows, at = [], 0
    for run in runs:
        for j in range(at, run.first):
            clause = clauses[j]
            if clause.leads and j not in taken and j + 1 < len(clauses) and clauses[j + 1].item:
                group = (clause.start, clause.end)
        at = run.last
        behind = clauses[run.last] if run.last < len(clauses) else None
        row = _row(text, clauses[run.first : run.last], run, rules)
        if row is not None:
            result = _trimmed(text, behind) if behind and behind.verb == "result" else None
            rows.append(changed(row, group=group, result=result))
    return tuple(rows)


def _row(text: str, clauses: Sequence[Clause], run: Run, rules: RuleSet) -> TaskMention | None:
    """The row that some clauses make."""
    words = patterns_by_id(rules, "rows")
    head = clauses[0] if len(clauses) == 1 else _head(text, clauses, rules)
    start, end = _start(text, clauses[0], words), _trimmed(text, clauses[-1])[1]
    if end - start < 2:
        return None
    action, target = _action_and_object(text, head, _object_end(text, head, clauses, words), words)
    return TaskMention(
        start=start,
        end=end,
        clause=(head.start, end),
        action=action,
        object=target,
        checkable=run.checkable,
        deliverable=run.checkable and _delivers(text, head, rules),
        modality=_modality(clauses),
        rule=f"task.{head.verb}",
        subject=head.subject or clauses[0].subject,
        item=clauses[0].item,
        confidence=run.confidence,
    )


@functools.lru_cache(maxsize=8)
def _chains(rules: RuleSet) -> tuple[str, ...]:
    """Verbs that lead to a product of their own (研究…，提出方案)."""
    found = {t for r in rules.table("verb_roles") if r.value == "chain" for t in r.terms}
    return tuple(sorted(found))


def _head(text: str, clauses: Sequence[Clause], rules: RuleSet) -> Clause:
    """The clause with the verb: the first of the strongest, but a chain ends in its product."""
    best = max(clauses, key=lambda clause: _strength(text, clause, rules))
    if not text[slice(*best.action)].startswith(_chains(rules)):
        return best
    later = [c for c in clauses if c.start > best.start and _delivers(text, c, rules)]
    return later[-1] if later else best


def _strength(text: str, clause: Clause, rules: RuleSet) -> int:
    if predicates_of(rules).setting.match(text, clause.start, clause.end):
        return 0
    if _helps(text, clause, patterns_by_id(rules, "rows")):
        return _ASIDE
    return _STRENGTH.get(clause.verb, _WEAK if clause.action[1] > clause.action[0] else 0)


def _helps(text: str, clause: Clause, words: Patterns) -> bool:
    """财政局配合: a clause that only says who."""
    return words["row.helpers"].fullmatch(text, *_trimmed(text, clause)) is not None


def _start(text: str, clause: Clause, words: Patterns) -> int:
    """S5: a subject belongs to the span, a bare modal and a connective do not."""
    if clause.verb == "result" and clause.object[1] > clause.object[0]:
        opens = words["row.assured"].match(text[slice(*clause.action)])
        return clause.object[0] if opens and clause.subject is None else clause.start
    if clause.subject is not None or clause.verb == "event":
        return clause.start
    match = words["row.modal"].match(text, clause.start, clause.end)
    return match.end() if match else clause.start


def _action_and_object(text: str, head: Clause, end: int, words: Patterns) -> tuple[Span, Span]:
    if head.verb == "event":
        return head.action, head.object
    first, last = head.action
    if last <= first:
        start = head.object[0] if head.object[0] < end else head.start
        return (head.start, head.start), (start, end)
    hedge = words["row.hedge"].search(text, head.start, first)
    return (hedge.start() if hedge else first, last), (head.object[0], max(head.object[0], end))


def _object_end(text: str, head: Clause, clauses: Sequence[Clause], words: Patterns) -> int:
    """Where the object ends: 制定方案，财政局配合 says who in its last clause."""
    last = len(clauses) - 1
    while last and clauses[last].start > head.start and _helps(text, clauses[last], words):
        last -= 1
    return _trimmed(text, clauses[last])[1]


def _delivers(text: str, clause: Clause, rules: RuleSet) -> bool:
    """Flag c of level 3: a one-off product or event."""
    first, last = clause.object
    if clause.verb == "event":
        return last - first > 1
    return clause.verb == "deliver" and object_kind(text[first:last], object_lexicon(rules)) in MADE


def _trimmed(text: str, clause: Clause) -> Span:
    """A clause without the marks that close it."""
    return clause.start, closed_end(text, 0, clause.end)


def _modality(clauses: Sequence[Clause]) -> Modality:
    if any(clause.verb == "prohibit" for clause in clauses):
        return "prohibited"
    return next((c.modality for c in clauses if c.modality is not None), "obliged")
