"""What is overdue or soon due, in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from speechmine.ledger import Reminder
from speechmine.ledger.rounds.reminders import template_values

__all__ = ["print_reminders"]

_WIDTH_OF_A_FILE = 110
_STYLES = {"overdue": "bold red", "due": "yellow", "cycle": ""}


def print_reminders(reminders: Sequence[Reminder], day: str, within: int) -> None:
    """Print them as a table; plain where the output is no terminal."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_OF_A_FILE, highlight=False)
    late = sum(reminder.kind == "overdue" for reminder in reminders)
    head = f"{day}　逾期 {late} 项，{within} 日内到期 {len(reminders) - late} 项"
    console.print(Text(head, style="bold"))
    if reminders:
        console.print(_due_table(reminders, day))


def _due_table(reminders: Sequence[Reminder], day: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("序号", justify="right", no_wrap=True)
    table.add_column("工作任务", ratio=5, overflow="fold")
    table.add_column("单位", ratio=4, overflow="fold")
    table.add_column("时限", ratio=2, overflow="fold")
    table.add_column("到期日", no_wrap=True)
    table.add_column("状态", ratio=1, overflow="fold")
    table.add_column("提示", no_wrap=True)
    items = template_values("", [(reminder, "") for reminder in reminders], day)["事项"]
    for reminder, item in zip(reminders, items, strict=True):
        units = "、".join(f"{p.name}（{p.label}）" for p in reminder.parties) or "—"
        due = reminder.due.isoformat() if reminder.due else "—"
        number = reminder.row.cells.get("no", "")
        cells = (number, item["任务"], units, item["时限"], due, item["状态"], _hint(reminder))
        plain = (" ".join(cell.split()) for cell in cells)
        table.add_row(*plain, style=_STYLES[reminder.kind])
    return table


def _hint(reminder: Reminder) -> str:
    if reminder.kind == "overdue":
        return f"逾期{-reminder.days}天" if reminder.days else "逾期"
    return "今天到期" if reminder.days == 0 else f"还有{reminder.days}天"
