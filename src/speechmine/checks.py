"""What holds of every extraction, whatever the text: the laws of the records, in one pass."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from speechmine.model import Notice

if TYPE_CHECKING:
    from speechmine.model import Deadline, Extraction, Metric, Section, Segment, Task

__all__ = ["faults_of"]

_CODE = "broken_law"
_UNIT = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_EDTF = re.compile(rf"(?:(?P<first>{_UNIT})|\.\.)(?:/(?:(?P<last>{_UNIT})|\.\.))?")
_LENGTH = r"P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+W?D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?)?"
_DURATION = re.compile(rf"{_LENGTH}(?:/(?:{_LENGTH}|\.\.))?|\.\./{_LENGTH}")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_RULE_PARTS: Mapping[str, Callable[[str], bool]] = {
    "FREQ": lambda value: value in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"),
    "INTERVAL": lambda value: value.isdecimal() and int(value) > 0,
    "BYMONTH": lambda value: all(_is_number(month, 1, 12) for month in value.split(",")),
    "BYMONTHDAY": lambda value: all(
        _is_number(day.removeprefix("-"), 1, 31) for day in value.split(",")
    ),
    "BYDAY": lambda value: all(day in _WEEKDAYS for day in value.split(",")),
}
_LONGEST_TITLE = 60
# Marks that are not seen and blanks may make a title so much longer in its text.
_TORN = 4


def faults_of(extraction: Extraction) -> tuple[Notice, ...]:
    """The laws that records break: none, whatever the text, where speechmine is right.

    - A record says what its place in the text says, and lies inside it; records stand in order.
    - Dates are days of the calendar with a year of four digits; an EDTF value is well formed, no
      end lies before its beginning, and the bounds to sort by are those of the value.
    - A duration or a rule of a cycle is well formed and says something.
    - Numbers are finite, the lower one first.
    - A task has a title; a section's title stands in the section.
    - What a record points to (section, task, metric, earlier task) is there, and ids are unique.

    Args:
        extraction: of any mode.

    Returns:
        A notice ``broken_law`` for each, with the place of the record.

    Example:
        >>> import speechmine
        >>> faults_of(speechmine.extract("区财政局要在6月底前制定奖补方案。", date="2024-02-01"))
        ()
    """
    return tuple(
        Notice(_CODE, message, start, end)
        for law in _LAWS
        for message, start, end in law(extraction)
    )


_Fault = tuple[str, int | None, int | None]


def _place_faults(extraction: Extraction) -> Iterator[_Fault]:
    """Each record says what stands at its place."""
    text = extraction.document.text
    for record in _quoting(extraction):
        start, end = record.start, record.end
        if start is None and end is None:
            continue
        if start is None or end is None or not 0 <= start <= end <= len(text):
            yield f"{_record_name(record)}: {start}:{end} is no place in the text", start, end
        elif getattr(record, "text", text[start:end]) != text[start:end]:
            yield (
                f"{_record_name(record)}: says {record.text!r}, its place {text[start:end]!r}",
                start,
                end,
            )


def _quoting(extraction: Extraction) -> Iterator[Any]:
    yield from extraction.sections
    yield from extraction.segments
    yield from extraction.metrics
    yield from extraction.notices
    for task in extraction.tasks:
        yield task
        yield task.deadline
        yield from task.other
        yield from task.parties


def _record_name(record: Any) -> str:
    return f"{type(record).__name__.lower()} {getattr(record, 'id', '')}".rstrip()


def _order(extraction: Extraction) -> Iterator[_Fault]:
    """Records stand in text order; segments do not overlap, sections lie in their parents."""
    for records in (extraction.sections, extraction.segments, extraction.tasks):
        for before, record in itertools.pairwise(records):
            if before.start > record.start:  # type: ignore[attr-defined]
                yield (
                    f"{_record_name(record)}: stands before the one before it",
                    *_record_span(record),
                )
    for before, segment in itertools.pairwise(extraction.segments):
        if before.end > segment.start:
            yield "segment: begins inside the one before it", *_record_span(segment)
    sections = {section.id: section for section in extraction.sections}
    for section in extraction.sections:
        parent = sections.get(section.parent or "")
        if parent is not None and not parent.start <= section.start <= section.end <= parent.end:
            yield f"{_record_name(section)}: does not lie in its parent", *_record_span(section)


def _record_span(record: Any) -> tuple[int, int]:
    return record.start, record.end


def _references(extraction: Extraction) -> Iterator[_Fault]:
    """What a record points to is there, and no two records share an id."""
    sections = {section.id for section in extraction.sections}
    tasks = {task.id for task in extraction.tasks}
    metrics = {metric.id for metric in extraction.metrics}
    for records, ids in (
        (extraction.sections, sections),
        (extraction.tasks, tasks),
        (extraction.metrics, metrics),
    ):
        if len(ids) < len(records):
            yield (
                f"{len(records)} {type(records[0]).__name__.lower()}s have {len(ids)} ids",
                None,
                None,
            )
    for section in extraction.sections:
        yield from _missing(section, "parent", [section.parent], sections)
    for segment in extraction.segments:
        yield from _missing(segment, "section", [segment.section], sections)
    for metric in extraction.metrics:
        yield from _missing(metric, "task", [metric.task], tasks)
    seen: set[str] = set()
    for task in extraction.tasks:
        yield from _missing(task, "section", [task.section], sections)
        yield from _missing(task, "metrics", task.metrics, metrics)
        yield from _missing(task, "duplicate_of", [task.duplicate_of], seen)
        yield from _missing(task, "follows", [task.follows], tasks)
        seen.add(task.id)


def _missing(
    record: Section | Segment | Metric | Task,
    field: str,
    named: Iterable[str | None],
    there: set[str],
) -> Iterator[_Fault]:
    for id_ in named:
        if id_ is not None and id_ not in there:
            yield f"{_record_name(record)}: {field} {id_} is not there", *_record_span(record)


def _faults_of_times(extraction: Extraction) -> Iterator[_Fault]:
    """Dates are dates, in order, and one value does not contradict another."""
    for task in extraction.tasks:
        for message in _time_faults(task.deadline):
            yield f"{_record_name(task)}: {message}", *_record_span(task)
        due = task.suggested_deadline
        if due is not None and due.date is not None and not _is_day(due.date):
            yield (
                f"{_record_name(task)}: suggested deadline {due.date} is no day",
                *_record_span(task),
            )
    for metric in extraction.metrics:
        if metric.period is not None and _bounds(metric.period) is None:
            yield (
                f"{_record_name(metric)}: period {metric.period} is no EDTF value",
                *_record_span(metric),
            )


def _time_faults(time: Deadline) -> Iterator[str]:
    bounds = (time.earliest, time.latest)
    for day in bounds:
        if day is not None and not _is_day(day):
            yield f"{day} is no day"
    if time.earliest and time.latest and time.earliest > time.latest:
        yield f"{time.earliest} to {time.latest} runs backwards"
    if time.edtf is not None:
        yield from _value_faults(time.edtf, bounds)
    if time.edtf is not None and time.masked:
        yield f"{time.edtf} is given for a masked time"
    if time.duration is not None and not _DURATION.fullmatch(time.duration):
        yield f"{time.duration} is no duration"
    if time.recurrence is not None and not _is_rule(time.recurrence):
        yield f"{time.recurrence} is no rule of a cycle"


def _value_faults(edtf: str, bounds: tuple[str | None, str | None]) -> Iterator[str]:
    value = _bounds(edtf)
    if value is None:
        yield f"{edtf} is no EDTF value"
        return
    for said, bound in zip(value, bounds, strict=True):
        if said is not None and said != bound:
            yield f"{edtf} does not agree with {bounds[0]} to {bounds[1]}"


@functools.lru_cache(maxsize=4096)
def _bounds(edtf: str) -> tuple[str | None, str | None] | None:
    """First and last day of a value, None where it is open; None where it is no value."""
    match = _EDTF.fullmatch(edtf)
    if match is None or edtf == "..":
        return None
    units = (match["first"], match["last"] if "/" in edtf else match["first"])
    if not all(_is_day(_first(unit)) for unit in units if unit):
        return None
    first, last = (
        _first(units[0]) if units[0] else None,
        _last_day_of(units[1]) if units[1] else None,
    )
    return None if first and last and first > last else (first, last)


def _first(unit: str) -> str:
    return unit + "-01-01"[len(unit) - 4 :]


def _last_day_of(unit: str) -> str:
    if len(unit) == len("2026-06"):
        return f"{unit}-{calendar.monthrange(int(unit[:4]), int(unit[5:]))[1]}"
    return f"{unit}-12-31" if len(unit) == len("2026") else unit


@functools.lru_cache(maxsize=4096)
def _is_day(day: str) -> bool:
    try:
        return dt.date.fromisoformat(day).isoformat() == day and "1000" <= day < "9999"
    except ValueError:
        return False


def _is_rule(rule: str) -> bool:
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    return "FREQ" in parts and all(
        key in _RULE_PARTS and _RULE_PARTS[key](value) for key, value in parts.items()
    )


def _is_number(text: str, least: int, most: int) -> bool:
    return text.isdecimal() and least <= int(text) <= most


def _number_faults(extraction: Extraction) -> Iterator[_Fault]:
    """Numbers are finite, and the lower one is the lower one."""
    for metric in extraction.metrics:
        for low, high in ((metric.low, metric.high), (metric.norm_low, metric.norm_high)):
            if not _are_ordered(low, high):
                yield f"{_record_name(metric)}: {low} to {high} is no range", *_record_span(metric)
    for task in extraction.tasks:
        if task.confidence is not None and not 0 <= task.confidence <= 1:
            yield f"{_record_name(task)}: confidence {task.confidence}", *_record_span(task)


def _are_ordered(low: float | None, high: float | None) -> bool:
    if not all(math.isfinite(number) for number in (low, high) if number is not None):
        return False
    return low is None or high is None or low <= high


def _wording_faults(extraction: Extraction) -> Iterator[_Fault]:
    """A task is called something, and says what is to be done; a section's title is its own."""
    for task in extraction.tasks:
        if not 0 < len(task.title.strip()) <= _LONGEST_TITLE:
            yield f"{_record_name(task)}: title {task.title!r}", *_record_span(task)
        if not task.action.strip():
            yield f"{_record_name(task)}: no action", *_record_span(task)
    text = extraction.document.text
    for section in extraction.sections:
        reach = section.start + _TORN * len(section.title) + _LONGEST_TITLE
        if _without_blanks(section.title) not in _without_blanks(
            text[section.start : min(section.end, reach)]
        ):
            yield (
                f"{_record_name(section)}: title {section.title!r} does not stand in it",
                *_record_span(section),
            )


def _without_blanks(text: str) -> str:
    """A title that a line end or a blank breaks is the same title."""
    return "".join(text.split())


_LAWS: Sequence[Callable[[Extraction], Iterator[_Fault]]] = (
    _place_faults,
    _order,
    _references,
    _faults_of_times,
    _number_faults,
    _wording_faults,
)
