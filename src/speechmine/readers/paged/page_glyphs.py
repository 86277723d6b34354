"""Characters with their places on a page: what PDF, OFD and recognised pictures have in common.

The page is looked at as its reader does: from its upper left corner, upright, left to right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Glyph", "GlyphRun", "glyph_extent", "glyph_rows", "glyph_runs", "size_of"]

# Shares of a character's size: what one line's pieces have in common of their height, how far a
# character may stand in its neighbour's place, the gap from which on a piece of its own begins.
_SAME_LINE, _SAME_ROW, _OVERLAP, _PIECE = 0.3, 0.55, 0.4, 1.0


class Glyph(NamedTuple):
    """A printed character.

    ``left``, ``right``, ``top`` and ``bottom`` are distances from the upper left corner of the
    page; ``confidence`` is the chance that it was recognised rightly, 1 where nothing was
    recognised; ``pale`` tells a colour that hardly stands out from white paper.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    confidence: float = 1.0
    pale: bool = False


#: Neighbours on one line, from left to right.
GlyphRun = list[Glyph]


def size_of(run: Sequence[Glyph]) -> float:
    """Height of most characters of a run."""
    sizes = sorted(glyph.size for glyph in run)
    return sizes[len(sizes) // 2]


def glyph_extent(run: Sequence[Glyph]) -> tuple[float, float]:
    """Upper and lower edge of a run, by the line that most of it stands on."""
    middle = sorted(run, key=lambda glyph: glyph.bottom)[len(run) // 2]
    return middle.top, middle.bottom


def glyph_runs(glyphs: Iterable[Glyph]) -> list[GlyphRun]:
    """Glyphs in the order of their file, parted at new lines and at gaps.

    Example:
        >>> line = [Glyph(c, x, x + 10, 0, 10, 10) for c, x in (("甲", 0), ("乙", 10), ("丙", 60))]
        >>> [[glyph.text for glyph in run] for run in glyph_runs(line)]
        [['甲', '乙'], ['丙']]
    """
    runs: list[GlyphRun] = []
    for glyph in glyphs:
        if runs and _continues_run(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _continues_run(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    overlap = min(last.bottom, glyph.bottom) - max(last.top, glyph.top)
    near = last.left - size < glyph.left < last.right + _PIECE * size
    return overlap > _SAME_LINE * size and near


def glyph_rows(runs: Iterable[GlyphRun]) -> list[GlyphRun]:
    """Runs that stand side by side as one line; lines from top to bottom.

    Args:
        runs: of one column or one cell, in any order.
    """
    rows: list[GlyphRun] = []
    for run in sorted(runs, key=lambda run: (glyph_extent(run)[0], run[0].left)):
        row = next((row for row in reversed(rows[-4:]) if _fits(run, row)), None)
        if row is None:
            rows.append(list(run))
        else:
            row[:] = sorted([*row, *run], key=lambda glyph: glyph.left)
    return rows


def _fits(run: GlyphRun, row: GlyphRun) -> bool:
    """Whether a run fills the gaps of a row: signs of another font may come behind the rest."""
    size = min(size_of(run), size_of(row))
    top, bottom = glyph_extent(run)
    above, below = glyph_extent(row)
    if min(bottom, below) - max(top, above) < _SAME_ROW * size:
        return False
    spans = sorted((glyph.left, glyph.right) for glyph in (*row, *run))
    return all(a[1] - b[0] < _OVERLAP * size for a, b in pairwise(spans))
