"""Records as rows of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, get_args

from speechmine.errors import UsageError
from speechmine.model import Role
from speechmine.tables.columns import TABLE_NAMES, Column, Row, columns_of, value_label

if TYPE_CHECKING:
    from speechmine.errors import ReadError
    from speechmine.model import Document, Extraction, Party, Section, Task

__all__ = [
    "UNSURE",
    "UNSURE_MARK",
    "error_rows",
    "is_unsure",
    "party_marks",
    "rows_of",
    "task_rows",
]

_NAMES = "、"
_WORDINGS = "；"
_HEADINGS = " / "
#: A task with a smaller chance of being right is marked, so that somebody reads it again.
UNSURE = 0.6
UNSURE_MARK = "待核"


def rows_of(extraction: Extraction, table: str) -> Iterator[Row]:
    """The rows of one table of one document.

    Raises:
        UsageError: there is no such table.
    """
    columns = columns_of(table)
    if table == "tasks":
        return task_rows(extraction)
    if table == "parties":
        return _party_rows(extraction, columns)
    if table == "documents":
        return iter([_document_row(extraction, columns)])
    if table == "deadlines":
        return _deadline_rows(extraction, columns)
    if table not in TABLE_NAMES:
        raise UsageError(f"table {table!r} does not come from an extraction")
    return _record_rows(extraction, columns, getattr(extraction, table))


def error_rows(failures: Iterable[ReadError]) -> Iterator[Row]:
    """The inputs of a run that could not be read.

    Example:
        >>> from speechmine.errors import ReadError
        >>> list(error_rows([ReadError("a.txt", "the file is empty")]))
        [{'source': 'a.txt', 'message': 'the file is empty'}]
    """
    for failure in failures:
        yield {"source": failure.source, "message": failure.message}


def task_rows(extraction: Extraction) -> Iterator[Row]:
    """The ledger (台账): one row a task, in text order."""
    wordings = {metric.id: metric.text for metric in extraction.metrics}
    sections = {section.id: section for section in extraction.sections}
    for number, task in enumerate(extraction.tasks, start=1):
        found: Row = {
            **_document_cells(extraction.document),
            "no": number,
            "mode": extraction.mode,
            **_task_cells(task),
            **_party_cells(task.parties),
            **_deadline_cells(task),
            "metrics": _listed_or_none((wordings.get(m, m) for m in task.metrics), _WORDINGS),
            "section": _listed_or_none(_headings_above(task.section, sections), _HEADINGS),
            "section_id": task.section,
        }
        yield {column.name: found[column.name] for column in columns_of("tasks")}


def party_marks(party: Party) -> str:
    """Where a party was found and how it is meant, as the ledger says it.

    Example:
        >>> from speechmine.model import Party
        >>> party_marks(Party("各单位", 0, 3, source="item", generic=True))
        '承条目，泛指'
    """
    marks = (mark for mark in ("generic", "open_list", "distributive") if getattr(party, mark))
    return "，".join(
        (value_label("source", party.source), *(value_label("mark", m) for m in marks))
    )


def _document_cells(document: Document) -> Row:
    return {"doc_id": document.id, "doc_title": document.title, "doc_date": document.date}


def _task_cells(task: Task) -> Row:
    same = "level title text action object modality result group scope item duplicate_of follows"
    return {
        **{name: getattr(task, name) for name in same.split()},
        **{name: getattr(task, name) for name in ("start", "end", "id", "rule")},
        "measures": _listed_or_none(task.measures, _WORDINGS),
        "other": _listed_or_none((f"{cell.column}：{cell.text}" for cell in task.other), _WORDINGS),
        **_suggestion_cells(task),
        "themes": _listed_or_none(task.themes, _NAMES),
        "confidence": task.confidence,
        "doubt": UNSURE_MARK if is_unsure(task) else None,
    }


def is_unsure(task: Task) -> bool:
    """Whether a task is to be read against the text before it goes out (待核).

    Example:
        >>> import speechmine
        >>> result = speechmine.extract("请区财政局在3月底前制定奖补方案。", date="2024-01-08")
        >>> [is_unsure(task) for task in result.tasks]
        [False]
    """
    return task.confidence is not None and task.confidence < UNSURE


def _party_cells(parties: Iterable[Party]) -> Row:
    listed = tuple(parties)
    cells: Row = {
        role: _listed_or_none((p.text for p in listed if p.role == role), _NAMES)
        for role in get_args(Role)
    }
    cells["party_sources"] = _listed_or_none(
        (f"{p.text}（{party_marks(p)}）" for p in listed), _NAMES
    )
    return cells


def _suggestion_cells(task: Task) -> Row:
    """What an office profile suggests, in columns of its own, beside what the text states."""
    limit = task.suggested_deadline
    parties = (
        f"{party.text}（{value_label('role', party.role)}，{party.source}）"
        for party in task.suggested_parties
    )
    return {
        "suggested_parties": _listed_or_none(parties, _NAMES),
        "suggested_latest": limit.date if limit else None,
        "suggested_limit": f"{limit.days}日（{limit.source}）" if limit else None,
    }


def _deadline_cells(task: Task) -> Row:
    deadline = task.deadline
    return {
        "deadline_text": deadline.text,
        "deadline_kind": deadline.kind,
        "deadline_edtf": deadline.edtf,
        "earliest": deadline.earliest,
        "latest": deadline.latest,
        "deadline_event": deadline.event,
        "deadline_masked": deadline.masked,
    }


def _headings_above(section: str | None, sections: Mapping[str, Section]) -> tuple[str, ...]:
    """Headings from the outermost in."""
    path: list[str] = []
    while section is not None and section in sections:
        found = sections[section]
        path.append(found.title if found.label is None else found.label + found.title)
        section = found.parent
    return tuple(reversed(path))


def _listed_or_none(parts: Iterable[str], mark: str) -> str | None:
    return mark.join(parts) or None


def _party_rows(extraction: Extraction, columns: Iterable[Column]) -> Iterator[Row]:
    wanted = tuple(columns)
    for number, task in enumerate(extraction.tasks, start=1):
        known: Row = {"doc_id": extraction.document.id, "task": task.id, "no": number}
        for party in task.parties:
            yield _record_row(party, wanted, known)


def _document_row(extraction: Extraction, columns: Iterable[Column]) -> Row:
    known: Row = {"doc_id": extraction.document.id, "mode": extraction.mode}
    return _record_row(extraction.document, columns, known)


def _deadline_rows(extraction: Extraction, columns: Iterable[Column]) -> Iterator[Row]:
    """One a task that states a time; a task without a row has none."""
    wanted = tuple(columns)
    for number, task in enumerate(extraction.tasks, start=1):
        if task.deadline.text is not None or task.deadline.kind != "open":
            known: Row = {"doc_id": extraction.document.id, "task": task.id, "no": number}
            yield _record_row(task.deadline, wanted, known)


def _record_rows(
    extraction: Extraction, columns: Iterable[Column], records: Iterable[object]
) -> Iterator[Row]:
    wanted = tuple(columns)
    text = extraction.document.text
    for number, record in enumerate(records, start=1):
        known: Row = {"doc_id": extraction.document.id, "no": number}
        if not hasattr(record, "text"):
            known["text"] = _quote(text, record)
        yield _record_row(record, wanted, known)


def _record_row(record: object, columns: Iterable[Column], known: Row) -> Row:
    return {c.name: known[c.name] if c.name in known else getattr(record, c.name) for c in columns}


def _quote(text: str, record: object) -> str | None:
    start, end = getattr(record, "start", None), getattr(record, "end", None)
    return None if start is None or end is None else text[start:end]
