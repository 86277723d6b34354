"""Ledgers of our own for the tests: a file that people open, fill in and save."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl

import speechmine
from speechmine.ledger import Ledger, LedgerRow, make_ledger, read_ledger, write_ledger

__all__ = ["HEAD", "TASKS", "LedgerFile", "rows_by_task", "speech"]

HEAD = "在全县水利工作会议上的讲话\n（2024年3月1日）\n同志们：\n一、抓工程\n"
TASKS = (
    "县水利局牵头，县财政局配合，6月底前完成东风水库除险加固。",
    "县财政局要在4月底前拨付补助资金300万元。",
    "县财政局每月5日前通报资金拨付进度。",
    "县住建局、县城管局要在5月底前完成排水管网清淤12公里。",
    "要栽植红松2万株。",
)


def speech(tasks: Sequence[str] = TASKS, head: str = HEAD) -> Ledger:
    return make_ledger([speechmine.extract(head + "\n".join(tasks))])


def rows_by_task(ledger: Ledger) -> dict[str, LedgerRow]:
    return {row.cells["task"]: row for row in ledger.rows}


class LedgerFile:
    """A ledger as a file, and an official who has it open."""

    def __init__(self, path: Path, ledger: Ledger | None = None) -> None:
        self.path = path
        if ledger is not None:
            with path.open("wb") as out:
                write_ledger(ledger, out)

    @property
    def ledger(self) -> Ledger:
        return read_ledger(self.path)

    def fill(self, task: str, **cells: str) -> None:
        """Put texts below headings, in the row whose task says so."""
        book, sheet, headings, header = self._open()
        column = headings["工作任务"]
        rows = range(header + 1, sheet.max_row + 1)
        at = next(r for r in rows if task in str(sheet.cell(r, column).value))
        for heading, text in cells.items():
            sheet.cell(at, headings[heading]).value = text
        book.save(self.path)

    def add(self, **cells: str) -> None:
        """Write a row of one's own below the others."""
        book, sheet, headings, header = self._open()
        column, at = headings["工作任务"], header + 1
        while sheet.cell(at, column).value:
            at += 1
        for heading, text in cells.items():
            sheet.cell(at, headings[heading]).value = text
        book.save(self.path)

    def drop_column(self, heading: str) -> None:
        book, sheet, headings, _ = self._open()
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.delete_cols(headings[heading])
        book.save(self.path)

    def _open(self):
        book = openpyxl.load_workbook(self.path)
        sheet = book.worksheets[0]
        header = next(r for r in range(1, 8) if any(c.value == "工作任务" for c in sheet[r]))
        headings = {c.value: c.column for c in sheet[header] if c.value}
        return book, sheet, headings, header
