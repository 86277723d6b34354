"""The order in which a page is read: across it, or down one column after the other.

Running text fills its column; the cells of a table without lines do not. That tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from speechmine.readers.paged.page_glyphs import GlyphRun, glyph_extent, size_of

__all__ = ["ColumnBlock", "column_blocks", "gutter_of"]

# In heights of a character: the narrowest gutter, how far a line may stay from its margin, and
# how wide a column is at least.
_GUTTER, _RAGGED, _NARROWEST = 0.9, 1.6, 7.0
_FULL_SHARE, _LEVEL, _INDENT = 0.5, 0.5, 2.5
_LEAST_LINES = 3
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class ColumnBlock:
    """Runs that are read from top to bottom; ``column`` tells whether others stand beside it."""

    runs: tuple[GlyphRun, ...]
    column: bool = False

    @property
    def margins(self) -> tuple[float, float]:
        """Where its leftmost run begins and its rightmost ends."""
        return _margins(self.runs)


def column_blocks(
    runs: Iterable[GlyphRun], known: float | None = None, depth: int = 0
) -> list[ColumnBlock]:
    """Runs of a page in the order of reading.

    A line that crosses the gutter (a title over both columns) ends the columns above it.

    Args:
        runs: of a page, in any order.
        known: where other pages of the file have their gutter.
        depth: how many gutters have been found already.
    """
    ordered = sorted(runs, key=lambda run: (glyph_extent(run)[0], run[0].left))
    gutter = known if known is not None or depth >= _DEEPEST else _gutter(ordered)
    if gutter is None:
        return [ColumnBlock(tuple(ordered), column=depth > 0)] if ordered else []
    blocks: list[ColumnBlock] = []
    across: list[GlyphRun] = []
    for crossing, zone in _zones(ordered, gutter):
        proven = known is not None and _begins_at(zone, _margins(ordered)[0])
        columns = [] if crossing else _split_columns(zone, gutter, depth, proven=proven)
        if columns:
            blocks += [ColumnBlock(tuple(across), column=depth > 0)] if across else []
            blocks += columns
            across = []
        else:
            across += zone
    return [*blocks, ColumnBlock(tuple(across), column=depth > 0)] if across else blocks


def gutter_of(runs: Iterable[GlyphRun]) -> float | None:
    """Where a page that is set in columns has its first gutter.

    Args:
        runs: of a page, in any order.
    """
    ordered = sorted(runs, key=lambda run: (glyph_extent(run)[0], run[0].left))
    gutter = _gutter(ordered)
    if gutter is None:
        return None
    zones = [zone for crossing, zone in _zones(ordered, gutter) if not crossing]
    return gutter if any(_split_columns(zone, gutter, 0, proven=False) for zone in zones) else None


def _zones(ordered: Sequence[GlyphRun], gutter: float) -> list[tuple[bool, list[GlyphRun]]]:
    """Stretches of a page that do and that do not cross the gutter."""
    crossing = [run for run in ordered if _crosses(run, gutter)]
    marked = ((any(_is_level(run, other) for other in crossing), run) for run in ordered)
    return [(key, [run for _, run in group]) for key, group in groupby(marked, itemgetter(0))]


def _split_columns(
    runs: Sequence[GlyphRun], gutter: float, depth: int, *, proven: bool
) -> list[ColumnBlock]:
    """The columns on both sides of a gutter; none where the text does not fill them."""
    left = [run for run in runs if run[-1].right <= gutter]
    right = [run for run in runs if run[0].left >= gutter]
    if not left or not right:
        return []
    filled = _is_filled(left) and (_is_filled(right) or _is_rest(right))
    if not filled and not (proven and _begins_at(right, gutter)):
        return []
    return [*column_blocks(left, None, depth + 1), *column_blocks(right, None, depth + 1)]


def _begins_at(runs: Sequence[GlyphRun], gutter: float) -> bool:
    """Whether a column has its margin at a gutter, as it has on other pages."""
    return _margins(runs)[0] - gutter < (_INDENT + _GUTTER) * size_of(runs[0])


def _is_filled(runs: Sequence[GlyphRun]) -> bool:
    if len(runs) < _LEAST_LINES:
        return False
    left, right = _margins(runs)
    sizes = sorted(map(size_of, runs))
    em = sizes[len(sizes) // 2]
    full = sum(right - run[-1].right < _RAGGED * em for run in runs)
    return right - left > _NARROWEST * em and full >= len(runs) * _FULL_SHARE


def _is_rest(runs: Sequence[GlyphRun]) -> bool:
    """Whether a few lines are the shorter last column: all begin at its margin or indented."""
    if len(runs) >= 2 * _LEAST_LINES:
        return False
    em = size_of(runs[0])
    left, right = _margins(runs)
    near = all(run[0].left - left < _INDENT * em for run in runs)
    return near and right - left > _NARROWEST * em


def _gutter(runs: Sequence[GlyphRun]) -> float | None:
    """The middle of the gap that most lines share."""
    gaps = sorted(_gaps(runs))
    most, best = 0, None
    for start, _, _ in gaps:
        sharing = [gap for gap in gaps if gap[0] <= start + 0.1 <= gap[1]]
        if len(sharing) > most:
            most = len(sharing)
            best = (start + min(gap[1] for gap in sharing)) / 2
    return best if most >= _LEAST_LINES else None


def _gaps(runs: Sequence[GlyphRun]) -> Iterable[tuple[float, float, int]]:
    """Gaps between neighbours of one height; runs are in order from top to bottom."""
    for i, run in enumerate(runs):
        top, bottom = glyph_extent(run)
        beside = [
            other
            for other in runs[max(0, i - 6) : i + 7]
            if other[0].left >= run[-1].right and _overlaps(glyph_extent(other), (top, bottom))
        ]
        if beside:
            right = min(other[0].left for other in beside)
            if right - run[-1].right > _GUTTER * size_of(run):
                yield run[-1].right, right, i


def _overlaps(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0])


def _is_level(run: GlyphRun, other: GlyphRun) -> bool:
    """Whether two runs stand on one line; each does with itself."""
    (top, bottom), (above, below) = glyph_extent(run), glyph_extent(other)
    return min(bottom, below) - max(top, above) > _LEVEL * size_of(run)


def _crosses(run: GlyphRun, gutter: float) -> bool:
    return run[0].left < gutter < run[-1].right


def _margins(runs: Sequence[GlyphRun]) -> tuple[float, float]:
    return min(run[0].left for run in runs), max(run[-1].right for run in runs)
