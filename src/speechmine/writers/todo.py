"""A task in the neutral fields of a to-do program; each tracker's writer only lays them out.

A date stands only where the text gives one: a masked day, a cycle or a deadline tied to an event
is kept in words. There is no priority, because no text states one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from speechmine.model import Deadline, Document, Extraction, Section, Task
from speechmine.tables import value_label

__all__ = ["DATED", "Todo", "beijing_milliseconds", "todos", "unbroken", "writable"]

#: Kinds whose last day is owed; the others name no day of their own.
DATED = frozenset(("by", "within", "at", "before_event", "after_event"))
# Control characters, and what XML 1.0 has no place for.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_EPOCH = dt.date(1970, 1, 1).toordinal()
_DAY = 86_400_000
_BEIJING = 8 * 3_600_000


@dataclass(frozen=True, slots=True)
class Todo:
    """What every tracker has a place for.

    Attributes:
        id: the task's own, stable in every run: the external id.
        title: one line. text: the wording, verbatim but for control characters.
        due: last day owed, ISO 8601; None: the text gives none.
        limit: the time as worded. units: names with their role. labels: theme tags.
        source: document, headings and place. project: title of the document.
        date: day of the speech. level: 1 requirement, 2 task, 3 firm task.
    """

    id: str
    title: str
    text: str
    due: str | None
    limit: str | None
    units: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]
    source: str
    project: str
    date: str | None
    level: int

    @property
    def parties(self) -> str:
        """The units with their roles, in one line."""
        return "、".join(f"{name}（{role}）" for name, role in self.units)

    @property
    def notes(self) -> tuple[str, ...]:
        """Lines below the wording: who, by when in words, from where, under which id."""
        named = (("单位", self.parties), ("时限", self.limit), ("来源", self.source))
        return (*(f"{name}：{value}" for name, value in named if value), f"编号：{self.id}")

    @property
    def description(self) -> str:
        """The wording and the notes."""
        return "\n".join((self.text, *self.notes))


def todos(extractions: Iterable[Extraction]) -> Iterator[Todo]:
    """The tasks of all documents, in order.

    Example:
        >>> list(todos([]))
        []
    """
    for extraction in extractions:
        sections = {section.id: section for section in extraction.sections}
        for task in extraction.tasks:
            yield _todo(task, extraction.document, sections)


def writable(text: str) -> str:
    r"""Without control characters; a lone surrogate as its escape, since UTF-8 has none.

    Example:
        >>> writable("建\x00账\ud800")
        '建账\\ud800'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub("", text).encode("utf-8", "backslashreplace").decode("utf-8")


def unbroken(text: str) -> str:
    r"""Cleaned, and every run of blanks and line ends one blank.

    Example:
        >>> unbroken("建立\n 台账")
        '建立 台账'
    """
    return " ".join(writable(text).split())


def beijing_milliseconds(day: str) -> int:
    """The midnight with which a day begins in Beijing, in milliseconds since 1970.

    Example:
        >>> beijing_milliseconds("1970-01-02")
        57600000
    """
    return (dt.date.fromisoformat(day).toordinal() - _EPOCH) * _DAY - _BEIJING


def _todo(task: Task, document: Document, sections: dict[str, Section]) -> Todo:
    parties = ((unbroken(p.text), value_label("role", p.role)) for p in task.parties)
    return Todo(
        id=task.id,
        title=unbroken(task.title),
        text=writable(task.text),
        due=_due(task.deadline),
        limit=_limit(task.deadline),
        units=tuple(dict.fromkeys(parties)),
        labels=tuple(unbroken(theme) for theme in task.themes),
        source=_source(task, document, sections),
        project=unbroken(document.title or document.id),
        date=document.date,
        level=task.level,
    )


def _due(deadline: Deadline) -> str | None:
    stated = deadline.kind in DATED and not (deadline.masked or deadline.event)
    return deadline.latest if stated and deadline.recurrence is None else None


def _limit(deadline: Deadline) -> str | None:
    return unbroken(deadline.text) if deadline.text is not None else None


def _source(task: Task, document: Document, sections: dict[str, Section]) -> str:
    section = sections.get(task.section or "")
    place = document.place_of(task.start)
    parts = (
        document.title or document.id,
        (section.label or "") + section.title if section else "",
        f"第{place.page}页" if place and place.page else "",
        f"第{task.start + 1}至{task.end}字",
    )
    return unbroken("，".join(part for part in parts if part))
