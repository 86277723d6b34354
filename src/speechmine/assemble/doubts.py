"""Records that stand on characters recognised without certainty: to be read again (待核)."""

from __future__ import annotations

import dataclasses
import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from speechmine.model import DOUBTFUL, Doubt, Metric, Notice, Task

__all__ = ["doubted", "doubtful_metrics"]

# A record with a doubtful character is marked whatever else speaks for it: below the chance
# from which on records are not read again (:data:`speechmine.tables.UNSURE`).
_MARKED = 0.59
#: Start and end.
_Span = tuple[int, int]


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
    chances = [doubt.confidence for span in _spans(task) for doubt in _within(doubts, span)]
    if not chances:
        return task
    sure = (1.0 if task.confidence is None else task.confidence) * math.prod(chances)
    if min(chances) < DOUBTFUL:
        sure = min(sure, _MARKED)
    return dataclasses.replace(task, confidence=round(sure, 2))


def _spans(task: Task) -> Iterator[_Span]:
    """The task's own words, and those elsewhere that it takes its parties and time from."""
    yield task.start, task.end
    others = {(party.start, party.end) for party in task.parties}
    deadline = task.deadline
    if deadline.start is not None and deadline.end is not None:
        others.add((deadline.start, deadline.end))
    yield from sorted(span for span in others if not task.start <= span[0] < task.end)


def doubtful_metrics(metrics: Iterable[Metric], doubts: Sequence[Doubt]) -> Iterator[Notice]:
    """Figures whose characters are doubtful.

    Args:
        metrics: with offsets of the document.
        doubts: of the document, in order.
    """
    for metric in metrics:
        found = _within(doubts, (metric.start, metric.end))
        if any(doubt.confidence < DOUBTFUL for doubt in found):
            message = f"待核: a figure with doubtful characters: {metric.text}"
            yield Notice("doubtful_metric", message, metric.start, metric.end)


def _within(doubts: Sequence[Doubt], span: _Span) -> Sequence[Doubt]:
    first = bisect_left(doubts, span[0], key=lambda doubt: doubt.start)
    last = bisect_left(doubts, span[1], lo=first, key=lambda doubt: doubt.start)
    return doubts[first:last]
