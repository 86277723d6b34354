"""What joins the tag of a clause to its sentence: its place, the label, the tag before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from speechmine.judge.evidence import LINKS, link_features, place_features
from speechmine.judge.keys import ClauseKeys

__all__ = ["Links"]

_Row = Sequence[float]


class Links:
    """Small tables of weights, looked up once for each combination that comes up.

    Args:
        rows: weights of the tags by feature.
        labels: names of the labels in their order.
        tags: how many tags there are.
    """

    def __init__(self, rows: Mapping[str, _Row], labels: Sequence[str], tags: int) -> None:
        self._rows = rows
        self._none = [0.0] * tags
        self._places: dict[tuple[bool, bool, int], _Row] = {}
        self._joined: dict[tuple[str, ...], Mapping[str, _Row]] = {}
        of_label = [rows.get(f"label={label}", self._none) for label in labels]
        #: For each tag the weights of the labels.
        self.labels = list(zip(*of_label, strict=True))

    def place(self, opens: bool, closes: bool, count: int) -> _Row:
        """What the place of a clause among ``count`` adds to each tag."""
        key = (opens, closes, count)
        row = self._places.get(key)
        if row is None:
            row = self._places[key] = self._sum(place_features(opens, closes, count))
        return row

    def joined(self, keys: ClauseKeys) -> Mapping[str, _Row]:
        """What the tag before adds to each tag of a clause of this kind, by that tag."""
        key = (keys.clause.verb, *[flag for flag in keys.flags if flag in LINKS])
        found = self._joined.get(key)
        if found is None:
            found = {before: self._sum(link_features(keys, before)) for before in "SOBI"}
            self._joined[key] = found
        return found

    def _sum(self, features: Mapping[str, float]) -> _Row:
        total = self._none
        for name, value in features.items():
            row = self._rows.get(name, self._none)
            total = [a + value * b for a, b in zip(total, row, strict=True)]
        return total
