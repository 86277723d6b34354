"""Printed lines to paragraphs: what pages have lost, told by where lines stand.

A line goes on in the next one where it reaches the right margin and the next one is not indented,
not further away than usual, of the same size, and begins with no number of a list. It goes on over
the end of a column or of a page, and past a frame that stands beside it.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from speechmine.characters import plain
from speechmine.readers.paged.page_lines import Line, is_latin

__all__ = ["PageLayout", "Paragraph", "layout_of", "printed_paragraphs", "unbroken_width"]

_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百]{1,4}[章节部分条编篇]|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[①-⑳●◆◇■▲△▪•★※]"
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
# Where paragraphs are indented, a line may leave more room and go on in one that is not.
_RAGGED = 2.2
# What may not begin a paragraph.
_NEVER_FIRST = "，。、；：！？）》〉】〕％%"
_SIZE = 0.12
_INDENTED_SHARE = 0.1
_MARGIN_SHARE, _TOGETHER = 0.1, 0.5


@dataclass(frozen=True, slots=True)
class PageLayout:
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

    def within(self, frame: tuple[float, float] | None) -> PageLayout:
        """The same between the margins of a column."""
        return self if frame is None else replace(self, left=frame[0], right=frame[1])


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the printed lines it was put together from.

    Attributes:
        text: of all its lines.
        pieces: of each line where it begins in the text, its page, the line.
    """

    text: str
    pieces: tuple[tuple[int, int, Line], ...]

    def plus(self, page: int, line: Line) -> Paragraph:
        """With one more line.

        Example:
            >>> first = Paragraph("", ()).plus(1, Line("共1.2", 0, 30, 0, 10))
            >>> first.plus(1, Line("万亩", 0, 20, 15, 10)).text
            '共1.2万亩'
        """
        before = f"{self.text}{_blank(self.text, line.text)}"
        return Paragraph(before + line.text, (*self.pieces, (len(before), page, line)))


def layout_of(lines: Sequence[Line]) -> PageLayout:
    """How the lines of a body are set."""
    long = [line for line in lines if len(line.text) > 10] or list(lines)
    rights = sorted(line.right for line in long)
    # The rightmost few may hang over the margin with a mark.
    right = rights[min(len(rights) - 1, int(len(rights) * 0.95))]
    layout = PageLayout(
        left=_left_margin(lines),
        right=right,
        leading=_leading(lines),
        indented=False,
        size=statistics.median(line.size for line in long),
    )
    return replace(layout, indented=_is_indented(lines, layout))


def _left_margin(lines: Sequence[Line]) -> float:
    """Where lines begin, the first ones of paragraphs aside.

    These begin further in, and the others may be few and short; single lines may begin anywhere.
    """
    groups: list[list[float]] = []
    for line in sorted(lines, key=lambda line: line.left):
        if groups and line.left - groups[-1][0] < _TOGETHER * line.size:
            groups[-1].append(line.left)
        else:
            groups.append([line.left])
    usual = [group for group in groups if len(group) >= len(lines) * _MARGIN_SHARE]
    return statistics.median((usual or groups)[0])


def _leading(lines: Sequence[Line]) -> float:
    steps = [
        (below.top - above.top) / above.size
        for above, below in pairwise(lines)
        if 0 < below.top - above.top < 4 * above.size
    ]
    return statistics.median(steps) if steps else 1.5


def _is_indented(lines: Sequence[Line], layout: PageLayout) -> bool:
    long = [line for line in lines if len(line.text) > 10] or list(lines)
    indents = sum(
        _INDENT < (line.left - layout.within(line.frame).left) / line.size < 2 * _INDENT
        for line in long
    )
    return indents > len(long) * _INDENTED_SHARE


def printed_paragraphs(
    lines: Sequence[tuple[int, Line]], layout: PageLayout
) -> Iterator[Paragraph]:
    """The paragraphs of a stretch of text without tables.

    Lines in a frame beside the body make paragraphs of their own, behind the one they stand by.

    Args:
        lines: page and line, in order.
        layout: of the whole body.
    """
    waiting: list[tuple[int, Line]] = []
    made: Paragraph | None = None
    for number, line in lines:
        if line.boxed:
            waiting.append((number, line))
            continue
        last = made.pieces[-1] if made else None
        if made is None or last is None or _begins(last[1:], (number, line), layout):
            if made:
                yield made
            yield from _grown(waiting, layout)
            waiting = []
            made = Paragraph("", ()).plus(number, line)
        else:
            made = made.plus(number, line)
    if made:
        yield made
    yield from _grown(waiting, layout)


def _grown(lines: Sequence[tuple[int, Line]], layout: PageLayout) -> Iterator[Paragraph]:
    if lines:
        plain_lines = [(number, replace(line, boxed=False)) for number, line in lines]
        yield from printed_paragraphs(plain_lines, layout)


def _begins(before: tuple[int, Line], now: tuple[int, Line], layout: PageLayout) -> bool:
    """Whether a line begins a paragraph."""
    (page_before, above), (page, line) = before, now
    em = above.size
    around, here = layout.within(above.frame), layout.within(line.frame)
    if abs(line.size - above.size) > _SIZE * max(line.size, above.size):
        return True
    if page == page_before and line.top - above.top > _GAP * layout.leading * em:
        return True
    if _is_centred(line, here) and _may_go_on(above, around):
        return False
    if "\t" in above.text or "\t" in line.text:
        return True
    if line.text[:1] in _NEVER_FIRST:
        return False
    if line.left - here.left > _INDENT * em:
        return True
    if not layout.indented and above.text[-1:] in _ENDS and _NUMBERED.match(plain(line.text)):
        return True
    room = _RAGGED if layout.indented else _ROOM
    return around.right - above.right > room * em + unbroken_width(line)


def _is_centred(line: Line, layout: PageLayout) -> bool:
    left, right = line.left - layout.left, layout.right - line.right
    return left > 2.5 * line.size and abs(left - right) < 1.5 * line.size


def _may_go_on(above: Line, layout: PageLayout) -> bool:
    """Whether a centred line goes on: a title set larger, or a line that fills the page."""
    if _is_centred(above, layout):
        return above.size > layout.size * (1 + _SIZE)
    full = layout.right - above.right < 2 * above.size
    return full and above.text[-1:] not in _ENDS and _TITLE_END.search(plain(above.text)) is None


def unbroken_width(line: Line) -> float:
    """Width of what opens a line and is not parted at its end, such as a figure.

    It could not stand in the line before although there was room for a part of it.

    Example:
        >>> unbroken_width(Line("单，并验收", 0, 50, 0, 10))
        20.0
    """
    match = _UNBROKEN.match(line.text)
    return 0.0 if match is None else sum(_character_width(c) for c in match[0]) * line.size


def _character_width(character: str) -> float:
    return 0.55 if character.isascii() else 1.0


def _blank(above: str, below: str) -> str:
    """What stands between two lines: a blank between Latin words."""
    return " " if is_latin(above[-1:]) and below[:1].isascii() and below[:1].isalpha() else ""
