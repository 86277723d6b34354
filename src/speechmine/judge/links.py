"""What joins a clause or a row to its sentence: its place, the label, the tag before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from speechmine.judge.evidence import (
    LINKS,
    MANY,
    Sentence,
    link_features,
    place_features,
    stretch_features,
)
from speechmine.judge.keys import ClauseKeys
from speechmine.judge.weights import Matrix

__all__ = ["BEFORE", "Links"]

#: The tags that may stand before a clause: none (it opens its sentence), no row, begins, goes on.
BEFORE = "SOBI"


class Links:
    """Small tables of weights, each combination summed once, when it first comes up.

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
        self._places: dict[tuple[bool, bool, int], Matrix] = {}
        self._stretches: dict[tuple[bool, bool, int, int], Matrix] = {}
        self._joined: dict[tuple[str, ...], Matrix] = {}
        #: A row for each label, a column for each tag or level.
        self.labels = np.array([self._rows.get(f"label={label}", self._none) for label in labels])

    def places(self, sentences: Sequence[Sentence]) -> Matrix:
        """What the place of each clause in its sentence adds to each tag."""
        found = [
            self._place(j == 0, j + 1 == count, min(count, MANY))
            for count in [len(sentence.clauses) for sentence in sentences]
            for j in range(count)
        ]
        return np.array(found).reshape(-1, len(self._none))

    def joined(self, clauses: Sequence[ClauseKeys]) -> Matrix:
        """What each tag before (:data:`BEFORE`) adds to each tag of every clause."""
        found = [self._of_clause(keys) for keys in clauses]
        return np.array(found).reshape(-1, len(BEFORE), len(self._none))

    def _place(self, opens: bool, closes: bool, count: int) -> Matrix:
        key = (opens, closes, count)
        if key not in self._places:
            self._places[key] = self.summed(place_features(opens, closes, count))
        return self._places[key]

    def stretch(self, first: int, last: int, count: int) -> Matrix:
        """What the place of a row in its sentence of ``count`` clauses adds."""
        key = (first == 0, last == count, min(count, MANY), min(last - first, MANY))
        if key not in self._stretches:
            self._stretches[key] = self.summed(stretch_features(first, last, count))
        return self._stretches[key]

    def _of_clause(self, keys: ClauseKeys) -> Matrix:
        key = (keys.clause.verb, *[flag for flag in keys.flags if flag in LINKS])
        if key not in self._joined:
            rows = [self.summed(link_features(keys, before)) for before in BEFORE]
            self._joined[key] = np.array(rows)
        return self._joined[key]

    def summed(self, features: Mapping[str, float]) -> Matrix:
        """What features add to each tag or level."""
        total = self._none
        for name, value in features.items():
            total = total + value * self._rows.get(name, self._none)
        return total
