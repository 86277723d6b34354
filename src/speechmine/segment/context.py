"""What is known of the pieces of a text before any is labelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.model import Zone
from speechmine.segment.clause_reader import ClauseReader

__all__ = ["PieceContext"]


@dataclass(frozen=True, slots=True)
class PieceContext:
    """What is known of the pieces before they are labelled.

    Attributes:
        headings: which look like headings.
        zones: where each stands.
        problems: those in a list of problems.
        clauses: gives the clauses of a piece.
        titles: for each piece the headings it stands under, joined.
        sections: for each piece the number of its innermost section, 0 before the first.
        parts: for each piece the number of its main part, 0 before the first.
    """

    headings: Sequence[bool]
    zones: Sequence[Zone]
    problems: frozenset[int]
    clauses: ClauseReader
    titles: Sequence[str]
    sections: Sequence[int]
    parts: Sequence[int]
