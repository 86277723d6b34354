"""How varied the words of a text are, by types and tokens."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence

__all__ = ["MEASURES", "lexical_measures"]

MEASURES = ("ttr", "cttr", "root_ttr", "herdan", "maas", "yule_i")


def lexical_measures(words: Sequence[Hashable]) -> dict[str, float]:
    """Type-token measures of one text (definitions as in Tweedie & Baayen 1998).

    Args:
        words: the text's words.

    Returns:
        ``ttr`` V / N, ``cttr`` V / sqrt(2 N) (Carroll), ``root_ttr`` V / sqrt(N) (Guiraud),
        ``herdan`` ln V / ln N, ``maas`` (a; base 10), ``yule_i``. All but maas and yule_i fall or
        rise with length: compare texts of like length.

    Example:
        >>> lexical_measures(["稳", "稳", "进", "进"])["ttr"]
        0.5
    """
    n, v = len(words), len(set(words))
    if n < 2:
        return dict.fromkeys(MEASURES, math.nan)
    squares = sum(count**2 for count in Counter(words).values())
    return {
        "ttr": v / n,
        "cttr": v / math.sqrt(2 * n),
        "root_ttr": v / math.sqrt(n),
        "herdan": math.log(v) / math.log(n),
        "maas": math.sqrt((math.log10(n) - math.log10(v)) / math.log10(n) ** 2),
        "yule_i": v**2 / (squares - v) if squares > v else 0.0,
    }
