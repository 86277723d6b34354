"""Tables pasted into running text: lines whose cells are parted by tabs or by upright strokes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from speechmine.model import Table, TableCell
from speechmine.patterns import compiled

__all__ = ["pasted_tables"]

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
