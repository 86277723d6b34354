"""Targets and figures that name one thing in other words: 完成12万亩高标准农田建设, 建成高标准农田13万亩.

Each is described by its name, its clause and the clause before, as characters and pairs of
characters weighted by how rare they are in the two reports (TF-IDF, Salton & Buckley 1988); the
likeness of two is the cosine. Of all pairs of figures that can be held against each other those
are joined that are most alike together (the assignment problem, solved by scipy).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from speechmine.characters import plain
from speechmine.model import Metric
from speechmine.pledges.compare import counts_things, moves, part_of, unit_of
from speechmine.pledges.footing import Footing, clause_around, unlike
from speechmine.pledges.reports import Report

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LEAST_LIKENESS", "Described", "joined_by_likeness"]

#: Set on the pairs of reports that docs/research.md names; below it more are wrong than right.
LEAST_LIKENESS = 0.46
# What a figure's clause and the one before it say counts less than its own name.
_OWN_CLAUSE, _CLAUSE_BEFORE = 0.6, 0.3
# 30个 and 57家 may count the same things; the same unit says more.
_OTHER_COUNTER = 0.8
# 总量达到60万套 and 累计达到61万套: both of all years is one more thing in common.
_BOTH_ADDED = 0.1
_CLAUSES = re.compile(r"[，。；：！？\n]+")
_SAID_OF_NUMBERS = re.compile(r"[\d.．%]+[万亿]?|[多余近超约]|以[上内]|左右")


@dataclass(frozen=True, eq=False)
class Described:
    """A figure with its report and footing."""

    report: Report
    metric: Metric
    footing: Footing


def joined_by_likeness(
    targets: Sequence[Described], figures: Sequence[Described], *, least: float
) -> dict[int, tuple[int, float]]:
    """For the number of a target that of the figure that answers it, and how alike they are.

    Args:
        targets: of one report, not answered otherwise.
        figures: of the next one, each answers one target at most.
        least: the likeness from which two are joined, 0 to 1.
    """
    if not targets or not figures:
        return {}
    from scipy.optimize import linear_sum_assignment

    likeness = _likeness(targets, figures)
    fit = np.array([[_weight(target, figure) for figure in figures] for target in targets])
    both = np.array([[t.footing.added and f.footing.added for f in figures] for t in targets])
    score = fit * (likeness + _BOTH_ADDED * both)
    pairs = zip(*linear_sum_assignment(score, maximize=True), strict=True)
    return {
        int(i): (int(j), round(min(float(score[i, j]), 1.0), 4))
        for i, j in pairs
        if score[i, j] >= least
    }


def _weight(target: Described, figure: Described) -> float:
    """0 where the two cannot be held against each other."""
    goal, told = target.metric, figure.metric
    if moves(goal) != moves(told) or not _same_place(goal, told):
        return 0.0
    if unlike((goal, target.footing), (told, figure.footing)) is not None:
        return 0.0
    units = unit_of(goal), unit_of(told)
    if units[0] == units[1]:
        return 1.0
    return _OTHER_COUNTER if all(map(counts_things, units)) else 0.0


def _same_place(target: Metric, figure: Metric) -> bool:
    return part_of(figure.scope) in (None, part_of(target.scope))


def _likeness(targets: Sequence[Described], figures: Sequence[Described]) -> NDArray[np.float64]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_similarity

    reports = dict.fromkeys(item.report for item in (*targets, *figures))
    clauses = [c for report in reports for c in _CLAUSES.split(report.plain_text) if c.strip()]
    rarity = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 2), norm=None, binary=True)
    rarity.fit(clauses)
    parts = [[*_described(item)] for item in (*targets, *figures)]
    names, own, before = (rarity.transform(said) for said in zip(*parts, strict=True))
    known = names.maximum(own * _OWN_CLAUSE).maximum(before * _CLAUSE_BEFORE)
    found: NDArray[np.float64] = cosine_similarity(known[: len(targets)], known[len(targets) :])
    return found


def _described(item: Described) -> Iterator[str]:
    """Name, clause and clause before, without the words that go with numbers."""
    text, metric = item.report.plain_text, item.metric
    start, end = clause_around(text, metric.start, metric.end)
    before = ""
    if start > 1 and text[start - 1] in "，：":
        before = text[clause_around(text, start - 1, start - 1)[0] : start - 1]
    for said in (plain(metric.indicator or ""), text[start:end], before):
        yield _SAID_OF_NUMBERS.sub(" ", said)
