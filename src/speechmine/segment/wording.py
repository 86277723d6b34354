"""The wording of a segment as the discourse model weighs it: single characters and pairs."""

from __future__ import annotations

import math
import operator
import re
from collections import Counter
from collections.abc import Mapping

__all__ = ["gram_counts", "gram_scores", "gram_weights"]

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


def gram_scores(text: str, rarity: Mapping[str, float]) -> dict[str, float]:
    """Weights of the known grams of a text before their length is taken to one.

    Args:
        text: a segment.
        rarity: inverse document frequency by gram; others are not counted.

    Example:
        >>> gram_scores("抓好落实", {"抓好": 3.0, "落实": 4.0})
        {'抓好': 3.0, '落实': 4.0}
    """
    return {
        gram: rarity[gram] if count == 1 else (1 + math.log(count)) * rarity[gram]
        for gram, count in gram_counts(text).items()
        if gram in rarity
    }


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
    weights = gram_scores(text, rarity)
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {gram: weight / length for gram, weight in weights.items()} if length else {}
