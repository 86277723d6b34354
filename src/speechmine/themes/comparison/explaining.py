"""One way from any number of a table to the sentences behind it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.analyses.carryover import carry_over
from speechmine.themes.analyses.evidence import keyword_in_context
from speechmine.themes.analyses.topics.model import TopicModel
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.spots import place_of
from speechmine.themes.corpus.texts import Text
from speechmine.themes.tables.result import tidy

if TYPE_CHECKING:
    from pandas.api.extensions import ExtensionArray

__all__ = ["explain"]


def explain(
    corpus: CorpusLike | TopicModel,
    what: str | int | tuple[int, int],
    group: Mapping[str, Any] | None = None,
    *,
    limit: int | None = None,
) -> pd.DataFrame:
    """The evidence for a term, a topic, or a pair of years.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes; a model, for a topic.
        what: a term; the number of a topic; or two years, for what the second took over from
            the first.
        group: part of the corpus, as for :meth:`Corpus.select`.
        limit: no more rows than that.

    Returns:
        Rows with ``doc_id``, ``year``, ``section``, ``start``, ``end`` (in the document as read):
        for a term its places with ``left``, ``keyword``, ``right``; for a topic its strongest
        paragraphs with ``share`` and ``text``; for a pair the units of :func:`carry_over` that
        were repeated or edited, with both texts.

    Raises:
        UsageError: a topic without a model, or a pair that has no texts.

    Example:
        >>> texts = {2023: "要抓好老旧小区改造工作。", 2024: "要抓好老旧小区改造工作。"}
        >>> explain(texts, "改造")["year"].tolist()
        [2023, 2024]
        >>> explain(texts, (2023, 2024))["status"].tolist()
        ['repeated']
    """
    if isinstance(corpus, TopicModel):
        return _topic(corpus, what, group, limit)
    corpus = as_corpus(corpus)
    part = corpus.part(group) if group else corpus
    if isinstance(what, str):
        return keyword_in_context(part, what, limit=limit)
    if isinstance(what, tuple):
        return _carried_pair(part, what, limit)
    raise UsageError("a topic is explained by its model: explain(model, 3)")


def _topic(
    model: TopicModel, what: object, group: Mapping[str, Any] | None, limit: int | None
) -> pd.DataFrame:
    if not isinstance(what, int) or not 0 <= what < len(model.topics):
        raise UsageError(f"topic {what!r}: a number from 0 to {len(model.topics) - 1} is expected")
    part = model.corpus.part(group) if group else model.corpus
    inside = {text.id: text for text in part.texts}
    table = model.representative(what, n=len(model.paragraphs))
    table = table[table["doc_id"].isin(list(inside))].head(limit or 10)
    sections = _sections(inside, table["doc_id"], table["start"])
    columns = ["doc_id", "year", "place", "section", "start", "end", "share", "text"]
    table = table.assign(section=sections)[columns]
    return tidy(table, "paragraphs by topic share", corpus=part, topic=what)


def _carried_pair(part: Corpus, years: tuple[int, int], limit: int | None) -> pd.DataFrame:
    first, second = sorted(years)
    both = part.select(year=[first, second])
    if set(both.years) != {first, second}:
        raise UsageError(f"years {years}: texts of both are needed")
    table = carry_over(both)
    kept = table[table["status"].isin(["repeated", "edited"])].iloc[:limit]
    rows = [str(unit).rsplit(":", 1)[0] for unit in kept["unit_id"]]
    sources = {text.id: text for text in both.texts}
    kept = kept.assign(doc_id=rows, section=_sections(sources, rows, kept["start"]))
    columns = ["doc_id", "year", "section", "start", "end", "status", "text", "prev_year"]
    columns += ["prev_id", "prev_text", "jaccard"]
    return tidy(kept[columns], "carry-over pairs", corpus=both, years=[first, second])


def _sections(
    texts: Mapping[str, Text], ids: Iterable[str], starts: Iterable[int]
) -> ExtensionArray:
    """Section role of places given in offsets of the documents."""
    found = [
        place_of(texts[name], _in_view(texts[name], int(start)))[0]
        for name, start in zip(ids, starts, strict=True)
    ]
    return pd.array(found, dtype=pd.StringDtype())


def _in_view(text: Text, start: int) -> int:
    origin = text.source.view.origin
    return start if origin is None else bisect_left(origin, start)
