"""The ledger as CSV that Excel opens as it should: byte-order mark, CRLF, no live formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.tables import Cell, Row, columns_of, task_rows

__all__ = ["write_csv", "write_csv_rows", "write_csv_table"]

# A cell that begins so is a formula to a spreadsheet, in full width too on East Asian systems.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def write_csv(
    extractions: Iterable[Extraction],
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # CSV has no place for them
) -> None:
    """The tasks of all documents, one row a task, headed by the columns' names."""
    write_csv_rows((row for item in extractions for row in task_rows(item)), "tasks", out)


def write_csv_rows(
    rows: Iterable[Row],
    table: str,
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # CSV has no place for them
) -> None:
    """Rows of any table, headed by the names of its columns."""
    names = [column.name for column in columns_of(table)]
    write_csv_table(([row[name] for name in names] for row in rows), names, out)


def write_csv_table(
    rows: Iterable[Sequence[Cell]], names: Sequence[str], out: BinaryIO, *, mark: bool = True
) -> None:
    """Rows of cells in the order of the names that head them.

    Args:
        rows: their cells.
        names: of the columns.
        out: a binary stream.
        mark: whether it begins with a byte-order mark: Excel needs it, an importer stumbles.
    """
    encoding = "utf-8-sig" if mark else "utf-8"
    text = io.TextIOWrapper(out, encoding=encoding, errors="replace", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_disarmed(name) for name in names])
    for row in rows:
        writer.writerow([_disarmed(cell) for cell in row])
    text.detach()


def _disarmed(cell: Cell) -> Cell:
    """A cell that a spreadsheet shows and does not run: a leading apostrophe disarms it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell
