"""Responsibility brackets: the text that each covers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from speechmine.assemble.findings import Findings
from speechmine.extractors.assignment_lists import Assignment
from speechmine.model import Section
from speechmine.scopes import Reach, Scopes
from speechmine.text import starting_in

__all__ = ["Block", "blocks_of", "closes_block", "parts_assigned"]

# Blanks at most between a full stop and the bracket behind it.
_NEAR = 8
_BLANK = " \u3000\n。；"
_ENDS = "\n。；"

#: A responsibility bracket with where the text that it covers begins.
Block = tuple[int, Assignment]


def blocks_of(findings: Findings) -> tuple[Block, ...]:
    """Each bracket with its block's start: its line, or the end of the bracket before it.

    What holds for a part (:func:`parts_assigned`) stands for none but a row in its own line, nor
    who is in a group.
    """
    rows = [mention.start for part in findings.segments for mention in part.mentions]
    ahead = {
        note.start
        for note in (reach.value for reach in _heading_notes(findings))
        if not _any_in(rows, findings.view.text.rfind("\n", 0, note.start) + 1, note.start)
    }
    return tuple(
        block for block in _blocks(findings) if block[1].start not in ahead and not block[1].group
    )


def _any_in(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def parts_assigned(findings: Findings) -> Scopes[Assignment]:
    """What a part's heading, or a line of its own right below it, gives to all that follows there.

    第一部分　牵头股室：甲股，责任人：乙; 三、医疗保障组 + 牵头单位：甲委；参与单位：乙会。

    Args:
        findings: the document.
    """
    return Scopes(_heading_notes(findings))


def _heading_notes(findings: Findings) -> Iterator[Reach[Assignment]]:
    text, notes = findings.view.text, findings.assignments
    if not notes:
        return
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
        closed = _closes_title(part.start, note, text)
        titled = headings.get(part.start, end if closed else None)
        if titled is None:
            continue
        if _heads_part(note, titled, part, findings):
            yield Reach(max(end, note.end), part.end, note)


def _closes_title(start: int, note: Assignment, text: str) -> bool:
    """一、完善路网（甲局牵头）: a note at the end of a line that holds no sentence."""
    before, behind = text[start : note.start], text[note.end : _line_end(note.end, text)]
    return not any(mark in before for mark in _ENDS) and not behind.strip(_BLANK)


def _heads_part(note: Assignment, titled: int, part: Section, findings: Findings) -> bool:
    """Whether a note stands in a heading, closes its line or fills the lines below it.

    More must follow: else what the heading says is what is owed.
    """
    text, end = findings.view.text, _line_end(part.start, findings.view.text)
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
    text, previous = findings.view.text, 0
    contrast = any(closes_block(assignment, text) for assignment in findings.assignments)
    # A line on its own speaks of nothing before its section.
    around = Scopes(_parts_closed(findings))
    for assignment in findings.assignments:
        line = text.rfind("\n", 0, assignment.start) + 1
        block = max(line, previous)
        if not text[block : assignment.start].strip():
            block = max(previous, around.at(assignment.start) or 0)
        if assignment.nearest:
            block = max(block, _sentence_start(assignment.start, text))
        elif contrast and not (closes_block(assignment, text) or assignment.block):
            block = max(block, text.rfind("。", block, assignment.start) + 1)
        yield block, assignment
        previous = assignment.end


def _parts_closed(findings: Findings) -> Iterator[Reach[int]]:
    """Where the part begins that a note at the end of each part is for.

    整改措施： is but a field of 问题一： above it, which the note at its end closes.
    """
    starts: dict[str, int] = {}
    for part in findings.sections:
        line = findings.view.text[part.start : _line_end(part.start, findings.view.text)]
        field = part.label is None and line.rstrip().endswith(("：", ":"))
        starts[part.id] = starts.get(part.parent or "", part.start) if field else part.start
        yield Reach(part.start, part.end, starts[part.id])


def _sentence_start(at: int, text: str) -> int:
    """Where the sentence begins that stands before the one at a place."""
    stop = text.rfind("。", 0, at)
    return max(text.rfind("。", 0, stop), text.rfind("\n", 0, at)) + 1


def closes_block(assignment: Assignment, text: str) -> bool:
    """Whether a bracket stands behind a full stop."""
    before = text[max(0, assignment.start - _NEAR) : assignment.start].rstrip()
    return before.endswith(("。", "；", "！"))
