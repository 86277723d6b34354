"""The words of the rows: each sentence with tasks, parted among them as it stands.

A row says its sentence from where its task begins, the first one from the sentence's beginning,
up to where the next row's begins. So every word of such a sentence stands in one row, and none in
two; what a row needs of the words before it is its ``above``
(:mod:`speechmine.ledger.drafting.above`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from speechmine.ledger.drafting.above import PrecedingWords, named_in, names_owing
from speechmine.ledger.drafting.categories import holds_for
from speechmine.ledger.drafting.phrases import MARKS, clauses_of, row_patterns, shortened
from speechmine.ledger.layout import ledger_words
from speechmine.model import Extraction, Segment, Task

__all__ = ["RowWords", "row_words"]

# A longer beginning of a sentence is background, a longer end another matter.
_BEGINNING, _REST = 60, 90


@dataclass(frozen=True, slots=True)
class RowWords:
    """Where the words of a row stand, and those before it that tell what it is about.

    Attributes:
        start, end: in the text of the document. above: empty where the row says it itself.
        called: whom the head of its paragraph calls upon (甲局：), or who reports in it.
    """

    start: int
    end: int
    above: str = ""
    called: str = ""


def row_words(extraction: Extraction) -> dict[str, RowWords]:
    """The words of each task that stands in no table, by its id; none where there is no text.

    Args:
        extraction: of one document.

    Example:
        >>> import speechmine
        >>> found = speechmine.extract("围绕节水，县水利局要编制规划，县财政局每月调度，确保见效。")
        >>> text = found.document.text
        >>> [text[row.start : row.end] for row in row_words(found).values()]
        ['围绕节水，县水利局要编制规划', '县财政局每月调度，确保见效']
    """
    text = extraction.document.text
    segments = sorted(extraction.segments, key=lambda segment: segment.start)
    starts = [segment.start for segment in segments]
    told = sorted((t for t in extraction.tasks if not t.cells), key=lambda t: t.start)
    note = re.compile(str(ledger_words()["title_note"]))
    sections = {section.id: section for section in extraction.sections}
    found: dict[str, RowWords] = {}
    owing = ""  # the words of the last row of the paragraph that names who owes it
    line = -1
    for nth, tasks in groupby(told, key=lambda t: bisect_right(starts, t.start) - 1):
        rows = list(tasks)
        if nth < 0 or rows[-1].end > len(text):
            continue
        begun = text.rfind("\n", 0, segments[nth].start)
        owing, line = owing if begun == line else "", begun
        before = segments[bisect_left(starts, begun + 1) : nth]
        head = sections.get(rows[0].section or "")
        heads = head is not None and holds_for(head, rows[0].start, text)
        topic = note.sub("", head.title).strip(MARKS) if head and heads else ""
        preceding = PrecedingWords(text, segments[nth], before, rows, owing, topic)
        spans = list(_PartedSentence(text, segments[nth], rows, preceding).rows())
        found.update(zip((task.id for task in rows), spans, strict=True))
        named = [said for task, said in zip(rows, spans, strict=True) if names_owing(task)]
        owing = shortened(text[named[0].start : named[0].end]) if named else owing
    return found


@dataclass(frozen=True, slots=True)
class _PartedSentence:
    """A sentence with its tasks in order, and what stands before it."""

    text: str
    segment: Segment
    tasks: Sequence[Task]
    preceding: PrecedingWords

    def rows(self) -> Iterator[RowWords]:
        since = self._point()
        starts = [self._first_start(since), *map(self._start, self.tasks, self.tasks[1:])]
        ends = [*(self._trimmed(at) for at in starts[1:]), self._last_end()]
        for task, start, end in zip(self.tasks, starts, ends, strict=True):
            stop = self._without_labels(task, start, end)
            cut = start == starts[0] > since
            above = self.preceding.above(task, (start, stop), cut=cut)
            yield RowWords(start, stop, above, self.preceding.called())

    def _point(self) -> int:
        """Where the sentence begins, or its point (：一是)."""
        point = row_patterns()["point"].search(self.text, self.segment.start, self.tasks[0].start)
        return point.end() if point else self.segment.start

    def _first_start(self, since: int) -> int:
        """Where the sentence begins; behind its background if that is long."""
        first = self.tasks[0].start
        clauses = [since + a for a, _ in clauses_of(self.text[since:first])]
        near = next(a for a in (*clauses, first) if first - a <= _BEGINNING)
        if row_patterns()["part"].match(self.text, near):  # 安排项目9个，其中… is one matter
            near = max((a for a in clauses if a < near), default=near)
        return near

    def _start(self, task: Task, following: Task) -> int:
        """Where the next row begins: with what says to what or in what field (围绕…，)."""
        start = following.start
        ended = self.text.rfind("。", task.end, start) + 1
        if ended:  # 投资2亿元，修好北坝。投资9万元，疏通南渠: what begins a sentence is of its row
            return ended
        for begun, end in reversed(list(clauses_of(self.text[task.end : start]))):
            at = task.end + begun
            if not row_patterns()["opens"].match(self.text, at, task.end + end):
                break
            start = at
        if start == following.start:
            return self._with_torn_off(task.end, start)
        gap = self.text[start : following.start]
        return start + len(gap) - len(gap.lstrip(MARKS))

    def _with_torn_off(self, since: int, start: int) -> int:
        """Where a row begins, with the 确保 or 将 before it that it cannot do without."""
        clauses = list(clauses_of(self.text[since:start]))
        at = since + clauses[-1][0] if clauses else start
        said = self.text[at:start].lstrip(MARKS)
        kept = (row_patterns()[name].fullmatch(said) for name in ("result", "torn"))
        return start - len(said) if any(kept) else start

    def _trimmed(self, end: int) -> int:
        """Without what only joins the next row (，并)."""
        joins = row_patterns()["joins"].search(self.text, self.segment.start, end)
        return joins.start() if joins else end

    def _last_end(self) -> int:
        """Where the sentence ends, or a near clause of it."""
        begun = end = self.tasks[-1].end
        for _, clause in clauses_of(self.text[begun : self.segment.end]):
            if clause > _REST:
                break
            end = begun + clause
        return max(begun, self._trimmed(end))

    def _without_labels(self, task: Task, start: int, end: int) -> int:
        """Where a row ends without what only other columns say (，甲局配合, （甲局负责）)."""
        named = list(named_in(task))
        for bracket in row_patterns()["bracket"].finditer(self.text, start + 1, end):
            last = not self.text[bracket.end() : end].strip(MARKS)
            if last and any(bracket.start() <= at < bracket.end() for at, _ in named):
                end = bracket.start()
        since = max(start, task.start)
        for begun, stop in reversed(list(clauses_of(self.text[since:end]))[1:]):
            span = range(since + begun, since + stop)
            left = "".join(self.text[i] for i in span if not any(a <= i < b for a, b in named))
            if len(left) == len(span) or row_patterns()["label"].sub("", left).strip(MARKS):
                break
            end = since + begun
        return self._trimmed(end)
