"""A ledger in the terminal."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from speechmine.tables import UNSURE_MARK, is_unsure, party_marks, value_label

if TYPE_CHECKING:
    from speechmine.model import Deadline, Extraction, Party, Task

__all__ = ["print_ledger"]

_WIDTH_OF_A_FILE = 110
_UNSTATED = "—"


def print_ledger(extraction: Extraction) -> None:
    """Print the tasks as a table, then the notices; plain where the output is no terminal."""
    console = Console(
        width=None if sys.stdout.isatty() else _WIDTH_OF_A_FILE, highlight=False, soft_wrap=False
    )
    console.print(Text(_text_heading(extraction), style="bold"))
    console.print(_task_table(extraction) if extraction.tasks else Text("没有任务"))
    for line in _footer(extraction):
        console.print(Text(line, style="dim"))
    console.print()


def _text_heading(extraction: Extraction) -> str:
    document = extraction.document
    facts = (document.title or document.id, document.place, document.date)
    return "  ".join(fact for fact in facts if fact)


def _task_table(extraction: Extraction) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False)
    table.add_column("序号", justify="right", no_wrap=True)
    table.add_column("任务", ratio=5, overflow="fold")
    table.add_column("责任单位", ratio=4, overflow="fold")
    table.add_column("时限", ratio=3, overflow="fold")
    table.add_column("级别", no_wrap=True)
    for number, task in enumerate(extraction.tasks, start=1):
        level = f"{task.level} {value_label('level', task.level)}"
        level += f" {UNSURE_MARK}" if is_unsure(task) else ""
        cells = (str(number), task.title, _parties_told(task), _deadline_told(task.deadline), level)
        table.add_row(*(Text(_printable_cell(cell)) for cell in cells))
    return table


def _parties_told(task: Task) -> str:
    runs = itertools.groupby(task.parties, key=lambda p: (p.role, p.source, p.generic))
    return "；".join(_party_run(tuple(parties)) for _, parties in runs) or _UNSTATED


def _party_run(parties: tuple[Party, ...]) -> str:
    """Parties of one kind: ``牵头 区发改局``, with a mark where they are inherited."""
    names = "、".join(party.text for party in parties)
    first = parties[0]
    role = "" if first.role == "responsible" else f"{value_label('role', first.role)} "
    inherited = "" if first.source == "explicit" else f"（{party_marks(first)}）"
    return f"{role}{names}{inherited}"


def _deadline_told(deadline: Deadline) -> str:
    """The wording, then its value; a deadline that the text does not state is a dash."""
    if deadline.text is None:
        return _UNSTATED if deadline.kind == "open" else value_label("deadline_kind", deadline.kind)
    value = deadline.edtf or (
        "日期脱敏" if deadline.masked else value_label("deadline_kind", deadline.kind)
    )
    return f"{deadline.text}（{value}）"


def _suggestions(extraction: Extraction) -> Iterator[str]:
    """What an office profile suggests, below what the text states."""
    for number, task in enumerate(extraction.tasks, start=1):
        parts = [
            f"{value_label('role', p.role)} {p.text}（{p.source}）" for p in task.suggested_parties
        ]
        limit = task.suggested_deadline
        if limit is not None:
            until = f"，至{limit.date}" if limit.date else ""
            parts.append(f"{limit.days}日内{until}（{limit.source}）")
        if parts:
            yield _printable_cell(f"建议 {number}（非原文）：{'；'.join(parts)}")


def _footer(extraction: Extraction) -> Iterator[str]:
    mode = value_label("mode", extraction.mode)
    counts = f"任务 {len(extraction.tasks)} 项；指标 {len(extraction.metrics)} 个"
    yield f"{counts}；模式：{mode}；{_UNSTATED} 表示原文未写明"
    yield from _suggestions(extraction)
    for notice in extraction.notices:
        if notice.start is None or notice.end is None:
            yield _printable_cell(f"提示 {notice.code}：{notice.message}")
        else:
            yield _printable_cell(f"提示 {notice.code}（第{notice.start}字）：{notice.message}")


def _printable_cell(text: str) -> str:
    """The text without line breaks and marks that steer the terminal."""
    return "".join(c if c.isprintable() or c == "\u3000" else " " for c in text)
