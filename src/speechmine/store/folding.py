"""Decisions laid over an extraction, in the order of the log."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from speechmine.model import Extraction, Metric, Mode, Notice, Segment, Task
from speechmine.rules.loader import RulesLike, chosen_rules
from speechmine.rules.schema import RuleSet
from speechmine.store.records import Decision, LastWord, Record, RecordChange, key_of
from speechmine.store.spans import likest, overlap
from speechmine.store.undoing import live

__all__ = ["State", "fold"]

_LEAST_LEVEL = {"strict": 2, "full": 1}


@dataclass(slots=True)
class State:
    """A text as its readers left it.

    Attributes:
        base: the extraction underneath.
        rules: by which what a reader selects is read.
        tasks, metrics, segments, notices: what stands now, by id or place.
        marks: who decided last about a task, metric, sentence or notice.
        gone: tasks that a reader took out, by id.
        finished: who said that the text is read to its end.
        seq: of the last decision.
    """

    base: Extraction
    rules: RuleSet
    tasks: dict[str, Task]
    metrics: dict[str, Metric]
    segments: dict[str, Segment]
    notices: dict[str, Notice]
    marks: dict[str, LastWord] = field(default_factory=dict)
    gone: dict[str, Task] = field(default_factory=dict)
    finished: LastWord | None = None
    seq: int = 0

    def after(self, decisions: Iterable[Decision]) -> State:
        """The state after some more decisions on the same extraction; none takes back another."""
        listed = list(decisions)
        later = dataclasses.replace(
            self,
            tasks=dict(self.tasks),
            metrics=dict(self.metrics),
            segments=dict(self.segments),
            notices=dict(self.notices),
            marks=dict(self.marks),
            gone=dict(self.gone),
            seq=listed[-1].seq if listed else self.seq,
        )
        named = set(self.marks)
        folder = _Folder(later, named | {c.id for d in listed for c in d.changes}, named)
        for decision in listed:
            folder.take(decision)
        return later

    def ordered(self) -> list[Task]:
        """The tasks as they stand in the text."""
        return sorted(self.tasks.values(), key=lambda task: (task.start, task.end, task.id))

    def segment_at(self, offset: int) -> Segment | None:
        """The sentence that holds a character."""
        segments = self.base.segments
        at = bisect_right(segments, offset, key=lambda segment: segment.start) - 1
        if at < 0 or segments[at].end <= offset:
            return None
        return self.segments[key_of(segments[at])]

    def extraction(self, mode: Mode = "full") -> Extraction:
        """What stands now as an extraction; what nobody touched is as it was extracted.

        Args:
            mode: as of :func:`speechmine.pipeline.extract`.
        """
        kept = [self._shown(task) for task in self.ordered() if task.level >= _LEAST_LEVEL[mode]]
        names = {task.id for task in kept}
        tasks = tuple(_with_links(task, names, self.metrics) for task in kept)
        owner = {metric: task.id for task in reversed(tasks) for metric in task.metrics}
        metrics = sorted(self.metrics.values(), key=lambda metric: metric.start)
        return dataclasses.replace(
            self.base,
            mode=mode,
            segments=tuple(self.segments.values()),
            tasks=tasks,
            metrics=tuple(dataclasses.replace(m, task=owner.get(m.id)) for m in metrics),
            notices=tuple(self.notices.values()),
        )

    def _shown(self, task: Task) -> Task:
        """A person's word has no chance of being right or wrong."""
        return dataclasses.replace(task, confidence=None) if task.id in self.marks else task


def _with_links(task: Task, names: set[str], metrics: dict[str, Metric]) -> Task:
    return dataclasses.replace(
        task,
        metrics=tuple(metric for metric in task.metrics if metric in metrics),
        duplicate_of=task.duplicate_of if task.duplicate_of in names else None,
        follows=task.follows if task.follows in names else None,
    )


def fold(
    base: Extraction,
    decisions: Iterable[Decision],
    *,
    number: int = 1,
    rules: RulesLike | None = None,
) -> State:
    """The state that a text is in after some decisions.

    A decision about a record that ``base`` has under another id, because a later version of the
    rules drew its borders otherwise, is about the one that covers most nearly the same text. Where
    there is none, the record stands as the reader saw it. What a later extraction finds inside a
    stretch that a reader answered for does not come in beside it.

    Args:
        base: the extraction, in mode ``full``.
        decisions: of one text, in the order of the log; all of them, or one reader's.
        number: of the extraction.
        rules: by which a reader's selections are read; the shipped ones by default.

    Example:
        >>> import speechmine
        >>> base = speechmine.extract("请区财政局制定奖补方案。", mode="full")
        >>> task = base.tasks[0]
        >>> gone = RecordChange("task", task.id, task, None)
        >>> out = Decision(1, "d-1", 1, "王", "", "reject", (gone,))
        >>> len(fold(base, [out]).extraction().tasks)
        0
    """
    listed = sorted(decisions, key=lambda decision: decision.seq)
    state = State(
        base,
        chosen_rules(rules),
        {task.id: task for task in base.tasks},
        {metric.id: metric for metric in base.metrics},
        {key_of(segment): segment for segment in base.segments},
        {key_of(notice): notice for notice in base.notices},
        seq=listed[-1].seq if listed else 0,
    )
    standing = live(listed)
    folder = _Folder(state, {c.id for d in standing for c in d.changes})
    for decision in standing:
        folder.take(decision)
    folder.supersede([d for d in standing if d.extraction < number])
    return state


class _Folder:
    """Lays decisions over a state.

    Args:
        state: changed in place.
        named: ids that decisions are about. seen: those whose record was looked for before.
    """

    def __init__(self, state: State, named: set[str], seen: Iterable[str] = ()) -> None:
        self.state = state
        self._named = named
        self._seen = set(seen)

    def take(self, decision: Decision) -> None:
        """Lay one decision over the state."""
        mark = LastWord(decision.reader, decision.at, decision.action, decision.seq)
        if decision.action in ("finish", "reopen"):
            self.state.finished = mark if decision.action == "finish" else None
        for change in decision.changes:
            self._change(change)
            self.state.marks[change.id] = mark
        self._count(decision)

    def _change(self, change: RecordChange) -> None:
        if change.of == "task":
            self._task(change)
        elif change.of == "metric":
            self._metric(change)
        elif change.of == "label":
            self._label(change)
        else:
            self.state.notices.pop(change.id, None)

    def _task(self, change: RecordChange) -> None:
        tasks = self.state.tasks
        current = tasks.get(change.id)
        if current is None and isinstance(change.before, Task) and change.id not in self._seen:
            current = self._moved(change.before)
        self._seen.add(change.id)
        after = _after(change, current)
        if isinstance(after, Task):
            tasks[change.id] = after
            self.state.gone.pop(change.id, None)
        else:
            tasks.pop(change.id, None)
            if isinstance(change.before, Task):
                self.state.gone[change.id] = current or change.before

    def _moved(self, before: Task) -> Task:
        """The task that a later extraction has in the place of one that a reader saw."""
        tasks = self.state.tasks
        free = (t for t in tasks.values() if t.id not in self._named)
        found = likest(before, free)
        if found is None:
            return before
        del tasks[found.id]
        return dataclasses.replace(found, id=before.id)

    def _metric(self, change: RecordChange) -> None:
        metrics = self.state.metrics
        current = metrics.get(change.id)
        if current is None and isinstance(change.before, Metric):
            free = (m for m in metrics.values() if m.id not in self._named)
            found = likest(change.before, free)
            if found is not None:
                del metrics[found.id]
                current = dataclasses.replace(found, id=change.id)
        after = _after(change, current)
        if isinstance(after, Metric):
            metrics[change.id] = after
        else:
            metrics.pop(change.id, None)

    def _label(self, change: RecordChange) -> None:
        if not isinstance(change.after, Segment):
            return
        segments = self.state.segments
        current = segments.get(change.id) or likest(change.after, segments.values())
        if current is not None:
            named = dataclasses.replace(current, discourse=change.after.discourse, confidence=None)
            segments[key_of(current)] = named

    def _count(self, decision: Decision) -> None:
        """A task drawn anew holds the figures inside it; so does any other hold new figures."""
        state = self.state
        drawn = {c.id for c in decision.changes if c.of == "task" and _draws(c)}
        for name in drawn & state.tasks.keys():
            task = state.tasks[name]
            inside = (m for m in state.metrics.values() if _is_held(task, m))
            held = tuple(m.id for m in sorted(inside, key=lambda m: m.start))
            state.tasks[name] = dataclasses.replace(task, metrics=held)
        new = [
            state.metrics[c.id] for c in decision.changes if c.before is None and c.of == "metric"
        ]
        for metric in new:
            for name, task in state.tasks.items():
                if _is_held(task, metric) and metric.id not in task.metrics:
                    more = (*task.metrics, metric.id)
                    state.tasks[name] = dataclasses.replace(task, metrics=more)

    def supersede(self, decisions: Iterable[Decision]) -> None:
        """Take out what a later extraction found where readers had already answered."""
        answered = [record for d in decisions for record in _answered(d.changes)]
        for task in list(self.state.tasks.values()):
            if task.id in self._named:
                continue
            if any(2 * overlap(task, record) >= task.end - task.start for record in answered):
                del self.state.tasks[task.id]


def _is_held(task: Task, metric: Metric) -> bool:
    return task.start <= metric.start and metric.end <= task.end


def _draws(change: RecordChange) -> bool:
    """Whether a change draws the borders of a task."""
    before, after = change.before, change.after
    if not isinstance(after, Task):
        return False
    return not isinstance(before, Task) or (before.start, before.end) != (after.start, after.end)


def _answered(changes: Iterable[RecordChange]) -> Iterator[Task]:
    for change in changes:
        if isinstance(change.after, Task) and change.whole:
            yield change.after
        elif change.after is None and isinstance(change.before, Task):
            yield change.before


def _after(change: RecordChange, current: Record | None) -> Record | None:
    """The record after a change: the reader's fields, over what stands now."""
    if change.after is None or change.whole or change.before is None or current is None:
        return change.after
    decided: dict[str, Any] = {
        f.name: getattr(change.after, f.name)
        for f in dataclasses.fields(change.after)
        if getattr(change.after, f.name) != getattr(change.before, f.name)
    }
    return dataclasses.replace(current, **decided)
