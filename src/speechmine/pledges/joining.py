"""Which figure of the next report is of which target: by id, by name, then by words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.pledges.answers import Answers
from speechmine.pledges.asking import SoughtTarget, ToldFigure
from speechmine.pledges.footing import unlike
from speechmine.pledges.likeness import Described, joined_by_likeness
from speechmine.pledges.report import Report

__all__ = ["Found", "found_for"]


@dataclass(frozen=True, slots=True)
class Found:
    """A figure that is of a target, what joined them, and why it cannot be held against it."""

    figure: ToldFigure
    joined: str
    likeness: float | None = None
    apart: str | None = None


def found_for(
    first: Report,
    asked: Sequence[SoughtTarget],
    answers: Answers,
    *,
    families: bool,
    least: float | None,
) -> Sequence[Found | None]:
    """For each target of a report the figure of the next one that is of it, or None.

    Args:
        first: the report that sets the targets.
        asked: its targets.
        answers: what the next report tells.
        families: whether series of one family are joined.
        least: how alike the words must be where neither id nor name joins; None: never.
    """
    named = [answers.best(target, families=families) for target in asked]
    found = [None if best is None else Found(*best) for best in named]
    if least is not None:
        for footing in (True, False):
            found = _with_alike(first, asked, answers, found, least, footing=footing)
    return found


def _with_alike(
    first: Report,
    asked: Sequence[SoughtTarget],
    answers: Answers,
    found: Sequence[Found | None],
    least: float,
    *,
    footing: bool,
) -> list[Found | None]:
    """What was found, and where nothing was, a figure that is alike in words.

    First those that count alike; then, as no answers, those that count from elsewhere.
    """
    taken = {item.figure.metric.id for item in found if item is not None}
    free = [figure for figure in answers.told if figure.metric.id not in taken]
    left = [
        i for i, item in enumerate(found) if item is None and asked[i].metric.comparator != "none"
    ]
    targets = [Described(first, asked[i].metric, asked[i].footing) for i in left]
    figures = [Described(answers.report, f.metric, f.footing) for f in free]
    joined = joined_by_likeness(targets, figures, least=least, footing=footing)
    more = list(found)
    for at, (number, likeness) in joined.items():
        figure, target = free[number], asked[left[at]]
        apart = unlike((target.metric, target.footing), (figure.metric, figure.footing))
        if footing or apart is not None:
            more[left[at]] = Found(figure, "words", likeness, apart)
    return more
