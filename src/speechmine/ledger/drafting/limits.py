"""What belongs to a row beside the words of its task: the caps behind it, no neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from speechmine.borders import SENTENCE, start_before
from speechmine.ledger.drafting.bareness import is_thing, opens_as_order
from speechmine.ledger.drafting.marked import MARKS, SHORTEST, clauses_of, phrasing_words
from speechmine.ledger.drafting.pointing import above_words
from speechmine.model import Task

__all__ = ["RowSpans", "sentence_start"]

# So many tasks may begin before one and hold it.
_FEW = 8
# Nobody reads a cell of more.
_LONGEST = 160
# So many characters at most part an opening from its deed.
_CLAUSE = 24
# ，由: a comma and the word that says by whom.
_BY = 2
_OPEN, _CLOSE = "（(“《", "）)”》"


@dataclass(frozen=True, slots=True)
class RowSpans:
    """Where the tasks of a text stand, so that each row says its own and no more.

    Attributes:
        text: of the document.
        tasks: of the document that stand in no table and have rows of their own, in order.
        starts: where they begin.
        capping: tasks that only cap or divide what the one before owes; they have no row.
        opening: those that only say when or to what the one behind them is done; nor have they.
    """

    text: str
    tasks: Sequence[Task]
    starts: Sequence[int]
    capping: frozenset[str]
    opening: frozenset[str]

    @classmethod
    def of(cls, tasks: Sequence[Task], text: str) -> Self:
        """Read them off the tasks.

        Args:
            tasks: all of the document.
            text: of the document.
        """
        kept: list[Task] = []
        capping: set[str] = set()
        opening: set[str] = set()
        for task in sorted((t for t in tasks if not t.cells), key=lambda t: t.start):
            if kept and _only_opens(kept[-1], task, text):
                opening.add(kept.pop().id)
            if kept and _only_caps(task, kept[-1], text):
                capping.add(task.id)
            else:
                kept.append(task)
        starts = [task.start for task in kept]
        return cls(text, kept, starts, frozenset(capping), frozenset(opening))

    def own(self, task: Task) -> Task:
        """The task as its row says it.

        A task whose span begins with whole other tasks (甲办列入清单，每月通报，由县长约谈) is what
        follows them; a clause behind it that caps or divides what is owed (最高5万元) goes with it,
        and so does the clause before it that says in what field (聚焦三个领域，编制目录).

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
        begun = self._with_disposal(task)
        kept = self._with_scope(self._with_deed(self._behind_others(self._with_case(begun))))
        caps = (self.text[a:b] for a, b in self.caps(kept))
        more = tuple(cap for cap in caps if cap not in kept.measures)
        return replace(kept, measures=(*kept.measures, *more)) if more else kept

    def caps(self, task: Task) -> Iterator[tuple[int, int]]:
        """Where the clauses stand that cap or divide what a task owes.

        Args:
            task: the task.
        """
        following = self._following(task)
        for begun, end in _caps_behind(self.text, task.end):
            if end > following:
                return
            yield begun, end

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

    def _with_disposal(self, task: Task) -> Task:
        """将|备案权限下放至县里: without the word before it the thing would do the deed itself."""
        start = task.start - 1
        if start < 0 or not phrasing_words().disposal.match(self.text, start, task.end):
            return task
        return replace(task, text=self.text[start : task.end], start=start)

    def _with_scope(self, task: Task) -> Task:
        """聚焦三个领域，编制目录: in what field or case is part of what is owed."""
        begun = max(sentence_start(self.text, task.start), self._last_end(task))
        start = task.start
        if any(party.start == start for party in task.parties):
            return task
        for a, b in reversed(list(clauses_of(self.text[begun : task.start]))):
            scope = phrasing_words().scope.fullmatch(self.text, begun + a, begun + b)
            if scope is None or task.end - scope.start("said") > _LONGEST:
                break
            if any(scope["said"] in measure for measure in task.measures):
                break
            start = scope.start("said")
        return replace(task, text=self.text[start : task.end], start=start)

    def _with_deed(self, task: Task) -> Task:
        """紧盯三个市场，打造供应基地: one that is only looked at is no order without the deed."""
        said = task.text.strip(MARKS)
        if phrasing_words().looking.fullmatch(said) is None and not _is_opening(said):
            return task
        deed = phrasing_words().deed.match(self.text, task.end)
        if deed is None or deed.end() > self._following(task):
            return task
        return replace(task, text=self.text[task.start : deed.end()], end=deed.end())

    def _following(self, task: Task) -> int:
        """Where the next task begins."""
        at = bisect_right(self.starts, task.start)
        return next((s for s in self.starts[at:] if s >= task.end), len(self.text))

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


def _caps_behind(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Where the clauses stand, one after the other, that cap or divide what is said up to here."""
    while limit := phrasing_words().limit.match(text, end):
        begun = end + len(limit[0]) - len(limit[0].lstrip(MARKS))
        yield begun, limit.end()
        end = limit.end()


def _only_opens(task: Task, following: Task, text: str) -> bool:
    """Whether a task is no more than how the next one begins: 对可能出现的短缺，|建立调度机制.

    Or what it is about: 规划核实、竣工备案，|由住建局限时办结.
    """
    gap = text[task.end : following.start]
    joined = gap.startswith(("，", ",")) and not SENTENCE.search(gap) and len(gap) <= _CLAUSE
    said = task.text.strip(MARKS)
    by_whom = text[task.end : task.end + _BY] == "，由"
    listed = by_whom and above_words()["by_whom"].fullmatch(said) is not None
    which = phrasing_words().which.fullmatch(said) is not None and not opens_as_order(said)
    return joined and (_is_opening(said) or listed or which)


def _is_opening(said: str) -> bool:
    """Whether words say only to what or behind what something is done: 结果反馈到局里后."""
    words = phrasing_words()
    given = words.towards.fullmatch(said)
    thing = given is not None and is_thing(given["what"])
    return thing or words.behind_what.fullmatch(said) is not None


def _only_caps(task: Task, before: Task, text: str) -> bool:
    """Whether a task is no more than a cap of the one before, with nobody and no time of its own.

    每年造林2万亩，单个项目不超过500亩 is one order, though both of its clauses may be found. A cap
    that goes on (花钱不许超过1500块，烟酒不上桌) is an order beside it.
    """
    own = (*(party.start for party in task.parties), task.deadline.start)
    if any(at is not None and at >= task.start for at in own):
        return False
    return any(
        begun <= task.start and task.end <= end and not text.startswith(("，", ","), end)
        for begun, end in _caps_behind(text, before.end)
    )


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
