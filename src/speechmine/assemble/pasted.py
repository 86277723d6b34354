"""What was pasted into running text: tables parted by tabs or strokes, and lines of a web page."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from speechmine.borders import Span
from speechmine.model import Notice, Table, TableCell
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet

__all__ = ["is_web_line", "left_out_lines", "pasted_tables", "web_lines"]

_LINE = compiled(r"[^\n]+")
_TAB = compiled(r"\t")
_STROKE = compiled(r"[|｜]")
# A row of three cells has two tabs, or two strokes between them (and often one at either end).
_LEAST_MARKS = 2
_LEAST_ROWS = 2
# |---|:--:| under the header.
_RULE = compiled(r"[\s|｜:：+-]*-[\s|｜:：+-]*")


class _MarkedLine(NamedTuple):
    mark: str
    start: int
    end: int


def pasted_tables(text: str) -> Iterator[Table]:
    r"""Runs of lines that have the marks of a table; whether they are one, their header says.

    Args:
        text: the document's text.

    Returns:
        Tables with their cells in reading order, empty ones too.

    Example:
        >>> text = "任务表如下：\n任务\t牵头单位\t时限\n修水闸\t县水利局\t9月底\n特此通知。"
        >>> (table,) = pasted_tables(text)
        >>> [text[cell.start : cell.end] for cell in table.cells][3:]
        ['修水闸', '县水利局', '9月底']
    """
    if "\t" not in text and "|" not in text and "｜" not in text:
        return
    rows = (_marked(match) for match in _LINE.finditer(text))
    for mark, group in itertools.groupby(rows, key=lambda row: row.mark):
        run = list(group)
        if mark and len(run) >= _LEAST_ROWS:
            pattern = _TAB if mark == "\t" else _STROKE
            cells = tuple(_cells(text, run, pattern))
            yield Table(run[0].start, run[-1].end, cells)


def _marked(line: re.Match[str]) -> _MarkedLine:
    if line[0].count("\t") >= _LEAST_MARKS:
        return _MarkedLine("\t", *line.span())
    strokes = len(_STROKE.findall(line[0]))
    return _MarkedLine("|" if strokes >= _LEAST_MARKS else "", *line.span())


def _cells(text: str, rows: list[_MarkedLine], mark: re.Pattern[str]) -> Iterator[TableCell]:
    told = (row for row in rows if not _RULE.fullmatch(text, row.start, row.end))
    for number, row in enumerate(told):
        start, end = row.start, row.end
        if mark is _STROKE:  # those at either end of a line part nothing
            start += len(text[start:end]) - len(text[start:end].lstrip(" 　|｜"))
            end -= len(text[start:end]) - len(text[start:end].rstrip(" 　|｜"))
        marks = [match.start() for match in mark.finditer(text, start, end)]
        borders = [start - 1, *marks, end]
        for column, (before, behind) in enumerate(itertools.pairwise(borders)):
            yield TableCell(number, column, *_stripped(text, before + 1, behind))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    said = text[start:end]
    first = start + len(said) - len(said.lstrip())
    return first, max(first, start + len(said.rstrip()))


_PAGE_LINE = compiled(r"[^\n]+")
# Brackets that may stand within a line; whole lines are looked at as such.
_BRACKETS = compiled(r"[\[［【（(][^\[\]［］【】（）()\n]{2,90}[\]］】）)]")
_IN_BRACKETS = "bracketed caption"
_CREDIT = "credit"
_LONGEST = 200
# An overlay may have left no rule of a kind: then nothing is one.
_NEVER = "(?!)"
_SHOWN = 3
_LONGEST_SHOWN = 30


def is_web_line(line: str, rules: RuleSet) -> bool:
    """Whether a line is the page's, not the text's.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> is_web_line("责任编辑：赵某", default_rules())
        True
    """
    said = line.strip(" \t\u3000\u00a0")
    return len(said) <= _LONGEST and _page_line(rules).search(said) is not None


@functools.lru_cache(maxsize=8)
def _page_line(rules: RuleSet) -> re.Pattern[str]:
    found = (r for r in rules.table("page_lines") if r.value != _CREDIT)
    return compiled("|".join(f"(?:{r.pattern})" for r in found if r.pattern) or _NEVER)


@functools.lru_cache(maxsize=16)
def _within(rules: RuleSet, kind: str) -> re.Pattern[str]:
    """What is left out within a line, of one kind."""
    found = (r.pattern for r in rules.table("page_lines") if r.value == kind and r.pattern)
    return compiled("|".join(f"(?:{pattern})" for pattern in found) or _NEVER)


def web_lines(text: str, rules: RuleSet) -> list[Span]:
    r"""The lines of a text that are the page's, with their line ends, and captions in brackets.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> web_lines("抓好供水。\n责任编辑：赵某\n抓好防汛。", default_rules())
        [(6, 14)]
        >>> web_lines("抓好供水。[图为会议现场]\n抓好防汛。", default_rules())
        [(5, 13)]
    """
    lines = (match.span() for match in _PAGE_LINE.finditer(text))
    return [span for line in lines for span in _page_parts(text, *line, rules)]


def _page_parts(text: str, start: int, end: int, rules: RuleSet) -> Iterator[Span]:
    """All of a line that is the page's, or the captions and credits in one that is not."""
    if is_web_line(text[start:end], rules):
        yield start, end + (end < len(text))
        return
    kept = _within(rules, _IN_BRACKETS)
    bracketed = [m.span() for m in _BRACKETS.finditer(text, start, end) if kept.search(m[0])]
    named = (m.span() for m in _within(rules, _CREDIT).finditer(text, start, end))
    outside = (c for c in named if not any(a < c[1] and c[0] < b for a, b in bracketed))
    yield from sorted((*bracketed, *outside))


def left_out_lines(lines: Sequence[str], span: Span | None = None) -> Iterator[Notice]:
    """One notice on all lines of a page that are left out.

    Args:
        lines: what they say.
        span: where the first one stands, if it is in the text.
    """
    if lines:
        shown = "；".join(_short(line) for line in lines[:_SHOWN])
        more = f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
        message = f"lines of the web page, not of the text, are not read: {shown}{more}"
        yield Notice("page_lines", message, *(span or ()))


def _short(line: str) -> str:
    said = " ".join(line.split())
    return said if len(said) <= _LONGEST_SHOWN else f"{said[: _LONGEST_SHOWN - 1]}…"
