"""The tree of sections that the headings make, and where each of them ends."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.changes import quickly_made
from speechmine.model import Section
from speechmine.patterns import compiled
from speechmine.segment.pieces import LONGEST_NUMBERED, UNRANKED, Piece

__all__ = ["TOPIC", "Placed", "Tree", "place_headings", "sections_of"]

#: The style of a topic sentence that heads its paragraph.
TOPIC = "topic"
# The style of a line of its own without a number (2024年重点工作), and of one that announces.
_LINE, _LEAD = "line", "lead"
_TOPIC_RANK = UNRANKED + 1
_MAIN_RANK = 1
# So many items that head no more than their line tell that the last one does neither.
_LEAST_ITEMS = 3
# The part of a line that names a section where heading and body run into each other.
_FIRST_CLAUSE = compiled(r"[^，。；：]{4,40}")
# Articles are counted through a whole text, whatever part of them is a heading.
_ARTICLE = compiled(r"第[一二三四五六七八九十百零〇\d]{1,5}条[ \u3000]")


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


@dataclass(frozen=True, slots=True)
class Tree:
    """Headings in their tree, and for each piece the innermost one that stands open at it."""

    headings: tuple[Placed, ...]
    innermost: Sequence[int | None]


def place_headings(pieces: Sequence[Piece], flags: Sequence[bool]) -> Tree:
    """Nest headings: fixed ranks first (一、 over （一） over 1.), free styles where they stand.

    一是 after a heading of the same list is its sibling; 一是 that starts again at one
    inside such a list is a list of its own one level deeper. An unnumbered line (2024年重点工作)
    stands above the numbers that start again below it, and below those that count on past it.
    A line that only announces a list (重点抓好以下工作：) stands beside it. Nothing stands below a
    heading that has ended.
    """
    placed: list[Placed] = []
    stack: list[int] = []
    open_at: list[int | None] = []
    heads = [pieces[i] for i, flag in enumerate(flags) if flag]
    followers = iter(_next_ranked(heads))
    main_lists = sum(_opens_main_list(piece) for piece in heads)
    for i, piece in enumerate(pieces):
        if flags[i]:
            above = [placed[j] for j in stack]
            style, rank, number = _heading_kind(piece, above, next(followers))
            if style == _LINE and rank < _MAIN_RANK and main_lists == 1:
                rank = _MAIN_RANK  # 一、 begins but once: no line stands above it
            del stack[_keep(pieces, i, above, (style, rank, number)) :]
            parent = stack[-1] if stack else None
            placed.append(Placed(i, len(stack) + 1, parent, style, rank, number))
            stack.append(len(placed) - 1)
        elif stack and (piece.first or piece.addresses):
            del stack[_left_open(pieces, i, [placed[j] for j in stack]) :]
        open_at.append(stack[-1] if stack else None)
    return Tree(tuple(placed), _ended(pieces, placed, open_at))


def _opens_main_list(piece: Piece) -> bool:
    mark = piece.enumerator
    return mark is not None and mark.rank == _MAIN_RANK and mark.number == 1


def _next_ranked(heads: Sequence[Piece]) -> list[Piece | None]:
    """For each heading the next one after it that has a number of fixed rank."""
    found: list[Piece | None] = []
    following: Piece | None = None
    for piece in reversed(heads):
        found.append(following)
        following = piece if piece.ranked else following
    return found[::-1]


def _heading_kind(
    piece: Piece, above: Sequence[Placed], following: Piece | None
) -> tuple[str, float, int]:
    mark = piece.enumerator
    if mark is not None:
        return mark.style, mark.rank, mark.number
    if not (piece.first and piece.last):
        return TOPIC, _TOPIC_RANK, 0
    if piece.text[-1] in "。：:":
        return _LEAD, _lead_rank(above, following), 0
    return _LINE, _line_rank(above, following), 0


def _lead_rank(above: Sequence[Placed], following: Piece | None) -> float:
    """The rank of the list that it announces, else just below the number it stands under."""
    mark = following.enumerator if following else None
    numbered = [other.rank for other in above if other.rank < UNRANKED and other.style != _LEAD]
    lowest = max(numbered, default=0.5)
    if mark is not None and mark.number == 1 and mark.rank > lowest:
        return mark.rank
    return lowest + 0.25


def _line_rank(above: Sequence[Placed], following: Piece | None) -> float:
    """Above the numbers that start below it; below those that count on past it."""
    mark = following.enumerator if following else None
    if mark is None:
        return 0.5
    ranked = [other for other in above if other.rank == int(other.rank) and other.rank < UNRANKED]
    if mark.number > 1 and any(other.style == mark.style for other in ranked):
        return max(other.rank for other in ranked) + 0.25
    return mark.rank - 0.5


def _keep(
    pieces: Sequence[Piece], i: int, above: Sequence[Placed], kind: tuple[str, float, int]
) -> int:
    """How many of the open headings stay open above the new one."""
    style, rank, number = kind
    if rank == UNRANKED:
        return _free_depth(pieces, i, above, style, number)
    if style == TOPIC and pieces[i].first:  # beside the topic of a line before
        topics = (d for d, other in enumerate(above) if other.style == TOPIC)
        beside = next((d for d in topics if pieces[above[d].piece].first), None)
        if beside is not None:
            return beside
    return sum(1 for other in above if other.rank < rank)


def _free_depth(
    pieces: Sequence[Piece], i: int, above: Sequence[Placed], style: str, number: int
) -> int:
    """Where 一是 and its like belong: beside their list, else under what is numbered.

    一是 goes on with the list before it where it stands in a new line as that did.
    """
    same = [depth for depth, other in enumerate(above) if other.style == style]
    if same:
        before = pieces[above[same[-1]].piece]
        if number != 1 or (before.line != pieces[i].line and before.first == pieces[i].first):
            return same[-1]
    if above and above[-1].style == TOPIC and pieces[above[-1].piece].line == pieces[i].line:
        return len(above)
    numbered = [depth for depth, other in enumerate(above) if other.rank < _TOPIC_RANK]
    return numbered[-1] + 1 if numbered else 0


def _left_open(pieces: Sequence[Piece], i: int, above: Sequence[Placed]) -> int:
    """How many of the open headings a piece that is none leaves open.

    A numbered line that goes on with the count of a heading (3.马庄村案。… 5.石桥镇污染案，由…牵头)
    ends what that heading holds; so does an article (第九条) the one before it, and
    a paragraph that addresses the audience (各位代表！) all but the main part.
    """
    piece = pieces[i]
    if piece.addresses:
        return sum(other.rank <= _MAIN_RANK or other.style == _LINE for other in above)
    mark = piece.enumerator
    article = mark is None and _ARTICLE.match(piece.text)
    for depth, other in enumerate(above):
        if mark is not None and other.style == mark.style and 0 < other.number < mark.number:
            return depth
        if article and _ARTICLE.match(pieces[other.piece].text):
            return depth
    return len(above)


def _ended(
    pieces: Sequence[Piece], placed: Sequence[Placed], open_at: Sequence[int | None]
) -> Sequence[int | None]:
    """What stands open at each piece, without headings whose one line is over."""
    last_lines = dict(_last_lines(pieces, placed))
    if not last_lines:
        return open_at
    found: list[int | None] = []
    for piece, n in zip(pieces, open_at, strict=True):
        inner = n
        for above in _chain(placed, n):  # with a heading ends all that it holds
            if last_lines.get(above, piece.line) < piece.line:
                inner = placed[above].parent
        found.append(inner)
    return found


def _last_lines(pieces: Sequence[Piece], placed: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    """Headings that head no more than their line, each with that line.

    A topic sentence without a number heads its paragraph (先说路。…); so does the last of several
    items that each stand in a line with their body, or of some that stand in one line with theirs:
    what the line behind says is another matter.
    """
    families: dict[tuple[int | None, str], list[int]] = {}
    for n, heading in enumerate(placed):
        families.setdefault((heading.parent, heading.style), []).append(n)
    spread = {n for heading in placed for n in _reached(pieces, placed, heading)}
    for (_, style), family in families.items():
        least = 1 if style == TOPIC else _LEAST_ITEMS
        length = 0  # of the run of items in one line after the other
        for n, following in itertools.zip_longest(family, family[1:]):
            piece = pieces[placed[n].piece]
            behind = None if following is None else pieces[placed[following].piece]
            length = length + 1 if _opens(piece) else 0
            if behind is not None and _opens(behind) and behind.line == piece.line + 1:
                continue
            if length >= least and n not in spread:
                yield n, piece.line
            length = 0
        last = family[-1]
        if len(family) > 1 and last not in spread and _packed(pieces, placed, family[-2:]):
            yield last, pieces[placed[last].piece].line


def _packed(pieces: Sequence[Piece], placed: Sequence[Placed], last: Sequence[int]) -> bool:
    """The last two items of a list stand in one line: 一是应对挑战。…二是回应期盼。…."""
    before, piece = (pieces[placed[n].piece] for n in last)
    return before.line == piece.line and placed[last[-1]].rank == UNRANKED and not piece.last


def _opens(piece: Piece) -> bool:
    """Whether it opens a line that goes on behind it."""
    return piece.first and not piece.last


def _reached(pieces: Sequence[Piece], placed: Sequence[Placed], heading: Placed) -> Iterator[int]:
    """The headings above one that stands in a later line than they do."""
    line, above = pieces[heading.piece].line, heading.parent
    while above is not None:
        if line > pieces[placed[above].piece].line:
            yield above
        above = placed[above].parent


def sections_of(pieces: Sequence[Piece], tree: Tree, end: int) -> tuple[Section, ...]:
    """Sections with their extents: from the heading to the next one at its depth or above."""
    ends, headings = [end] * len(tree.headings), tree.headings
    before: int | None = None
    for piece, n in zip(pieces, tree.innermost, strict=True):
        if n != before:
            open_ones = set(_chain(headings, n))
            for ended in _chain(headings, before):
                if ended not in open_ones:
                    ends[ended] = piece.start
        before = n
    marks = [pieces[heading.piece].enumerator for heading in headings]
    return tuple(
        Section(
            id=f"s{n + 1}",
            parent=None if heading.parent is None else f"s{heading.parent + 1}",
            depth=heading.depth,
            label=None if (mark := marks[n]) is None else mark.label,
            title=_section_title(pieces[heading.piece]),
            start=pieces[heading.piece].start,
            end=ends[n],
        )
        for n, heading in enumerate(headings)
    )


def _chain(headings: Sequence[Placed], n: int | None) -> Iterator[int]:
    """A heading and those above it."""
    while n is not None:
        yield n
        n = headings[n].parent


def _section_title(piece: Piece) -> str:
    title = piece.body.strip(" 　").rstrip("。：:")
    clause = _FIRST_CLAUSE.match(title) if len(title) > LONGEST_NUMBERED else None
    return clause[0] if clause else title
