"""What stands between the lines of a speech and heads nothing.

Page numbers, applause, a table of contents, signature and date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.segment.pieces import Piece

__all__ = ["set_aside"]

_CLOSED = "。；;！!？?，,、：:"
_LONGEST_SIGNATURE = 30
# Entries in a row that all come again later: a table of contents even without its name.
_LEAST_ENTRIES = 3
_MOST_ENTRIES = 120
_PAGE_AT_END = compiled(r"(?:[ .…·—-]{2,80}|(?<=\D) )\d{1,3}$|[ .…·。：:]+$")


def set_aside(pieces: Sequence[Piece], rules: RuleSet) -> frozenset[int]:
    """Indices of the pieces that cannot be headings, whatever they look like."""
    cues = patterns_by_id(rules, "headings")
    page = {i for i, piece in enumerate(pieces) if cues["furniture"].match(piece.text)}
    return frozenset([*page, *_contents(pieces, cues), *_signature(pieces, page, cues)])


def _alone(piece: Piece) -> bool:
    """A line of its own that no mark closes."""
    return piece.first and piece.last and piece.text[-1] not in _CLOSED


def _contents(pieces: Sequence[Piece], cues: Patterns) -> Iterator[int]:
    """Entries of a table of contents: lines without body that come again as headings."""
    last = {_without_page(piece): i for i, piece in enumerate(pieces) if piece.first}
    run: list[int] = []
    named = False
    for i, piece in enumerate(pieces[:_MOST_ENTRIES]):
        if piece.first and piece.last and cues["contents"].match(piece.text):
            named = True
            yield i
        elif _alone(piece) and last[_without_page(piece)] > i and (named or piece.ranked):
            run.append(i)
        elif run:
            break
    if named or len(run) >= _LEAST_ENTRIES:
        yield from run


def _without_page(piece: Piece) -> str:
    return _PAGE_AT_END.sub("", piece.text)


def _signature(pieces: Sequence[Piece], page: set[int], cues: Patterns) -> Iterator[int]:
    """Short unclosed lines at the very end, and the line above a date."""
    for i in range(len(pieces) - 1, -1, -1):
        if not _signs(pieces[i]) and i not in page:
            break
        yield i
    for i, piece in enumerate(pieces[1:], 1):
        if piece.first and cues["not_heading.date"].match(piece.text):
            yield from (j for j in (i - 1, i) if _signs(pieces[j]))


def _signs(piece: Piece) -> bool:
    return _alone(piece) and piece.enumerator is None and len(piece.text) <= _LONGEST_SIGNATURE
