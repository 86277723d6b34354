"""What could not be settled: told in the result, and marked on records to be read again (待核)."""

from __future__ import annotations

import dataclasses
import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from speechmine.assemble.findings import Part
from speechmine.borders import Span
from speechmine.model import DOUBTFUL, Deadline, Doubt, Metric, Notice, Task

__all__ = ["doubted", "doubtful_metrics", "notices_of"]

_NOTES = {
    "border_unsaid": "whether the unit itself counts is not said; a year is taken to, a month not",
    "time_conflict": "two times in one phrase, the explicit one is kept",
    "impossible_date": "there is no such day",
    "time_backwards": "it ends before it begins; no date is given",
    "unread_time": "a time that could not be read; its wording is kept",
}


def notices_of(part: Part) -> tuple[Notice, ...]:
    """The notices of a document, in document order.

    Args:
        part: all that its parts gave.
    """
    found = [*part.notices, *_time_notices(part.times)]
    for metric in part.metrics:
        if metric.masked:
            message = f"the number is masked: {metric.text}"
            found.append(Notice("masked_value", message, metric.start, metric.end))
    for figure in part.quantities:
        if figure.backwards:
            message = f"the larger end is written first: {figure.text}"
            found.append(Notice("range_backwards", message, figure.start, figure.end))
    return tuple(sorted(found, key=lambda n: (n.start or 0, n.code)))


def _time_notices(times: Sequence[Deadline]) -> Iterator[Notice]:
    for time in times:
        if time.masked:
            yield Notice("masked_value", f"the date is masked: {time.text}", time.start, time.end)
        if time.note is not None:
            message = f"{_NOTES.get(time.note, time.note)}: {time.text}"
            yield Notice(time.note, message, time.start, time.end)


# A record with a doubtful character is marked whatever else speaks for it: below the chance
# from which on records are not read again (:data:`speechmine.tables.UNSURE`).
_MARKED = 0.59


def doubted(tasks: Iterable[Task], doubts: Sequence[Doubt]) -> Iterator[Task]:
    """Tasks as sure as the characters that they stand on.

    Args:
        tasks: with offsets of the document.
        doubts: of the document, in order.

    Example:
        >>> import dataclasses, speechmine
        >>> text = "请区财政局在3月底前制定奖补方案。"
        >>> document = speechmine.Document(text, date="2024-01-08", doubts=(Doubt(6, 7, 0.5),))
        >>> [task.confidence for task in speechmine.extract(document).tasks]
        [0.5]
    """
    return iter(tasks) if not doubts else (_doubted(task, doubts) for task in tasks)


def _doubted(task: Task, doubts: Sequence[Doubt]) -> Task:
    chances = [
        doubt.confidence for span in _spans_of_task(task) for doubt in _doubts_within(doubts, span)
    ]
    if not chances:
        return task
    sure = (1.0 if task.confidence is None else task.confidence) * math.prod(chances)
    if min(chances) < DOUBTFUL:
        sure = min(sure, _MARKED)
    return dataclasses.replace(task, confidence=round(sure, 2))


def _spans_of_task(task: Task) -> Iterator[Span]:
    """The task's own words, and those elsewhere that it takes its parties and time from."""
    yield task.start, task.end
    places = [(party.start, party.end) for party in task.parties]
    others: set[tuple[int | None, int | None]] = {*places, (task.deadline.start, task.deadline.end)}
    for start, end in others:
        if start is not None and end is not None and not task.start <= start < task.end:
            yield start, end


def doubtful_metrics(metrics: Iterable[Metric], doubts: Sequence[Doubt]) -> Iterator[Notice]:
    """Figures whose characters are doubtful.

    Args:
        metrics: with offsets of the document.
        doubts: of the document, in order.
    """
    for metric in metrics:
        found = _doubts_within(doubts, (metric.start, metric.end))
        if any(doubt.confidence < DOUBTFUL for doubt in found):
            message = f"待核: a figure with doubtful characters: {metric.text}"
            yield Notice("doubtful_metric", message, metric.start, metric.end)


def _doubts_within(doubts: Sequence[Doubt], span: Span) -> Sequence[Doubt]:
    first = bisect_left(doubts, span[0], key=lambda doubt: doubt.start)
    last = bisect_left(doubts, span[1], lo=first, key=lambda doubt: doubt.start)
    return doubts[first:last]
