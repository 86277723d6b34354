"""What the text of a selection says by itself: proposals that a reader then puts right."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from speechmine.errors import UsageError
from speechmine.grammar.periods import first_day, last_day
from speechmine.mentions import see_mentions
from speechmine.model import Deadline, Document, Metric, Party
from speechmine.pipeline import extract
from speechmine.rules.schema import RuleSet
from speechmine.segment.clauses import parse_clauses
from speechmine.segment.head import time_frame
from speechmine.store.spans import Spanned, likest, overlap
from speechmine.text import view_of_parts

__all__ = ["ReadTask", "days_of", "metric_in", "time_in", "wording_of"]

_UNIT = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_TITLE = 60


@dataclass(frozen=True, slots=True)
class ReadTask:
    """What a stretch says.

    Attributes:
        title, action, object: as of a task. parties: named in it. deadline: the first time in it.
    """

    title: str
    action: str
    object: str
    parties: tuple[Party, ...]
    deadline: Deadline


def wording_of(document: Document, start: int, end: int, rules: RuleSet) -> ReadTask:
    """Read a stretch of a text as one task.

    Args:
        document: as it was extracted.
        start: of the stretch.
        end: of the stretch.
        rules: by which it is read.

    Example:
        >>> from speechmine.rules.loader import chosen_rules
        >>> text = Document("请区财政局在6月底前制定奖补方案。", date="2024-03-01")
        >>> said = wording_of(text, 0, 16, chosen_rules())
        >>> said.action, [party.text for party in said.parties], said.deadline.edtf
        ('制定', ['区财政局'], '../2024-06-30')
    """
    view = view_of_parts(document.text, [(start, end)])
    seen = see_mentions(view.text, document, time_frame(document, rules), rules)
    named = [view.restore(p) for group in seen.groups for p in group.parties]
    times = [view.restore(time) for time in seen.times if time.kind != "open"]
    clauses = parse_clauses(view.text, 0, len(view.text), rules, seen.skips)
    acting = next((c for c in clauses if c.verb != "none"), None)
    words = document.text[start:end]
    action = view.quote(*acting.action) if acting else ""
    target = view.quote(*acting.object) if acting else ""
    whole = f"{action}{target}" if len(action + target) >= 4 else "".join(words.split())
    title = whole if len(whole) <= _TITLE else whole[: _TITLE - 1] + "…"
    return ReadTask(title, action, target, _firsts(named), times[0] if times else Deadline())


def _firsts(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Each name once, where it stands first."""
    return tuple({party.text: party for party in reversed(list(parties))}.values())[::-1]


def time_in(document: Document, start: int, end: int, around: Spanned, rules: RuleSet) -> Deadline:
    """The time that a selection says; without value where it gives none.

    Args:
        document: as it was extracted.
        start: of the selection.
        end: of the selection.
        around: the sentence it stands in, which may say the year.
        rules: by which it is read.
    """
    first = min(start, around.start or start)
    last = max(end, around.end or end)
    view = view_of_parts(document.text, [(first, last)])
    seen = see_mentions(view.text, document, time_frame(document, rules), rules)
    selected = Deadline(text=document.text[start:end], start=start, end=end)
    found = likest(selected, (view.restore(time) for time in seen.times))
    return dataclasses.replace(found) if found is not None else selected


def metric_in(
    document: Document, start: int, end: int, around: Spanned, rules: RuleSet
) -> Metric | None:
    """The figure that a selection holds; None where there is none in it."""
    first = min(start, around.start or start)
    last = max(end, around.end or end)
    part = Document(document.text[first:last], id=document.id, date=document.date)
    moved = (
        dataclasses.replace(m, start=m.start + first, end=m.end + first, task=None)
        for m in extract(part, mode="full", rules=rules).metrics
    )
    selected = Deadline(start=start, end=end)
    return max(moved, key=lambda m: overlap(selected, m), default=None)


def days_of(edtf: str) -> tuple[str | None, str | None]:
    """The first and the last day of a date as EDTF writes it (ISO 8601-2).

    Args:
        edtf: a day, a month, a year, or two of them with ``/`` between; ``..`` is an open end.

    Raises:
        UsageError: it is none.

    Example:
        >>> days_of("../2024-06"), days_of("2024")
        ((None, '2024-06-30'), ('2024-01-01', '2024-12-31'))
    """
    first, _, last = edtf.partition("/")
    return _day_of_unit(first, edtf, end=False), _day_of_unit(last or first, edtf, end=True)


def _day_of_unit(unit: str, edtf: str, *, end: bool) -> str | None:
    if unit == "..":
        return None
    whole = _UNIT.fullmatch(unit) is not None
    try:
        day = last_day(unit) if end else first_day(unit)
        return dt.date.fromisoformat(day if whole else "").isoformat()
    except ValueError as error:
        known = "2024-06-30, 2024-06, 2024, ../2024-06-30, 2024-04/2024-06"
        raise UsageError(f"date {edtf!r}: write it as one of {known}") from error
