"""The level of each row: a requirement, or a task that can be checked (GUIDELINE T3).

Which clauses make a row is settled before (:mod:`speechmine.judge.tagging`), by one clause after
the other. Its level is judged once more by the words of all of them, by the clauses on either side,
by its place and by the label of its sentence (logistic regression); both have an equal say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from speechmine.changes import quickly_made
from speechmine.judge.evidence import ASIDE, LABEL, Sentence
from speechmine.judge.labels import softmax
from speechmine.judge.model import ROW_LEVELS, Model
from speechmine.judge.scoring import Sums
from speechmine.judge.weights import Matrix, Whole

__all__ = ["Stretch", "chances_of_levels"]

_WIDTH = len(ROW_LEVELS)


@quickly_made
@dataclass(frozen=True, slots=True)
class Stretch:
    """Clauses of a sentence that make a row, or nearly did.

    Attributes:
        sentence: number of the sentence.
        first, last: the first clause, and the one after the last.
        chances: that a row of each level begins with the first clause.
        doubtful: it is likelier that none begins.
    """

    sentence: int
    first: int
    last: int
    chances: tuple[float, float]
    doubtful: bool = False


def chances_of_levels(
    stretches: Sequence[Stretch],
    sentences: Sequence[Sentence],
    sums: Sums,
    chances: Matrix,
    model: Model,
) -> Matrix:
    """For each row the chance that it is one of each level.

    Args:
        stretches: the rows, in order.
        sentences: of a text.
        sums: what the model makes of their words.
        chances: of the sentences' labels, a row each.
        model: the model.
    """
    begun = np.array([each.chances for each in stretches]).reshape(-1, _WIDTH)
    if not stretches:
        return begun
    both = np.sqrt(begun * _by_all_words(stretches, sentences, sums, chances, model))
    settled: Matrix = both * (begun.sum(axis=1) / both.sum(axis=1))[:, None]
    return settled


def _by_all_words(
    stretches: Sequence[Stretch],
    sentences: Sequence[Sentence],
    sums: Sums,
    chances: Matrix,
    model: Model,
) -> Matrix:
    """What the second look gives each level, all levels together one."""
    counts = np.array([len(sentence.clauses) for sentence in sentences], np.int64)
    of = np.array([each.sentence for each in stretches], np.int64)
    first = np.array([each.first for each in stretches], np.int64)
    last = np.array([each.last for each in stretches], np.int64)
    starts = (np.cumsum(counts) - counts)[of]
    links = model.level_links
    rows = zip(first.tolist(), last.tolist(), counts[of].tolist(), strict=True)
    total = _wording(sums.levels, starts + first, starts + last)
    total += _aside(sums.levels, starts, first, last, counts[of])
    total += sums.places[of] + links.stretches(rows)
    total += LABEL * np.einsum("sl,lt->st", chances[of], links.labels)
    return softmax(total)


def _wording(levels: Matrix, begins: Whole, ends: Whole) -> Matrix:
    """What the clauses of each row say, however many they are."""
    own = np.vstack([levels[:, :_WIDTH], np.zeros((1, _WIDTH))])
    sums = np.add.reduceat(own, np.column_stack([begins, ends]).ravel(), axis=0)[::2]
    mean: Matrix = sums / np.sqrt(ends - begins)[:, None]
    return mean


def _aside(levels: Matrix, starts: Whole, first: Whole, last: Whole, counts: Whole) -> Matrix:
    """What the clauses before and behind each row say, in its sentence."""
    before = levels[np.maximum(starts + first - 1, 0), _WIDTH : 2 * _WIDTH]
    behind = levels[np.minimum(starts + last, len(levels) - 1), 2 * _WIDTH :]
    beside: Matrix = ASIDE * (
        np.where((first > 0)[:, None], before, 0.0)
        + np.where((last < counts)[:, None], behind, 0.0)
    )
    return beside
