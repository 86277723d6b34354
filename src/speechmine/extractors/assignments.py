"""Responsibility brackets and lines: （甲局牵头，乙局配合）, 责任单位：甲局、乙局."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from speechmine.borders import Span
from speechmine.extractors.assignment_lists import LONGEST_NOTE, Assignment, NoteReader
from speechmine.extractors.conventions import by_convention
from speechmine.extractors.party_members import names_only
from speechmine.model import Party, PartyGroup
from speechmine.patterns import compiled
from speechmine.rules.scanning import find_all
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["find_assignments"]

_OPENING = "（(【[〔［"
_BRACKET = compiled(r"[（(【\[〔［）)】\]〕］\n]")
# A bracket with a score is no longer.
_LONGEST_SCORE = 12
_LONGEST_INDENT = 40
_END_OF_LIST = compiled(r"[。\n]")
_STOPS = "。；！"
# One bracket that holds names alone may sign a text; several that close sentences say who.
_LEAST_BARE = 2
_ACTING = ("lead", "responsible")


def find_assignments(
    text: str,
    rules: RuleSet,
    *,
    groups: Sequence[PartyGroup] | None = None,
) -> tuple[Assignment, ...]:
    """Every responsibility bracket and labelled line of a text, in order.

    Args:
        text: the matching view's text.
        rules: the rule set.
        groups: the mentions of the same text; canonical names are then those of its time.

    Returns:
        Assignments that do not overlap. Where the document says that the first one listed
        has the lead (列第一位者为牵头单位，下同), it has, from there on.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> said = "完善路网。（区交通局牵头，各镇按职责分工负责）"
        >>> (found,) = find_assignments(said, default_rules())
        >>> [(p.text, p.role) for p in found.parties]
        [('区交通局', 'lead'), ('各镇', 'responsible')]
    """
    reader = NoteReader(text, rules, groups)
    found = _brackets(reader)
    for more in (_labelled_lines, _sentences):
        found = sorted([*found, *more(reader, found)], key=lambda note: note.start)
    return tuple(by_convention(reader, found)) if found else ()


def _brackets(reader: NoteReader) -> list[Assignment]:
    """Brackets that say parts; where some do, those too that close a sentence and hold names alone.

    （区民政局，12月20日前） beside （区教育局牵头，各镇配合）.
    """
    told, bare = list[Assignment](), list[Assignment]()
    for start, end in _bracket_spans(reader.text):
        parties, parts = reader.bracket(start + 1, end - 1)
        if parties and (parts or _closes_sentence(reader.text, start, end)):
            (told if parts else bare).append(_noted(reader, start, end, parties))
    if told or len(bare) >= _LEAST_BARE:
        told += bare
    return _joined(sorted(told, key=lambda note: note.start), reader.text)


def _noted(reader: NoteReader, start: int, end: int, parties: Sequence[Party]) -> Assignment:
    """What a bracket says, with the items it says it for and the score before it."""
    shapes, text = reader.forms.shapes, reader.text
    items = shapes["assignment.items"].match(text, start + 1, end)
    score = shapes["assignment.score"].search(text, max(0, start - _LONGEST_SCORE), start)
    return Assignment(
        score.start() if score else start,
        end,
        tuple(parties),
        _stands_alone(text, start, end),
        items=items[0] if items else "",
        group=reader.names_group(start, end),
    )


def _joined(brackets: Sequence[Assignment], text: str) -> list[Assignment]:
    """Brackets that only blanks part, as one: （牵头单位：甲局）（配合单位：乙局）."""
    found: list[Assignment] = []
    for bracket in brackets:
        last = found[-1] if found else None
        if last and not text[last.end : bracket.start].strip() and _adds(bracket, last):
            parties = (*last.parties, *bracket.parties)
            found[-1] = dataclasses.replace(last, end=bracket.end, parties=parties)
        else:
            found.append(bracket)
    return found


def _adds(bracket: Assignment, before: Assignment) -> bool:
    """Whether it names other parts, and not anew who leads."""
    roles, known = ({p.role for p in a.parties} for a in (bracket, before))
    anew = "lead" in roles and not known.isdisjoint(_ACTING)
    return roles.isdisjoint(known) and not anew


def _bracket_spans(text: str) -> Iterator[Span]:
    """Outermost brackets of one line."""
    open_at: list[int] = []
    for match in _BRACKET.finditer(text):
        mark = match[0]
        if mark == "\n":
            open_at.clear()
        elif mark in _OPENING:
            open_at.append(match.start())
        elif open_at:
            start = open_at.pop()
            if not open_at and match.end() - start <= LONGEST_NOTE:
                yield start, match.end()


def _stands_alone(text: str, start: int, end: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    rest = text[end : len(text) if after < 0 else after]
    return not text[line:start].strip() and not rest.strip(" 。；")


def _closes_sentence(text: str, start: int, end: int) -> bool:
    behind = text[end : end + 1]
    return behind in ("", "\n") or (behind in "。；" and text[start - 1 : start] in _STOPS)


def _sentences(reader: NoteReader, taken: Sequence[Assignment]) -> Iterator[Assignment]:
    """A sentence that only says who and when (由水利局牵头，财政局配合，10月底前完成).

    以上由甲局、乙局按职责分工负责。 speaks of all that its paragraph has before it, and so does
    one that closes a numbered item.
    """
    text = reader.text
    for sentence in find_all(reader.forms.shapes["assignment.sentence"], text):
        start, end = sentence.span("who")
        i = bisect_right(taken, end, key=lambda note: note.start)
        if i and taken[i - 1].end > start:
            continue
        parties = reader.predicated(start, end)
        if parties and all(names_only(text, p.start, p.end, reader.rules) for p in parties):
            line = text.rfind("\n", 0, sentence.start()) + 1
            nearest = sentence["all"] is None and not _closes_item(reader, line, end)
            ahead = sentence.start() == line
            yield Assignment(sentence.start(), end, tuple(parties), block=ahead, nearest=nearest)


def _closes_item(reader: NoteReader, line: int, end: int) -> bool:
    """Whether a sentence that ends there is the last one of a numbered line."""
    numbered = patterns_by_id(reader.rules, "item_notes")["item.numbered"]
    last = reader.text[end : end + 2] in ("", "。", "\n", "。\n")
    return last and numbered.match(reader.text, line) is not None


def _labelled_lines(reader: NoteReader, taken: Sequence[Assignment]) -> Iterator[Assignment]:
    """Labelled lists outside brackets; neighbours are one assignment."""
    run: list[re.Match[str]] = []
    for label in find_all(reader.forms.labels, reader.text):
        before = bisect_right(taken, label.start(), key=lambda note: note.start)
        if before and label.start() < taken[before - 1].end:
            continue
        if run and _list_end(reader, run[-1]) < label.start() - 1:
            yield from _labelled_run(reader, run)
            run = []
        run.append(label)
    if run:
        yield from _labelled_run(reader, run)


def _list_end(reader: NoteReader, label: re.Match[str]) -> int:
    return reader.after_gap(_end_of_list(reader.text, label), len(reader.text))


def _end_of_list(text: str, label: re.Match[str]) -> int:
    limit = min(len(text), label.end() + LONGEST_NOTE)
    stop = _END_OF_LIST.search(text, label.end(), limit)
    return stop.start() if stop else limit


def _labelled_run(reader: NoteReader, labels: Sequence[re.Match[str]]) -> Iterator[Assignment]:
    start, end = labels[0].start(), _end_of_list(reader.text, labels[-1])
    parties = reader.labelled(start, end) if _opens_line(reader.text, start) else ()
    if parties:
        block, group = _stands_alone(reader.text, start, end), reader.names_group(start, end)
        yield Assignment(start, end, tuple(parties), block, group=group)


def _opens_line(text: str, at: int) -> bool:
    """A label begins a line or follows a finished sentence; else it is a word of the prose.

    新建水厂　责任单位：甲局: in a list of works a blank parts the columns.
    """
    window = text[max(0, at - _LONGEST_INDENT) : at]
    before = window.rstrip(" 　\t")
    return before != window or not before or before[-1] in "\n。；;）)】]|（([【"
