"""Line breaks that tear a sentence: wrapped lines, and breaks that a conversion left behind."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Sequence

from speechmine.patterns import compiled
from speechmine.typed_marks import BEHIND_DIGITS

__all__ = ["torn_breaks"]

_LINE = compiled(r"[^\r\n]+")
_BREAKS = frozenset(["\n", "\r", "\r\n"])
# What begins a paragraph of its own, whatever the line before it ends in.
_BEGINS = compiled(
    r"[一二三四五六七八九十]{1,3}[、是要．.]|[（(〔\[【]|\d{1,3}[．.、﹒](?!\d)|第[一二三四五六七八九十]"
    r"|[①-⑳⑴-⒇⒈-⒛—－\-]|首先|其次|各位|同志们"
)
_BLANKS = " \t\u3000\u00a0"
_GOES_ON = compiled(r"[\w“《]")
_STOPS = "。！？；!?;"
# A line shorter than this that ends in a comma is a list or verse, not a torn sentence.
_SHORTEST_TORN = 10
# A text is hard-wrapped where this share of its lines is about as long as the longest.
_WRAPPED_SHARE = 0.5
_WRAPPED_WIDTHS = range(15, 61)
_SLACK = 3
_LEAST_LINES = 8


def torn_breaks(text: str) -> Iterator[tuple[int, int]]:
    r"""Line breaks inside a sentence, as spans with the blanks around them.

    A torn line ends in a comma, in a number whose unit follows, or, after a full sentence,
    in a word; in a hard-wrapped text any full line that ends in no mark is torn.

    Example:
        >>> t = "要在汛前完成清淤1.2\n万方。要盯住中小河\n流不放松。\n二、抓防火"
        >>> [t[a - 2 : b + 2] for a, b in torn_breaks(t)]
        ['.2\n万方', '小河\n流不']
    """
    lines = list(_lines(text))
    full = _full_width(lines)
    for (start, end), (after, stop) in itertools.pairwise(lines):
        if text[end:after].strip(_BLANKS) not in _BREAKS or _BEGINS.match(text, after, stop):
            continue
        if _GOES_ON.match(text, after) and _is_torn(text[start:end], text[after], full):
            yield end, after


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines without the blanks around them; empty ones are left out."""
    for match in _LINE.finditer(text):
        line = match[0]
        start = match.end() - len(line.lstrip(_BLANKS))
        end = match.start() + len(line.rstrip(_BLANKS))
        if start < end:
            yield start, end


def _full_width(lines: Sequence[tuple[int, int]]) -> int:
    """From which length on a line of a hard-wrapped text is full; no line is, in other texts."""
    lengths = sorted(end - start for start, end in lines if end > start)
    if len(lengths) >= _LEAST_LINES:
        width = lengths[len(lengths) * 9 // 10] - _SLACK
        share = sum(length >= width for length in lengths) / len(lengths)
        if width in _WRAPPED_WIDTHS and share >= _WRAPPED_SHARE:
            return width
    return sys.maxsize


def _is_torn(head: str, following: str, full: int) -> bool:
    last = head[-1]
    if last in "，、":
        return len(head) > _SHORTEST_TORN
    if last.isdigit() and following in BEHIND_DIGITS:
        return len(head) > _SHORTEST_TORN
    if not last.isalnum():
        return False
    told = max(head.rfind(mark) for mark in _STOPS)
    return len(head) >= full or (told >= 0 and not _BEGINS.match(head, told + 1))
