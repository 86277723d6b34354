"""The ledger of a page: what each row shows, and what it can be filtered by."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from speechmine.model import Deadline, Extraction, Party, Section, Task
from speechmine.tables import UNSURE_MARK, is_unsure, party_marks, value_label

__all__ = ["PageRow", "PartyRun", "page_rows"]

_UNSTATED = "未写明"


@dataclass(frozen=True, slots=True)
class PartyRun:
    """Parties of one role: what they are called, where they were found."""

    role: str
    names: str
    note: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """One task as the page shows it.

    Attributes:
        number: from 1, in the order of the text. id: of the task.
        parties: by role. party_names: each name, to filter by.
        when: the wording; value: what it comes to; kind: of the deadline; latest: last day.
        top: the main section it stands under, to filter by; path: all of them.
        metrics: their wordings. same_as: number of the earlier task of the same matter.
        doubt: 待核 where it is to be read again.
    """

    number: int
    id: str
    title: str
    text: str
    level: int
    level_name: str
    parties: tuple[PartyRun, ...]
    party_names: tuple[str, ...]
    when: str
    value: str
    kind: str
    latest: str
    top: str
    path: str
    discourse: str
    metrics: tuple[str, ...]
    same_as: int | None
    doubt: str = ""


def page_rows(extraction: Extraction) -> Iterator[PageRow]:
    """The rows of a document, in the order of the text.

    Example:
        >>> import speechmine
        >>> result = speechmine.extract("请区财政局在6月底前制定奖补方案。", date="2024-03-01")
        >>> [(row.parties[0].names, row.when, row.latest) for row in page_rows(result)]
        [('区财政局', '6月底前', '2024-06-30')]
    """
    sections = {section.id: section for section in extraction.sections}
    metrics = {metric.id: metric.text for metric in extraction.metrics}
    numbers = {task.id: n for n, task in enumerate(extraction.tasks, start=1)}
    starts = [segment.start for segment in extraction.segments]
    for number, task in enumerate(extraction.tasks, start=1):
        at = bisect_right(starts, task.start) - 1
        path = _path(task.section, sections)
        label = extraction.segments[at].discourse if at >= 0 else ""
        yield PageRow(
            number=number,
            id=task.id,
            title=task.title,
            text=task.text,
            level=task.level,
            level_name=value_label("level", task.level),
            parties=tuple(_party_runs(task)),
            party_names=tuple(dict.fromkeys(party.text for party in task.parties)),
            when=task.deadline.text or "",
            value=_deadline_value(task.deadline),
            kind=value_label("deadline_kind", task.deadline.kind),
            latest=task.deadline.latest or "",
            top=path[0] if path else "",
            path=" › ".join(path),
            discourse=value_label("discourse", label),
            metrics=tuple(metrics[metric] for metric in task.metrics if metric in metrics),
            same_as=numbers.get(task.duplicate_of or ""),
            doubt=UNSURE_MARK if is_unsure(task) else "",
        )


def _party_runs(task: Task) -> Iterator[PartyRun]:
    """Parties of one role and source in one run, as the ledger in the terminal has them."""
    for _, run in itertools.groupby(task.parties, key=lambda p: (p.role, p.source, p.generic)):
        parties: tuple[Party, ...] = tuple(run)
        first = parties[0]
        note = "" if first.source == "explicit" and not first.generic else party_marks(first)
        names = "、".join(party.text for party in parties)
        yield PartyRun(value_label("role", first.role), names, note)


def _deadline_value(deadline: Deadline) -> str:
    if deadline.masked:
        return "日期脱敏"
    if deadline.latest:
        return f"至{deadline.latest}"
    if deadline.text is None and deadline.kind == "open":
        return _UNSTATED
    return deadline.edtf or value_label("deadline_kind", deadline.kind)


def _path(section: str | None, sections: Mapping[str, Section]) -> list[str]:
    """Titles from the main section down."""
    path: list[str] = []
    while section is not None:
        found = sections[section]
        path.append(f"{found.label or ''}{found.title}")
        section = found.parent
    return path[::-1]
