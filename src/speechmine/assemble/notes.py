"""Notes that say who has a work (（甲局负责）, 责任单位：甲局): the text that each covers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from speechmine.assemble.findings import Findings
from speechmine.extractors.assignment_lists import Assignment
from speechmine.model import Section
from speechmine.numerals import parse_number
from speechmine.rules.searching import patterns_by_id
from speechmine.scopes import Reach, Scopes
from speechmine.text import starting_in

__all__ = ["Block", "NoteReaches", "closes_block", "note_reaches"]

# Blanks at most between a full stop and the bracket behind it.
_NEAR = 8
_BLANK = " \u3000\n。；"
_LONGEST_RANGE = 100

#: A note with where the text that it covers begins.
Block = tuple[int, Assignment]


@dataclass(frozen=True, slots=True)
class NoteReaches:
    """The notes of a text by what they cover.

    Attributes:
        blocks: each note with its block's start: its line, or the end of the note before it. What
            holds for a part stands for none but a row in its own line, nor who is in a group.
        parts: what a part's heading, or a line of its own right below it, gives to all that
            follows there (三、医疗保障组 + 牵头单位：甲委；参与单位：乙会。).
        items: the numbered items that notes name (第7至9条责任单位：甲局).
        numbered: where the notes of items begin.
    """

    blocks: tuple[Block, ...]
    parts: Scopes[Assignment]
    items: Scopes[Assignment]
    numbered: frozenset[int]


def note_reaches(findings: Findings) -> NoteReaches:
    r"""The notes of a text that has some.

    Args:
        findings: what was seen in it.

    Example:
        >>> import speechmine
        >>> said = "若干措施\n1.修建步道8公里。\n2.新建球场2个。\n（第1、2条由区体育局负责）"
        >>> [task.parties[0].text for task in speechmine.extract(said).tasks]
        ['区体育局', '区体育局']
    """
    rows = [mention.start for part in findings.segments for mention in part.mentions]
    headed = list(_heading_notes(findings))
    ahead = {reach.value.start for reach in headed if not _rows_before(reach.value, rows, findings)}
    items = list(_items(findings))
    return NoteReaches(
        blocks=tuple(
            (start, note)
            for start, note in _blocks(findings)
            if note.start not in ahead and not note.group
        ),
        parts=Scopes(headed),
        items=Scopes(items),
        numbered=frozenset(reach.value.start for reach in items),
    )


def _rows_before(note: Assignment, rows: Sequence[int], findings: Findings) -> bool:
    """Whether a row stands before a note in its line."""
    line = findings.text.rfind("\n", 0, note.start) + 1
    return bisect_left(rows, line) < bisect_left(rows, note.start)


def _heading_notes(findings: Findings) -> Iterator[Reach[Assignment]]:
    text, notes = findings.text, findings.assignments
    headings = {
        each.segment.start: each.segment.end
        for each in findings.segments
        if each.segment.discourse == "heading"
    }
    for part in findings.sections:
        note = next(iter(starting_in(notes, part.start, part.end)), None)
        if note is None:
            continue
        end = _line_end(part.start, text)
        if _heads_part(note, headings.get(part.start, end), part, text):
            yield Reach(max(end, note.end), part.end, note)


def _heads_part(note: Assignment, titled: int, part: Section, text: str) -> bool:
    """Whether a note stands in a heading, closes its line or fills the lines below it.

    More must follow: else what the heading says is what is owed.
    """
    end = _line_end(part.start, text)
    if not text[note.end : part.end].strip(_BLANK):
        return False
    if note.start < titled:
        return note.end <= end
    if text[titled : note.start].strip():
        return False
    closes = not text[note.end : end].strip(_BLANK)
    return closes if note.end <= end else note.block and note.start > end


def _line_end(at: int, text: str) -> int:
    line = text.find("\n", at)
    return line if line >= 0 else len(text)


def _blocks(findings: Findings) -> Iterator[Block]:
    """Where a document closes blocks behind the full stop, one before it is its sentence's own."""
    text, previous = findings.text, 0
    contrast = any(closes_block(note, text) for note in findings.assignments)
    # A line on its own speaks of nothing before its section.
    around = Scopes(_parts_closed(findings))
    for note in findings.assignments:
        block = max(text.rfind("\n", 0, note.start) + 1, previous)
        if not text[block : note.start].strip():
            block = max(previous, around.at(note.start) or 0)
        if note.nearest:
            stop = text.rfind("。", 0, note.start)
            line = text.rfind("\n", 0, note.start)
            block = max(block, text.rfind("。", 0, stop) + 1, line + 1)
        elif contrast and not (closes_block(note, text) or note.block):
            block = max(block, text.rfind("。", block, note.start) + 1)
        yield block, note
        previous = note.end


def _parts_closed(findings: Findings) -> Iterator[Reach[int]]:
    """Where the part begins that a note at the end of each part is for.

    整改措施： is but a field of 问题一： above it, which the note at its end closes.
    """
    starts: dict[str, int] = {}
    for part in findings.sections:
        line = findings.text[part.start : _line_end(part.start, findings.text)]
        field = part.label is None and line.rstrip().endswith(("：", ":"))
        starts[part.id] = starts.get(part.parent or "", part.start) if field else part.start
        yield Reach(part.start, part.end, starts[part.id])


def closes_block(note: Assignment, text: str) -> bool:
    """Whether a note stands behind a full stop."""
    before = text[max(0, note.start - _NEAR) : note.start].rstrip()
    return before.endswith(("。", "；", "！"))


def _items(findings: Findings) -> Iterator[Reach[Assignment]]:
    """The items that notes with numbers hold for; a number that no line has gives nothing."""
    noted = [note for note in findings.assignments if note.items]
    if not noted:
        return
    shapes, text = patterns_by_id(findings.rules, "item_notes"), findings.text
    numbered = shapes["item.numbered"].finditer(text)
    lines = [(line, n) for line in numbered if (n := _number(line["number"])) is not None]
    for note in noted:
        above = lines[: bisect_left(lines, note.start, key=lambda line: line[0].start())]
        yield from _items_of(note, above, set(_numbers(note.items, shapes["note.range"])))


def _items_of(
    note: Assignment, lines: Sequence[tuple[re.Match[str], int]], wanted: set[int]
) -> Iterator[Reach[Assignment]]:
    """The items before a note, from the last one back while their numbers fall.

    They are of the numbering right before the note, back to where that numbering began.
    """
    style, least, end = None, max(wanted, default=0) + 1, note.start
    for line, number in reversed(lines):
        if style is None and number == least - 1:
            style = line.group("open", "close")
        if style != line.group("open", "close"):
            continue
        if not min(wanted) <= number < least:
            break
        if number in wanted:
            yield Reach(line.start(), end, note)
        least, end = number, line.start()


def _numbers(said: str, ranges: re.Pattern[str]) -> Iterator[int]:
    """7, 8 and 9 of 第7至9条; 11 and 12 of 第11、12条."""
    for match in ranges.finditer(said):
        first, last = _number(match[1]), _number(match[2] or match[1])
        if first is not None and last is not None:
            yield from islice(range(first, last + 1), _LONGEST_RANGE)


def _number(said: str) -> int | None:
    number = parse_number(said)
    return None if number is None else int(number)
