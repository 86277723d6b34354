"""What a task says is owed, in the words and the order of its text.

Who answers and by when stand in columns of their own: what opens a clause and says no more than
that is left away, and so is a clause that only says who helps. Nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from speechmine.borders import SENTENCE
from speechmine.ledger.cells import squeezed
from speechmine.ledger.drafting.marked import (
    MARKS,
    SHORTEST,
    MarkedText,
    numberless,
    phrasing_words,
)
from speechmine.model import Task

__all__ = ["measure_spans", "owed_words", "whole_task", "with_measures"]

_SHORT_WORD = 2
_LAST_WORD = re.compile(r"[，,；;。：:]([\u4e00-\u9fff]{1,2})$")
# Marks between two clauses that stay as they are.
_BETWEEN = ("，", ",", "；", ";", "、")
# More than this between two pieces is another matter.
_WIDEST = 90


def owed_words(task: Task, *, dated: bool) -> str:
    """The text of a task without what its other columns say.

    Args:
        task: the task.
        dated: whether its deadline is a time, and stands in its own column.

    Example:
        >>> import speechmine
        >>> text = "县水利局要在6月底前完成水库加固，做好蓄水准备，县财政局等部门配合。"
        >>> [owed_words(task, dated=True) for task in speechmine.extract(text).tasks]
        ['完成水库加固，做好蓄水准备']
    """
    left = [_without_names(task, dated=dated)]
    if dated:  # 县水利局：今年建成 says too little without its time
        left.append(_without_names(task, dated=False))
    return next((words for words in left if len(words) >= SHORTEST), task.text.strip(MARKS))


def _without_names(task: Task, *, dated: bool) -> str:
    reader = MarkedText(task.text, tuple(_named_spans(task, dated=dated)))
    kept = numberless("".join(reader.clauses()).strip(MARKS))
    return kept if task.text.startswith(kept) else phrasing_words().modal.sub("", kept)


def whole_task(task: Task, text: str, *, dated: bool) -> str:
    """What is owed with its measures, in the order of the text.

    Args:
        task: the task.
        text: of its document; empty where only records are there, then the measures follow.
        dated: as for :func:`owed_words`.
    """
    return with_measures(task, text, owed_words(task, dated=dated))


def with_measures(task: Task, text: str, own: str) -> str:
    """The task in the words given and its measures, each where the text has it.

    Args:
        task: the task.
        text: of its document.
        own: what is said of the task itself.
    """
    more = [m for m in task.measures if squeezed(m) not in squeezed(own)]
    if not text:
        return "；".join((own, *more))
    start = text.rfind("\n", 0, task.start) + 1
    end = text.find("\n", task.end)
    paragraph = text[start : end if end >= 0 else len(text)]
    at = task.start - start
    # Where each piece stands in the paragraph, with what is said of it.
    pieces = [(at, at + len(task.text), own)]
    for measure in more:
        place = _nearest(paragraph, measure, at)
        begun = _clause_start(paragraph, place)
        pieces.append((begun, place + len(measure), paragraph[begun:place] + measure))
    return numberless(_rejoined(sorted(pieces, key=lambda piece: piece[0]), paragraph))


def measure_spans(task: Task, text: str) -> Iterator[tuple[int, int]]:
    """Where the measures of a task stand that are next to it.

    Args:
        task: the task.
        text: of its document.
    """
    first = text.rfind("\n", 0, task.start) + 1
    last = text.find("\n", task.end)
    paragraph = text[first : last if last >= 0 else len(text)]
    for measure in task.measures:
        at = _nearest(paragraph, measure, task.start - first)
        if at < len(paragraph):
            yield first + at, first + at + len(measure)


def _rejoined(pieces: Sequence[tuple[int, int, str]], paragraph: str) -> str:
    """The pieces; between two of one sentence what the text has there, if it is short."""
    said = pieces[0][2]
    for (_, end, _), (start, _, words) in pairwise(pieces):
        said += _between(paragraph[end:start].strip()) + words
    return said


def _between(gap: str) -> str:
    """The mark between two pieces, or the words that are no piece (，特别是)."""
    inside = not SENTENCE.search(gap.strip("；;")) and 0 < len(gap) <= _WIDEST
    return gap if inside and gap[0] in _BETWEEN else "；"


def _nearest(paragraph: str, words: str, at: int) -> int:
    """Where words stand that are next to a place; behind everything where they do not."""
    found = [match.start() for match in re.finditer(re.escape(words), paragraph)]
    return min(found, key=lambda place: abs(place - at), default=len(paragraph))


def _clause_start(paragraph: str, place: int) -> int:
    """Where the clause begins, if only a word (将, 确保) stands before the place."""
    before = paragraph[max(0, place - _SHORT_WORD - 1) : place]
    word = _LAST_WORD.search(before)
    return place - len(word[1]) if word else place


def _named_spans(task: Task, *, dated: bool) -> Iterator[tuple[int, int]]:
    """Where the text names those who answer, and the time."""
    for party in task.parties:
        if party.role in _SAID and task.start <= party.start and party.end <= task.end:
            yield party.start - task.start, party.end - task.start
    when = task.deadline
    once = dated and when.kind not in _KEPT_TIMES
    if once and when.start is not None and when.end is not None and task.start < when.end:
        yield max(0, when.start - task.start), when.end - task.start


#: 每月调度一次 without its 每月, or 查清后 without its event, would say something else.
_KEPT_TIMES = frozenset(("recurring", "after_event"))
#: Roles that have a column.
_SAID = frozenset(("lead", "responsible", "cooperate", "supervise", "leader", "person"))
