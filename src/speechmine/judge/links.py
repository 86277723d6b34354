"""Weights of what is no key of the wording: place, arrangement, tag before, label."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from speechmine.judge.arrangement import ARRANGED, Arrangements, told_of
from speechmine.judge.evidence import MANY, link_features, place_features
from speechmine.judge.grams import Whole
from speechmine.judge.keys import ClauseKeys
from speechmine.judge.weights import Matrix

__all__ = ["BEFORE", "Links"]

#: The tags that may stand before a clause: none (it opens its sentence), no row, begins, goes on.
BEFORE = "SOBI"
_SIDES = (False, True)


class Links:
    """Small tables of weights.

    Args:
        rows: weights of the tags, or of the levels, by feature.
        labels: names of the labels in their order.
        tags: how many tags or levels there are.
    """

    def __init__(
        self, rows: Mapping[str, Sequence[float]], labels: Sequence[str], tags: int
    ) -> None:
        self._rows = {name: np.array(row) for name, row in rows.items()}
        self._none = np.zeros(tags)
        known = any(name.startswith(ARRANGED) for name in rows)
        self._arrangements = Arrangements(self._rows, tags) if known else None
        # By whether it opens and closes its sentence, of how many clauses, and has how many.
        self._stretches = np.array(
            [
                self.summed(place_features(*each))
                for each in itertools.product(_SIDES, _SIDES, range(MANY + 1), range(MANY + 1))
            ]
        ).reshape(2, 2, MANY + 1, MANY + 1, tags)
        self._kinds: dict[tuple[object, ...], int] = {}
        self._joined: list[Matrix] = []
        self._told: list[tuple[int, ...]] = []
        #: A row for each label, a column for each tag or level.
        self.labels = np.array([self._rows.get(f"label={label}", self._none) for label in labels])

    def of_clauses(self, clauses: Sequence[ClauseKeys], counts: Whole) -> tuple[Matrix, Matrix]:
        """What its place and the tag before it add to each tag of every clause.

        Args:
            clauses: of all sentences.
            counts: how many each sentence has.

        Returns:
            What the place of each clause and the arrangement of its sentence add; what each tag
            before (:data:`BEFORE`) adds.
        """
        kinds = [self._kind(keys) for keys in clauses]
        tags = len(self._none)
        if not kinds:
            return np.zeros((0, tags)), np.zeros((0, len(BEFORE), tags))
        ends = np.cumsum(counts)
        first = np.arange(len(kinds)) - np.repeat(ends - counts, counts)
        place = self.stretches(first, first + 1, np.repeat(counts, counts), sized=False)
        if self._arrangements is not None:
            lengths = np.array([keys.clause.end - keys.clause.start for keys in clauses])
            place += self._arrangements.of(np.array(self._told)[kinds], lengths, counts)
        return place, np.array(self._joined)[kinds]

    def stretches(self, first: Whole, last: Whole, counts: Whole, *, sized: bool = True) -> Matrix:
        """What the place of rows adds.

        Args:
            first: the first clause of each.
            last: the one behind its last.
            counts: how many its sentence has.
            sized: how many clauses it has counts too.
        """
        size = np.minimum(last - first, MANY) if sized else 0
        opens, closes = (first == 0).astype(int), (last == counts).astype(int)
        found: Matrix = self._stretches[opens, closes, np.minimum(counts, MANY), size]
        return found

    def _kind(self, keys: ClauseKeys) -> int:
        """The number of a kind of clause: of what is told of it but for its words."""
        clause = keys.clause
        there = clause.subject is None, clause.object[1] - clause.object[0] > 1
        kind = (clause.verb, clause.modality, there, keys.signs)
        found = self._kinds.get(kind)
        if found is None:
            found = self._kinds[kind] = len(self._told)
            self._told.append(told_of(keys) if self._arrangements is not None else ())
            rows = [self.summed(link_features(keys, before)) for before in BEFORE]
            self._joined.append(np.array(rows))
        return found

    def summed(self, features: Mapping[str, float]) -> Matrix:
        """What features add to each tag or level."""
        total = self._none
        for name, value in features.items():
            total = total + value * self._rows.get(name, self._none)
        return total
