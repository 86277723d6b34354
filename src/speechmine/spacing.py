"""Blanks that say nothing, in text set one character at a time (县 水 利 局 要 在 12 月 底 前).

A blank that parts words, figures, columns or a heading from its body says something, and stays:
only runs of single characters are drawn together, and a wider gap ends a run.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.borders import Span
from speechmine.patterns import compiled

__all__ = ["spread_blanks"]

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
