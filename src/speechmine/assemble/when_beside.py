"""Times in a bracket or under a label that closes rows: （县民政局，12月20日前）, 时限：8月底前."""

from __future__ import annotations

from collections.abc import Iterator

from speechmine.assemble.findings import Findings, Span
from speechmine.model import Deadline
from speechmine.scopes import Reach
from speechmine.text import starting_in

__all__ = ["times_beside"]

# No bracket of parties is longer.
_LONGEST = 120
_LONGEST_LABEL = 10
_OPEN, _CLOSE = "（(", "）)"
_MARKS = "，,；;、：:"
_BULLETS = "•●·○▪■◆-—－–"


def times_beside(findings: Findings) -> Iterator[Reach[Deadline]]:
    """From where to where a closing time holds, in text order of the times."""
    text, free = findings.view.text, 0
    for time in findings.times:
        found = _bracket(time, findings) or _label(time, findings)
        if found is None:
            continue
        opens, closes = found
        yield Reach(max(free, _reach(opens, text)), opens, time)
        free = closes


def _bracket(time: Deadline, findings: Findings) -> Span | None:
    """A bracket that names who and ends in a time."""
    text, (start, end) = findings.view.text, (time.start or 0, time.end or 0)
    if text[end : end + 1] not in tuple(_CLOSE):
        return None
    floor = max(0, start - _LONGEST, text.rfind("\n", 0, start) + 1)
    opens = max(text.rfind(mark, floor, start) for mark in _OPEN)
    if opens < 0 or any(mark in text[opens:start] for mark in _CLOSE + "。"):
        return None
    lead = findings.pattern("throughout").search(text, opens, start)
    apart = text[(lead.start() if lead else start) - 1] in _MARKS
    return (opens, end + 1) if apart and starting_in(findings.groups, opens, start) else None


def _label(time: Deadline, findings: Findings) -> Span | None:
    start, end = time.start or 0, time.end or 0
    floor = max(0, start - _LONGEST_LABEL)
    label = findings.pattern("due_label").search(findings.text, floor, start)
    return (label.start(), end) if label else None


def _reach(opens: int, text: str) -> int:
    """Back to the sentence's start, to the line's behind a full stop, or over a list of bullets."""
    line = text.rfind("\n", 0, opens) + 1
    said = text[line:opens].rstrip()
    if not said:
        return _list_above(line, text)
    if said.endswith(("。", "；")):
        return line
    return max(line, text.rfind("。", line, opens) + 1)


def _list_above(line: int, text: str) -> int:
    """The line above a bracket that stands alone; of bullets, all of them."""
    while line > 0:
        above = text.rfind("\n", 0, line - 1) + 1
        bullet = text[above : above + 1] in tuple(_BULLETS)
        follows = text[text.rfind("\n", 0, above - 1) + 1 : above][:1] if above else ""
        line = above
        if not (bullet and follows and follows in _BULLETS):
            break
    return line
