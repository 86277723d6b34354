"""Responsibility notes that say for which numbered items they hold: 第7至9条责任单位：甲局."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.extractors.assignment_lists import Assignment
from speechmine.numerals import parse_number
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["NoteReach", "NoteReaches", "reaches_of"]

_LONGEST_RANGE = 100


@dataclass(frozen=True, slots=True)
class NoteReach:
    """One numbered item and the note that holds for it."""

    start: int
    end: int
    assignment: Assignment


@dataclass(frozen=True, slots=True)
class NoteReaches:
    """The items of a text that notes hold for, in order, and where those notes begin."""

    items: tuple[NoteReach, ...] = ()
    notes: frozenset[int] = frozenset()

    def holding(self, at: int) -> Assignment | None:
        """The note for the item around a place."""
        i = bisect_right(self.items, at, key=lambda reach: reach.start) - 1
        return self.items[i].assignment if i >= 0 and at < self.items[i].end else None


@dataclass(frozen=True, slots=True)
class _NumberedLine:
    """The head of a numbered line: how it is numbered, its number, where it begins."""

    style: tuple[str, str]
    number: int
    start: int


def reaches_of(text: str, assignments: Sequence[Assignment], rules: RuleSet) -> NoteReaches:
    r"""The items that notes with numbers hold for, in the order of the text.

    Args:
        text: the matching view's text.
        assignments: of it, in order.
        rules: the rule set.

    Returns:
        An item of the numbering right before the note, back to where that numbering began; a
        number that no line has gives nothing.

    Example:
        >>> from speechmine.extractors.assignments import find_assignments
        >>> text = "1.修路。\n2.种树。\n（第1、2条责任单位：区城管局）"
        >>> from speechmine.rules.loader import default_rules
        >>> rules = default_rules()
        >>> found = find_assignments(text, rules)
        >>> [text[r.start : r.end] for r in reaches_of(text, found, rules).items]
        ['1.修路。\n', '2.种树。\n']
    """
    noted = [a for a in assignments if a.items]
    if not noted:
        return NoteReaches()
    shapes = patterns_by_id(rules, "item_notes")
    items, ranges = list(_numbered_lines(text, shapes["item.numbered"])), shapes["note.range"]
    found = [
        reach
        for assignment in noted
        for reach in _items_of_note(assignment, items, set(_numbers(assignment.items, ranges)))
    ]
    notes = frozenset(reach.assignment.start for reach in found)
    return NoteReaches(tuple(sorted(found, key=lambda reach: reach.start)), notes)


def _numbered_lines(text: str, numbered: re.Pattern[str]) -> Iterator[_NumberedLine]:
    for match in numbered.finditer(text):
        number = parse_number(match["number"])
        if number is not None:
            yield _NumberedLine((match["open"] or "", match["close"]), int(number), match.start())


def _items_of_note(
    assignment: Assignment, items: Sequence[_NumberedLine], wanted: set[int]
) -> Iterator[NoteReach]:
    """The items before a note, from the last one back while their numbers fall."""
    last = bisect_left(items, assignment.start, key=lambda item: item.start)
    style, least, end = None, max(wanted, default=0) + 1, assignment.start
    for item in reversed(items[:last]):
        if style is None and item.number == least - 1:
            style = item.style
        if style is None or item.style != style:
            continue
        if item.number >= least or item.number < min(wanted):
            break
        if item.number in wanted:
            yield NoteReach(item.start, end, assignment)
        least, end = item.number, item.start


def _numbers(said: str, ranges: re.Pattern[str]) -> Iterator[int]:
    """7, 8 and 9 of 第7至9条; 11 and 12 of 第11、12条."""
    for match in ranges.finditer(said):
        ends = [parse_number(part) for part in match.groups() if part]
        if None not in ends:
            first, last = int(ends[0] or 0), int(ends[-1] or 0)
            yield from itertools.islice(range(first, last + 1), _LONGEST_RANGE)
