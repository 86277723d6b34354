"""Responsibility brackets and lines: （甲局牵头，乙局配合）, 责任单位：甲局、乙局."""

from __future__ import annotations

import dataclasses
import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from speechmine.extractors.assignment_lists import (
    Assignment,
    NoteReader,
    after_gap,
    bracket_parties,
    labelled_parties,
    names_group,
    note_forms,
    predicated_parties,
)
from speechmine.extractors.conventions import by_convention
from speechmine.extractors.party_members import names_only
from speechmine.model import Party, PartyGroup
from speechmine.patterns import compiled
from speechmine.rules.scanning import find_all
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["find_assignments"]

_CLOSING = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕", "［": "］"}
_BRACKET = compiled(r"[（(【\[〔［）)】\]〕］\n]")
# A bracket with a score is no longer.
_LONGEST_SCORE = 12
_LONGEST = 600
_LONGEST_INDENT = 40
_END_OF_LIST = compiled(r"[。\n]")
_STOPS = "。；！"
# One bracket that holds names alone may sign a text; several that close sentences say who.
_LEAST_BARE = 2
_ACTING = ("lead", "responsible")
_APART = compiled(r"[ \u3000\t]$")


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
    reader = NoteReader(text, rules, None if groups is None else _by_end(groups))
    brackets = list(_brackets(reader))
    bare = list(_bare(reader, {a.start for a in brackets}))
    if brackets or len(bare) >= _LEAST_BARE:
        brackets.extend(bare)
    brackets = list(_joined(sorted(brackets, key=lambda a: a.start), text))
    lines = list(_labelled_lines(reader, sorted((a.start, a.end) for a in brackets)))
    taken = sorted([*brackets, *lines], key=lambda a: a.start)
    found = sorted([*taken, *_sentences(reader, taken)], key=lambda a: a.start)
    return tuple(by_convention(reader, found))


def _by_end(groups: Sequence[PartyGroup]) -> Callable[[int], Party | None]:
    """Finds the party that ends at a place."""
    of = {party.end: n for n, group in enumerate(groups) for party in group.parties}

    def ending(end: int) -> Party | None:
        parties = groups[of[end]].parties if end in of else ()
        return next((party for party in reversed(parties) if party.end == end), None)

    return ending


def _brackets(reader: NoteReader) -> Iterator[Assignment]:
    forms = note_forms(reader.rules)
    for start, end in _bracket_spans(reader.text):
        parties = bracket_parties(reader, start + 1, end - 1)
        if parties:
            alone = _stands_alone(reader.text, start, end)
            items = forms.shapes["assignment.items"].match(reader.text, start + 1, end)
            score = forms.shapes["assignment.score"].search(
                reader.text, max(0, start - _LONGEST_SCORE), start
            )
            first = score.start() if score else start
            group = names_group(reader, start, end)
            said = items[0] if items else ""
            yield Assignment(first, end, parties, alone, items=said, group=group)


def _joined(brackets: Sequence[Assignment], text: str) -> Iterator[Assignment]:
    """Brackets that only blanks part, as one: （牵头单位：甲局）（配合单位：乙局）."""
    last: Assignment | None = None
    for bracket in brackets:
        if last is not None and not text[last.end : bracket.start].strip() and _adds(bracket, last):
            parties = (*last.parties, *bracket.parties)
            last = dataclasses.replace(last, end=bracket.end, parties=parties)
            continue
        if last is not None:
            yield last
        last = bracket
    if last is not None:
        yield last


def _adds(bracket: Assignment, before: Assignment) -> bool:
    """Whether it names other parts, and not anew who leads."""
    roles, known = ({p.role for p in a.parties} for a in (bracket, before))
    anew = "lead" in roles and not known.isdisjoint(_ACTING)
    return roles.isdisjoint(known) and not anew


def _bracket_spans(text: str) -> Iterator[tuple[int, int]]:
    """Outermost brackets of one line."""
    open_at: list[int] = []
    for match in _BRACKET.finditer(text):
        mark = match[0]
        if mark == "\n":
            open_at.clear()
        elif mark in _CLOSING:
            open_at.append(match.start())
        elif open_at:
            start = open_at.pop()
            if not open_at and match.end() - start <= _LONGEST:
                yield start, match.end()


def _stands_alone(text: str, start: int, end: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    rest = text[end : len(text) if after < 0 else after]
    return not text[line:start].strip() and not rest.strip(" 。；")


def _bare(reader: NoteReader, taken: set[int]) -> Iterator[Assignment]:
    """Brackets that close a sentence and hold names alone, where others of the text say parts.

    （区民政局，12月20日前） beside （区教育局牵头，各镇配合）.
    """
    for start, end in _bracket_spans(reader.text):
        if start not in taken and _closes_sentence(reader.text, start, end):
            parties = bracket_parties(reader, start + 1, end - 1, bare=True)
            if parties:
                yield Assignment(start, end, parties, _stands_alone(reader.text, start, end))


def _closes_sentence(text: str, start: int, end: int) -> bool:
    ends = text[end : end + 1] in ("", "\n", "。", "；")
    closes_line = text[end : end + 1] in ("", "\n")
    return ends and (closes_line or text[start - 1 : start] in _STOPS)


def _sentences(reader: NoteReader, taken: Sequence[Assignment]) -> Iterator[Assignment]:
    """A sentence that only says who and when (由水利局牵头，财政局配合，10月底前完成).

    以上由甲局、乙局按职责分工负责。 speaks of all that its paragraph has before it, and so does
    one that closes a numbered item.
    """
    forms, text = note_forms(reader.rules), reader.text
    starts = [a.start for a in taken]
    for sentence in find_all(forms.shapes["assignment.sentence"], text):
        start, end = sentence.span("who")
        i = bisect_right(starts, end)
        if i and taken[i - 1].end > start:
            continue
        parties = predicated_parties(reader, start, end, forms)
        if parties and all(names_only(text, p.start, p.end, reader.rules) for p in parties):
            line = text.rfind("\n", 0, sentence.start()) + 1
            nearest = sentence["all"] is None and not _closes_item(reader, line, end)
            ahead = sentence.start() == line
            yield Assignment(sentence.start(), end, parties, block=ahead, nearest=nearest)


def _closes_item(reader: NoteReader, line: int, end: int) -> bool:
    """Whether a sentence that ends there is the last one of a numbered line."""
    numbered = patterns_by_id(reader.rules, "item_notes")["item.numbered"]
    last = reader.text[end : end + 2] in ("", "。", "\n", "。\n")
    return last and numbered.match(reader.text, line) is not None


def _labelled_lines(reader: NoteReader, taken: list[tuple[int, int]]) -> Iterator[Assignment]:
    """Labelled lists outside brackets; neighbours are one assignment."""
    forms = note_forms(reader.rules)
    run: list[re.Match[str]] = []
    starts = [start for start, _ in taken]
    ends = list(itertools.accumulate((end for _, end in taken), max))
    for label in find_all(forms.labels, reader.text):
        before = bisect_right(starts, label.start())
        if before and label.start() < ends[before - 1]:
            continue
        if run and _list_end(reader.text, run[-1]) < label.start() - 1:
            yield from _labelled_run(reader, run)
            run = []
        run.append(label)
    yield from _labelled_run(reader, run)


def _list_end(text: str, label: re.Match[str]) -> int:
    return after_gap(text, _end_of_list(text, label), len(text))


def _end_of_list(text: str, label: re.Match[str]) -> int:
    limit = min(len(text), label.end() + _LONGEST)
    stop = _END_OF_LIST.search(text, label.end(), limit)
    return stop.start() if stop else limit


def _labelled_run(reader: NoteReader, labels: list[re.Match[str]]) -> Iterator[Assignment]:
    if not labels or not _opens_line(reader.text, labels[0].start()):
        return
    end = _end_of_list(reader.text, labels[-1])
    parties = labelled_parties(reader, labels[0].start(), end)
    if parties:
        start = labels[0].start()
        block, group = _stands_alone(reader.text, start, end), names_group(reader, start, end)
        yield Assignment(start, end, parties, block, group=group)


def _opens_line(text: str, at: int) -> bool:
    """A label begins a line or follows a finished sentence; else it is a word of the prose."""
    window = text[max(0, at - _LONGEST_INDENT) : at]
    before = window.rstrip(" 　\t")
    # 新建水厂　责任单位：甲局: in a list of works a blank parts the columns.
    apart = _APART.search(window) is not None
    return not before or apart or before[-1] in "\n。；;）)】]|（([【"
