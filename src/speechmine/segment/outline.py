"""Document to outline: sections, labelled segments, notices of lists that do not add up."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.model import Discourse, Notice, Section, Segment, Zone
from speechmine.packed import Keep, held
from speechmine.rules.schema import RuleSet
from speechmine.segment.enumeration import enumeration_notices
from speechmine.segment.headings import heading_flags, section_heads
from speechmine.segment.pieces import Piece, pieces_of
from speechmine.segment.sections import TOPIC, Tree, place_headings, sections_of
from speechmine.segment.zones import problem_run, zones_of

__all__ = ["Outline", "Structure", "outline_of", "structure_of"]


@dataclass(frozen=True, slots=True)
class Outline:
    """The shape of a document, in offsets of the matching view."""

    sections: tuple[Section, ...]
    segments: Sequence[Segment]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """The shape of a text before its sentences are labelled.

    Attributes:
        pieces: its sentences.
        headings: which pieces look like headings.
        tree: those headings.
        zones: where each piece stands.
        problems: pieces in a list of problems.
        titles: for each piece the headings it stands under, joined.
        sections: for each piece the number of its innermost section, 0 before the first.
        parts: for each piece the number of its main part, 0 before the first.
    """

    pieces: Sequence[Piece]
    headings: Sequence[bool]
    tree: Tree
    zones: Sequence[Zone]
    problems: frozenset[int]
    titles: Sequence[str]
    sections: Sequence[int]
    parts: Sequence[int]


def structure_of(
    text: str, rules: RuleSet, *, year: int | None = None, keep: Keep = held
) -> Structure:
    r"""Find the pieces of a text, its headings and its parts.

    Args:
        text: the matching view's text.
        rules: the rule set.
        year: the year that 今年 means, if known.
        keep: keeps the pieces.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> structure_of("一、抓紧收尾\n要尽快完成绿化工程。", default_rules()).headings
        (True, False)
    """
    pieces = pieces_of(text, rules)
    problems = problem_run(pieces, rules)
    flags = heading_flags(pieces, rules, problems)
    tree = place_headings(pieces, section_heads(pieces, flags, rules))
    # Headings that open a main part: those of depth one that are no mere topic sentences.
    tops = [h.piece for h in tree.headings if h.depth == 1 and h.style != TOPIC]
    titles, sections = _standing(pieces, tree)
    return Structure(
        keep(pieces),
        flags,
        tree,
        zones_of(pieces, flags, tops, rules, year),
        problems,
        titles,
        sections,
        array("q", _counted(tops, len(pieces))),
    )


def _standing(pieces: Sequence[Piece], tree: Tree) -> tuple[Sequence[str], Sequence[int]]:
    """For each piece the headings it stands under, outermost first, and the last one's number."""
    starts = [heading.piece for heading in tree.headings]
    joined: list[str] = []
    for heading in tree.headings:
        above = "" if heading.parent is None else joined[heading.parent]
        joined.append(above + pieces[heading.piece].body)
    sections = array("q", _counted(starts, len(pieces)))
    return [joined[n - 1] if n else "" for n in sections], sections


def _counted(starts: Sequence[int], count: int) -> Iterator[int]:
    """For each of so many pieces how many of the starts lie at or before it."""
    for n, (start, stop) in enumerate(itertools.pairwise([0, *starts, count])):
        yield from itertools.repeat(n, stop - start)


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
    pieces, tree = structure.pieces, structure.tree
    flags = tuple([label == "heading" for label in labels])
    if flags != structure.headings:
        tree = place_headings(pieces, section_heads(pieces, flags, rules))
    rows = zip(
        pieces,
        tree.innermost,
        _items_above(pieces, flags),
        labels,
        structure.zones,
        confidences,
        strict=True,
    )
    segments = keep(
        Segment(p.start, p.end, p.text, None if n is None else f"s{n + 1}", *of_piece)
        for p, n, *of_piece in rows
    )
    notices = enumeration_notices(pieces, rules)
    return Outline(sections_of(pieces, tree, len(text.rstrip())), segments, notices)


def _items_above(pieces: Sequence[Piece], flags: Sequence[bool]) -> Iterator[str | None]:
    """The enumerator a piece stands under, to the next heading or the end of its line."""
    current: str | None = None
    for piece, flag in zip(pieces, flags, strict=True):
        if piece.first or flag:
            current = None
        if piece.enumerator is not None:
            current = piece.enumerator.label
        yield current
