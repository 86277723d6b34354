"""Blanks and line breaks that say nothing.

In text set one character at a time (县 水 利 局 要 在 12 月 底 前) blanks part what is one word. A
blank that parts words, figures, columns or a heading from its body says something, and stays: only
runs of single characters are drawn together, and a wider gap ends a run. Breaks tear a sentence
where lines were wrapped, or a conversion left them behind.
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.borders import Span
from speechmine.patterns import compiled
from speechmine.typed_marks import BEHIND_DIGITS

__all__ = ["spread_blanks", "torn_breaks"]

# A tab is no such blank: it parts columns.
_BLANK = " \u3000\u00a0\u2000-\u200a\u202f\u205f"
_HAN = "\u3007\u3400-\u9fff\U00020000-\U000323af"
_HINT = compiled(f"[{_BLANK}][{_HAN}][{_BLANK}]{{1,4}}[{_HAN}][{_BLANK}]")
_LINE = compiled(r"[^\r\n\v\f\x85\u2028\u2029]+")
_WORD = compiled(r"\S+")
# 水, 12, 12月, GDP stand alone in text spread out; so do （水, 水）。 and 头，县 with their marks.
_UNIT = f"(?:[{_HAN}]|\\d[\\d.．,]{{0,7}}[%％]?[{_HAN}]?|[A-Za-zＡ-Ｚａ-ｚ]{{1,8}})"
_MARKS = r"[^\w\s]"
_SINGLE = compiled(f"{_MARKS}{{0,2}}{_UNIT}?(?:{_MARKS}{{1,3}}{_UNIT}){{0,2}}{_MARKS}{{0,3}}")
_ONE_HAN = compiled(f"[{_HAN}]")
_LETTERS = compiled(r"[A-Za-zＡ-Ｚａ-ｚ]+")
# 县 水 利 局 has three blanks between ideographs; 年 月 日 to be filled in has two.
_LEAST_PAIRS = 3
# From this share of its characters on a text is spread out as a whole, short lines (目 录) too.
_SPREAD_SHARE = 0.5

# Breaks that tear a sentence stand between lines that say something.
_TORN_LINE = compiled(r"[^\r\n]+")
_BREAKS = frozenset(["\n", "\r", "\r\n"])
# What begins a paragraph of its own, whatever the line before it ends in.
_BEGINS = compiled(
    r"[一二三四五六七八九十]{1,3}[、是要．.]|[（(〔\[【]|\d{1,3}[．.、﹒](?!\d)|第[一二三四五六七八九十]"
    r"|[①-⑳⑴-⒇⒈-⒛—－\-]|首先|其次|各位|同志们|[一-龥]{2,8}[：:]"
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


@dataclass(frozen=True, slots=True)
class _GapRun:
    """Gaps of one width in a row, between single characters of one line."""

    gaps: tuple[Span, ...]
    width: int
    pairs: int

    @property
    def is_sure(self) -> bool:
        return self.pairs >= _LEAST_PAIRS


def spread_blanks(text: str) -> list[Span]:
    """Blanks between the characters of spread-out text, in order.

    Example:
        >>> t = "一、抓供水  县 水 利 局 要 修 渠 12 公 里"
        >>> gaps = spread_blanks(t)
        >>> "".join(c for i, c in enumerate(t) if (i, i + 1) not in gaps)
        '一、抓供水  县水利局要修渠12公里'
    """
    if not _HINT.search(text):
        return []
    runs = [run for line in _LINE.finditer(text) for run in _runs(text, *line.span())]
    sure = [run for run in runs if run.is_sure]
    if sure and sum(len(run.gaps) for run in runs) >= _SPREAD_SHARE * len("".join(text.split())):
        usual = Counter(run.width for run in sure).most_common(1)[0][0]
        sure = [run for run in runs if run.width == usual or run.is_sure]
    return sorted(gap for run in sure for gap in run.gaps)


def _runs(text: str, start: int, end: int) -> Iterator[_GapRun]:
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    joints = itertools.pairwise(words)
    for width, group in itertools.groupby(joints, key=lambda joint: _width(text, *joint)):
        if width:
            yield _run(text, list(group), width)


def _width(text: str, before: Span, after: Span) -> int:
    """Of the gap between two words; 0 where one is no single character or a tab parts them."""
    if "\t" in text[before[1] : after[0]]:
        return 0
    single = _SINGLE.fullmatch(text, *before) and _SINGLE.fullmatch(text, *after)
    return after[0] - before[1] if single else 0


def _run(text: str, joints: Sequence[tuple[Span, Span]], width: int) -> _GapRun:
    gaps = tuple((a[1], b[0]) for a, b in joints if not _parts_words(text, a, b))
    pairs = sum(bool(_is_han(text, a) and _is_han(text, b)) for a, b in joints)
    return _GapRun(gaps, width, pairs)


def _parts_words(text: str, before: Span, after: Span) -> bool:
    """Latin words stay apart; single letters (G D P) and figures (PM 2.5) do not."""
    long = before[1] - before[0] > 1 or after[1] - after[0] > 1
    words = _LETTERS.fullmatch(text, *before) and _LETTERS.fullmatch(text, *after)
    return bool(long and words)


def _is_han(text: str, word: Span) -> bool:
    return _ONE_HAN.fullmatch(text, *word) is not None


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
    for match in _TORN_LINE.finditer(text):
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
