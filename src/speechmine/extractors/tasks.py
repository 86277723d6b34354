"""Which clauses are tasks, at what level, with which span (GUIDELINE sections 3 and 4)."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.extractors.objects import ObjectLexicon, object_kind, object_lexicon, quoted_name
from speechmine.model import Clause, Modality, Segment, TaskMention
from speechmine.rules.schema import RuleSet

__all__ = ["TASK_LABELS", "Marks", "find_tasks"]

Span = tuple[int, int]

#: T0: tasks are looked for in these segments only.
TASK_LABELS = frozenset(("directive", "assurance", "target"))
_ACTING = frozenset(("deliver", "host", "general", "event", "prohibit"))
_MADE = frozenset(("deliverable", "product", "institution"))
_SHORTEST_LEAF = 4
_NEW_STATEMENT = re.compile("^(?:其中|每|由|从)|达到|增长|提高|实现|降|增加")
# 平均每年增长14%, 每年可以节约: what is measured or possible, not owed.
_MEASURES = re.compile("增长|递增|达到|提高|下降|上升|增加|减少|增产|平均|每人|可以?|能够?|[是已]")
# 把名单报县防汛办: the verb is unknown, but there is one.
_OBJECT_FIRST = ("把", "将", "向")
_NO_PREDICATE = re.compile("[时后前里内上下间中是的年月旬日]$|^(?:抓|我)|[是只]")


@dataclass(frozen=True, slots=True)
class Marks:
    """Sorted starts of what makes a clause checkable: quantities, times that bind."""

    figures: Sequence[int]
    times: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Verbs:
    """Verbs with a part of their own in how clauses join."""

    closing: frozenset[str]
    making: tuple[str, ...]
    carrying: frozenset[str]
    producing: frozenset[str]
    naming: frozenset[str]
    chains: tuple[str, ...]


@functools.lru_cache(maxsize=8)
def _verbs(rules: RuleSet) -> _Verbs:
    making = [t for rule in rules.table("verbs") if rule.value == "deliver" for t in rule.terms]
    return _Verbs(
        closing=_with_role(rules, "closing"),
        making=tuple(making),
        carrying=_with_role(rules, "carrying"),
        producing=_with_role(rules, "producing"),
        naming=_with_role(rules, "naming"),
        chains=tuple(sorted(_with_role(rules, "chain"))),
    )


def _with_role(rules: RuleSet, value: str) -> frozenset[str]:
    return frozenset(
        t for rule in rules.table("verb_roles") if rule.value == value for t in rule.terms
    )


def find_tasks(
    text: str,
    segment: Segment,
    clauses: Sequence[Clause],
    *,
    marks: Marks,
    group: Span | None,
    rules: RuleSet,
) -> tuple[TaskMention, ...]:
    """The rows of one segment.

    Args:
        text: the matching view's text.
        segment: a labelled segment.
        clauses: its clauses.
        marks: where quantities and dated times stand in the text.
        group: the clause that announced the list this segment is a leaf of (S6).
        rules: the rule set.
    """
    if segment.discourse not in TASK_LABELS:
        return ()
    finder = _Finder(text, tuple(clauses), marks, object_lexicon(rules), _verbs(rules))
    return tuple(finder.rows(group))


@dataclass(frozen=True, slots=True)
class _Finder:
    """One segment under work."""

    text: str
    clauses: tuple[Clause, ...]
    marks: Marks
    heads: ObjectLexicon
    verbs: _Verbs

    def rows(self, group: Span | None) -> Iterator[TaskMention]:
        acting = [i for i, clause in enumerate(self.clauses) if self._acts(i, clause)]
        parent = group
        for n, i in enumerate(acting):
            clause = self.clauses[i]
            if clause.leads and self._list_follows(i):
                parent = (clause.start, clause.end)
                continue
            if not self._only_closes(i, n):
                yield self._row(i, acting[n + 1] if n + 1 < len(acting) else None, parent)
        yield from self._noun_leaves(group, acting)

    def _acts(self, i: int, clause: Clause) -> bool:
        if clause.verb in _ACTING:
            filled = clause.object[1] > clause.object[0] or clause.verb == "event"
            return filled and not self._leads_in(i) and not self._prepares(i)
        if clause.verb == "none":
            return self._dated(clause) and self._says_more(clause)
        return clause.verb == "result" and self._figure(clause.object) and self._makes(clause)

    def _prepares(self, i: int) -> bool:
        """为办好盛会做好准备 after a task is what the task is for (S2)."""
        clause = self.clauses[i]
        return i > 0 and clause.modality is None and self.text[clause.start] == "为"

    def _says_more(self, clause: Clause) -> bool:
        """预警信息十分钟内发到村组: a dated clause with an unknown verb, not a bare time."""
        rest = self.text[slice(*clause.object)]
        return (
            len(rest) >= _SHORTEST_LEAF
            and not clause.leads
            and (not clause.scope or rest.startswith(_OBJECT_FIRST))
            and not _NO_PREDICATE.search(rest)
        )

    def _makes(self, clause: Clause) -> bool:
        """确保拆除20亩 is a task of its own; 力争增长5% is a metric only (A12)."""
        inner = self.text[slice(*clause.object)]
        return self.text[slice(*clause.action)] == "确保" and inner.startswith(self.verbs.making)

    def _leads_in(self, i: int) -> bool:
        """S3: 研究…，提出方案 is one chain; its last product is the task."""
        following = self.clauses[i + 1] if i + 1 < len(self.clauses) else None
        if following is None or following.subject is not None or not self._checkable(following):
            return False
        if following.modality is not None or following.item is not None:
            return False
        first, second = (self.text[slice(*c.action)] for c in (self.clauses[i], following))
        chained = first.startswith(self.verbs.chains) and not second.startswith(self.verbs.chains)
        return chained and self._object_kind(following) in ("deliverable", "product")

    def _list_follows(self, i: int) -> bool:
        return i + 1 < len(self.clauses) and self.clauses[i + 1].item is not None

    def _only_closes(self, i: int, n: int) -> bool:
        """A12: a last clause that only says what all of it is for (…，打造城市客厅)."""
        clause = self.clauses[i]
        if n < 2 or i != len(self.clauses) - 1 or self._figure(clause.object):
            return False
        return self.text[slice(*clause.action)] in self.verbs.closing

    def _row(self, i: int, following: int | None, group: Span | None) -> TaskMention:
        clause = self.clauses[i]
        end = self._last_of(i, following)
        checkable = self._checkable(clause)
        return TaskMention(
            start=self._first_of(i),
            end=end,
            clause=(clause.start, clause.end),
            action=clause.action,
            object=(
                clause.object[0],
                max(clause.object[1], end) if end > clause.end else clause.object[1],
            ),
            checkable=checkable,
            deliverable=checkable and self._deliverable(clause),
            modality=_modality(clause),
            rule=f"task.{clause.verb}",
            subject=clause.subject,
            group=group,
            result=self._result_after(i),
            item=clause.item,
        )

    def _first_of(self, i: int) -> int:
        """S5: the subject or scope belongs to the span, a bare modal does not."""
        clause = self.clauses[i]
        if clause.verb == "result":
            return clause.object[0]
        if clause.subject is not None or clause.verb == "event":
            return clause.start
        before = self.clauses[i - 1] if i else None
        if before is not None and self._carries_subject(i - 1):
            return self._first_of(i - 1)
        if before is not None and self._sets_scope(before, clause):
            return before.start
        return self._after_modal(clause)

    def _sets_scope(self, before: Clause, clause: Clause) -> bool:
        """对这类项目，要…: a phrase without verb before an obliged clause belongs to its span."""
        bare = before.verb == "none" and before.subject is None and before.scope
        return bare and clause.modality is not None and before.item == clause.item

    def _carries_subject(self, i: int) -> bool:
        """The clause before has no row of its own but says who: 纪委要认真落实，提出意见."""
        clause = self.clauses[i]
        empty = clause.object[1] <= clause.object[0] and clause.subject is not None
        return self._leads_in(i) or (empty and clause.verb not in ("event", "none"))

    def _after_modal(self, clause: Clause) -> int:
        match = _LEADING_MODAL.match(self.text, clause.start, clause.end)
        return match.end() if match else clause.start

    def _last_of(self, i: int, following: int | None) -> int:
        """A clause without verb but with a figure goes on with the list before it."""
        end = self._trimmed(self.clauses[i].end)
        for j in range(i + 1, following if following is not None else len(self.clauses)):
            clause = self.clauses[j]
            if clause.verb != "none" or clause.item or not self._goes_on(clause):
                break
            end = self._trimmed(clause.end)
        return end

    def _goes_on(self, clause: Clause) -> bool:
        """…不少于20家，限上企业不少于15家 goes on; 其中…, 每队…, 总产达到… say something new."""
        told = _NEW_STATEMENT.search(self.text, clause.start, clause.end)
        return self._figure((clause.start, clause.end)) and told is None and not self._dated(clause)

    def _trimmed(self, end: int) -> int:
        while self.text[end - 1] in "。！？；;!?、，,： ":
            end -= 1
        return end

    def _result_after(self, i: int) -> Span | None:
        following = self.clauses[i + 1] if i + 1 < len(self.clauses) else None
        if following is not None and following.verb == "result":
            return following.start, self._trimmed(following.end)
        return None

    def _figure(self, span: Span) -> bool:
        return _any_within(self.marks.figures, span)

    def _dated(self, clause: Clause) -> bool:
        """A time that binds stands in the clause, before its verb or beside it.

        Where the verb is not known, something must follow (方案于8月10日前向社会公布).
        """
        known = clause.verb != "none" or _MEASURES.search(self.text, clause.start, clause.end)
        stop = clause.action[1] if known else clause.end - _SHORTEST_LEAF
        return _any_within(self.marks.times, (clause.start, max(stop, clause.start + 1)))

    def _checkable(self, clause: Clause) -> bool:
        """Whether a file, a list or a visit would show that it is done (GUIDELINE T2, T3)."""
        if clause.verb == "prohibit":
            return False
        if clause.verb == "event":
            return clause.object[1] - clause.object[0] >= 2
        if self._figure(clause.object):
            return True
        kind = self._object_kind(clause)
        if self._dated(clause) and clause.verb != "attitude":
            return kind not in ("vague", "abstract") or clause.verb == "none"
        if clause.verb in ("deliver", "result"):
            return kind not in ("vague", "abstract", "empty")
        if clause.verb != "host":
            return False
        if kind == "institution":
            return self.text[slice(*clause.action)] in self.verbs.carrying
        if kind == "product":
            return self.text[slice(*clause.action)] in self.verbs.producing
        if quoted_name(self.text[slice(*clause.object)]):
            return kind == "named" or self.text[slice(*clause.action)] in self.verbs.naming
        return kind in ("deliverable", "project") or self._happens(clause)

    def _happens(self, clause: Clause) -> bool:
        """推动X开园, 争取X纳入Y: the object holds an event that will or will not happen."""
        return any(term in self.text[slice(*clause.object)] for term in self.heads.happenings)

    def _deliverable(self, clause: Clause) -> bool:
        """Flag c of level 3: a one-off product or event."""
        if clause.verb == "event":
            return True
        return clause.verb == "deliver" and self._object_kind(clause) in _MADE

    def _object_kind(self, clause: Clause) -> str:
        return object_kind(self.text[slice(*clause.object)], self.heads)

    def _noun_leaves(self, group: Span | None, acting: Sequence[int]) -> Iterator[TaskMention]:
        """S6: a list item that only names its object takes the verb of the parent."""
        if acting and not any(self.clauses[i].leads for i in acting):
            return
        parent = group
        for i, clause in enumerate(self.clauses):
            if clause.leads and i + 1 < len(self.clauses) and self.clauses[i + 1].item:
                parent = (clause.start, clause.end)
                continue
            named = clause.end - clause.start >= _SHORTEST_LEAF and clause.subject is None
            if clause.verb == "none" and clause.item and parent and named and not clause.scope:
                yield self._leaf(clause, parent)

    def _leaf(self, clause: Clause, parent: Span) -> TaskMention:
        end = self._trimmed(clause.end)
        span = (clause.start, end)
        return TaskMention(
            start=span[0],
            end=end,
            clause=span,
            action=(span[0], span[0]),
            object=span,
            checkable=object_kind(self.text[slice(*span)], self.heads) not in ("vague", "abstract"),
            deliverable=False,
            modality="obliged",
            rule="task.leaf",
            group=parent,
            item=clause.item,
        )


def _any_within(places: Sequence[int], span: Span) -> bool:
    at = bisect_left(places, span[0])
    return at < len(places) and places[at] < span[1]


_LEADING_MODAL = re.compile(
    r"(?:[一二三四五六七八九十]要)?"
    r"(?:(?:还|也|都|就|更)?(?:要(?![素求])|必须|务必|须|应当|应(?![急用对])|请|将|决定|拟)|确保)?"
)


def _modality(clause: Clause) -> Modality:
    if clause.verb == "prohibit":
        return "prohibited"
    return clause.modality or "obliged"
