"""What a comparison is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from speechmine.themes.words.dictionaries import DictionaryLike

__all__ = ["Plan", "YearOrSpan"]

YearOrSpan = int | tuple[int, int]


@dataclass(frozen=True)
class Plan:
    """What is compared, and how.

    Attributes:
        by: one grouping variable: year, place, level, section, discourse.
        terms: counted literally; the most frequent formulations of the lexicon by default.
        dictionary: of attention.
        target, reference: years set against one another; by default the last ones, five at
            most, against as many before them.
        topics: number of topics; fewer where the corpus is small.
        records: extract tasks and metrics too (half a second a long report).
        tables: only these, by name, of records too; all that the texts are enough for by default.

    Example:
        >>> Plan(by="place", terms=("就业",)).topics
        20
    """

    by: str = "year"
    terms: tuple[str, ...] = ()
    dictionary: DictionaryLike = "livelihood"
    target: YearOrSpan | None = None
    reference: YearOrSpan | None = None
    topics: int = 20
    records: bool = False
    tables: tuple[str, ...] = ()
