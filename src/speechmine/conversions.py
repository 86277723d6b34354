"""Other forms of an extraction: a frame, a calendar, a page, what a notebook shows.

The records know none of these; :class:`speechmine.model.Extraction` has a method for each that
calls it here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.model import Document, Extraction, Notice, Task

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["broken_laws", "notebook_html", "to_frame", "to_html", "to_ics"]


def to_frame(extraction: Extraction, table: str = "tasks") -> pd.DataFrame:
    """One table of an extraction as a pandas frame.

    Args:
        extraction: of one document; :func:`speechmine.frame.table_frame` takes several.
        table: tasks, metrics, parties, segments, sections or notices.

    Raises:
        UsageError: there is no such table.

    Example:
        >>> import speechmine
        >>> list(to_frame(speechmine.extract("请区财政局制定实施方案。"))["object"])
        ['实施方案']
    """
    from speechmine.frame import table_frame

    return table_frame([extraction], table)


def to_ics(extraction: Extraction) -> bytes:
    """The tasks of an extraction as an iCalendar (RFC 5545) of to-dos.

    Example:
        >>> import speechmine
        >>> to_ics(speechmine.extract("请区财政局制定实施方案。")).count(b"BEGIN:VTODO")
        1
    """
    from speechmine.writers.todos.ics import calendar_bytes

    return calendar_bytes([extraction])


def to_html(extraction: Extraction) -> str:
    """A page with the marked text and the ledger beside it, which needs no network.

    Example:
        >>> import speechmine
        >>> "区财政局" in to_html(speechmine.extract("请区财政局制定实施方案。"))
        True
    """
    from speechmine.report import report_page

    return report_page(extraction)


def broken_laws(extraction: Extraction) -> tuple[Notice, ...]:
    """The laws of :mod:`speechmine.checks` that records break; none where all is well.

    Example:
        >>> import speechmine
        >>> broken_laws(speechmine.extract("请区财政局制定实施方案。"))
        ()
    """
    from speechmine.checks import faults_of

    return faults_of(extraction)


def notebook_html(record: object) -> str:
    """What a notebook shows of a document, a task or an extraction.

    Raises:
        TypeError: it is none of these.

    Example:
        >>> notebook_html(Document("要抓紧。", title="讲话")).count("讲话")
        2
    """
    from speechmine.report.display import document_html, extraction_html, task_html

    if isinstance(record, Document):
        return document_html(record)
    if isinstance(record, Task):
        return task_html(record)
    if isinstance(record, Extraction):
        return extraction_html(record)
    raise TypeError(f"nothing to show of a {type(record).__name__}")
