"""The wording of a segment as the discourse model weighs it: single characters and pairs."""

from __future__ import annotations

import math
import operator
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from speechmine.judge.lanes import ONE, pack, unpack

__all__ = ["Wording", "gram_counts", "gram_weights"]

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def gram_counts(text: str) -> Counter[str]:
    """How often each Chinese character and each pair of neighbours stands in a text.

    Needs no words, so nothing depends on a segmenter; digits and marks part what they stand
    between.

    Example:
        >>> sorted(gram_counts("抓好3件事"))
        ['事', '件', '件事', '好', '抓', '抓好']
    """
    runs = _CHINESE.findall(text)
    pairs = [pair for run in runs for pair in map(operator.add, run, run[1:])]
    return Counter([*"".join(runs), *pairs])


def gram_weights(text: str, rarity: Mapping[str, float]) -> dict[str, float]:
    """Weights of the known grams of a text: (1 + log count) x rarity, of Euclidean length one.

    Args:
        text: a segment.
        rarity: inverse document frequency by gram; others are not counted.

    The scheme is ``ltc`` of Salton and Buckley (1988), Information Processing & Management 24(5).

    Example:
        >>> weights = gram_weights("抓好落实", {"抓好": 3.0, "落实": 4.0})
        >>> {gram: round(weight, 2) for gram, weight in weights.items()}
        {'抓好': 0.6, '落实': 0.8}
    """
    weights = {
        gram: (1 + math.log(count)) * rarity[gram]
        for gram, count in gram_counts(text).items()
        if gram in rarity
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {gram: weight / length for gram, weight in weights.items()} if length else {}


class Wording:
    """What the wording adds to each label, in whole numbers: the weights' sums, made quickly.

    Args:
        rows: for each gram its rarity times its weight for each label.
        rarity: by gram.
        labels: how many a row holds.
        factor: how much the wording counts.

    Example:
        >>> rows = {"抓好": (6.0, 0.0), "落实": (0.0, 8.0)}
        >>> wording = Wording(rows, {"抓好": 3, "落实": 4}, labels=2, factor=1.0)
        >>> [round(part, 3) for part in wording.sums("抓好落实")]
        [1.2, 1.6]
    """

    def __init__(
        self,
        rows: Mapping[str, Sequence[float]],
        rarity: Mapping[str, float],
        *,
        labels: int,
        factor: float,
    ) -> None:
        self._rows = {gram: pack(row) for gram, row in rows.items()}
        self._squares = {gram: round(rarity[gram] ** 2 * ONE) for gram in rows}
        self._labels = labels
        self._factor = factor

    def sums(self, text: str) -> list[float]:
        """The factor times the product of :func:`gram_weights` and the rows."""
        rows, squares = self._rows, self._squares
        # Grams across digits and marks are in no table, so they need not be kept out.
        known = [gram for gram in (*text, *map(operator.add, text, text[1:])) if gram in rows]
        grams = set(known)
        total = sum(map(rows.__getitem__, grams)) * ONE
        square = sum(map(squares.__getitem__, grams)) * ONE
        if len(grams) < len(known):
            for gram, count in Counter(known).items():
                if count > 1:
                    more = 1 + math.log(count)
                    total += rows[gram] * int((more - 1) * ONE)
                    square += squares[gram] * int((more * more - 1) * ONE)
        scale = self._factor * ONE / math.sqrt(square) if square else 0.0
        return [scale * part for part in unpack(total, self._labels)]
