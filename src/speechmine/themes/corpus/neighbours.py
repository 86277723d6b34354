"""Which report follows which: the last earlier one of the same place."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from speechmine.themes.corpus.texts import Texts

__all__ = ["previous_pairs"]


def previous_pairs(corpus: Texts) -> Iterator[tuple[int, int]]:
    """Texts stand by place and year: the one before is the one before."""
    for i, (a, b) in enumerate(itertools.pairwise(corpus.texts)):
        same = a.source.document.place == b.source.document.place
        if same and a.year is not None and b.year is not None and a.year < b.year:
            yield i, i + 1
