"""The tree of sections that the headings make."""

from __future__ import annotations

from collections.abc import Sequence

from speechmine.model import Section
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id
from speechmine.segment.headings import enumerations_of
from speechmine.segment.open_headings import (
    LINE,
    TOPIC,
    Placed,
    article_depth,
    headings_above,
    left_open,
)
from speechmine.segment.pieces import LONGEST_NUMBERED, UNRANKED, Piece

__all__ = ["Placed", "place_headings", "section_heads", "section_ids", "sections_of"]

# An item holds no more pieces, so that time stays linear.
_LONGEST_ITEM = 40
_LEAD = "lead"
_TOPIC_RANK = UNRANKED + 1
_MAIN_RANK = 1
# The part of a line that names a section where heading and body run into each other.
_FIRST_CLAUSE = compiled(r"[^，。；：]{4,40}")


def section_heads(
    pieces: Sequence[Piece], flags: Sequence[bool], aside: frozenset[int], rules: RuleSet
) -> tuple[bool, ...]:
    """For each piece whether a section begins at it: at a heading, and at 一、 in its body's line.

    Where heading and body run into each other without a mark (一、抓防汛各镇要……) no segment is a
    heading, and yet the section is there.

    Args:
        pieces: of a text.
        flags: which of them are headings.
        aside: which cannot be any.
        rules: the rule set.
    """
    known = patterns_by_id(rules, "headings").items()
    empty = [pattern for key, pattern in known if key.startswith("heads_nothing.")]
    heads = [
        flag and not any(pattern.match(piece.text) for pattern in empty)
        for flag, piece in zip(flags, pieces, strict=True)
    ]
    for run in enumerations_of(pieces):
        mark = pieces[run[0]].enumerator
        if mark is None or mark.rank > _MAIN_RANK or aside.intersection(run):
            continue
        if len(run) > 1 and all(_has_body(pieces, i) for i in run):
            for i in run:
                heads[i] = True
    return tuple(heads)


def _has_body(pieces: Sequence[Piece], i: int) -> bool:
    mark, following = (
        pieces[i].enumerator,
        pieces[i + 1].enumerator if i + 1 < len(pieces) else None,
    )
    same = mark is not None and following is not None and mark.style == following.style
    return i + 1 < len(pieces) and not same


def place_headings(pieces: Sequence[Piece], flags: Sequence[bool]) -> tuple[Placed, ...]:
    """Nest headings: fixed ranks first (一、 over （一） over 1.), free styles where they stand.

    一是 after a heading of the same list is its sibling; 一是 that starts again at one
    inside such a list is a list of its own one level deeper. An unnumbered line (2024年重点工作)
    stands above the numbers that start again below it, and below those that count on past it.
    A line that only announces a list (重点抓好以下工作：) stands beside it. Nothing stands below a
    heading that has ended.
    """
    placed: list[Placed] = []
    stack: list[int] = []
    heads = [i for i, flag in enumerate(flags) if flag]
    next_ranked = _next_ranked(pieces, heads)
    main_lists = sum(_opens_main_list(pieces[i]) for i in heads)
    followers = iter(next_ranked)
    for i, piece in enumerate(pieces):
        above = [placed[j] for j in stack]
        if not flags[i]:
            del stack[left_open(pieces, i, above) :]
            continue
        style, rank, number = _heading_kind(piece, above, next(followers))
        if style == LINE and rank < _MAIN_RANK and main_lists == 1:
            rank = _MAIN_RANK  # 一、 begins but once: no line stands above it
        keep = _keep(pieces, i, above, (style, rank, number))
        del stack[keep:]
        parent = stack[-1] if stack else None
        placed.append(Placed(i, len(stack) + 1, parent, style, rank, number))
        stack.append(len(placed) - 1)
    return tuple(placed)


def _opens_main_list(piece: Piece) -> bool:
    mark = piece.enumerator
    return mark is not None and mark.rank == _MAIN_RANK and mark.number == 1


def _next_ranked(pieces: Sequence[Piece], heads: Sequence[int]) -> list[Piece | None]:
    """For each heading the next one after it that has a number of fixed rank."""
    found: list[Piece | None] = []
    following: Piece | None = None
    for i in reversed(heads):
        found.append(following)
        following = pieces[i] if pieces[i].ranked else following
    return found[::-1]


_Kind = tuple[str, float, int]


def _heading_kind(piece: Piece, above: Sequence[Placed], following: Piece | None) -> _Kind:
    mark = piece.enumerator
    if mark is not None:
        return mark.style, mark.rank, mark.number
    if not (piece.first and piece.last):
        return TOPIC, _TOPIC_RANK, 0
    if piece.text[-1] in "。：:":
        return _LEAD, _lead_rank(above, following), 0
    return LINE, _line_rank(above, following), 0


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
    counts_on = any(other.style == mark.style for other in ranked) and mark.number > 1
    if not counts_on:
        return mark.rank - 0.5
    lines = [other.rank for other in above if other.style == LINE and other.rank > _MAIN_RANK]
    return lines[-1] if lines else max(other.rank for other in ranked) + 0.25


def _keep(pieces: Sequence[Piece], i: int, above: Sequence[Placed], kind: _Kind) -> int:
    """How many of the open headings stay open above the new one."""
    style, rank, number = kind
    article = article_depth(pieces, pieces[i], above)
    if article is not None:
        return article
    if rank == UNRANKED:
        return _free_depth(pieces, i, above, style, number)
    if style == TOPIC:
        return _topic_depth(pieces, i, above)
    within = style == _LEAD and above and _goes_on(pieces, i, above[-1])
    return len(above) if within else sum(1 for other in above if other.rank < rank)


def _goes_on(pieces: Sequence[Piece], i: int, above: Placed) -> bool:
    """问题一：… 整改措施：… 问题二：…: a line between two items is of the first of them."""
    mark = pieces[above.piece].enumerator
    if mark is None or mark.rank < UNRANKED or not pieces[above.piece].first:
        return False
    return any(
        p.first
        and p.enumerator is not None
        and (p.enumerator.style, p.enumerator.number) == (mark.style, mark.number + 1)
        for p in pieces[i + 1 : i + _LONGEST_ITEM]
    )


def _topic_depth(pieces: Sequence[Piece], i: int, above: Sequence[Placed]) -> int:
    """A topic that opens a line stands beside the topic of the line before, and above its items."""
    if pieces[i].first:
        for depth, other in enumerate(above):
            if other.style == TOPIC and pieces[other.piece].first:
                return depth
            if other.rank == UNRANKED and not pieces[other.piece].first:
                return depth
    return sum(1 for other in above if other.rank < _TOPIC_RANK)


def _free_depth(
    pieces: Sequence[Piece], i: int, above: Sequence[Placed], style: str, number: int
) -> int:
    """Where 一是 and its like belong: after the number before it, else under what is numbered."""
    for depth in range(len(above) - 1, -1, -1):
        if above[depth].style == style and above[depth].number == number - 1 > 0:
            return depth
    same = [depth for depth, other in enumerate(above) if other.style == style]
    if same and (number != 1 or _begins_anew(pieces, i, above[same[-1]])):
        return same[-1]
    if above and above[-1].style == TOPIC and pieces[above[-1].piece].line == pieces[i].line:
        return len(above)
    numbered = [depth for depth, other in enumerate(above) if other.rank < _TOPIC_RANK]
    return numbered[-1] + 1 if numbered else 0


def _begins_anew(pieces: Sequence[Piece], i: int, other: Placed) -> bool:
    """一是 in a new line that stands as the list before it did, or 一是 right after 一是."""
    before = pieces[other.piece]
    return other.number == 1 or (before.line != pieces[i].line and before.first == pieces[i].first)


def sections_of(pieces: Sequence[Piece], placed: Sequence[Placed], end: int) -> tuple[Section, ...]:
    """Sections with their extents: from the heading to the next one at its depth or above."""
    ends = _section_ends(pieces, placed, end)
    sections = []
    for n, heading in enumerate(placed):
        piece = pieces[heading.piece]
        mark = piece.enumerator
        sections.append(
            Section(
                id=f"s{n + 1}",
                parent=None if heading.parent is None else f"s{heading.parent + 1}",
                depth=heading.depth,
                label=mark.label if mark else None,
                title=_section_title(piece),
                start=piece.start,
                end=ends[n],
            )
        )
    return tuple(sections)


def _section_ends(pieces: Sequence[Piece], placed: Sequence[Placed], end: int) -> list[int]:
    ends = [end] * len(placed)
    opened: Sequence[int] = ()
    for piece, here in zip(pieces, headings_above(pieces, placed), strict=True):
        for n in opened:
            if n not in here:
                ends[n] = piece.start
        opened = here
    return ends


def _section_title(piece: Piece) -> str:
    title = piece.body.strip(" 　").rstrip("。：:")
    clause = _FIRST_CLAUSE.match(title) if len(title) > LONGEST_NUMBERED else None
    return clause[0] if clause else title


def section_ids(pieces: Sequence[Piece], placed: Sequence[Placed]) -> list[str | None]:
    """For each piece the id of the innermost section it stands in."""
    ids = [f"s{n + 1}" for n in range(len(placed))]
    return [ids[here[-1]] if here else None for here in headings_above(pieces, placed)]
