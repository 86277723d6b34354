"""Lists without numbers: how many parallel items follow an announced count (GUIDELINE U4)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from speechmine.rules.matcher import Match
from speechmine.segment.pieces import Piece

__all__ = ["unnumbered_length"]

_LONGEST_TOPIC = 26
# A list is told within this many pieces, so that time stays linear.
_FARTHEST = 120
_SHARED = 2
_FEWEST = 2


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
    rest = pieces[i + 1 : i + 1 + _FARTHEST]
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
    for piece in pieces[i + 1 : i + 1 + _FARTHEST]:
        if not piece.first:
            continue
        if not _is_topic(piece):
            break
        run.append(piece.text[:_SHARED])
    return len(run) if len(set(run)) == 1 else 0


def _is_topic(piece: Piece) -> bool:
    closed = piece.text.endswith("。") and len(piece.text) <= _LONGEST_TOPIC
    return closed and not piece.last and piece.enumerator is None
