"""The level of a row by the words of all of its clauses (GUIDELINE T3).

Which clauses make a row is settled before (:mod:`speechmine.judge.tagging`), by one clause after
the other. Its level is judged once more by the words of all of them, by the clauses on either side,
by its place and by the label of its sentence (logistic regression); both have an equal say.
"""

from __future__ import annotations

import numpy as np

from speechmine.judge.evidence import ASIDE, LABEL
from speechmine.judge.grams import Whole
from speechmine.judge.labels import softmax
from speechmine.judge.model import ROW_LEVELS, Model
from speechmine.judge.scoring import Sums
from speechmine.judge.weights import Matrix

__all__ = ["chances_of_levels"]

_WIDTH = len(ROW_LEVELS)


def chances_of_levels(
    begins: Whole, ends: Whole, begun: Matrix, sums: Sums, chances: Matrix, model: Model
) -> Matrix:
    """For each row the chance that it is one of each level.

    Args:
        begins: the first clause of each row, counted over all sentences.
        ends: the one after its last.
        begun: the chances that a row of each level begins there.
        sums: what the model makes of the sentences' words.
        chances: of their labels, a row each.
        model: the model.
    """
    if not len(begins):
        return begun
    both = np.sqrt(begun * _by_all_words(begins, ends, sums, chances, model))
    settled: Matrix = both * (begun.sum(axis=1) / both.sum(axis=1))[:, None]
    return settled


def _by_all_words(begins: Whole, ends: Whole, sums: Sums, chances: Matrix, model: Model) -> Matrix:
    """What the second look gives each level, all levels together one."""
    of = np.repeat(np.arange(len(sums.counts)), sums.counts)[begins]
    starts, counts = (np.cumsum(sums.counts) - sums.counts)[of], sums.counts[of]
    first, last = begins - starts, ends - starts
    total = _wording(sums.levels, begins, ends)
    before = sums.levels[np.maximum(begins - 1, 0), _WIDTH : 2 * _WIDTH]
    behind = sums.levels[np.minimum(ends, len(sums.levels) - 1), 2 * _WIDTH :]
    total += ASIDE * (
        np.where((first > 0)[:, None], before, 0.0)
        + np.where((last < counts)[:, None], behind, 0.0)
    )
    total += sums.places[of] + model.level_links.stretches(first, last, counts)
    total += LABEL * np.einsum("sl,lt->st", chances[of], model.level_links.labels)
    return softmax(total)


def _wording(levels: Matrix, begins: Whole, ends: Whole) -> Matrix:
    """What the clauses of each row say, however many they are."""
    own = np.vstack([levels[:, :_WIDTH], np.zeros((1, _WIDTH))])
    sums = np.add.reduceat(own, np.column_stack([begins, ends]).ravel(), axis=0)[::2]
    mean: Matrix = sums / np.sqrt(ends - begins)[:, None]
    return mean
