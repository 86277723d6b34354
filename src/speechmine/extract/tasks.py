"""Which clauses are tasks, at what level, with which span (GUIDELINE sections 3 and 4)."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from speechmine.model import Clause, Modality, Segment, TaskMention
from speechmine.rules.schema import RuleSet

__all__ = ["find_tasks"]

Span = tuple[int, int]

#: T0: tasks are looked for in these segments only.
_TASK_LABELS = frozenset(("directive", "assurance", "target"))
_ACTING = frozenset(("deliver", "host", "general", "event", "prohibit"))
_NAMED = re.compile(r"[A-Za-z0-9]|“[^”]{2,40}”|《[^》]{2,40}》")
_TRAILING = re.compile(r"(?:等(?:方面)?(?:的)?(?:工作|事宜|任务)?|的?工作)$")


@dataclass(frozen=True, slots=True)
class _Heads:
    """What objects can end in, by kind, longest first."""

    deliverable: tuple[str, ...]
    institution: tuple[str, ...]
    project: tuple[str, ...]
    abstract: tuple[str, ...]
    tails: tuple[str, ...]
    vague: frozenset[str]
    quantifiers: tuple[str, ...]
    closing: frozenset[str]


@functools.lru_cache(maxsize=8)
def _heads(rules: RuleSet) -> _Heads:
    by_value: dict[str, list[str]] = {}
    for rule in rules.table("hosts"):
        by_value.setdefault(rule.value, []).extend(rule.terms)
    longest = {k: tuple(sorted(set(v), key=lambda t: (-len(t), t))) for k, v in by_value.items()}
    return _Heads(
        deliverable=longest["deliverable"],
        institution=longest["institution"],
        project=longest["project"],
        abstract=longest["abstract"],
        tails=longest["tail"],
        vague=frozenset(longest["vague"]),
        quantifiers=longest["quantifier"],
        closing=rules.terms("closing_verbs"),
    )


def find_tasks(
    text: str,
    segment: Segment,
    clauses: Sequence[Clause],
    *,
    figures: Sequence[int],
    group: Span | None,
    rules: RuleSet,
) -> tuple[TaskMention, ...]:
    """The rows of one segment.

    Args:
        text: the matching view's text.
        segment: a labelled segment. clauses: its clauses.
        figures: sorted starts of quantities in the text.
        group: the clause that announced the list this segment is a leaf of (S6).
        rules: the rule set.
    """
    if segment.discourse not in _TASK_LABELS:
        return ()
    finder = _Finder(text, tuple(clauses), figures, _heads(rules))
    return tuple(finder.rows(group))


@dataclass(frozen=True, slots=True)
class _Finder:
    """One segment under work."""

    text: str
    clauses: tuple[Clause, ...]
    figures: Sequence[int]
    heads: _Heads

    def rows(self, group: Span | None) -> Iterator[TaskMention]:
        acting = [i for i, clause in enumerate(self.clauses) if self._acts(i, clause)]
        parent = group
        for n, i in enumerate(acting):
            clause = self.clauses[i]
            if clause.leads and self._list_follows(i):
                parent = (clause.start, clause.end)
                continue
            if not self._only_closes(i, n, acting):
                yield self._row(i, acting[n + 1] if n + 1 < len(acting) else None, parent)
        yield from self._noun_leaves(group, acting)

    def _acts(self, i: int, clause: Clause) -> bool:
        if clause.verb in _ACTING:
            return clause.object[1] > clause.object[0] or clause.verb == "event"
        return clause.verb == "result" and self._figure(clause.object) and self._inner(i) is not None

    def _inner(self, i: int) -> Span | None:
        """确保拆除X亩: what a result clause with a figure does (A12)."""
        clause = self.clauses[i]
        start, end = clause.object
        return (start, end) if end - start >= 4 else None

    def _list_follows(self, i: int) -> bool:
        return i + 1 < len(self.clauses) and self.clauses[i + 1].item is not None

    def _only_closes(self, i: int, n: int, acting: Sequence[int]) -> bool:
        """A12: a last clause that only says what all of it is for (…，打造城市客厅)."""
        clause = self.clauses[i]
        if n < 2 or i != len(self.clauses) - 1 or self._figure(clause.object):
            return False
        return self.text[slice(*clause.action)] in self.heads.closing and not self._checkable(clause)

    def _row(self, i: int, following: int | None, group: Span | None) -> TaskMention:
        clause = self.clauses[i]
        end = self._last_of(i, following)
        checkable = self._checkable(clause)
        return TaskMention(
            start=self._first_of(i),
            end=end,
            clause=(clause.start, clause.end),
            action=clause.action,
            object=(clause.object[0], max(clause.object[1], end) if end > clause.end else clause.object[1]),
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
        if before is not None and before.verb == "none" and before.subject is None and before.scope:
            if clause.modality is not None and before.item == clause.item:
                return before.start
        return self._after_modal(clause)

    def _after_modal(self, clause: Clause) -> int:
        match = _LEADING_MODAL.match(self.text, clause.start, clause.end)
        return match.end() if match else clause.start

    def _last_of(self, i: int, following: int | None) -> int:
        """A clause without verb but with a figure goes on with the list before it."""
        end = self._trimmed(self.clauses[i].end)
        for j in range(i + 1, following if following is not None else len(self.clauses)):
            clause = self.clauses[j]
            if clause.verb != "none" or clause.item or not self._figure((clause.start, clause.end)):
                break
            end = self._trimmed(clause.end)
        return end

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
        at = bisect_left(self.figures, span[0])
        return at < len(self.figures) and self.figures[at] < span[1]

    def _checkable(self, clause: Clause) -> bool:
        """GUIDELINE T2 and T3: would a file, a list or a visit show that it is done?"""
        if clause.verb == "prohibit":
            return False
        if clause.verb == "event":
            return clause.object[1] - clause.object[0] >= 2
        if self._figure(clause.object):
            return True
        kind = self._object_kind(clause)
        if clause.verb == "deliver" or clause.verb == "result":
            return kind not in ("vague", "abstract", "empty")
        if clause.verb == "host":
            return kind in ("deliverable", "project", "named")
        return kind == "named" and False

    def _deliverable(self, clause: Clause) -> bool:
        """Flag c of level 3: a one-off product or event."""
        if clause.verb == "event":
            return True
        return clause.verb == "deliver" and self._object_kind(clause) in ("deliverable", "institution")

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
            if clause.verb == "none" and clause.item and parent and not clause.scope:
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


_LEADING_MODAL = re.compile(r"(?:[一二三四五六七八九十]要)?(?:还|也|都|就|更)?(?:要|必须|务必|须|应当|应|请|将|决定|拟|确保)?")


def _modality(clause: Clause) -> Modality:
    if clause.verb == "prohibit":
        return "prohibited"
    return clause.modality or "obliged"


def object_kind(phrase: str, heads: _Heads) -> str:
    """What an object is by its head: deliverable, institution, project, named, abstract, vague, other.

    The head of a Chinese noun phrase stands last; 等工作 and a doing tail (…改造, …建设) are
    looked behind.
    """
    core = _TRAILING.sub("", phrase)
    if len(core) < 2:
        return "empty"
    if core in heads.vague or phrase in heads.vague:
        return "vague"
    kind = _head_kind(core, heads)
    if kind is not None:
        return kind
    stem = _without_tail(core, heads)
    if stem != core:
        if stem in heads.vague or len(stem) < 2:
            return "vague"
        inner = _head_kind(stem, heads)
        if inner in ("project", "deliverable") or _contains_project(stem, heads):
            return "project"
    if _NAMED.search(core):
        return "named"
    return "other"


def _head_kind(core: str, heads: _Heads) -> str | None:
    table: Mapping[str, tuple[str, ...]] = {
        "deliverable": heads.deliverable,
        "institution": heads.institution,
        "project": heads.project,
        "abstract": heads.abstract,
    }
    best, found = 0, None
    for kind, terms in table.items():
        for term in terms:
            if len(term) > best and core.endswith(term):
                best, found = len(term), kind
                break
    if found in ("deliverable", "project") and len(core) - best < 2 and len(core) < 4:
        return "vague"
    if found in ("project",) and core.startswith(heads.quantifiers):
        return "other"
    return found


def _without_tail(core: str, heads: _Heads) -> str:
    for tail in heads.tails:
        if core.endswith(tail) and len(core) > len(tail):
            return _TRAILING.sub("", core[: -len(tail)])
    return core


def _contains_project(stem: str, heads: _Heads) -> bool:
    return any(len(term) >= 2 and term in stem for term in heads.project if term not in heads.vague)
