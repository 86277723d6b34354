"""Which headings stand open at a place: where each of them ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.changes import quickly_made
from speechmine.patterns import compiled
from speechmine.segment.pieces import UNRANKED, Piece

__all__ = ["LINE", "TOPIC", "Placed", "article_depth", "headings_above", "left_open"]

#: The style of a line of its own without a number (2024年重点工作).
LINE = "line"
#: The style of a topic sentence that heads its paragraph.
TOPIC = "topic"
# So many items that head no more than their line tell that the last one does neither.
_LEAST_ITEMS = 3
# A main part goes on behind an address: 一、, or a line without a number (2024年工作安排).
_MAIN_RANK = 1
# Articles are counted through a whole text, whatever part of them is a heading; chapters hold them.
_COUNTED = compiled(r"第[一二三四五六七八九十百零〇\d]{1,5}(?:(?P<article>条)[ \u3000]|[编章节])")


@quickly_made
@dataclass(frozen=True, slots=True)
class Placed:
    """A heading in the tree: the piece it is, its depth and its parent's place in the list.

    ``rank`` orders kinds that nest in a fixed way, smaller is higher.
    """

    piece: int
    depth: int
    parent: int | None
    style: str
    rank: float
    number: int


def left_open(pieces: Sequence[Piece], i: int, above: Sequence[Placed]) -> int:
    """How many of the open headings a piece that is none leaves open.

    A numbered line that goes on with the count of a heading (3.马庄村案。… 5.石桥镇污染案，由…牵头)
    ends what that heading holds; so does an article (第九条) all that began in the one before, and
    a paragraph that addresses the audience (各位代表！) all but the main part.

    Args:
        pieces: of the text.
        i: the place of the piece.
        above: headings that stand open before it.
    """
    piece = pieces[i]
    if piece.addresses:
        return sum(other.rank <= _MAIN_RANK or other.style == LINE for other in above)
    if piece.first and _is_article(piece.text):
        before = _article_before(pieces, i)
        inside = (
            depth
            for depth, other in enumerate(above)
            if other.piece >= before >= 0 and not _is_chapter(pieces[other.piece].text)
        )
        return next(inside, len(above))
    mark = piece.enumerator
    if mark is not None and piece.first:
        for depth, other in enumerate(above):
            if other.style == mark.style and 0 < other.number < mark.number:
                return depth
    return len(above)


def article_depth(pieces: Sequence[Piece], piece: Piece, above: Sequence[Placed]) -> int | None:
    """How deep the article before stands that a line (第九条) goes on behind; None without one.

    Args:
        pieces: of the text.
        piece: that may be an article.
        above: headings that stand open before it.
    """
    if not (piece.first and _is_article(piece.text)):
        return None
    before = (d for d, other in enumerate(above) if _is_article(pieces[other.piece].text))
    return next(before, None)


def _is_article(text: str) -> bool:
    """Whether a line opens an article (第九条)."""
    counted = _COUNTED.match(text)
    return counted is not None and counted["article"] is not None


def _is_chapter(text: str) -> bool:
    """Whether a line opens a chapter (第二章)."""
    return _COUNTED.match(text) is not None and not _is_article(text)


def _article_before(pieces: Sequence[Piece], i: int) -> int:
    """The place of the article before one; -1 where it is the first."""
    earlier = (n for n in range(i - 1, -1, -1) if pieces[n].first)
    return next((n for n in earlier if _is_article(pieces[n].text)), -1)


def headings_above(pieces: Sequence[Piece], placed: Sequence[Placed]) -> Iterator[Sequence[int]]:
    """For each piece the headings that it stands under, outermost first.

    Args:
        pieces: of the text.
        placed: its headings in their tree.
    """
    headings = {heading.piece: n for n, heading in enumerate(placed)}
    last_lines = _last_lines(pieces, placed)
    opened: list[int] = []
    for i, piece in enumerate(pieces):
        n = headings.get(i)
        if n is None:
            del opened[left_open(pieces, i, [placed[j] for j in opened]) :]
            ended = (d for d, j in enumerate(opened) if last_lines.get(j, piece.line) < piece.line)
            del opened[next(ended, len(opened)) :]
        else:
            del opened[placed[n].depth - 1 :]
            opened.append(n)
        yield tuple(opened)


def _last_lines(pieces: Sequence[Piece], placed: Sequence[Placed]) -> dict[int, int]:
    """The line that ends a heading, for those that head no more than their line.

    A topic sentence without a number heads its paragraph (先说路。…); so does the last of several
    items that each stand in a line with their body, or of some that stand in one line with theirs:
    what the line behind says is another matter.
    """
    families: dict[tuple[int | None, str], list[int]] = {}
    for n, heading in enumerate(placed):
        families.setdefault((heading.parent, heading.style), []).append(n)
    found: dict[int, int] = {}
    spread = {n for heading in placed for n in _reached(pieces, placed, heading)}
    for (_, style), family in families.items():
        run: list[int] = []
        ends: tuple[int | None, ...] = (*family, None)
        for nth in ends:
            if nth is not None and (not run or _follows(pieces, placed[run[-1]], placed[nth])):
                run.append(nth)
                continue
            least = 1 if style == TOPIC else _LEAST_ITEMS
            if len(run) >= least and run[-1] not in spread and _opens(pieces, placed[run[-1]]):
                found[run[-1]] = pieces[placed[run[-1]].piece].line
            run = [] if nth is None else [nth]
        if len(family) > 1 and family[-1] not in spread and _packed(pieces, placed, family[-2:]):
            found[family[-1]] = pieces[placed[family[-1]].piece].line
    return found


def _packed(pieces: Sequence[Piece], placed: Sequence[Placed], last: Sequence[int]) -> bool:
    """The last two items of a list stand in one line: 一是应对挑战。…二是回应期盼。…."""
    before, piece = (pieces[placed[n].piece] for n in last)
    return before.line == piece.line and placed[last[-1]].rank == UNRANKED and not piece.last


def _follows(pieces: Sequence[Piece], before: Placed, heading: Placed) -> bool:
    """Both open a line that goes on behind them, and the second stands in the next line."""
    one, other = pieces[before.piece], pieces[heading.piece]
    opens = _opens(pieces, before) and _opens(pieces, heading)
    return opens and other.line == one.line + 1


def _opens(pieces: Sequence[Piece], heading: Placed) -> bool:
    """Whether it opens a line that goes on behind it."""
    piece = pieces[heading.piece]
    return piece.first and not piece.last


def _reached(pieces: Sequence[Piece], placed: Sequence[Placed], heading: Placed) -> Iterator[int]:
    """The headings above one that stands in a later line than they do."""
    line, above = pieces[heading.piece].line, heading.parent
    while above is not None:
        if line > pieces[placed[above].piece].line:
            yield above
        above = placed[above].parent
