"""What stands between the lines of a speech and heads nothing.

Page numbers and running heads, applause, a table of contents, signature and date, a glossary.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id
from speechmine.segment.pieces import Piece

__all__ = ["set_aside"]

_CLOSED = "。；;！!？?，,、：:"
_LONGEST_SIGNATURE = 30
_LEAST_REPEATS = 3
# Entries in a row that all come again later: a table of contents even without its name.
_LEAST_ENTRIES = 3
_MOST_ENTRIES = 120
_PAGE_AT_END = compiled(r"(?:[ .…·—-]{2,80}|(?<=\D) )\d{1,3}$|[ .…·。：:]+$")


@dataclass(frozen=True, slots=True)
class _FurnitureCues:
    furniture: re.Pattern[str]
    contents: re.Pattern[str]
    glossary: re.Pattern[str]
    annex: re.Pattern[str]
    date: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def _furniture_cues(rules: RuleSet) -> _FurnitureCues:
    table = patterns_by_id(rules, "headings")
    return _FurnitureCues(
        furniture=table["furniture"],
        contents=table["contents"],
        glossary=table["glossary"],
        annex=table["annex"],
        date=table["not_heading.date"],
    )


def set_aside(pieces: Sequence[Piece], rules: RuleSet) -> frozenset[int]:
    """Indices of the pieces that cannot be headings, whatever they look like."""
    cues = _furniture_cues(rules)
    page = frozenset(i for i, piece in enumerate(pieces) if cues.furniture.match(piece.text))
    return frozenset(
        [
            *page,
            *_running_heads(pieces, page),
            *_contents(pieces, cues),
            *_glossary(pieces, cues),
            *_signature(pieces, page, cues),
        ]
    )


def _alone(piece: Piece) -> bool:
    """A line of its own that no mark closes."""
    return piece.first and piece.last and piece.text[-1] not in _CLOSED


def _running_heads(pieces: Sequence[Piece], page: frozenset[int]) -> Iterator[int]:
    """A line that comes again at page breaks, or the title line again further down."""
    lines = [i for i, piece in enumerate(pieces) if _alone(piece) and piece.enumerator is None]
    repeats = Counter(pieces[i].text for i in lines)
    at_page = Counter(pieces[i].text for i in lines if i + 1 in page or i - 1 in page)
    for i in lines:
        text = pieces[i].text
        many = repeats[text] >= _LEAST_REPEATS and 2 * at_page[text] >= repeats[text]
        if many or (i > 0 and text == pieces[0].text):
            yield i


def _contents(pieces: Sequence[Piece], cues: _FurnitureCues) -> Iterator[int]:
    """Entries of a table of contents: lines without body that come again as headings."""
    last = {_entry(piece): i for i, piece in enumerate(pieces) if piece.first}
    run: list[int] = []
    named = False
    for i, piece in enumerate(pieces[:_MOST_ENTRIES]):
        if piece.first and piece.last and cues.contents.match(piece.text):
            named = True
            yield i
        elif _alone(piece) and last[_entry(piece)] > i and (named or piece.ranked):
            run.append(i)
        elif run:
            break
    if named or len(run) >= _LEAST_ENTRIES:
        yield from run


def _entry(piece: Piece) -> str:
    return _PAGE_AT_END.sub("", piece.text)


def _glossary(pieces: Sequence[Piece], cues: _FurnitureCues) -> Iterator[int]:
    """All below the heading 名词解释, down to an annex or a part of the first rank."""
    inside = False
    for i, piece in enumerate(pieces):
        alone = piece.first and piece.last
        if alone and cues.glossary.match(piece.text):
            inside = True
            continue
        ranked = piece.enumerator is not None and piece.enumerator.rank <= 1
        if inside and ((alone and cues.annex.match(piece.text)) or (ranked and _alone(piece))):
            inside = False
        if inside:
            yield i


def _signature(
    pieces: Sequence[Piece], page: frozenset[int], cues: _FurnitureCues
) -> Iterator[int]:
    """Short unclosed lines at the very end, and the line above a date."""
    for i in range(len(pieces) - 1, -1, -1):
        if not _signs(pieces[i]) and i not in page:
            break
        yield i
    for i, piece in enumerate(pieces[1:], 1):
        if piece.first and cues.date.match(piece.text):
            yield from (j for j in (i - 1, i) if _signs(pieces[j]))


def _signs(piece: Piece) -> bool:
    return _alone(piece) and piece.enumerator is None and len(piece.text) <= _LONGEST_SIGNATURE
