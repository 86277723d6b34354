"""What a tracker's answer holds, whatever it is: one odd value must not cost the other tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from speechmine.limits import LIMITS
from speechmine.trackers.sink import TrackerError

__all__ = ["AnsweredRecord", "page_of_issues", "read_pages", "records", "text_in"]

#: An object of a JSON answer.
AnsweredRecord = dict[str, Any]


def text_in(value: object) -> str:
    """A text of an answer; null is none, and what is no text is taken as it shows.

    Example:
        >>> text_in("修路"), text_in(None), text_in(7), text_in({"a": 1})
        ('修路', '', '7', '')
    """
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) else ""


def records(value: object) -> list[AnsweredRecord]:
    """The objects in a list of an answer; no list has none.

    Example:
        >>> records([{"id": 1}, None, "x"]), records({"id": 1}), records(None)
        ([{'id': 1}], [], [])
    """
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def page_of_issues(answer: object, total: str) -> tuple[object, int]:
    """The issues of a page and how many there are in all; a page that does not say so has none.

    Example:
        >>> page_of_issues({"issues": [{"id": 1}], "total": 1}, "total")
        ([{'id': 1}], 1)
    """
    if not isinstance(answer, dict):
        return None, 0
    number = answer.get(total)
    if not isinstance(number, int):
        return None, 0
    return answer.get("issues"), number


def read_pages(fetch: Callable[[int], tuple[object, int]], name: str) -> Iterator[AnsweredRecord]:
    """The entries of all pages.

    Args:
        fetch: gives what stands from a place on, and how many there are in all.
        name: of the tracker, for messages.

    Raises:
        TrackerError: no list, more tasks than allowed, or pages that repeat or come to no end.
    """
    start, total = 0, 1
    seen: set[str] = set()
    while start < total:
        found, total = fetch(start)
        if not isinstance(found, list):
            raise TrackerError(f"{name}: the answer is no list of issues")
        if total > LIMITS["TASKS"].value:
            advice = LIMITS["TASKS"].advice
            raise TrackerError(f"{name}: lists more than {LIMITS['TASKS'].value:,} tasks; {advice}")
        new = set(map(_entry_id, found)) - seen
        if start < total and not new:
            raise TrackerError(f"{name}: lists {start} of {total} tasks and then none further")
        seen |= new
        yield from records(found)
        start += len(found)


def _entry_id(entry: object) -> str:
    """What tells an entry from others."""
    names = ("id", "number", "key")
    return "/".join(text_in(entry.get(name)) for name in names) if isinstance(entry, dict) else "?"
