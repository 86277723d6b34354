"""Weights of what is no key of the wording: place, arrangement, tag before, label."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

import numpy as np

from speechmine.judge.arrangement import ARRANGED, COLUMNS, arranged
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
# A clause that stands alone is arranged with none.
_ALONE = [0] * COLUMNS


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
        named = [name for name in rows if name.startswith(ARRANGED)]
        self._arranged = {name: at for at, name in enumerate(named, 1)}
        self._arrangements = np.array([self._none, *(self._rows[name] for name in named)])
        self._places, self._stretches, self._joined = _Rows(), _Rows(), _Rows()
        #: A row for each label, a column for each tag or level.
        self.labels = np.array([self._rows.get(f"label={label}", self._none) for label in labels])

    def places(self, sentences: Sequence[Sentence]) -> Matrix:
        """What the place of each clause in its sentence adds to each tag."""
        counts = [len(sentence.clauses) for sentence in sentences]
        numbers = {count: self._places_among(count) for count in set(counts)}
        found = list(itertools.chain.from_iterable(map(numbers.__getitem__, counts)))
        return self._places.of(found).reshape(-1, len(self._none))

    def arranged(self, sentences: Iterable[Sentence]) -> Matrix:
        """What the arrangement of its sentence adds to each tag of every clause."""
        known = self._arranged
        rows = itertools.chain.from_iterable(arranged(each.clauses) for each in sentences)
        at = [[known.get(name, 0) for name in names] or _ALONE for names in rows]
        whole: Matrix = self._arrangements[np.array(at, np.int64).reshape(-1, len(_ALONE))].sum(1)
        return whole

    def joined(self, clauses: Sequence[ClauseKeys]) -> Matrix:
        """What each tag before (:data:`BEFORE`) adds to each tag of every clause."""
        found = [self._of_clause(keys) for keys in clauses]
        return self._joined.of(found).reshape(-1, len(BEFORE), len(self._none))

    def stretches(self, rows: Iterable[tuple[int, int, int]]) -> Matrix:
        """What the place of each row adds.

        Args:
            rows: the first clause of each, the one behind its last, how many its sentence has.
        """
        found = [self._stretch(first, last, count) for first, last, count in rows]
        return self._stretches.of(found).reshape(-1, len(self._none))

    def _places_among(self, count: int) -> list[int]:
        """The numbers of the places in a sentence of so many clauses."""
        most = min(count, MANY)
        return [self._place(j == 0, j + 1 == count, most) for j in range(count)]

    def _place(self, opens: bool, closes: bool, count: int) -> int:
        key = (opens, closes, count)
        return self._places.number(key, lambda: self.summed(place_features(*key)))

    def _stretch(self, first: int, last: int, count: int) -> int:
        key = (first == 0, last == count, min(count, MANY), min(last - first, MANY))
        return self._stretches.number(
            key, lambda: self.summed(stretch_features(first, last, count))
        )

    def _of_clause(self, keys: ClauseKeys) -> int:
        key = (keys.clause.verb, *filter(LINKS.__contains__, keys.flags))
        return self._joined.number(
            key, lambda: np.array([self.summed(link_features(keys, before)) for before in BEFORE])
        )

    def summed(self, features: Mapping[str, float]) -> Matrix:
        """What features add to each tag or level."""
        total = self._none
        for name, value in features.items():
            total = total + value * self._rows.get(name, self._none)
        return total


class _Rows:
    """Numbers by what they are of, worked out when that first comes up, and given many at once."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._rows: list[Matrix] = []
        self._table = np.zeros(0)

    def number(self, key: Hashable, make: Callable[[], Matrix]) -> int:
        """Under which number they stand."""
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self._rows)
            self._rows.append(make())
        return found

    def of(self, numbers: Sequence[int]) -> Matrix:
        """Those under each of some numbers."""
        table = self._table
        if len(table) < len(self._rows):
            table = self._table = np.array(self._rows)
        return table[numbers] if numbers else np.zeros(0)
