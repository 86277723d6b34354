"""Announced counts against the lists that follow (GUIDELINE U4, H13)."""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.model import Notice
from speechmine.patterns import compiled
from speechmine.rules.matcher import Match, Matcher
from speechmine.rules.schema import RuleSet
from speechmine.segment.pieces import UNRANKED, Piece, enumerator_at, number_of

__all__ = ["enumeration_notices", "unnumbered_length"]

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
    """A notice for each announced count that its list does not meet; nothing is invented."""
    marks = [mark for i, piece in enumerate(pieces) for mark in _marks_of(i, piece, rules)]
    found = (_check(pieces, i, match, marks) for i, match in _announcements(pieces, rules))
    return tuple(notice for notice in found if notice is not None)


def _announcements(pieces: Sequence[Piece], rules: RuleSet) -> Iterator[tuple[int, Match]]:
    for i, piece in enumerate(pieces):
        hits = _announcement_matcher(rules).find(piece.text)
        if hits:
            yield i, hits[-1]


def _marks_of(i: int, piece: Piece, rules: RuleSet) -> Iterator[_Mark]:
    """Enumerators of a piece: at its start, and behind a mark inside it."""
    places = [0, *(behind.end() for behind in _BEHIND.finditer(piece.text))]
    for at in places:
        mark = enumerator_at(piece.text, at, rules)
        if mark is not None and (at == 0 or piece.text[at - 1] in "：:" or mark.rank == UNRANKED):
            place = piece.start + at
            yield _Mark(i, piece.line, place, mark.style, mark.rank, mark.number)


def _check(pieces: Sequence[Piece], i: int, match: Match, marks: Sequence[_Mark]) -> Notice | None:
    claimed = number_of(match.group("n") or "")
    if claimed < _FEWEST:
        return None
    start = pieces[i].start + match.start
    at = None if match.rule.value == "named" else _first_mark(i, start + len(match.text), marks)
    lengths = (unnumbered_length(pieces, i, match),) if at is None else _lengths(marks, at)
    found = lengths[0]
    if found == 0 or claimed in lengths:
        return None
    announced = match.text.rstrip("：:，。")
    message = f"the text announces {claimed} ({announced}), {found} follow"
    return Notice("enumeration_mismatch", message, start, start + len(announced))


def _first_mark(i: int, end: int, marks: Sequence[_Mark]) -> int | None:
    """The enumerator numbered one that opens the list: after the announcement, nearby."""
    at = bisect_left(marks, i, key=lambda mark: mark.piece)
    for j in range(at, len(marks)):
        mark = marks[j]
        if mark.piece > i + _NEAR:
            break
        if mark.number == 1 and (mark.piece > i or mark.place >= end - 1):
            return j
    return None


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


_LONGEST_TOPIC = 26
# A list is told within this many pieces, so that time stays linear.
_LONGEST_LIST = 120
_SHARED = 2


def unnumbered_length(pieces: Sequence[Piece], i: int, match: Match) -> int:
    """How many parallel items follow; 0 where nothing parallel can be counted.

    Items are counted only where they leave no doubt: they end in the announced word
    (四种意识：责任意识、……), or they open the next paragraphs with the same words.

    Args:
        pieces: the whole text.
        i: the piece that announces.
        match: the announcement in it, with the word it counts in the group ``what``.
    """
    what = match.group("what") or ""
    if not what:
        return 0
    if match.text[-1] in "：:" and match.end < len(pieces[i].text):
        found = sum(1 for _ in _items_in_clauses(pieces, i, match.end, what))
    elif not pieces[i].last:
        found = sum(piece.text.endswith(f"{what}。") for piece in _rest_of_line(pieces, i))
    elif match.rule.value == "named":
        found = 0
    else:
        found = _paragraphs(pieces, i)
    return found if found >= _FEWEST else 0


def _rest_of_line(pieces: Sequence[Piece], i: int) -> Iterator[Piece]:
    rest = pieces[i + 1 : i + 1 + _LONGEST_LIST]
    return itertools.takewhile(lambda piece: piece.line == pieces[i].line, rest)


def _items_in_clauses(pieces: Sequence[Piece], i: int, at: int, what: str) -> Iterator[str]:
    """责任意识、节点意识；……: the items that end in the announced word, from the colon on."""
    text = pieces[i].text[at:]
    for piece in _rest_of_line(pieces, i):
        if text[-1] not in "；;":
            break
        text += piece.text
    # 和 joins items as 、 does, but for the one inside the last of them.
    parts = re.split(rf"[、，；;。]|和(?=[^、，；。]{{1,20}}{re.escape(what)})", text)
    return itertools.takewhile(lambda part: part.endswith(what), parts)


def _paragraphs(pieces: Sequence[Piece], i: int) -> int:
    """Paragraphs in a row whose first sentences begin alike; 0 where the next one does not."""
    run: list[str] = []
    for piece in pieces[i + 1 : i + 1 + _LONGEST_LIST]:
        if not piece.first:
            continue
        if not _is_topic(piece):
            break
        run.append(piece.text[:_SHARED])
    return len(run) if len(set(run)) == 1 else 0


def _is_topic(piece: Piece) -> bool:
    closed = piece.text.endswith("。") and len(piece.text) <= _LONGEST_TOPIC
    return closed and not piece.last and piece.enumerator is None
