"""Watermarks that stand upright in the text of pages: pale, or at one place of many pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from speechmine.readers.paged.page_glyphs import Glyph, GlyphRun, glyph_extent, glyph_runs, size_of
from speechmine.readers.paged.page_sheets import Sheet

__all__ = ["without_watermarks"]

# A watermark is set larger than the text, by this factor; a pale text no larger comes back.
_LARGE = 1.5
_REPEATS = 3
_LEAST_PAGES = 2
_STEP = 8.0


def without_watermarks(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with their watermarks beside them.

    A text is one where it is pale and either larger than the body or there several times, or
    where it lies over other text at the same place of most pages. White words on a dark ground
    are pale but neither.

    Args:
        sheets: all pages of a file.
    """
    parted = [glyph_runs(sheet.glyphs) for sheet in sheets]
    body = _body_size(parted)
    pale = Counter(_run_text(run) for runs in parted for run in runs if _is_pale(run))
    repeated = _repeated(parted)
    over = {
        _rounded_place(run)
        for runs in parted
        for run in runs
        if _rounded_place(run) in repeated and _is_over(run, runs)
    }
    marks = [
        [_is_watermark(run, body, pale) or _rounded_place(run) in over for run in r] for r in parted
    ]
    return [_parted(*three) for three in zip(sheets, marks, parted, strict=True)]


def _parted(sheet: Sheet, marks: Sequence[bool], runs: Sequence[GlyphRun]) -> Sheet:
    if not any(marks):
        return sheet
    found = [_run_text(run) for run, marked in zip(runs, marks, strict=True) if marked]
    kept: list[Glyph] = []
    for run, marked in zip(runs, marks, strict=True):
        if not marked:
            kept += run
    beside = [*sheet.beside, *(("watermark", words) for words in dict.fromkeys(found))]
    return replace(sheet, glyphs=tuple(kept), beside=tuple(beside))


def _is_watermark(run: GlyphRun, body: float, pale: Counter[str]) -> bool:
    if not _is_pale(run):
        return False
    return size_of(run) > _LARGE * body or pale[_run_text(run)] >= _REPEATS


def _is_pale(run: GlyphRun) -> bool:
    return all(glyph.pale for glyph in run)


def _run_text(run: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in run)


def _body_size(parted: Sequence[Sequence[GlyphRun]]) -> float:
    sizes = sorted(glyph.size for runs in parted for run in runs for glyph in run if not glyph.pale)
    return sizes[len(sizes) // 2] if sizes else 1.0


def _rounded_place(run: GlyphRun) -> tuple[str, int, int]:
    return _run_text(run), round(run[0].left / _STEP), round(glyph_extent(run)[0] / _STEP)


def _repeated(parted: Sequence[Sequence[GlyphRun]]) -> frozenset[tuple[str, int, int]]:
    """Runs that most pages have at the same place."""
    counts = Counter(place for runs in parted for place in {_rounded_place(run) for run in runs})
    least = max(_LEAST_PAGES, (len(parted) + 1) // 2)
    return frozenset(place for place, count in counts.items() if count >= least)


def _is_over(run: GlyphRun, runs: Iterable[GlyphRun]) -> bool:
    """Whether it lies over other text."""
    top, bottom = glyph_extent(run)
    size = size_of(run)
    for other in runs:
        if other is run:
            continue
        above, below = glyph_extent(other)
        across = min(run[-1].right, other[-1].right) - max(run[0].left, other[0].left)
        if min(bottom, below) - max(top, above) > 0.2 * size and across > 0.5 * size:
            return True
    return False
