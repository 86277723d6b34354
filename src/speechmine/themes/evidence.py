"""The evidence behind a number: keyword in context with document, section and span."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from speechmine.themes.corpus import CorpusLike, as_corpus
from speechmine.themes.lexicons import excluded_hosts
from speechmine.themes.result import tidy
from speechmine.themes.texts import Text

__all__ = ["find_term", "keyword_in_context", "place_of", "snippet"]

_COLUMNS = (
    *("doc_id", "year", "place", "section", "start", "end"),
    *("left", "keyword", "right", "sentence"),
)


def snippet(text: str, start: int, end: int, width: int = 15) -> str:
    r"""A short stretch around a place, within its line.

    Example:
        >>> snippet("一行\n要抓好改革工作\n三行", 6, 8, 2)
        '…抓好改革工作'
    """
    first = max(text.rfind("\n", 0, start) + 1, start - width)
    line_end = text.find("\n", end)
    last = min(len(text) if line_end < 0 else line_end, end + width)
    head = "…" if first > 0 and text[first - 1] != "\n" else ""
    tail = "…" if last < len(text) and text[last] != "\n" else ""
    return f"{head}{text[first:last]}{tail}"


def find_term(text: Text, term: str) -> Iterator[tuple[int, int]]:
    """Places of a term inside the spans that count, in offsets of the view."""
    view = text.source.view.text
    hosts = excluded_hosts().get(term, ())
    for first, last in text.spans:
        at = view.find(term, first, last)
        while at >= 0:
            if not any(_covered(view, at, term, host) for host in hosts):
                yield at, at + len(term)
            at = view.find(term, at + len(term), last)


def _covered(view: str, at: int, term: str, host: str) -> bool:
    return view.startswith(host, at - host.find(term))


def place_of(text: Text, at: int) -> tuple[str | None, tuple[int, int]]:
    """Section role and sentence of a place, in offsets of the view."""
    for segment in text.source.segments:
        if segment.start <= at < segment.end:
            return segment.zone, (segment.start, segment.end)
    return None, (at, at)


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
