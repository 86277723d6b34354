"""What was seen and could not be settled, gathered for the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from speechmine.assemble.parts import Part
from speechmine.assemble.references import unresolved_references
from speechmine.model import Deadline, Notice
from speechmine.rules.schema import RuleSet

__all__ = ["notices_of"]

_NOTES = {
    "border_unsaid": "whether the last unit itself counts is not said; it is taken to count",
    "time_conflict": "two times in one phrase, the explicit one is kept",
    "impossible_date": "there is no such day",
    "time_backwards": "it ends before it begins; no date is given",
    "unread_time": "a time that could not be read; its wording is kept",
}


def notices_of(part: Part, rules: RuleSet) -> tuple[Notice, ...]:
    """The notices of a document, in document order.

    Args:
        part: all that its parts gave.
        rules: the rule set.
    """
    masked = (
        Notice("masked_value", f"the number is masked: {m.text}", m.start, m.end)
        for m in part.metrics
        if m.masked
    )
    turned = (
        Notice("range_backwards", f"the larger end is written first: {q.text}", q.start, q.end)
        for q in part.quantities
        if q.backwards
    )
    found = [*part.notices, *_time_notices(part.times), *masked, *turned]
    found.extend(unresolved_references(part.tasks, rules))
    return tuple(sorted(found, key=lambda n: (n.start or 0, n.code)))


def _time_notices(times: Sequence[Deadline]) -> Iterator[Notice]:
    for time in times:
        if time.masked:
            yield Notice("masked_value", f"the date is masked: {time.text}", time.start, time.end)
        if time.note is not None:
            message = f"{_NOTES.get(time.note, time.note)}: {time.text}"
            yield Notice(time.note, message, time.start, time.end)
