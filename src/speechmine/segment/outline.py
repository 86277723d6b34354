"""Document to outline: sections, labelled segments, notices of lists that do not add up."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.model import Notice, Section, Segment
from speechmine.rules.schema import RuleSet
from speechmine.segment.clause_reader import ClauseReader
from speechmine.segment.discourse import label_pieces
from speechmine.segment.enumeration import enumeration_notices
from speechmine.segment.features import Context, Marks
from speechmine.segment.headings import heading_flags
from speechmine.segment.pieces import Piece, pieces_of
from speechmine.segment.sections import (
    Placed,
    place_headings,
    section_heads,
    section_ids,
    sections_of,
)
from speechmine.segment.zones import problem_run, zones_of

__all__ = ["Outline", "Seen", "build_outline", "context_of"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in the text before its structure: places of mentions, and its clauses."""

    marks: Marks
    clauses: ClauseReader


@dataclass(frozen=True, slots=True)
class Outline:
    """The shape of a document, in offsets of the matching view."""

    sections: tuple[Section, ...]
    segments: tuple[Segment, ...]
    notices: tuple[Notice, ...]


def build_outline(
    text: str, rules: RuleSet, *, seen: Seen | None = None, year: int | None = None
) -> Outline:
    r"""Find the structure of a text and what each segment does.

    Args:
        text: the matching view's text.
        rules: the rule set.
        seen: where quantities, parties and times stand (a plan sentence with a number is a
            target, A4).
        year: the year that 今年 means, if known.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> out = build_outline("一、抓紧收尾\n要尽快完成绿化工程。", default_rules())
        >>> [(s.discourse, s.section) for s in out.segments]
        [('heading', 's1'), ('directive', 's1')]
    """
    pieces = pieces_of(text, rules)
    context, placed = context_of(pieces, rules, seen or Seen({}, ClauseReader(text, rules)), year)
    labels = label_pieces(text, pieces, context, rules)
    ids = section_ids(len(pieces), placed)
    items = _items(pieces, context.headings)
    segments = tuple(
        Segment(p.start, p.end, p.text, ids[i], items[i], labels[i], context.zones[i])
        for i, p in enumerate(pieces)
    )
    notices = enumeration_notices(pieces, rules)
    return Outline(sections_of(pieces, placed, len(text.rstrip())), segments, notices)


def context_of(
    pieces: Sequence[Piece], rules: RuleSet, seen: Seen, year: int | None
) -> tuple[Context, tuple[Placed, ...]]:
    """What structure tells of the pieces before any is labelled, and the headings in their tree."""
    problems = problem_run(pieces, rules)
    flags = heading_flags(pieces, rules, problems)
    placed = place_headings(pieces, section_heads(pieces, flags, rules))
    tops = _tops(placed)
    context = Context(
        flags,
        zones_of(pieces, flags, tops, rules, year),
        problems,
        seen.marks,
        seen.clauses,
        _titles(pieces, placed),
        _numbered(len(pieces), [heading.piece for heading in placed]),
        _numbered(len(pieces), tops),
    )
    return context, placed


def _numbered(count: int, starts: Sequence[int]) -> list[int]:
    """For each piece how many of the starts lie at or before it."""
    return [bisect_right(starts, i) for i in range(count)]


def _titles(pieces: Sequence[Piece], placed: Sequence[Placed]) -> list[str]:
    """For each piece the headings it stands under, outermost first."""
    titles = [""] * len(pieces)
    bounds = [*(h.piece for h in placed), len(pieces)]
    for n, (start, stop) in enumerate(itertools.pairwise(bounds)):
        path, at = [], n
        while True:
            path.append(pieces[placed[at].piece].body)
            parent = placed[at].parent
            if parent is None:
                break
            at = parent
        titles[start:stop] = ["".join(reversed(path))] * (stop - start)
    return titles


def _tops(placed: Sequence[Placed]) -> list[int]:
    """Headings that open a main part: those of depth one that are no mere topic sentences."""
    return [h.piece for h in placed if h.depth == 1 and h.style != "topic"]


def _items(pieces: Sequence[Piece], flags: Sequence[bool]) -> list[str | None]:
    """The enumerator a piece stands under, to the next heading or the end of its line."""
    items: list[str | None] = []
    current: str | None = None
    for i, piece in enumerate(pieces):
        if piece.first or flags[i]:
            current = None
        if piece.enumerator is not None:
            current = piece.enumerator.label
        items.append(current)
    return items
