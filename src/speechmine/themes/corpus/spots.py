"""Where a term stands in a text, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator

from speechmine.themes.corpus.texts import Text
from speechmine.themes.words.formulations import excluded_hosts

__all__ = ["find_term", "place_of", "snippet"]


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
