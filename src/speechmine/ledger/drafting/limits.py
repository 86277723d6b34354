"""What belongs to a row beside the words of its task: the caps behind it, no neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from speechmine.borders import SENTENCE, start_before
from speechmine.ledger.drafting.marked import MARKS, SHORTEST, phrasing_words
from speechmine.model import Task

__all__ = ["RowSpans", "sentence_start"]

# So many tasks may begin before one and hold it.
_FEW = 8
_OPEN, _CLOSE = "（(“《", "）)”》"


@dataclass(frozen=True, slots=True)
class RowSpans:
    """Where the tasks of a text stand, so that each row says its own and no more.

    Attributes:
        text: of the document.
        tasks: of the document that stand in no table, in order.
        starts: where they begin.
    """

    text: str
    tasks: Sequence[Task]
    starts: Sequence[int]

    @classmethod
    def of(cls, tasks: Sequence[Task], text: str) -> Self:
        """Read them off the tasks.

        Args:
            tasks: all of the document.
            text: of the document.
        """
        spoken = sorted((task for task in tasks if not task.cells), key=lambda task: task.start)
        return cls(text, spoken, [task.start for task in spoken])

    def own(self, task: Task) -> Task:
        """The task as its row says it.

        A task whose span begins with whole other tasks (甲办列入清单，每月通报，由县长约谈) is what
        follows them; a clause behind it that caps or divides what is owed (最高5万元) goes with it.

        Args:
            task: the task.

        Example:
            >>> import speechmine
            >>> text = "对新建大棚，每亩补助3000元，单户最高30万元（责任单位：区财政局）。"
            >>> found = speechmine.extract(text)
            >>> RowSpans.of(found.tasks, found.document.text).own(found.tasks[0]).measures
            ('单户最高30万元',)
        """
        if task.cells:
            return task
        kept = self._behind_others(self._with_case(task))
        caps = (self.text[a:b] for a, b in self.caps(kept))
        more = tuple(cap for cap in caps if cap not in kept.measures)
        return replace(kept, measures=(*kept.measures, *more)) if more else kept

    def caps(self, task: Task) -> Iterator[tuple[int, int]]:
        """Where the clauses stand that cap or divide what a task owes.

        Args:
            task: the task.
        """
        at = bisect_right(self.starts, task.start)
        following = next((s for s in self.starts[at:] if s >= task.end), len(self.text))
        end = task.end
        while limit := phrasing_words().limit.match(self.text, end):
            if limit.end() > following:
                return
            begun = end + len(limit[0]) - len(limit[0].lstrip(MARKS))
            yield begun, limit.end()
            end = limit.end()

    def told_before(self, task: Task) -> bool:
        """Whether rows of their own say what stands before a task in its sentence.

        Args:
            task: the task.
        """
        return self._last_end(task) > sentence_start(self.text, task.start)

    def _last_end(self, task: Task) -> int:
        """Where the task before ends."""
        at = bisect_left(self.starts, task.start)
        ends = (t.end for t in self.tasks[max(0, at - _FEW) : at] if t.end <= task.start)
        return max(ends, default=0)

    def _with_case(self, task: Task) -> Task:
        """连续两次排名末位的，由县长约谈: the case in which it is owed is part of what is owed."""
        end = self._last_end(task)
        case = phrasing_words().case.fullmatch(self.text, end, task.start) if end else None
        if case is None:
            return task
        begun = case.start("said")
        return replace(task, text=self.text[begun : task.end], start=begun)

    def _behind_others(self, task: Task) -> Task:
        first = bisect_left(self.starts, task.start)
        last = bisect_left(self.starts, task.end)
        ends = [t.end for t in self.tasks[first:last] if t.id != task.id and t.end < task.end]
        begun = max(ends, default=task.start)
        rest = self.text[begun : task.end]
        begun += len(rest) - len(rest.lstrip(MARKS))
        said = self.text[begun : task.end]
        whole = all(said.count(a) == said.count(b) for a, b in zip(_OPEN, _CLOSE, strict=True))
        deed = task.action and task.action in said
        if begun == task.start or not deed or not whole or len(said) <= SHORTEST:
            return task
        return replace(task, text=said, start=begun)


def sentence_start(text: str, at: int) -> int:
    """Where the sentence begins that a place stands in.

    Args:
        text: of the document.
        at: the place.

    Example:
        >>> sentence_start("先查后改。逐村核对。", 7)
        5
    """
    return start_before(SENTENCE, text, at)
