"""Targets and figures that name one thing in other words: 养老家庭床位200张, 新增260张家庭养老床位.

Each is described by its name, its item of a list, its clause and the clause before, as characters
and pairs of characters weighted by how rare they are in the two reports (TF-IDF, Salton & Buckley
1988); the likeness of two is the cosine. Of all pairs of figures that can be held against each
other those are joined that are most alike together (the assignment problem, solved by scipy).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from speechmine.borders import CLAUSES
from speechmine.characters import plain
from speechmine.model import Metric
from speechmine.pledges.compare import amount_of, compared_unit, counts_things, moves, part_of
from speechmine.pledges.families import is_empty_name, pattern_of
from speechmine.pledges.footing import Footing, clause_around, unlike
from speechmine.pledges.report import Report
from speechmine.rules.schema import RuleSet

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LEAST_LIKENESS", "Described", "joined_by_likeness"]

#: Set on the pairs of reports that docs/research.md names; below it more are wrong than right.
LEAST_LIKENESS = 0.42
# What stands around a figure counts the less the farther it is: name, item of a list, clause,
# clause before.
_WEIGHTS = (1.0, 0.7, 0.4, 0.2)
# 30个 and 57家 may count the same things; the same unit says more.
_OTHER_COUNTER = 0.8
# 总量达到60万套 and 累计达到61万套: both of all years is one more thing in common.
_BOTH_ADDED = 0.1
# 办好40件实事 and 40件实事全面完成: a number told again is a sign, if it is no single digit.
_SAME_NUMBER = 0.2
_FEWEST_DIGITS = 2
# What is told is seldom ten times what was promised; then it is of something else.
_TIMES_APART = 10.0
_ITEM_ENDS = "、"


@dataclass(frozen=True, eq=False)
class Described:
    """A figure with its report and footing."""

    report: Report
    metric: Metric
    footing: Footing


def joined_by_likeness(
    targets: Sequence[Described],
    figures: Sequence[Described],
    *,
    least: float,
    footing: bool = True,
) -> dict[int, tuple[int, float]]:
    """For the number of a target that of the figure that answers it, and how alike they are.

    Args:
        targets: of one report, not answered otherwise.
        figures: of the next one, each answers one target at most.
        least: the likeness from which two are joined, 0 to 1.
        footing: whether figures that count from elsewhere are kept apart.
    """
    if not targets or not figures:
        return {}
    from scipy.optimize import linear_sum_assignment

    likeness = _likeness_table(targets, figures)
    fit = np.array([[_weight(t, f, footing=footing) for f in figures] for t in targets])
    more = np.array([[_in_common(target, figure) for figure in figures] for target in targets])
    score = fit * (likeness + more)
    pairs = zip(*linear_sum_assignment(score, maximize=True), strict=True)
    return {
        int(i): (int(j), round(min(float(score[i, j]), 1.0), 4))
        for i, j in pairs
        if score[i, j] >= least
    }


def _weight(target: Described, figure: Described, *, footing: bool) -> float:
    """0 where the two cannot be held against each other."""
    goal, told = target.metric, figure.metric
    if (
        moves(goal) != moves(told)
        or not _same_place(goal, told, target.report.rules)
        or _known_apart(goal, told)
    ):
        return 0.0
    if footing and unlike((goal, target.footing), (told, figure.footing)) is not None:
        return 0.0
    if footing and not moves(goal) and _far_apart(goal, told):
        return 0.0
    units = compared_unit(goal), compared_unit(told)
    if units[0] == units[1]:
        return 1.0
    return (
        _OTHER_COUNTER if all(counts_things(unit, target.report.rules) for unit in units) else 0.0
    )


def _known_apart(goal: Metric, told: Metric) -> bool:
    """Whether the table of indicators knows them for two things: 国民生产总值, 国内生产总值."""
    return None not in (ids := (goal.indicator_id, told.indicator_id)) and ids[0] != ids[1]


def _far_apart(goal: Metric, told: Metric) -> bool:
    ends = (amount_of(goal), amount_of(told))
    amounts = [low if low is not None else high for low, high in ends]
    known = sorted(abs(amount) for amount in amounts if amount is not None)
    return len(known) == 2 and known[1] > _TIMES_APART * known[0]


def _in_common(target: Described, figure: Described) -> float:
    """What two have in common beside their words."""
    added = target.footing.added and figure.footing.added
    return _BOTH_ADDED * added + _SAME_NUMBER * _same_number(target.metric, figure.metric)


def _same_number(target: Metric, figure: Metric) -> bool:
    if compared_unit(target) != compared_unit(figure) or amount_of(target) != amount_of(figure):
        return False
    written = f"{target.low if target.low is not None else target.high:g}"
    return sum(map(str.isdigit, written)) >= _FEWEST_DIGITS


def _same_place(target: Metric, figure: Metric, rules: RuleSet) -> bool:
    return part_of(figure.scope, rules) in (None, part_of(target.scope, rules))


def _likeness_table(
    targets: Sequence[Described], figures: Sequence[Described]
) -> NDArray[np.float64]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_similarity

    reports = dict.fromkeys(item.report for item in (*targets, *figures))
    clauses = [c for report in reports for c in CLAUSES.findall(report.plain_text) if c.strip()]
    rarity = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 2), norm=None, binary=True)
    rarity.fit(clauses)
    parts = [[*_words_around(item)] for item in (*targets, *figures)]
    said = (rarity.transform(texts) for texts in zip(*parts, strict=True))
    weighted = (matrix * weight for matrix, weight in zip(said, _WEIGHTS, strict=True))
    known = functools.reduce(lambda one, other: one.maximum(other), weighted)
    found: NDArray[np.float64] = cosine_similarity(known[: len(targets)], known[len(targets) :])
    return found


@functools.lru_cache(maxsize=8)
def _said_of_numbers(rules: RuleSet) -> re.Pattern[str]:
    return pattern_of(rules, "said_of_numbers")


def _words_around(item: Described) -> Iterator[str]:
    """Name, item, clause and clause before, without the words that go with numbers."""
    text, metric = item.report.plain_text, item.metric
    start, end = clause_around(text, metric.start, metric.end)
    first = max(start, text.rfind(_ITEM_ENDS, start, metric.start) + 1)
    last = text.find(_ITEM_ENDS, metric.end, end)
    before = ""
    if start > 1 and text[start - 1] in "，：":
        before = text[clause_around(text, start - 1, start - 1)[0] : start - 1]
    name = re.sub(r"\s", "", plain(metric.indicator or ""))
    name = "" if is_empty_name(name, item.report.rules) else name
    for said in (name, text[first : end if last < 0 else last], text[start:end], before):
        yield _said_of_numbers(item.report.rules).sub(" ", said)
