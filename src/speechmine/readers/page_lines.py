"""Printed lines to paragraphs: what PDF and OFD files have lost, told by where lines stand.

A line goes on in the next one where it reaches the right margin and the next one is not indented,
not further away than usual, of the same size, and begins with no number of a list. Page numbers
and lines that come back at the same place of several pages are put apart.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from speechmine.characters import plain
from speechmine.readers.building import DocumentBuilder

__all__ = ["Line", "Page", "add_pages", "spaced"]

# Shares of a page's height where running heads stand.
_HEAD, _FOOT = 0.12, 0.88
_PAGE_NUMBER = re.compile(
    r"[\s—–―\-－·•|]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[\s—–―\-－·•|]*"
)
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百]{1,4}[章节部分条编篇]|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[①-⑳]"
    r"|[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}[，、])"
)
_ENDS = "。！？!?：:”）"
# What is not parted at a line's end: figures, words, a quotation mark and its neighbours, and a
# mark that may not begin a line with what stands before it.
_UNBROKEN = re.compile(
    r"[（《〈【〔“‘]*(?:(?:[0-9A-Za-z.,%％‰+\-]+[、～—]?)+|.)"
    r"(?:[“”‘’\"'](?:[0-9A-Za-z.,%]+|[^“”‘’\"'])?|[，。、；：！？）》〉】〕%％])*"
)
# What a title ends with: the next centred line is another matter.
_TITLE_END = re.compile(r"(?:讲话|报告|发言|致辞|通知|意见|方案|决定)[）)]?$")
# In widths of a character, and of the usual distance between lines.
_INDENT, _ROOM, _GAP = 1.2, 0.7, 1.45
_SIZE = 0.12
_INDENTED_SHARE = 0.1
_MARGIN_SHARE = 0.1
_WIDE_GAP = 2.0


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line.

    Attributes:
        text: as read. left, right: where it begins and ends. top: distance of its upper edge from
            the top of the page. size: height of its characters. All in one unit.
    """

    text: str
    left: float
    right: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its lines in reading order."""

    number: int
    height: float
    lines: tuple[Line, ...]


def spaced(pieces: Iterable[tuple[str, float, float, float]]) -> str:
    r"""Characters of a line with the blanks that its gaps stand for.

    Args:
        pieces: character, left and right edge, and size, from left to right.

    Returns:
        A tab for a gap as wide as two characters, a blank between words of Latin letters.

    Example:
        >>> spaced([("甲", 0, 10, 10), ("乙", 10, 20, 10), ("丙", 60, 70, 10)])
        '甲乙\t丙'
    """
    found: list[str] = []
    end: float | None = None
    for text, left, right, size in pieces:
        gap = 0.0 if end is None else left - end
        if gap > _WIDE_GAP * size:
            found.append("\t")
        elif gap > 0.15 * size and found and _is_latin(found[-1][-1:]) and _is_latin(text[:1]):
            found.append(" ")
        found.append(text)
        end = right
    return "".join(found)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def add_pages(pages: Sequence[Page], builder: DocumentBuilder) -> None:
    """Put the paragraphs of all pages into a document, running heads beside it.

    Args:
        pages: in order.
        builder: of the document.
    """
    running = _running(pages)
    body = [(page, line) for page in pages for line in page.lines]
    for page, line in body:
        kind = _margin_kind(page, line, running)
        if kind is not None:
            builder.set_aside("header" if kind == "header" else "footer", line.text)
    kept = [(p.number, line) for p, line in body if _margin_kind(p, line, running) is None]
    if not kept:
        return
    for number, text in _paragraphs(kept):
        builder.add(text, page=number)


def _running(pages: Sequence[Page]) -> frozenset[tuple[str, int]]:
    """Texts (their figures aside) that come back at the same height of several pages."""
    if len(pages) < 2:
        return frozenset()
    seen = Counter(
        place for page in pages for place in {_place(line) for line in _edge_lines(page)}
    )
    least = 2 if len(pages) <= 4 else max(3, len(pages) // 3)
    return frozenset(place for place, count in seen.items() if count >= least)


def _edge_lines(page: Page) -> list[Line]:
    return [line for line in page.lines if _zone(page, line) is not None]


def _zone(page: Page, line: Line) -> str | None:
    middle = (line.top + line.size / 2) / page.height if page.height else 0.5
    return "header" if middle < _HEAD else "footer" if middle > _FOOT else None


def _place(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", "".join(line.text.split())), round(line.top / 4)


def _margin_kind(page: Page, line: Line, running: frozenset[tuple[str, int]]) -> str | None:
    zone = _zone(page, line)
    if zone is None:
        return None
    if _PAGE_NUMBER.fullmatch(line.text) or _place(line) in running:
        return zone
    return None


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the body is set.

    Attributes:
        left, right: its margins. leading: distance of lines in heights of them.
        indented: whether first lines of paragraphs are, so that nothing else need tell them.
        size: of most characters.
    """

    left: float
    right: float
    leading: float
    indented: bool
    size: float


def _layout(lines: Sequence[Line]) -> _Layout:
    long = [line for line in lines if len(line.text) > 10] or list(lines)
    lefts = Counter(round(line.left) for line in long)
    # First lines begin further in, and short paragraphs have no other lines.
    usual = [at for at, count in lefts.items() if count >= len(long) * _MARGIN_SHARE]
    left = min(usual or lefts)
    rights = sorted(line.right for line in long)
    steps = [
        (below.top - above.top) / above.size
        for above, below in pairwise(lines)
        if 0 < below.top - above.top < 4 * above.size
    ]
    # The rightmost few may hang over the margin with a mark.
    right = rights[min(len(rights) - 1, int(len(rights) * 0.95))]
    leading = statistics.median(steps) if steps else 1.5
    indents = sum(_INDENT < (line.left - left) / line.size < 2 * _INDENT for line in long)
    size = statistics.median(line.size for line in long)
    return _Layout(left, right, leading, indents > len(long) * _INDENTED_SHARE, size)


def _paragraphs(lines: Sequence[tuple[int, Line]]) -> list[tuple[int, str]]:
    """Page and text of each paragraph."""
    layout = _layout([line for _, line in lines])
    found: list[tuple[int, str]] = []
    before: tuple[int, Line] | None = None
    for number, line in lines:
        if before is None or _begins(before, (number, line), layout):
            found.append((number, line.text))
        else:
            found[-1] = (found[-1][0], _joined(found[-1][1], line.text))
        before = (number, line)
    return found


def _begins(before: tuple[int, Line], now: tuple[int, Line], layout: _Layout) -> bool:
    """Whether a line begins a paragraph."""
    (page_before, above), (page, line) = before, now
    em = above.size
    if abs(line.size - above.size) > _SIZE * max(line.size, above.size):
        return True
    if page == page_before and line.top - above.top > _GAP * layout.leading * em:
        return True
    if _is_centred(line, layout) and _may_go_on(above, layout):
        return False
    if "\t" in above.text or "\t" in line.text:
        return True
    if line.left - layout.left > _INDENT * em:
        return True
    if not layout.indented and above.text[-1:] in _ENDS and _NUMBERED.match(plain(line.text)):
        return True
    return layout.right - above.right > _ROOM * em + _unbroken_width(line)


def _is_centred(line: Line, layout: _Layout) -> bool:
    left, right = line.left - layout.left, layout.right - line.right
    return left > 2.5 * line.size and abs(left - right) < 1.5 * line.size


def _may_go_on(above: Line, layout: _Layout) -> bool:
    """Whether a centred line goes on: a title set larger, or a line that fills the page."""
    if _is_centred(above, layout):
        return above.size > layout.size * (1 + _SIZE)
    full = layout.right - above.right < 2 * above.size
    return full and above.text[-1:] not in _ENDS and _TITLE_END.search(plain(above.text)) is None


def _unbroken_width(line: Line) -> float:
    """What could not stand in the line before although there was room."""
    match = _UNBROKEN.match(line.text)
    return 0.0 if match is None else sum(_width(c) for c in match[0]) * line.size


def _width(character: str) -> float:
    return 0.55 if character.isascii() else 1.0


def _joined(above: str, below: str) -> str:
    blank = " " if _is_latin(above[-1:]) and below[:1].isascii() and below[:1].isalpha() else ""
    return f"{above}{blank}{below}"
