"""The wording of a segment as the discourse model weighs it: single characters and pairs."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Mapping

__all__ = ["gram_counts", "gram_weights"]

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def gram_counts(text: str) -> Counter[str]:
    """How often each Chinese character and each pair of neighbours stands in a text.

    Needs no words, so nothing depends on a segmenter; digits and marks part what they stand
    between.

    Example:
        >>> sorted(gram_counts("抓好3件事"))
        ['事', '件', '件事', '好', '抓', '抓好']
    """
    counts: Counter[str] = Counter()
    for run in _CHINESE.findall(text):
        counts.update(run)
        counts.update(map("".join, itertools.pairwise(run)))
    return counts


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
