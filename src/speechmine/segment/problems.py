"""Lists of problems: pieces that tell shortfalls, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence

from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.segment.pieces import Piece

__all__ = ["problem_run"]


def problem_run(pieces: Sequence[Piece], rules: RuleSet) -> frozenset[int]:
    """Indices of pieces that tell shortfalls: from the sentence that says so to its line's end.

    A heading such as 存在的主要问题 opens a run that lasts to the next heading of its rank.
    """
    cues = patterns_by_id(rules, "zones")
    found: set[int] = set()
    for i, piece in enumerate(pieces):
        if i in found:
            continue
        if piece.ranked and piece.first and cues["zone.problem.heading"].search(piece.body[:30]):
            found.update(_under_item(pieces, i))
        elif _tells_problem(piece, cues):
            found.update(_to_line_end(pieces, i, cues))
    return frozenset(found)


def _tells_problem(piece: Piece, cues: Patterns) -> bool:
    return bool(
        cues["zone.problem.text"].search(piece.text)
        and not cues["zone.problem.obliged"].search(_before_colon(piece.text))
        and not cues["zone.problem.aimed"].search(piece.text)
    )


def _before_colon(text: str) -> str:
    """要清醒地看到：… tells problems, so what stands before the colon does not oblige."""
    return text.split("：", 1)[1] if "：" in text else text


def _under_item(pieces: Sequence[Piece], i: int) -> list[int]:
    mark = pieces[i].enumerator
    rank = mark.rank if mark else 0
    indices = []
    for j in range(i + 1, len(pieces)):
        other = pieces[j].enumerator
        if other is not None and pieces[j].ranked and other.rank <= rank:
            break
        indices.append(j)
    return indices


def _to_line_end(pieces: Sequence[Piece], i: int, cues: Patterns) -> list[int]:
    """The rest of the line, and the further lines of the enumeration that begins in it."""
    indices, counted = [], 0
    for j in range(i, len(pieces)):
        piece = pieces[j]
        mark = piece.enumerator
        if piece.line != pieces[i].line and piece.first:
            goes_on = mark is not None and not piece.ranked and mark.number == counted + 1
            if not goes_on:
                break
        elif j > i and mark is None and cues["zone.problem.obliged"].match(piece.text):
            break
        if mark is not None and not piece.ranked:
            counted = mark.number
        elif j == i and cues["zone.problem.list"].search(piece.text):
            counted = 1
        indices.append(j)
    return indices
