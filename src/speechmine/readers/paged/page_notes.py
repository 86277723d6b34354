"""Notes at the foot of a page: small lines that begin with a mark (①, 1, *, 注)."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.readers.paged.page_lines import Line, PrintedTable, TextPage

__all__ = ["NotedPage", "part_notes"]

# What notes are set in, in shares of the body's size.
_SMALL = 0.92
_LONG = 10
_MARK = re.compile(r"(?P<mark>[①-⑳]|[\[〔（(]?\d{1,2}[\]〕）)]?|\*{1,3}|注\d{0,2}[：:])[.、．\s]?")
_BARE = re.compile(r"[①-⑳*]|\d+")


@dataclass(frozen=True, slots=True)
class NotedPage:
    """A page with its notes apart, each under its mark."""

    number: int
    lines: tuple[Line | PrintedTable, ...]
    notes: dict[str, str]


def part_notes(page: TextPage) -> NotedPage:
    """Take the notes at the foot of a page apart.

    Args:
        page: without its page number.
    """
    long = [line.size for line in page.printed if len(line.text) > _LONG]
    least = statistics.median(long) * _SMALL if long else 0.0
    first = _first_note(page.lines, least)
    found: dict[str, str] = {}
    mark = ""
    for line in page.lines[first:]:
        if not isinstance(line, Line):
            continue
        sign = next((sign for at, sign in line.marks if at == 0), None)
        begun = _MARK.match(line.text)
        if sign is not None or begun is not None:
            mark = sign or _without_mark(begun["mark"] if begun else "")
            rest = line.text if sign is not None or begun is None else line.text[begun.end() :]
            found[mark] = rest
        else:
            found[mark] = f"{found.get(mark, '')}{line.text}"
    return NotedPage(page.number, page.lines[:first], found)


def _first_note(lines: Sequence[Line | PrintedTable], least: float) -> int:
    """Where the small lines at the foot begin with a mark; behind all where there are none."""
    first = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if not isinstance(line, Line) or line.size >= least:
            break
        if _MARK.match(line.text) or any(offset == 0 for offset, _ in line.marks):
            first = at
    return first


def _without_mark(mark: str) -> str:
    found = _BARE.search(mark)
    return found[0] if found else mark
