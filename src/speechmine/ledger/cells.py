"""Text in cells: cleaned, disarmed, measured."""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from typing import Any

__all__ = ["cell_text", "clean", "line_count", "put", "sized", "squeezed", "text_width"]

_MOST_CHARACTERS = 32_767
# What a spreadsheet would take for a formula when somebody edits the cell.
_ARMED = ("=", "+", "-", "@", "\t", "\r")
_BLANK = re.compile(r"[\s、，。；：,;:]+")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# A run that no line break divides: figures and Latin words, or one character with the closing
# marks behind it, which may not begin a line.
_UNBROKEN = re.compile(r"(?:[0-9A-Za-z.%+\-]+|.)[，。、；：！？）》”’,.;:!?)]*", re.DOTALL)
# A number as a cell shows it again: 007 is a name.
_COUNT = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
_LINE_HEIGHT = 15.0
_LEAST_HEIGHT = 24.0
_MOST_HEIGHT = 405.0  # a row of a sheet cannot be taller than 409


@functools.cache
def _illegal() -> re.Pattern[str]:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    found: re.Pattern[str] = ILLEGAL_CHARACTERS_RE
    return found


def clean(text: str) -> str:
    r"""A text as a cell can hold it.

    Example:
        >>> clean("修好\x07水渠 ")
        '修好\ufffd水渠'
    """
    held = _illegal().sub("\ufffd", text)[:_MOST_CHARACTERS]
    return held.encode("utf-8", "replace").decode().replace("\r\n", "\n").strip()


def put(cell: Any, text: str) -> None:
    """Write a text into a cell; never as a formula, a day as a day."""
    if _ISO_DAY.fullmatch(text):
        cell.value = dt.date.fromisoformat(text)
        cell.number_format = "yyyy-mm-dd"
        return
    if _COUNT.fullmatch(text):
        cell.value = int(text)
        return
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_ARMED)


def squeezed(text: str) -> str:
    """A wording without blanks and the marks that a revision changes first.

    Example:
        >>> squeezed("修好 水渠，清淤。")
        '修好水渠清淤'
    """
    return _BLANK.sub("", text)


def cell_text(value: object) -> str:
    """What a cell says, as a text that compares with what was put there.

    Example:
        >>> cell_text(dt.datetime(2024, 6, 30)), cell_text(3.0), cell_text(None)
        ('2024-06-30', '3', '')
    """
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value))


def text_width(text: str) -> int:
    """Width in characters; a Chinese one counts two.

    Example:
        >>> text_width("6月底前")
        7
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def line_count(text: str, width: float) -> int:
    r"""Lines that a text takes in a column so many characters wide; a Chinese one counts two.

    Example:
        >>> line_count("建立防汛值班台账", 9), line_count("一\n二", 9)
        (2, 2)
    """
    room = max(width - 1, 2)
    lines = 0
    for line in text.split("\n"):
        lines, used = lines + 1, 0.0
        for run in _UNBROKEN.findall(line):
            needed = text_width(run)
            if used and used + needed > room:
                lines, used = lines + 1, 0.0
            lines += int(max(needed - 1, 0) // room)
            used += needed % room if needed > room else needed
    return lines


def sized(lines: int) -> float:
    """Height of a row with so many lines, in points."""
    return min(max(_LINE_HEIGHT * lines + 6, _LEAST_HEIGHT), _MOST_HEIGHT)
