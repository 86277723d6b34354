"""Document to outline: sections, labelled segments, notices of lists that do not add up."""

from __future__ import annotations

import itertools
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.model import Discourse, Notice, Section, Segment, Zone
from speechmine.packed import Keep, held
from speechmine.rules.schema import RuleSet
from speechmine.segment.clauses import ClauseReader
from speechmine.segment.enumeration import enumeration_notices
from speechmine.segment.furniture import set_aside
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

__all__ = ["Outline", "PieceContext", "Structure", "outline_of", "structure_of"]


@dataclass(frozen=True, slots=True)
class Outline:
    """The shape of a document, in offsets of the matching view."""

    sections: tuple[Section, ...]
    segments: Sequence[Segment]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """The shape of a text before its sentences are labelled."""

    pieces: Sequence[Piece]
    context: PieceContext
    placed: tuple[Placed, ...]


def structure_of(
    text: str, rules: RuleSet, *, clauses: ClauseReader | None = None, year: int | None = None
) -> Structure:
    r"""Find the pieces of a text, its headings and its parts.

    Args:
        text: the matching view's text.
        rules: the rule set.
        clauses: gives the clauses of a span.
        year: the year that 今年 means, if known.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> found = structure_of("一、抓紧收尾\n要尽快完成绿化工程。", default_rules())
        >>> found.context.headings
        (True, False)
    """
    pieces = pieces_of(text, rules)
    clauses = clauses or ClauseReader(text, rules)
    context, placed = context_of(pieces, rules, clauses, year)
    return Structure(pieces, context, placed)


def context_of(
    pieces: Sequence[Piece], rules: RuleSet, clauses: ClauseReader, year: int | None
) -> tuple[PieceContext, tuple[Placed, ...]]:
    """What structure tells of the pieces before any is labelled, and the headings in their tree."""
    problems = problem_run(pieces, rules)
    aside = set_aside(pieces, rules)
    flags = heading_flags(pieces, rules, problems, aside)
    placed = place_headings(pieces, section_heads(pieces, flags, aside, rules))
    tops = _tops(placed)
    context = PieceContext(
        flags,
        aside,
        zones_of(pieces, flags, tops, rules, year),
        problems,
        clauses,
        _titles(pieces, placed),
        _numbered(len(pieces), [heading.piece for heading in placed]),
        _numbered(len(pieces), tops),
    )
    return context, placed


def _numbered(count: int, starts: Sequence[int]) -> Sequence[int]:
    """For each piece how many of the starts lie at or before it."""
    return array("q", (bisect_right(starts, i) for i in range(count)))


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


def _items_above(pieces: Sequence[Piece], flags: Sequence[bool]) -> list[str | None]:
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


def outline_of(  # what a segment is made of
    text: str,
    structure: Structure,
    labels: Sequence[Discourse],
    confidences: Sequence[float | None],
    rules: RuleSet,
    keep: Keep = held,
) -> Outline:
    """Segments and sections of a text whose sentences are labelled.

    Args:
        text: the matching view's text.
        structure: its pieces.
        labels: of each; those labelled ``heading`` make the sections.
        confidences: of each label.
        rules: the rule set.
        keep: keeps the segments.
    """
    pieces, zones = structure.pieces, structure.context.zones
    flags = [label == "heading" for label in labels]
    same = tuple(flags) == tuple(structure.context.headings)
    placed = structure.placed
    if not same:
        heads = section_heads(pieces, flags, structure.context.aside, rules)
        placed = place_headings(pieces, heads)
    ids, items = section_ids(pieces, placed), _items_above(pieces, flags)
    segments = keep(
        Segment(p.start, p.end, p.text, ids[i], items[i], labels[i], zones[i], confidences[i])
        for i, p in enumerate(pieces)
    )
    notices = enumeration_notices(pieces, rules)
    return Outline(sections_of(pieces, placed, len(text.rstrip())), segments, notices)


@dataclass(frozen=True, slots=True)
class PieceContext:
    """What is known of the pieces before they are labelled.

    Attributes:
        headings: which look like headings.
        aside: which cannot be any, whatever they look like.
        zones: where each stands.
        problems: those in a list of problems.
        clauses: gives the clauses of a piece.
        titles: for each piece the headings it stands under, joined.
        sections: for each piece the number of its innermost section, 0 before the first.
        parts: for each piece the number of its main part, 0 before the first.
    """

    headings: Sequence[bool]
    aside: frozenset[int]
    zones: Sequence[Zone]
    problems: frozenset[int]
    clauses: ClauseReader
    titles: Sequence[str]
    sections: Sequence[int]
    parts: Sequence[int]
