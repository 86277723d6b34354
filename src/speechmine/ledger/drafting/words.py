"""The words of the rows: each sentence with tasks, parted among them as it stands.

A row says its sentence from where its task begins, the first one from the sentence's beginning,
up to where the next row's begins. So every word of such a sentence stands in one row, and none in
two; what a row needs of the words before it is its ``above``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from speechmine.ledger.drafting.categories import holds_for
from speechmine.ledger.drafting.phrases import (
    MARKS,
    clauses_of,
    deed,
    names_thing,
    numberless,
    opens_as_order,
    points_back,
    row_patterns,
    says_little,
    shortened,
)
from speechmine.ledger.layout import ledger_words
from speechmine.model import Extraction, Party, Segment, Task

__all__ = ["RowWords", "row_words"]

_PARTING = ("；", ";")
# A longer beginning of a sentence is background, a longer end another matter.
_BEGINNING, _REST = 60, 90
# What the first clause of a row names that needs the words before it: less inside a sentence,
# hardly anything at the head of one; a longer row says what it is about.
_BRIEF, _BARE, _ALONE = 10, 5, 15
# A longer row says by itself what its deed is of.
_REMOTE = 40


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
        spans = list(_PartedSentence(text, segments[nth], before, rows, owing, topic).rows())
        found.update(zip((task.id for task in rows), spans, strict=True))
        named = [said for task, said in zip(rows, spans, strict=True) if _names_owing(task)]
        owing = shortened(text[named[0].start : named[0].end]) if named else owing
    return found


@dataclass(frozen=True, slots=True)
class _PartedSentence:
    """A sentence with its tasks in order, and what stands before it.

    Attributes:
        before: the sentences of its paragraph. owing: the row there that names who owes it.
        topic: the heading that it stands under.
    """

    text: str
    segment: Segment
    before: Sequence[Segment]
    tasks: Sequence[Task]
    owing: str
    topic: str

    def rows(self) -> Iterator[RowWords]:
        since = self._point()
        starts = [self._first_start(since), *map(self._start, self.tasks, self.tasks[1:])]
        ends = [*(self._trimmed(at) for at in starts[1:]), self._last_end()]
        for task, start, end in zip(self.tasks, starts, ends, strict=True):
            stop = self._without_labels(task, start, end)
            cut = start == starts[0] > since
            above = self._above(task, (start, stop), cut=cut)
            yield RowWords(start, stop, above, self._called())

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
        named = list(_named_in(task))
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

    def _above(self, task: Task, own: tuple[int, int], *, cut: bool) -> str:
        """The words before a row that says too little, points back, or is inherited.

        Args:
            task: of the row.
            own: its words.
            cut: whether the sentence's own beginning is left out of all rows.
        """
        raw = self.text[slice(*own)]
        named = ((a - own[0], b - own[0]) for a, b in _named_in(task))
        said = deed(raw, named)
        opening = self.text[self.segment.start : own[0]]
        inside = bool(numberless(opening).strip(MARKS))
        inherited = any(party.source == "sentence" for party in task.parties)
        brief = says_little(said, _BRIEF)
        of_another = not _names_owing(task) and self._is_of_its_subject(opening, said)
        result = row_patterns()["result"].match(raw) is not None
        # 新建学校3所，幼儿园5所
        counted = not task.object and row_patterns()["counted"].fullmatch(said) is not None
        if inside and (cut or inherited or brief or of_another or result or counted):
            return self._back_from(opening)
        if row_patterns()["bare"].match(numberless(raw)) and not any(map(_is_owing, task.parties)):
            return self.owing
        part = row_patterns()["part"].match(raw)  # 其中贫困户…: of whom, the words before say
        bare = bool(part) or says_little(said, _BARE) or points_back(said)
        before = self._back_from("") or self._said_of_them() if bare else ""
        if before or inside:
            return before
        return self._of_a_list() or self._in_its_place() or (self._topic(said) if brief else "")

    def _of_a_list(self) -> str:
        """实施十大项目。甲厂扩建项目。乙站改造工程。: what announces things that are only named."""
        if not names_thing(self.segment.text):
            return ""
        nth = len(self.before) - 1
        while nth >= 0 and names_thing(self.before[nth].text):
            nth -= 1
        listed = nth >= 0 and row_patterns()["things"].search(self.before[nth].text)
        return shortened(self.before[nth].text) if listed else ""

    def _in_its_place(self) -> str:
        """在库区要…；加密雨量站: what the first of several parts says of where holds for all."""
        first = nth = len(self.before)
        while self._is_parted(first):
            first -= 1
        said = self.before[first].text if first < nth else ""
        return shortened(said) if row_patterns()["place"].match(numberless(said)) else ""

    def _is_of_its_subject(self, opening: str, said: str) -> bool:
        """某厂要退城入园，支持企业申报…: what the sentence begins with is what a deed is of."""
        start = self.segment.start
        spans = (span for task in self.tasks for span in _named_in(task))
        thing = deed(opening, ((a - start, b - start) for a, b in spans))
        return len(said) <= _REMOTE and opens_as_order(said) and not opens_as_order(thing)

    def _back_from(self, opening: str) -> str:
        """The words before a row, with the sentences before it that they cannot do without.

        不到一半 says nothing by itself; 其中甲坝…；乙塘… are only parts of what stands before them.
        """
        said, taken = opening, False
        enough = bool(opening) and not says_little(numberless(opening), _BARE)
        listed = self._is_parted(len(self.before))
        for nth in range(len(self.before) - 1, -1, -1):
            before = self.before[nth]
            if enough or before.discourse == "heading":
                break
            if taken or listed or not self._is_part(nth):
                said, taken = before.text + said, True
                long = len(numberless(before.text).strip(MARKS)) > _BRIEF
                enough = long and not (listed and self._is_parted(nth))
        return shortened(said)

    def _is_parted(self, nth: int) -> bool:
        """Whether only a semicolon parts a sentence from the one before it."""
        return nth > 0 and self.before[nth - 1].text.endswith(_PARTING)

    def _is_part(self, nth: int) -> bool:
        """Whether a sentence before this one is a part (其中) of what stands before it."""
        first = nth
        while self._is_parted(first):
            first -= 1
        return row_patterns()["part"].match(self.before[first].text) is not None

    def _called(self) -> str:
        stage = row_patterns()["stage"].match(self.text, self._line())
        if stage:
            return stage["who"]
        line = numberless(self.text[self._line() : self.segment.end].strip(MARKS))
        called = row_patterns()["called"].match(line)
        return called["who"] if called else ""

    def _line(self) -> int:
        return self.text.rfind("\n", 0, self.segment.start) + 1

    def _said_of_them(self) -> str:
        """What an earlier paragraph with the same body at its head says: 甲局：至今没有进场."""
        called = self._called()
        lines = self.text[: self._line()].split("\n")[::-1] if called else ()
        said = (numberless(line.strip(MARKS)) for line in lines)
        heads = (f"{called}：", f"{called}:")
        return next((shortened(line) for line in said if line.startswith(heads)), "")

    def _topic(self, said: str) -> str:
        """What the paragraph is about: on what somebody reports in it, or its heading."""
        stage = row_patterns()["stage"].match(self.text, self._line())
        if stage:
            return stage["said"]
        return self.topic if len(said) <= _ALONE else ""


def _named_in(task: Task) -> Iterator[tuple[int, int]]:
    """Where the text names whoever has a part in a task, and its time."""
    yield from ((party.start, party.end) for party in task.parties)
    if task.deadline.start is not None and task.deadline.end is not None:
        yield task.deadline.start, task.deadline.end


def _is_owing(party: Party) -> bool:
    return party.role in ("lead", "responsible")


def _names_owing(task: Task) -> bool:
    return any(_is_owing(party) and party.source == "explicit" for party in task.parties)
