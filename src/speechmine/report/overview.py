"""Many documents as one page: what each holds, and how they change over the years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from speechmine.model import Extraction
from speechmine.report.page import render_page

__all__ = ["OverviewEntry", "overview_entry", "overview_page"]


@dataclass(frozen=True, slots=True)
class OverviewEntry:
    """One document in the overview.

    Attributes:
        href: address of its page. year: of the document, where it states one.
        tasks, named, dated, measured: all tasks, and those with a body, a date, a figure.
        metrics, notices: how many.
    """

    href: str
    title: str
    place: str
    date: str
    year: str
    tasks: int
    named: int
    dated: int
    measured: int
    metrics: int
    notices: int


def overview_entry(extraction: Extraction, href: str) -> OverviewEntry:
    """What the overview says of one document.

    Example:
        >>> import speechmine
        >>> result = speechmine.extract("请区财政局在6月底前制定奖补方案。", date="2024-03-01")
        >>> entry = overview_entry(result, "a.html")
        >>> entry.tasks, entry.named, entry.dated
        (1, 1, 1)
    """
    document, tasks = extraction.document, extraction.tasks
    return OverviewEntry(
        href=href,
        title=document.title or document.id,
        place=document.place or "",
        date=document.date or "",
        year=(document.date or "")[:4],
        tasks=len(tasks),
        named=sum(bool(task.parties) for task in tasks),
        dated=sum(task.deadline.latest is not None for task in tasks),
        measured=sum(bool(task.metrics) for task in tasks),
        metrics=len(extraction.metrics),
        notices=len(extraction.notices),
    )


def overview_page(
    entries: Iterable[OverviewEntry],
    *,
    figures: Mapping[str, str] | None = None,
    failures: Sequence[str] = (),
    heading: str = "文件总览",
) -> str:
    """The page that leads to those of the documents, by year and place.

    Args:
        entries: as :func:`overview_entry` makes them.
        figures: titles and addresses (``data:``) of pictures of the whole.
        failures: inputs that could not be read, a line each.
        heading: of the page.

    Example:
        >>> "文件总览" in overview_page([])
        True
    """
    listed = sorted(entries, key=lambda e: (e.year or "9999", e.place, e.date, e.title, e.href))
    return render_page(
        "overview.html",
        title=heading,
        entries=listed,
        total=sum(entry.tasks for entry in listed),
        figures=figures or {},
        failures=failures,
    )
