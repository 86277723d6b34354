"""What notebooks show of a document, an extraction and a task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from speechmine.model import Document, Extraction, Task
from speechmine.report.rows import PageRow, page_rows
from speechmine.tables import value_label

__all__ = ["document_html", "extraction_html", "task_html"]

_FIRST = 20
_BEGINNING = 160
_UNSTATED = "未写明"


def document_html(document: Document) -> str:
    """Head data and the beginning of a document.

    Example:
        >>> "未写明" in document_html(Document("要抓紧。", id="demo"))
        True
    """
    facts = (
        ("标题", document.title),
        ("地区", document.place),
        ("日期", document.date),
        ("讲话人", document.speaker),
        ("字数", f"{document.length:,}"),
    )
    text = document.text[:_BEGINNING] + ("…" if document.length > _BEGINNING else "")
    return _fact_table(facts) + f"<p>{escape(text)}</p>"


def extraction_html(extraction: Extraction) -> str:
    """The first rows of the ledger, and how many there are.

    Example:
        >>> import speechmine
        >>> "区财政局" in extraction_html(speechmine.extract("请区财政局制定奖补方案。"))
        True
    """
    document = extraction.document
    rows = list(page_rows(extraction))
    head = (
        f"{document.title or document.id}：任务 {len(rows)} 项，指标 {len(extraction.metrics)} 个"
    )
    table = _html_table(
        ("序号", "任务", "责任单位", "时限", "级别"),
        ([str(r.number), r.title, _parties_line(r), _when(r), r.level_name] for r in rows[:_FIRST]),
    )
    more = f"<p>… 还有 {len(rows) - _FIRST} 项</p>" if len(rows) > _FIRST else ""
    notices = f"<p>提示 {len(extraction.notices)} 条</p>" if extraction.notices else ""
    return f"<p><strong>{escape(head)}</strong></p>{table if rows else ''}{more}{notices}"


def task_html(task: Task) -> str:
    """A task field by field; what the text does not state is said to be so.

    Example:
        >>> import speechmine
        >>> (task,) = speechmine.extract("请区财政局制定奖补方案。").tasks
        >>> "制定奖补方案" in task_html(task)
        True
    """
    parties = "；".join(f"{value_label('role', p.role)} {p.text}" for p in task.parties)
    facts = (
        ("任务", task.title),
        ("原文", task.text),
        ("责任单位", parties),
        ("时限", task.deadline.text),
        ("最迟", task.deadline.latest),
        ("级别", f"{task.level} {value_label('level', task.level)}"),
        ("位置", f"{task.start}—{task.end}"),
    )
    return _fact_table(facts)


def _parties_line(row: PageRow) -> str:
    return "；".join(f"{run.role} {run.names}" for run in row.parties) or _UNSTATED


def _when(row: PageRow) -> str:
    return f"{row.when}（{row.value}）" if row.when else row.value


def _fact_table(facts: Iterable[tuple[str, str | None]]) -> str:
    rows = (
        f"<tr><th style='text-align:left'>{name}</th>"
        f"<td style='text-align:left'>{escape(value or _UNSTATED)}</td></tr>"
        for name, value in facts
    )
    return f"<table>{''.join(rows)}</table>"


def _html_table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th style='text-align:left'>{name}</th>" for name in names)
    body = "".join(
        "<tr>"
        + "".join(f"<td style='text-align:left'>{escape(cell)}</td>" for cell in row)
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
