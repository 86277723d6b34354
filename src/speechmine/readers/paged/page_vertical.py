"""Pages set vertically (竖排): their columns, from right to left, as lines from top to bottom."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from speechmine.readers.paged.page_glyphs import Glyph, GlyphRun, glyph_runs
from speechmine.readers.paged.page_sheets import Sheet

__all__ = ["is_vertical", "laid_along"]

# What goes down a column moves by about its own height, and hardly to the side.
_STEP_DOWN, _SIDEWAYS = (0.2, 2.2), 0.4
_UPRIGHT_FORMS = ("\ufe10", "\ufe4f")
# Shares of the page where its number stands, set along.
_HEAD, _FOOT = 0.12, 0.88
_NUMBER = re.compile(r"[\s—–―\-－·•第]*\d{1,4}[\s—–―\-－·•页]*")


def laid_along(sheet: Sheet) -> Sheet:
    """The sheet as if its text ran along; any other one as it is.

    Args:
        sheet: of any page.
    """
    if not is_vertical(sheet.glyphs):
        return sheet
    width, height = sheet.width, sheet.height
    corners = sheet.corners or ((0.0, 0.0), (width, 0.0), (0.0, height))
    one, other, last = ((y, width - x) for x, y in corners)
    kept, numbers = _numbers_apart(sheet)
    return replace(
        sheet,
        width=height,
        height=width,
        glyphs=tuple(_turned(kept, width)),
        rules=(),
        beside=(*sheet.beside, *(("footer", text) for text in numbers)),
        corners=(one, other, last),
    )


def _numbers_apart(sheet: Sheet) -> tuple[list[Glyph], list[str]]:
    """The glyphs without the page number, which is set along even here."""
    kept: list[Glyph] = []
    numbers: list[str] = []
    for run in glyph_runs(sheet.glyphs):
        text = "".join(glyph.text for glyph in run)
        if len(run) > 1 and _is_at_edge(run, sheet) and _NUMBER.fullmatch(text):
            numbers.append(text)
        else:
            kept += run
    return kept, numbers


def _is_at_edge(run: GlyphRun, sheet: Sheet) -> bool:
    return not _HEAD < run[0].bottom / sheet.height < _FOOT


def is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Whether the text runs from top to bottom, in columns from right to left (竖排).

    Args:
        glyphs: of a page, in the order of its file.
    """
    steps = [
        (below.left - above.left, below.top - above.top, above.size)
        for above, below in pairwise(glyphs)
    ]
    down = sum(
        abs(x) < _SIDEWAYS * size and _STEP_DOWN[0] * size < y < _STEP_DOWN[1] * size
        for x, y, size in steps
    )
    along = sum(abs(y) < _SIDEWAYS * size and 0 < x < _STEP_DOWN[1] * size for x, y, size in steps)
    return down > 2 * along and down > len(steps) // 2


def _turned(glyphs: Iterable[Glyph], width: float) -> Iterator[Glyph]:
    """Columns from right to left as lines from top to bottom.

    Args:
        glyphs: of a page of vertical text.
        width: of that page; it becomes the height.
    """
    for glyph in glyphs:
        text = glyph.text
        if _UPRIGHT_FORMS[0] <= text <= _UPRIGHT_FORMS[1]:
            text = unicodedata.normalize("NFKC", text)
        middle = (glyph.left + glyph.right) / 2
        top = width - middle - glyph.size / 2
        yield glyph._replace(
            text=text, left=glyph.top, right=glyph.bottom, top=top, bottom=top + glyph.size
        )
