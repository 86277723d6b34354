"""The rows that the judge takes, outside of brackets and each with its segment."""

from __future__ import annotations

import dataclasses
import functools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from speechmine.assemble.findings import SegmentFindings
from speechmine.borders import Span, closed_end
from speechmine.extractors.assignment_lists import Assignment
from speechmine.extractors.objects import ObjectLexicon, object_kind, object_lexicon
from speechmine.judge import Run
from speechmine.model import Clause, Modality, PartyGroup, Segment, TaskMention
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.segment.clauses import ClauseReader
from speechmine.segment.outline import Outline
from speechmine.text import starting_in

__all__ = ["found_rows", "mentioned_rows", "without_bare_names"]

_SHORTEST_ROW = 4
_LONGEST_LABEL = 8


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
        kept = (
            mention if _is_labelled(text, mention, rules) else _behind_bracket(brackets, mention)
            for mention in mentions
        )
        outside = [mention for mention in kept if mention is not None]
        group = next((m.group for m in outside if m.group is not None), group)
        yield SegmentFindings(segment, clauses, tuple(outside))


def without_bare_names(
    parts: Iterable[SegmentFindings], groups: Sequence[PartyGroup]
) -> Iterator[SegmentFindings]:
    """区财政局：一要编制草案: the name before a list says who owes it, and is no row of its own.

    Args:
        parts: each segment with its rows.
        groups: who is named in the text.
    """
    for part in parts:
        if part.mentions and part.clauses[0].leads and _is_name(part.mentions[0], groups):
            yield dataclasses.replace(part, mentions=part.mentions[1:])
        else:
            yield part


def _is_name(mention: TaskMention, groups: Sequence[PartyGroup]) -> bool:
    here = starting_in(groups, mention.start, mention.start + 1)
    return any(group.end >= mention.end for group in here)


def _is_labelled(text: str, mention: TaskMention, rules: RuleSet) -> bool:
    """牵头单位：甲局；工作内容：编制规划: of the labelled lines one says what is to be done."""
    label = patterns_by_id(rules, "certain")["certain.labelled"]
    before = text[max(0, mention.start - _LONGEST_LABEL) : mention.start].rstrip()
    return before.endswith(("：", ":")) and label.search(before[:-1]) is not None


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


_MADE = frozenset(("deliverable", "product", "institution"))
# Which clause of a run holds its verb: the one whose verb makes most.
_STRENGTH = {"deliver": 5, "event": 5, "host": 4, "prohibit": 4, "general": 3, "result": 2}
_WEAK = 1
# 市住建局牵头: not even where nothing else has a verb.
_ASIDE = -1


def mentioned_rows(
    text: str,
    segment: Segment,
    clauses: Sequence[Clause],
    runs: Sequence[Run],
    *,
    group: Span | None,
    rules: RuleSet,
) -> tuple[TaskMention, ...]:
    """The rows of one segment.

    Args:
        text: the matching view's text.
        segment: a labelled segment.
        clauses: its clauses.
        runs: which of them make rows.
        group: the clause that announced the list this segment is a leaf of (S6).
        rules: the rule set.
    """
    if not runs:
        return ()
    words = patterns_by_id(rules, "rows")
    maker = _Maker(text, segment, tuple(clauses), object_lexicon(rules), _chains(rules), words)
    return tuple(maker.rows(runs, group))


@functools.lru_cache(maxsize=8)
def _chains(rules: RuleSet) -> tuple[str, ...]:
    """Verbs that lead to a product of their own (研究…，提出方案)."""
    found = {t for r in rules.table("verb_roles") if r.value == "chain" for t in r.terms}
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Maker:
    """One segment under work."""

    text: str
    segment: Segment
    clauses: tuple[Clause, ...]
    heads: ObjectLexicon
    chains: tuple[str, ...]
    words: Patterns

    def rows(self, runs: Sequence[Run], group: Span | None) -> Iterator[TaskMention]:
        taken = {j for run in runs for j in range(run.first, run.last)}
        parents = {j: c for j, c in enumerate(self.clauses) if c.leads and j not in taken}
        parent, at = group, 0
        for run in runs:
            for j in range(at, run.first):
                if j in parents and j + 1 < len(self.clauses) and self.clauses[j + 1].item:
                    parent = (parents[j].start, parents[j].end)
            at = run.last
            row = self._row(run, parent)
            if row is not None:
                yield row

    def _row(self, run: Run, group: Span | None) -> TaskMention | None:
        clauses = self.clauses[run.first : run.last]
        head = self._head(clauses)
        start, end = self._start(clauses[0]), self._trimmed(clauses[-1].end)
        if end - start < 2:
            return None
        deliverable = run.checkable and self._delivers(head)
        action, target = self._action_and_object(head, self._without_helpers(head, clauses))
        return TaskMention(
            start=start,
            end=end,
            clause=(head.start, end),
            action=action,
            object=target,
            checkable=run.checkable,
            deliverable=deliverable,
            modality=_modality(clauses),
            rule=f"task.{head.verb}",
            subject=head.subject or clauses[0].subject,
            group=group,
            result=self._result_behind(run),
            item=clauses[0].item,
            confidence=run.confidence,
        )

    def _head(self, clauses: Sequence[Clause]) -> Clause:
        """The clause with the verb: the first of the strongest, but a chain ends in its product."""
        if len(clauses) == 1:
            return clauses[0]
        best = max(clauses, key=self._strength)
        later = [c for c in clauses if c.start > best.start and self._delivers(c)]
        chained = self.text[slice(*best.action)].startswith(self.chains)
        return later[-1] if chained and later else best

    def _strength(self, clause: Clause) -> int:
        if self.heads.setting.match(self.text, clause.start, clause.end):
            return 0
        if self.words["row.helpers"].fullmatch(self.text, clause.start, self._trimmed(clause.end)):
            return _ASIDE
        return _STRENGTH.get(clause.verb, _WEAK if _acts(clause) else 0)

    def _start(self, clause: Clause) -> int:
        """S5: a subject belongs to the span, a bare modal and a connective do not."""
        if clause.verb == "result" and clause.object[1] > clause.object[0]:
            opens = self.words["row.assured"].match(self.text[slice(*clause.action)])
            return clause.object[0] if opens and clause.subject is None else clause.start
        if clause.subject is not None or clause.verb == "event":
            return clause.start
        match = self.words["row.modal"].match(self.text, clause.start, clause.end)
        return match.end() if match else clause.start

    def _action_and_object(self, head: Clause, end: int) -> tuple[Span, Span]:
        if head.verb == "event":
            return head.action, head.object
        if head.action[1] <= head.action[0]:
            start = head.object[0] if head.object[0] < end else head.start
            return (head.start, head.start), (start, end)
        first, last = head.action
        hedge = self.words["row.hedge"].search(self.text, head.start, first)
        return (hedge.start() if hedge else first, last), (head.object[0], max(head.object[0], end))

    def _without_helpers(self, head: Clause, clauses: Sequence[Clause]) -> int:
        """Where the object ends: 制定方案，财政局配合 says who in its last clause."""
        kept = len(clauses)
        while kept > 1 and clauses[kept - 1].start > head.start:
            last = clauses[kept - 1]
            if not self.words["row.helpers"].fullmatch(
                self.text, last.start, self._trimmed(last.end)
            ):
                break
            kept -= 1
        return self._trimmed(clauses[kept - 1].end)

    def _delivers(self, clause: Clause) -> bool:
        """Flag c of level 3: a one-off product or event."""
        if clause.verb == "event":
            return clause.object[1] - clause.object[0] > 1
        made = clause.verb == "deliver"
        return made and object_kind(self.text[slice(*clause.object)], self.heads) in _MADE

    def _result_behind(self, run: Run) -> Span | None:
        following = self.clauses[run.last] if run.last < len(self.clauses) else None
        if following is not None and following.verb == "result":
            return following.start, self._trimmed(following.end)
        return None

    def _trimmed(self, end: int) -> int:
        return closed_end(self.text, 0, end)


def _acts(clause: Clause) -> bool:
    return clause.action[1] > clause.action[0]


def _modality(clauses: Sequence[Clause]) -> Modality:
    if any(clause.verb == "prohibit" for clause in clauses):
        return "prohibited"
    return next((c.modality for c in clauses if c.modality is not None), "obliged")
