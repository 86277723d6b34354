"""The evidence behind a number: keyword in context with document, section and span."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.spots import find_term, place_of
from speechmine.themes.corpus.texts import Text
from speechmine.themes.declaring.analysis import Analysis
from speechmine.themes.declaring.run import ComparisonRun
from speechmine.themes.declaring.views import pick
from speechmine.themes.tables.result import tidy

__all__ = ["ANALYSES", "keyword_in_context"]

_COLUMNS = (
    *("doc_id", "year", "place", "section", "start", "end"),
    *("left", "keyword", "right", "sentence"),
)


def keyword_in_context(
    corpus: CorpusLike,
    term: str,
    group: Mapping[str, Any] | None = None,
    *,
    width: int = 20,
    limit: int | None = None,
) -> pd.DataFrame:
    """Every place where a term stands, with what stands around it.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        term: searched literally.
        group: part of the corpus, as for :meth:`Corpus.select`.
        width: characters left and right.
        limit: no more rows than that.

    Returns:
        ``doc_id``, ``year``, ``place``, ``section`` (role), ``start``, ``end`` (in the document
        as read), ``left``, ``keyword``, ``right``, ``sentence``.

    Example:
        >>> table = keyword_in_context({2024: "要抓好改革。"}, "改革")
        >>> table[["left", "keyword", "right", "start"]].values.tolist()
        [['要抓好', '改革', '。', 3]]
    """
    corpus = as_corpus(corpus)
    part = corpus.part(group) if group else corpus
    rows = [row for text in part.texts for row in _contexts(text, term, width)]
    frame = pd.DataFrame(rows[:limit], columns=list(_COLUMNS)).astype({"year": "Int64"})
    return tidy(frame, "literal occurrences", corpus=part, term=term, found=len(rows))


def _contexts(text: Text, term: str, width: int) -> Iterator[dict[str, object]]:
    view = text.source.view
    for start, end in find_term(text, term):
        zone, (first, last) = place_of(text, start)
        origin = view.place(start, end)
        yield {
            "doc_id": text.id,
            "year": text.year,
            "place": text.source.document.place,
            "section": zone,
            "start": origin[0],
            "end": origin[1],
            "left": view.text[max(first, start - width) : start],
            "keyword": view.quote(start, end),
            "right": view.text[end : min(last, end + width)],
            "sentence": view.text[first:last],
        }


_WORDS = 10


def _behind_keyness(run: ComparisonRun) -> pd.DataFrame:
    """Places of the words that set the periods apart, and of the new ones."""
    target, reference = run.periods()
    table = run.table("keyness")
    strong = [w for w, up in zip(table["term"], table["G2"] > 0, strict=True) if up][:_WORDS]
    weak = [w for w, up in zip(table["term"], table["G2"] < 0, strict=True) if up][-_WORDS:]
    found = [
        keyword_in_context(run.corpus.select(year=years), word, limit=2).assign(about=word)
        for words, years in ((strong, target), (weak, reference))
        for word in words
    ]
    if not found:
        raise UsageError("no word sets the periods apart")
    table = pd.concat(found, ignore_index=True)
    columns = ["about", "year", "section", "left", "keyword", "right", "doc_id", "start", "end"]
    return tidy(table[columns], "keyword in context", corpus=run.corpus)


ANALYSES = (
    Analysis(
        "evidence",
        _behind_keyness,
        view=pick("about", "year", "left", "keyword", "right", "doc_id"),
    ),
)
