"""The parts on their own: times and quantities of any text, no document needed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from speechmine.errors import UsageError
from speechmine.extractors import bare_numbers, quantities
from speechmine.grammar import times
from speechmine.model import Deadline, Document, Quantity, TimeFrame
from speechmine.rules.loader import chosen_rules
from speechmine.rules.schema import RuleSet
from speechmine.text import view_of

__all__ = ["checked_text", "document_of", "find_quantities", "find_times", "parse_date"]

_LONGEST_PATH = 1000


def find_times(
    text: str, date: str | dt.date | None = None, *, rules: RuleSet | None = None
) -> tuple[Deadline, ...]:
    """Times and deadlines of a text, in order, each with its offsets.

    Args:
        text: any text.
        date: the day that relative times (今年, 本月) are seen from, ISO 8601 or a
            :class:`datetime.date`; without it they keep their wording and have no value.
        rules: a rule set of your own; the shipped one by default.

    Returns:
        Times with kind and, where the text gives one, an EDTF value (ISO 8601-2).

    Raises:
        UsageError: the date is none, or the text is no text.

    Example:
        >>> [(t.text, t.kind, t.edtf) for t in find_times("6月底前完成", date="2024-02-18")]
        [('6月底前', 'by', '../2024-06-30')]
        >>> [t.edtf for t in find_times("6月底前完成")]
        [None]
    """
    day = parse_date(date) if date is not None else None
    view = view_of(checked_text(text))
    frame = TimeFrame(day, day.year if day else None)
    found = times.find_times(view.text, frame, chosen_rules(rules), every=True)
    return tuple(view.restore(time) for time in found)


def find_quantities(
    text: str, *, bare: bool = False, rules: RuleSet | None = None
) -> tuple[Quantity, ...]:
    """Numbers with their units and the words that bound them, in order.

    Args:
        text: any text.
        bare: also numbers that measure nothing (拾壹, 第十五, 十分之一).
        rules: a rule set of your own; the shipped one by default.

    Returns:
        Quantities; ``low`` and ``high`` in the written unit.

    Example:
        >>> [(q.low, q.high, q.unit, q.comparator) for q in find_quantities("粮食1.3亿斤以上")]
        [(1.3, None, '亿斤', '>=')]
        >>> [q.low for q in find_quantities("答案是四十二", bare=True)]
        [42.0]
    """
    view = view_of(checked_text(text))
    known = chosen_rules(rules)
    found = quantities.find_quantities(view.text, known)
    if bare:
        found = _with_bare(found, bare_numbers.find_numbers(view.text, known))
    return tuple(view.restore(quantity) for quantity in found)


def _with_bare(
    measures: tuple[Quantity, ...], numbers: tuple[Quantity, ...]
) -> tuple[Quantity, ...]:
    """Both in order; of two at one place the one that reads more of the text, or the measure."""
    by_reach = [*((q, 1) for q in measures), *((q, 0) for q in numbers)]
    by_reach.sort(key=lambda item: (item[0].start - item[0].end, -item[1]))
    kept: list[Quantity] = []
    taken: set[int] = set()
    for quantity, _ in by_reach:
        place = range(quantity.start, quantity.end)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(quantity)
    return tuple(sorted(kept, key=lambda q: q.start))


def parse_date(date: str | dt.date) -> dt.date:
    """A day from its ISO 8601 form; a day of Python's own is one already.

    Raises:
        UsageError: it is no such day.

    Example:
        >>> parse_date("2024-02-29").day, parse_date(dt.date(2024, 2, 29)).day
        (29, 29)
    """
    if isinstance(date, dt.datetime):
        return date.date()
    if isinstance(date, dt.date):
        return date
    if not isinstance(date, str):
        raise UsageError(
            f"date {date!r:.60}: a day as 'YYYY-MM-DD' or a datetime.date is expected, "
            f"not {type(date).__name__}"
        )
    try:
        return dt.date.fromisoformat(date)
    except ValueError as error:
        raise UsageError(f"date {date!r}: a day as YYYY-MM-DD is expected ({error})") from error


def document_of(given: object) -> Document:
    """What :func:`speechmine.extract` is given, as a document.

    Args:
        given: a document, or a text.

    Raises:
        UsageError: it is something else, or the name of a file where its text is meant.

    Example:
        >>> document_of("区财政局要制定奖补方案。").length
        12
    """
    if isinstance(given, Document):
        return given
    text = checked_text(given)
    if _names_file(text):
        raise UsageError(
            f"{text!r} is the name of a file, no text: read it first, "
            f"extract(speechmine.read({text!r}))"
        )
    return Document(text)


def checked_text(given: object) -> str:
    """A text that is one.

    Raises:
        UsageError: it is something else; the message says how to come by its text.

    Example:
        >>> checked_text("抓落实")
        '抓落实'
    """
    if isinstance(given, Document):
        return given.text
    return Document(given).text  # type: ignore[arg-type]


def _names_file(text: str) -> bool:
    """Whether a text is the path of something that is there; no speech is one short line of it."""
    if len(text) > _LONGEST_PATH or "\n" in text or not text.strip():
        return False
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False
