"""The text of a document cut where its marks begin and end, line by line."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from speechmine.model import DOUBTFUL, Extraction

__all__ = ["MarkedLine", "MarkedPiece", "TextMark", "lines_of", "marked_pieces", "marks_of"]

# Marks of direction and invisible signs could turn or hide what a reader sees.
_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u061c") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_FIRST_PRINTABLE = 0x20


@dataclass(frozen=True, slots=True)
class TextMark:
    """A stretch of text that is shown as something.

    Attributes:
        start, end: offsets in the document.
        kind: ``task``, ``party``, ``time``, ``metric``, ``heading``, or ``doubtful`` where it was
            recognised without certainty.
        rows: numbers of the tasks it belongs to, from 1.
    """

    start: int
    end: int
    kind: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """Text that one set of marks covers.

    Attributes:
        text: as the document has it; a sign that cannot be seen is given by its code.
        kinds: of the marks, sorted.
        rows: tasks whose clause this is part of.
        opens: tasks whose clause begins here.
        unseen: whether ``text`` stands for a sign that cannot be seen.
    """

    text: str
    kinds: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of the document.

    ``depth`` is that of a heading, 0 where running text follows it; ``start`` is its offset.
    """

    pieces: tuple[MarkedPiece, ...]
    depth: int = 0
    start: int = 0


def marks_of(extraction: Extraction) -> Iterator[TextMark]:
    """Tasks with their parties and times, all metrics and headings.

    Example:
        >>> import speechmine
        >>> result = speechmine.extract("请区财政局在6月底前制定奖补方案。", date="2024-03-01")
        >>> [(m.kind, m.start, m.end) for m in marks_of(result)]
        [('task', 0, 16), ('party', 1, 5), ('time', 6, 10)]
    """
    for row, task in enumerate(extraction.tasks, start=1):
        yield TextMark(task.start, task.end, "task", (row,))
        for party in task.parties:
            yield TextMark(party.start, party.end, "party", (row,))
        if task.deadline.start is not None and task.deadline.end is not None:
            yield TextMark(task.deadline.start, task.deadline.end, "time", (row,))
    for metric in extraction.metrics:
        yield TextMark(metric.start, metric.end, "metric")
    for segment in extraction.segments:
        if segment.discourse == "heading":
            yield TextMark(segment.start, segment.end, "heading")
    for doubt in extraction.document.doubts:
        if doubt.confidence < DOUBTFUL:
            yield TextMark(doubt.start, doubt.end, "doubtful")


def lines_of(extraction: Extraction) -> Iterator[MarkedLine]:
    r"""The document's lines with all marks; empty lines are left out.

    Example:
        >>> import speechmine
        >>> result = speechmine.extract("一、抓紧\n请区财政局制定奖补方案。")
        >>> [(line.depth, "".join(p.text for p in line.pieces)) for line in lines_of(result)]
        [(1, '一、抓紧'), (0, '请区财政局制定奖补方案。')]
    """
    text = extraction.document.text
    marks = sorted(marks_of(extraction), key=lambda mark: (mark.start, mark.end))
    depths = {section.start: section.depth for section in extraction.sections}
    ends = {mark.start: mark.end for mark in marks if mark.kind == "heading"}
    at = 0
    for raw in text.split("\n"):
        end = at + len(raw)
        if raw.strip():
            first = end - len(raw.lstrip())
            alone = ends.get(first) == at + len(raw.rstrip())
            depth = depths.get(first, 1) if alone else 0
            yield MarkedLine(
                tuple(marked_pieces(text, at, end, _near(marks, at, end))), depth, first
            )
        at = end + 1


def marked_pieces(
    text: str, start: int, end: int, marks: Iterable[TextMark]
) -> Iterator[MarkedPiece]:
    """A stretch of a text cut where marks begin and end.

    Args:
        text: of the document.
        start: of the stretch.
        end: of the stretch.
        marks: those that may touch it.

    Example:
        >>> marks = [TextMark(2, 4, "task", (1,))]
        >>> [piece.text for piece in marked_pieces("修好水渠", 0, 4, marks)]
        ['修好', '水渠']
    """
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = {start, end}
    for mark in here:
        cuts.update(at for at in (mark.start, mark.end) if start < at < end)
    bounds = sorted(cuts)
    for first, last in itertools.pairwise(bounds):
        covering = [mark for mark in here if mark.start <= first and mark.end >= last]
        tasks = [mark for mark in covering if mark.kind == "task"]
        kinds = tuple(sorted({mark.kind for mark in covering}))
        rows = tuple(dict.fromkeys(row for mark in tasks for row in mark.rows))
        opens = tuple(row for mark in tasks if mark.start == first for row in mark.rows)
        yield from _visible(MarkedPiece(text[first:last], kinds, rows, opens))


def _near(marks: Sequence[TextMark], start: int, end: int) -> Iterator[TextMark]:
    """Marks that can touch a line: sorted by start, so those behind its end are passed over."""
    stop = bisect_right(marks, end, key=lambda mark: mark.start)
    yield from (mark for mark in marks[:stop] if mark.end > start)


def _visible(piece: MarkedPiece) -> Iterator[MarkedPiece]:
    """The piece, parted at signs that cannot be seen."""
    opens = piece.opens
    for text, unseen in _lines_and_ends(piece.text):
        yield MarkedPiece(text, piece.kinds, piece.rows, opens, unseen)
        opens = ()


def _lines_and_ends(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for i, sign in enumerate(text):
        if sign in _UNSEEN or (ord(sign) < _FIRST_PRINTABLE and sign != "\t"):
            if i > at:
                yield text[at:i], False
            yield f"U+{ord(sign):04X}", True
            at = i + 1
    if at < len(text):
        yield text[at:], False
