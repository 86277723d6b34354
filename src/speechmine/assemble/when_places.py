"""Which times may be a row's: those of its sentence, and those that lines above give.

Where each stands to the row is grammar; which of them is meant is learnt (``when.py``).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.assemble.findings import Findings, SegmentFindings
from speechmine.borders import UTTERANCE, Span, start_before
from speechmine.changes import changed, quickly_made
from speechmine.grammar.times import find_hints
from speechmine.model import Clause, Deadline, TaskMention, TimeFrame
from speechmine.packed import starting_at
from speechmine.rules.searching import patterns_by_id
from speechmine.text import starting_in

__all__ = ["BAN", "NONE", "NO_TIME", "RowTime", "TimedRow", "candidates_of"]

#: That no time is said; that something is forbidden for good.
NONE, BAN = "none", "ban"
# A time further off is that of other rows.
_REACH = 240
_COMMAS = "，,"
_SEMICOLONS = "；;。"
# A paper is often dated some weeks after the day on which it was said.
_DATED_LATER = dt.timedelta(days=31)


@quickly_made
@dataclass(frozen=True, slots=True)
class TimedRow:
    """A row whose time is asked for.

    Attributes:
        part: its segment. mention: the row. findings: of the whole text.
        above: the time that a line above it gives.
    """

    part: SegmentFindings
    mention: TaskMention
    findings: Findings
    above: Deadline | None = None

    @property
    def span(self) -> Span:
        """From its first word to the end of its clauses, a result with them."""
        mention = self.mention
        until = max(mention.end, mention.clause[1], mention.result[1] if mention.result else 0)
        return min(mention.start, mention.clause[0]), until


@quickly_made
@dataclass(frozen=True, slots=True)
class RowTime:
    """A time that may be a row's.

    Attributes:
        time: as it would be owed.
        place: in the clause of the deed before it (``v``) or behind it (``V``), in a clause before
            it (``b``) or behind it (``a``), in the result (``r``); in the sentence before the row
            (``p``) or behind it (``f``), with the marks between; given by a line above (``up``).
        whose: of this row (``m``), one before or behind it, or of none (``n``), and how many
            begin between.
        reading: how else than its words say it is owed: from a case on (``case``), again and
            again (``round``), at once (``once``), on the day (``turn``).
        hint: the id of the rule that hints at it; empty for a time that is sure.
    """

    time: Deadline
    place: str
    whose: str = ""
    reading: str = ""
    hint: str = ""


#: That no time is said, as one of the choices.
NO_TIME = RowTime(Deadline(), NONE)
_FOR_GOOD = RowTime(Deadline(kind="ongoing"), BAN)


def candidates_of(row: TimedRow) -> list[RowTime]:
    """The times that may be a row's in the order of the text, that there is none, that it is a ban.

    Args:
        row: the row.
    """
    findings, span = row.findings, row.span
    found = []
    for time, hint in _around(row, span):
        if not (_is_past(time, findings.frame) or _is_of_case(time, row)):
            place, whose = _place(row, span, time), _whose(row, span, time.start or 0)
            readings = _readings(time, findings, hinted=bool(hint))
            found.extend([RowTime(read, place, whose, how, hint) for read, how in readings])
    found.append(NO_TIME)
    if findings.pattern("ban.word").search(findings.text, *span):
        found.append(_FOR_GOOD)
    return found


def _around(row: TimedRow, span: Span) -> Iterator[tuple[Deadline, str]]:
    """The times of the sentence that a row stands in, and by which rule those that may be some."""
    (first, last), text, findings = span, row.findings.text, row.findings
    since = start_before(UTTERANCE, text, first, max(0, first - _REACH))
    stop = UTTERANCE.search(text, last, last + _REACH)
    until = stop.start() if stop else min(len(text), last + _REACH)
    sure = starting_in(findings.seen.times, since, until)
    for time in sure:
        yield time, ""
    inside = [time for time in sure if first <= (time.start or 0) < last]
    for rule, found in find_hints(text[first:last], findings.frame, findings.rules):
        hint = changed(found, start=first + (found.start or 0), end=first + (found.end or 0))
        if not any(_stands_for(time, hint, findings.frame) for time in inside):
            yield hint, rule


def _stands_for(time: Deadline, hint: Deadline, frame: TimeFrame) -> bool:
    """Whether a time that is sure leaves nothing to a hint there.

    明年冻雨季节前 goes on behind 明年; what goes round, or is over, goes on behind nothing.
    """
    start, end = hint.start or 0, hint.end or 0
    first, last = time.start or 0, time.end or 0
    if first >= end or last <= start:
        return False
    goes_on = start <= first and last < end and "recurring" not in (time.kind, hint.kind)
    return not goes_on or _is_past(time, frame)


def _readings(
    time: Deadline, findings: Findings, *, hinted: bool
) -> Iterator[tuple[Deadline, str]]:
    """A time, and how else it may be owed.

    从今天起启动 asks for a beginning on that day, 即日起 for one at once; 24小时内答复 and 当天报告
    may be counted from a case, and 半小时打一个来回 goes round.
    """
    yield time, ""
    if time.kind == "within" and time.duration is not None:
        undated = changed(time, kind="after_event", edtf=None, earliest=None, latest=None)
        yield undated, "case"
        if hinted:
            yield changed(undated, kind="recurring"), "round"
    elif time.kind == "at" and time.edtf is None and not hinted:
        yield changed(time, kind="after_event"), "case"
    elif time.kind == "within" and (time.edtf is None or time.edtf.endswith("/..")):
        text = findings.text[time.start or 0 : time.end or 0]
        if findings.pattern("from_now.at_once").fullmatch(text):
            yield changed(time, kind="immediate", edtf=None, earliest=None, latest=None), "once"
        elif findings.pattern("from_now.day").fullmatch(text):
            yield changed(time, kind="at", edtf=time.earliest, latest=time.earliest), "turn"


def _is_past(time: Deadline, frame: TimeFrame) -> bool:
    """Before the year of the speech, or well before its day in the same year."""
    if time.latest is None or frame.year is None:
        return False
    if int(time.latest[:4]) < frame.year:
        return True
    if frame.date is None or frame.date.year != frame.year:
        return False
    return dt.date.fromisoformat(time.latest) + _DATED_LATER < frame.date


def _is_of_case(time: Deadline, row: TimedRow) -> bool:
    """若5月底前仍未开工，…: by when something may happen, not by when what follows is owed."""
    clauses, start = row.part.clauses, time.start or 0
    at = starting_at(clauses, start + 1) - 1
    if not 0 <= at < len(clauses) - 1 or clauses[at].modality is not None:
        return False
    may = patterns_by_id(row.findings.rules, "certain")["certain.if"]
    return start < clauses[at].end and may.match(row.findings.text, clauses[at].start) is not None


def _place(row: TimedRow, span: Span, time: Deadline) -> str:
    start, end, text, mention = time.start or 0, time.end or 0, row.findings.text, row.mention
    first, last = span
    if start < first:
        gap = text[end:first]
        if any(mark in gap for mark in _SEMICOLONS):
            return "ps"
        return "pc" if "：" in gap else f"p{min(3, _commas(gap))}"
    if start >= last:
        gap = text[last:start]
        return "fs" if any(mark in gap for mark in _SEMICOLONS) else f"f{min(2, _commas(gap))}"
    if mention.result is not None and mention.result[0] <= start < mention.result[1]:
        return "r"
    clauses, deed = row.part.clauses, mention.action[0]
    apart = _clause_at(clauses, start) - _clause_at(clauses, deed)
    if apart == 0:
        # Where no verb is known, the deed is all that is said behind it.
        return "v" if start < deed or mention.action[1] <= deed else "V"
    return "b" if apart < 0 else "a" if apart == 1 else "A"


def _clause_at(clauses: Sequence[Clause], place: int) -> int:
    return max(0, starting_at(clauses, place + 1) - 1)


def _commas(gap: str) -> int:
    return sum(gap.count(mark) for mark in _COMMAS)


def _whose(row: TimedRow, span: Span, start: int) -> str:
    """Of which row of the segment a time is, and how many begin between it and this one."""
    rows, (first, last) = row.part.mentions, span
    at = bisect_right(rows, start, key=_start_of) - 1
    of = rows[at] if at >= 0 and start < rows[at].end else None
    if of is None:
        whose = "n"
    elif of.start == row.mention.start:
        whose = "m"
    else:
        whose = "b" if of.start < row.mention.start else "f"
    since, until = (start, first) if start < first else (last, start)
    between = starting_at(rows, until) - starting_at(rows, since) if since < until else 0
    return f"{whose}{min(2, between)}"


def _start_of(mention: TaskMention) -> int:
    return mention.start
