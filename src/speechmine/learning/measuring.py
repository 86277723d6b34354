"""How well a model reads annotated texts, and whether one reads them better than another.

A task found is right where it shares at least half of the characters that it and an annotated one
cover together (intersection over union), each counting once. A gain is sure in so far as it
remains when texts are drawn anew (bootstrap over texts: Efron 1979).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from speechmine.judge import Model
from speechmine.learning.annotated import Gold
from speechmine.model import Document, Extraction
from speechmine.pipeline import extract
from speechmine.rules.schema import RuleSet

__all__ = ["Counts", "Gain", "counted", "gain_of", "matched"]

_HALF = 0.5
_STRICT = 2
_DRAWS = 2000
_StartEnd = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a model made of some texts.

    Attributes:
        right, found, annotated: tasks of level 2 and 3. labelled: sentences with the right label.
        sentences: all of them.
    """

    right: int = 0
    found: int = 0
    annotated: int = 0
    labelled: int = 0
    sentences: int = 0

    def __add__(self, other: Counts) -> Counts:
        names = self.__slots__
        return Counts(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def f1(self) -> float:
        """Strict F1 of the tasks; 1 where there are none and none were found."""
        both = self.found + self.annotated
        return 2 * self.right / both if both else 1.0

    @property
    def labels(self) -> float:
        """Share of sentences with the right label."""
        return self.labelled / self.sentences if self.sentences else 1.0


@dataclass(frozen=True, slots=True)
class Gain:
    """What one model reads better than another.

    Attributes:
        before, after: what each made of the same texts.
        sure_f1, sure_labels: share of draws of the texts in which F1 and labels rose.
    """

    before: Counts
    after: Counts
    sure_f1: float
    sure_labels: float

    @property
    def f1(self) -> float:
        """By how much strict F1 rose."""
        return self.after.f1 - self.before.f1

    @property
    def labels(self) -> float:
        """By how much the share of right labels rose."""
        return self.after.labels - self.before.labels


def counted(gold: Gold, model: Model, rules: RuleSet | None = None) -> Counts:
    """What a model makes of an annotated text.

    Args:
        gold: the text; what stands outside its annotated rows does not count.
        model: the model.
        rules: the rule set; the shipped one by default.
    """
    document = Document(gold.content, id=gold.name, date=gold.date)
    found = extract(document, mode="full", model=model, rules=rules)
    wanted = _task_spans(task for row in gold.rows for task in row.get("tasks", ()))
    given = [
        (t.start, t.end) for t in found.tasks if t.level >= _STRICT and _is_annotated(t, gold.rows)
    ]
    labelled = sum(_nearest_label(row, found) == row["discourse"] for row in gold.rows)
    return Counts(matched(wanted, given), len(given), len(wanted), labelled, len(gold.rows))


def _task_spans(tasks: Iterable[Mapping[str, Any]]) -> list[_StartEnd]:
    return [(task["start"], task["end"]) for task in tasks if task["level"] >= _STRICT]


def _is_annotated(task: Any, rows: Sequence[Mapping[str, Any]]) -> bool:
    middle = (task.start + task.end) / 2
    return any(row["start"] <= middle < row["end"] for row in rows)


def _nearest_label(row: Mapping[str, Any], found: Extraction) -> str | None:
    """The label of the sentence that shares most with an annotated one."""
    shared = [
        (min(s.end, row["end"]) - max(s.start, row["start"]), s.discourse)
        for s in found.segments
        if s.start < row["end"] and row["start"] < s.end
    ]
    return max(shared, key=lambda pair: pair[0])[1] if shared else None


def matched(wanted: Sequence[_StartEnd], given: Sequence[_StartEnd]) -> int:
    """How many spans have a partner: one to one, those first that share most.

    Example:
        >>> matched([(0, 10), (10, 20)], [(0, 9), (1, 10), (14, 40)])
        1
    """
    pairs = sorted(
        (
            (share, i, j)
            for i, a in enumerate(wanted)
            for j, b in enumerate(given)
            if (share := _shared_part(a, b)) >= _HALF
        ),
        reverse=True,
    )
    left, right = set(), set()
    for _, i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
    return len(left)


def _shared_part(one: _StartEnd, other: _StartEnd) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def gain_of(before: Sequence[Counts], after: Sequence[Counts]) -> Gain:
    """What was gained over some texts, and how sure that is.

    Args:
        before: what the one model made of each text.
        after: what the other made of the same texts, in the same order.
    """
    drawn = np.random.default_rng(0).integers(0, len(before), (_DRAWS, len(before)))

    def rose(value: Callable[[Counts], float]) -> float:
        gains = [
            value(_total(after, draw)) - value(_total(before, draw)) for draw in drawn.tolist()
        ]
        return sum((g > 0) + 0.5 * (g == 0) for g in gains) / _DRAWS

    return Gain(
        sum(before, Counts()),
        sum(after, Counts()),
        rose(lambda counts: counts.f1),
        rose(lambda counts: counts.labels),
    )


def _total(counts: Sequence[Counts], draw: Sequence[int]) -> Counts:
    return sum((counts[i] for i in draw), Counts())
