"""The words of the rows: each sentence with tasks, parted among them as it stands.

A row says its sentence from where its task begins, the first one from the sentence's beginning,
up to where the next row's begins. So every word of such a sentence stands in one row, and none in
two; what a row needs of the words before it is its ``above``.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from speechmine.ledger.layout import ledger_words
from speechmine.model import Extraction, Party, Segment, Task

__all__ = ["MARKS", "RowWords", "clauses_of", "row_words", "without_opening"]

_OPEN, _CLOSE = "（(《“‘[【", "）)》”’]】"
#: What may stand around a piece of text and is none of it.
MARKS = "，,；;。、：: —\u3000\n•●○■□▲△★☆◆◇→·"
# A longer beginning of a sentence is background, a longer end another matter.
_BEGINNING, _REST = 60, 90
# A remark is short; so is a row that needs one, and what its first clause names: less inside a
# sentence, hardly anything at the head of one.
_ABOVE, _SHORT, _BRIEF, _BARE = 60, 40, 10, 5
# Less than this says nothing.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class RowWords:
    """Where the words of a row stand, and those before it that tell what it is about.

    Attributes:
        start, end: in the text of the document. above: empty where the row says it itself.
    """

    start: int
    end: int
    above: str = ""


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
    found: dict[str, RowWords] = {}
    owing = ""  # the words of the last row of the paragraph that names who owes it
    line = -1
    for nth, tasks in groupby(told, key=lambda t: bisect_right(starts, t.start) - 1):
        rows = list(tasks)
        if nth < 0 or rows[-1].end > len(text):
            continue
        begun = text.rfind("\n", 0, segments[nth].start)
        owing, line = owing if begun == line else "", begun
        before = segments[nth - 1] if nth > 0 else None
        spans = list(_PartedSentence(text, segments[nth], before, rows, owing).rows())
        found.update(zip((task.id for task in rows), spans, strict=True))
        named = [said for task, said in zip(rows, spans, strict=True) if _names_owing(task)]
        owing = _shortened(text[named[0].start : named[0].end]) if named else owing
    return found


@dataclass(frozen=True, slots=True)
class _PartedSentence:
    """A sentence with its tasks in order, the one before it, and who owes what stands before."""

    text: str
    segment: Segment
    before: Segment | None
    tasks: Sequence[Task]
    owing: str

    def rows(self) -> Iterator[RowWords]:
        starts = [self._first_start(), *map(self._start, self.tasks, self.tasks[1:])]
        ends = [*(self._trimmed(at) for at in starts[1:]), self._last_end()]
        for task, start, end in zip(self.tasks, starts, ends, strict=True):
            stop = self._without_labels(task, start, end)
            yield RowWords(start, stop, self._above(task, (start, stop)))

    def _first_start(self) -> int:
        """Where the sentence begins, or its point (：一是); behind its background if it is long."""
        first = self.tasks[0].start
        point = _row_patterns()["point"].search(self.text, self.segment.start, first)
        since = point.end() if point else self.segment.start
        clauses = (since + a for a, _ in clauses_of(self.text[since:first]))
        return next(a for a in (*clauses, first) if first - a <= _BEGINNING)

    def _start(self, task: Task, following: Task) -> int:
        """Where the next row begins: with what says to what or in what field (围绕…，)."""
        start = following.start
        for begun, end in reversed(list(clauses_of(self.text[task.end : start]))):
            at = task.end + begun
            if not _row_patterns()["opens"].match(self.text, at, task.end + end):
                break
            start = at
        gap = self.text[start : following.start]
        return start + len(gap) - len(gap.lstrip(MARKS))

    def _trimmed(self, end: int) -> int:
        """Without what only joins the next row (，并)."""
        joins = _row_patterns()["joins"].search(self.text, self.segment.start, end)
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
        for bracket in _row_patterns()["bracket"].finditer(self.text, start + 1, end):
            last = not self.text[bracket.end() : end].strip(MARKS)
            if last and any(bracket.start() <= at < bracket.end() for at, _ in named):
                end = bracket.start()
        since = max(start, task.start)
        for begun, stop in reversed(list(clauses_of(self.text[since:end]))[1:]):
            span = range(since + begun, since + stop)
            left = "".join(self.text[i] for i in span if not any(a <= i < b for a, b in named))
            if len(left) == len(span) or _row_patterns()["label"].sub("", left).strip(MARKS):
                break
            end = since + begun
        return self._trimmed(end)

    def _above(self, task: Task, own: tuple[int, int]) -> str:
        """The words before a row that says too little, points back, or is inherited."""
        raw = self.text[slice(*own)]
        said = without_opening(raw, ((a - own[0], b - own[0]) for a, b in _named_in(task)))
        opening = self.text[self.segment.start : own[0]]
        inside = bool(numberless(opening).strip(MARKS))
        inherited = any(party.source == "sentence" for party in task.parties)
        if inside and (inherited or _says_little(said, _BRIEF)):
            return _shortened(opening)
        if _row_patterns()["bare"].match(numberless(raw)) and not any(map(_is_owing, task.parties)):
            return self.owing
        return self._sentence_before() if _says_little(said, _BARE) else ""

    def _sentence_before(self) -> str:
        """The sentence before this one in its paragraph."""
        before = self.before
        if before is None or before.discourse == "heading":
            return ""
        near = "\n" not in self.text[before.end : self.segment.start]
        return _shortened(before.text) if near else ""


def _named_in(task: Task) -> Iterator[tuple[int, int]]:
    """Where the text names whoever has a part in a task, and its time."""
    yield from ((party.start, party.end) for party in task.parties)
    if task.deadline.start is not None and task.deadline.end is not None:
        yield task.deadline.start, task.deadline.end


def _is_owing(party: Party) -> bool:
    return party.role in ("lead", "responsible")


def _names_owing(task: Task) -> bool:
    return any(_is_owing(party) and party.source == "explicit" for party in task.parties)


def _says_little(said: str, most: int) -> bool:
    """其余全部整改, 每月调度一次: to what it is done, the words before say."""
    words = _row_patterns()
    first = said[: next(clauses_of(said), (0, 0))[1]]
    thing = words["manner"].sub("", first).strip(MARKS)
    brief = len(thing) <= most and len(said) <= _SHORT
    return brief or words["points"].match(said) is not None


def _shortened(said: str) -> str:
    """As many clauses of the end as a remark holds, behind the first one."""
    said = numberless(said.strip(MARKS))
    if len(said) <= _ABOVE:
        return said
    clauses = [said[a:b] for a, b in clauses_of(said)]
    first, rest = clauses[0].rstrip(MARKS)[:_ABOVE], ""
    for clause in reversed(clauses[1:]):
        if len(first) + len(rest) + len(clause) > _ABOVE:
            break
        rest = clause + rest
    return f"{first}……{rest.strip(MARKS)}"


def without_opening(said: str, spans: Iterable[tuple[int, int]]) -> str:
    """The words without their number and without names and times that open them.

    Who answers and by when stand in columns of their own. A name stays where the rest of the
    clause cannot stand without it (物业公司也别躲).

    Args:
        said: the words.
        spans: where names and times stand in them.

    Example:
        >>> without_opening("二是县水利局要在6月底前完成加固", [(2, 6), (8, 12)])
        '完成加固'
        >>> without_opening("物业公司也别躲", [(0, 4)])
        '物业公司也别躲'
    """
    words = _row_patterns()
    numbered = len(said) - len(numberless(said))
    ends = dict(spans)
    at = numbered
    while True:
        begin = words["before"].match(said, at)
        opening = begin.end() if begin else at
        if opening not in ends:
            break
        at = max(ends[opening], opening + 1)
        behind = words["behind"].match(said, at)
        at = behind.end() if behind else at
    modal = words["modal"].match(said, at)
    at = modal.end() if modal else at
    left = said[at:].strip(MARKS)
    stands = len(left) >= _SHORTEST and words["unfit"].match(said, at) is None
    return left if stands else said[numbered:].strip(MARKS)


def numberless(said: str) -> str:
    """Without the number of an article or of a point (二是), and what only carries on (同时，).

    Args:
        said: the words.

    Example:
        >>> numberless("另外，二是修好门前的路")
        '修好门前的路'
    """
    number = _row_patterns()["number"].match(said)
    return said[number.end() :] if number else said


def clauses_of(text: str) -> Iterator[tuple[int, int]]:
    """Clauses with the mark behind them; marks inside brackets and quotes part nothing.

    Args:
        text: any words.

    Example:
        >>> list(clauses_of("查（一，二）处，改完"))
        [(0, 8), (8, 10)]
    """
    start = depth = 0
    for at, mark in enumerate(text):
        depth = max(0, depth + (mark in _OPEN) - (mark in _CLOSE))
        if mark in "，,；;。" and not depth and text[at + 1 : at + 2] not in ("，", "；", "。"):
            yield start, at + 1
            start = at + 1
    if start < len(text):
        yield start, len(text)


@functools.cache
def _row_patterns() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(str(said)) for name, said in ledger_words()["words"].items()}
