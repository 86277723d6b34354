"""Announced counts against the lists that follow (GUIDELINE U4, H13)."""

from __future__ import annotations

import functools
import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.model import Notice
from speechmine.patterns import compiled
from speechmine.rules.matcher import Match, Matcher
from speechmine.rules.schema import RuleSet
from speechmine.segment.pieces import UNRANKED, Piece, enumerator_at, number_of

__all__ = ["enumeration_notices"]

_FEWEST = 2
_BEHIND = compiled("[：:，；;]")
# No list is longer, its inner lists counted, than this many enumerators: so time stays linear.
_FARTHEST = 300
# A list begins at most this many pieces after the sentence that announces it.
_NEAR = 2


@functools.lru_cache(maxsize=8)
def _announcement_matcher(rules: RuleSet) -> Matcher:
    return Matcher(rules.table("announcements"))


@dataclass(frozen=True, slots=True)
class _Mark:
    """An enumerator with its piece, its line and its place in the text."""

    piece: int
    line: int
    place: int
    style: str
    rank: int
    number: int


def enumeration_notices(pieces: Sequence[Piece], rules: RuleSet) -> tuple[Notice, ...]:
    """A notice for each announced count that its list does not meet; nothing is invented.

    Only lists with numbers are counted: what else may be an item is a matter of taste.
    """
    announced = _announcements(pieces, rules)
    if not announced:
        return ()
    marks = [mark for i, piece in enumerate(pieces) for mark in _marks_of(i, piece, rules)]
    found = (_check(pieces, i, match, marks) for i, match in announced)
    return tuple(notice for notice in found if notice is not None)


def _announcements(pieces: Sequence[Piece], rules: RuleSet) -> list[tuple[int, Match]]:
    """The pieces that announce several things, each with the last place where it does."""
    find = _announcement_matcher(rules).find
    hits = ((i, find(piece.text)) for i, piece in enumerate(pieces))
    return [
        (i, found[-1])
        for i, found in hits
        if found and number_of(found[-1].group("n") or "") >= _FEWEST
    ]


def _marks_of(i: int, piece: Piece, rules: RuleSet) -> Iterator[_Mark]:
    """Enumerators of a piece: at its start, and behind a mark inside it."""
    places = [0, *(behind.end() for behind in _BEHIND.finditer(piece.text))]
    for at in places:
        mark = enumerator_at(piece.text, at, rules)
        if mark is not None and (at == 0 or piece.text[at - 1] in "：:" or mark.rank == UNRANKED):
            place = piece.start + at
            yield _Mark(i, piece.line, place, mark.style, mark.rank, mark.number)


def _check(pieces: Sequence[Piece], i: int, match: Match, marks: Sequence[_Mark]) -> Notice | None:
    start = pieces[i].start + match.start
    at = _first_mark(i, start + len(match.text), marks)
    if at is None:
        return None
    claimed, lengths = number_of(match.group("n") or ""), _lengths(marks, at)
    if claimed in lengths:
        return None
    announced = match.text.rstrip("：:，。")
    message = f"the text announces {claimed} ({announced}), {lengths[0]} follow"
    return Notice("enumeration_mismatch", message, start, start + len(announced))


def _first_mark(i: int, end: int, marks: Sequence[_Mark]) -> int | None:
    """The enumerator numbered one that opens the list: after the announcement, nearby."""
    at = bisect_left(marks, i, key=lambda mark: mark.piece)
    near = itertools.takewhile(lambda j: marks[j].piece <= i + _NEAR, range(at, len(marks)))
    fit = (j for j in near if marks[j].piece > i or marks[j].place >= end - 1)
    return next((j for j in fit if marks[j].number == 1), None)


def _lengths(marks: Sequence[_Mark], at: int) -> tuple[int, ...]:
    """How long the list is, and how long it may be if another goes on behind it or below it.

    Where every item is 一是 (一是抓经济；一是抓作风。) their number is a length too.
    """
    opener, behind = marks[at], marks[at + 1 : at + 1 + _FARTHEST]
    same = [mark for mark in behind if mark.style == opener.style and mark.number == 1]
    alike = 1 + sum(mark.piece <= opener.piece + _NEAR for mark in same)
    within = list(itertools.takewhile(lambda mark: mark.line == opener.line, behind))
    return (
        _run_length(opener, behind, _outer_number(marks, at)),
        _run_length(opener, behind, None),
        _run_length(opener, within, None),
        alike,
    )


def _outer_number(marks: Sequence[_Mark], at: int) -> int | None:
    """The number of the outer item where a list of the same style begins inside another."""
    for mark in reversed(marks[max(0, at - _FARTHEST) : at]):
        if mark.rank < marks[at].rank:
            return None
        if mark.style == marks[at].style:
            return mark.number
    return None


def _run_length(opener: _Mark, behind: Sequence[_Mark], outer: int | None) -> int:
    """How far the numbers count on in the list's style before a higher rank ends it.

    A number that goes on from the outer list (二是…：一是…；二是…。三是…) is the outer list's.
    """
    length = 1
    for mark in behind:
        goes_on = mark.style == opener.style and mark.number == length + 1
        if mark.rank < opener.rank or (goes_on and outer is not None and mark.number == outer + 1):
            break
        length += goes_on
    return length
