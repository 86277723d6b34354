"""Tables in text files: tabs in ``.tsv``, commas (or what parts the first line) in ``.csv``.

The text of the document is the file's, unchanged; cells are spans of it.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from speechmine.errors import ReadError
from speechmine.limits import LIMITS
from speechmine.model import Table, TableCell
from speechmine.readers.common.decoding import decode, notices_on
from speechmine.readers.common.grids import Content

__all__ = ["read_csv", "read_tsv"]

_DELIMITERS = (",", "\t", ";")
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')


def read_tsv(content: bytes, source: str) -> Content:
    r"""A file with tabs between its cells.

    Raises:
        ReadError: no text, or a quoted cell that never ends.

    Example:
        >>> read = read_tsv("任务\t时限\n修路\t9月\n".encode(), "a.tsv")
        >>> [read.text[c.start : c.end] for c in read.tables[0].cells]
        ['任务', '时限', '修路', '9月']
    """
    decoded = decode(content, source)
    text = decoded.text
    return Content(text, (_delimited_table(text, "\t", source),), notices_on(decoded))


def read_csv(content: bytes, source: str) -> Content:
    r"""A file with commas, tabs or semicolons between its cells.

    Raises:
        ReadError: no text, or a quoted cell that never ends.

    Example:
        >>> read = read_csv('任务,时限\n"修路,架桥",9月\n'.encode(), "a.csv")
        >>> [read.text[c.start : c.end] for c in read.tables[0].cells]
        ['任务', '时限', '修路,架桥', '9月']
    """
    decoded = decode(content, source)
    text = decoded.text
    return Content(text, (_delimited_table(text, _delimiter(text), source),), notices_on(decoded))


def _delimiter(text: str) -> str:
    """What stands most often in the first lines, outside quotes."""
    lines = _QUOTED.sub("", text).strip().splitlines()[:5]
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines))


@functools.cache
def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    """One cell with the mark behind it; a quote that ends inside the cell is a plain character."""
    mark = re.escape(delimiter)
    return re.compile(
        rf'(?:"(?P<quoted>(?:[^"]|"")*+)"[ ]*(?=[{mark}\r\n]|\Z)|(?P<plain>[^{mark}\r\n]*))'
        rf"(?P<mark>{mark}|\r\n|\r|\n|\Z)"
    )


def _delimited_table(text: str, delimiter: str, source: str) -> Table:
    return Table(0, len(text), tuple(_delimited_cells(text, delimiter, source)))


def _delimited_cells(text: str, delimiter: str, source: str) -> Iterator[TableCell]:
    pattern = _cell_pattern(delimiter)
    at = row = column = 0
    for count in itertools.count():
        if at >= len(text):
            return
        LIMITS["CELLS"].check(count)
        match = pattern.match(text, at)
        if match is None:  # cannot be: a plain cell may be empty
            raise AssertionError(at)
        group = "plain" if match["quoted"] is None else "quoted"
        if group == "plain" and _never_closed(match["plain"]):
            line = text.count("\n", 0, at) + 1
            remedy = 'close it, or write a quotation mark of the text as ""'
            raise ReadError(
                source, f'line {line}: a cell begins with " that nothing closes', remedy
            )
        yield TableCell(row, column, *_stripped(text, *match.span(group)))
        at = match.end()
        row, column = (row, column + 1) if match["mark"] == delimiter else (row + 1, 0)


def _never_closed(cell: str) -> bool:
    return cell.startswith('"') and '"' not in cell[1:]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
