"""Announced counts against the lists that follow (GUIDELINE U4, H13)."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence

from speechmine.model import Notice
from speechmine.rules.matcher import Match, Matcher
from speechmine.rules.schema import RuleSet
from speechmine.segment.enumerators import UNRANKED, Enumerator, enumerator_at, number_of
from speechmine.segment.pieces import Piece
from speechmine.segment.unnumbered import unnumbered_length

__all__ = ["enumeration_notices", "marks_of"]

_FEWEST = 2
_BEHIND = frozenset("：:，；;")
# A list begins at most this many pieces after the sentence that announces it.
_NEAR = 2


@functools.lru_cache(maxsize=8)
def _matcher(rules: RuleSet) -> Matcher:
    return Matcher(rules.table("announcements"))


def enumeration_notices(pieces: Sequence[Piece], rules: RuleSet) -> tuple[Notice, ...]:
    """A notice for each announced count that its list does not meet; nothing is invented."""
    marks = [tuple(marks_of(piece, rules)) for piece in pieces]
    found = (_check(pieces, i, match, marks) for i, match in _announcements(pieces, rules))
    return tuple(notice for notice in found if notice is not None)


def _announcements(pieces: Sequence[Piece], rules: RuleSet) -> Iterator[tuple[int, Match]]:
    for i, piece in enumerate(pieces):
        hits = _matcher(rules).find(piece.text)
        if hits:
            yield i, hits[-1]


def marks_of(piece: Piece, rules: RuleSet) -> Iterator[Enumerator]:
    """Enumerators of a piece, in its own offsets: at its start, and behind a mark inside it."""
    places = [0, *(at + 1 for at, char in enumerate(piece.text) if char in _BEHIND)]
    for at in places:
        mark = enumerator_at(piece.text, at, rules)
        if mark is not None and (at == 0 or piece.text[at - 1] in "：:" or mark.rank == UNRANKED):
            yield mark


def _check(
    pieces: Sequence[Piece], i: int, match: Match, marks: Sequence[tuple[Enumerator, ...]]
) -> Notice | None:
    claimed = number_of(match.group("n") or "")
    named = match.rule.value == "named"
    first = None if named else _first_mark(i, match, marks)
    if claimed < _FEWEST:
        return None
    lengths = _lengths(pieces, first, marks) if first else (unnumbered_length(pieces, i, match),)
    found = lengths[0]
    if found == 0 or claimed in lengths:
        return None
    announced = match.text.rstrip("：:，。")
    start = pieces[i].start + match.start
    message = f"the text announces {claimed} ({announced}), {found} follow"
    return Notice("enumeration_mismatch", message, start, start + len(announced))


def _first_mark(
    i: int, match: Match, marks: Sequence[tuple[Enumerator, ...]]
) -> tuple[int, Enumerator] | None:
    """The enumerator numbered one that opens the list: after the announcement, nearby."""
    for j in range(i, min(i + 1 + _NEAR, len(marks))):
        for mark in marks[j]:
            if mark.number == 1 and (j > i or mark.start >= match.end - 1):
                return j, mark
    return None


def _lengths(
    pieces: Sequence[Piece],
    first: tuple[int, Enumerator],
    marks: Sequence[tuple[Enumerator, ...]],
) -> tuple[int, ...]:
    """How long the list is, and how long it may be if another goes on behind it or below it.

    Where every item is 一是 (一是抓经济；一是抓作风。) their number is a length too.
    """
    index, opener = first
    outer = _outer_number(first, marks)
    near = itertools.chain.from_iterable(marks[index : index + 1 + _NEAR])
    alike = sum(m.style == opener.style and m.number == 1 for m in near)
    line = pieces[index].line
    stop = next((j for j in range(index, len(pieces)) if pieces[j].line > line), len(pieces))
    within = _run_length(first, marks[:stop], None)
    return _run_length(first, marks, outer), _run_length(first, marks, None), alike, within


def _outer_number(
    first: tuple[int, Enumerator], marks: Sequence[tuple[Enumerator, ...]]
) -> int | None:
    """The number of the outer item where a list of the same style begins inside another."""
    index, opener = first
    before = [m for group in marks[:index] for m in group]
    before += [m for m in marks[index] if m.start < opener.start]
    for mark in reversed(before):
        if mark.rank < opener.rank:
            return None
        if mark.style == opener.style:
            return mark.number
    return None


def _run_length(
    first: tuple[int, Enumerator],
    marks: Sequence[tuple[Enumerator, ...]],
    outer: int | None,
) -> int:
    """How far the numbers count on in the list's style before a higher rank ends it.

    A number that goes on from the outer list (二是…：一是…；二是…。三是…) is the outer list's.
    """
    index, opener = first
    expected = 2
    behind = tuple(mark for mark in marks[index] if mark.start > opener.start)
    for group in itertools.chain([behind], itertools.islice(marks, index + 1, None)):
        for mark in group:
            ends = mark.rank < opener.rank
            if ends or (
                mark.style == opener.style
                and outer is not None
                and mark.number == outer + 1
                and mark.number == expected
            ):
                return expected - 1
            if mark.style == opener.style and mark.number == expected:
                expected += 1
    return expected - 1
