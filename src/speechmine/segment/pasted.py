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
# Brackets that may stand within a line; whole lines are looked at as such.
_BRACKETS = compiled(r"[\[［【（(][^\[\]［］【】（）()\n]{2,90}[\]］】）)]")
_LONGEST = 200
# An overlay may have left no rule of a kind: then nothing is one.
_NEVER = "(?!)"
_SHOWN = 3
_LONGEST_SHOWN = 30


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
    lines = _LINE.finditer(text)
    for mark, group in itertools.groupby(lines, key=lambda line: _mark_of(line[0])):
        rows = [line.span() for line in group]
        if mark is not None and len(rows) >= _LEAST_ROWS:
            yield Table(rows[0][0], rows[-1][1], tuple(_cells(text, rows, mark)))


def _mark_of(line: str) -> re.Pattern[str] | None:
    """What parts a line into the cells of a row, if it is one."""
    marks = (mark for mark in (_TAB, _STROKE) if len(mark.findall(line)) >= _LEAST_MARKS)
    return next(marks, None)


def _cells(text: str, rows: Sequence[Span], mark: re.Pattern[str]) -> Iterator[TableCell]:
    told = (row for row in rows if not _RULE.fullmatch(text, *row))
    for number, row in enumerate(told):
        # Strokes at either end of a line part nothing.
        start, end = _stripped(text, *row, " 　|｜") if mark is _STROKE else row
        marks = [match.start() for match in mark.finditer(text, start, end)]
        borders = [start - 1, *marks, end]
        for column, (before, behind) in enumerate(itertools.pairwise(borders)):
            yield TableCell(number, column, *_stripped(text, before + 1, behind))


def _stripped(text: str, start: int, end: int, blanks: str | None = None) -> Span:
    said = text[start:end]
    first = start + len(said) - len(said.lstrip(blanks))
    return first, max(first, start + len(said.rstrip(blanks)))


def is_web_line(line: str, rules: RuleSet) -> bool:
    """Whether a line is the page's, not the text's.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> is_web_line("责任编辑：赵某", default_rules())
        True
    """
    said = line.strip(" \t\u3000\u00a0")
    return len(said) <= _LONGEST and _page_shapes(rules).line.search(said) is not None


class _PageShapes(NamedTuple):
    """What is left out: whole lines, captions in brackets, credits within a line."""

    line: re.Pattern[str]
    caption: re.Pattern[str]
    credit: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def _page_shapes(rules: RuleSet) -> _PageShapes:
    kinds: dict[str, list[str]] = {"line": [], "caption": [], "credit": []}
    for rule in rules.table("page_lines"):
        if rule.value == "credit":
            kinds["credit"].append(f"(?:{rule.pattern})")
        else:
            kinds["line"].append(f"(?:{rule.pattern})")
        if rule.value == "bracketed caption":
            kinds["caption"].append(f"(?:{rule.pattern})")
    return _PageShapes(*(compiled("|".join(found) or _NEVER) for found in kinds.values()))


def web_lines(text: str, rules: RuleSet) -> list[Span]:
    r"""The lines of a text that are the page's, with their line ends, and captions in brackets.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> web_lines("抓好供水。\n责任编辑：赵某\n抓好防汛。", default_rules())
        [(6, 14)]
        >>> web_lines("抓好供水。[图为会议现场]\n抓好防汛。", default_rules())
        [(5, 13)]
    """
    shapes = _page_shapes(rules)
    found = [
        (line.start(), line.end() + (line.end() < len(text)))
        for line in _LINE.finditer(text)
        if is_web_line(line[0], rules)
    ]
    found += [m.span() for m in _BRACKETS.finditer(text) if shapes.caption.search(m[0])]
    found += [m.span() for m in shapes.credit.finditer(text)]
    kept: list[Span] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:  # else it stands in what is left out already
            kept.append((start, end))
    return kept


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
