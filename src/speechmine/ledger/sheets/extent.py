"""Where the rows of a ledger end and what stands below the table begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.ledger.cells import cell_text
from speechmine.ledger.sheets.header import ID, LedgerHeader

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Extent", "extent_of"]

_TASK = ("task", "title", "text")


@dataclass(frozen=True, slots=True)
class Extent:
    """The rows of a sheet below the header.

    Attributes:
        last: the last row of the ledger; the header's where none below it says anything.
        foot: the first row that belongs to what stands below the table (填表人：, notes, sums);
            None where nothing does.
    """

    last: int
    foot: int | None


def extent_of(sheet: Worksheet, header: LedgerHeader) -> Extent:
    """Where the rows end, and where the text below the table begins.

    The foot is told from below: rows without identifier and without a task, and those that say
    审核人：, 注：, 合计. What stands above the last proper row is a row, whatever it says.

    Args:
        sheet: the sheet.
        header: its headings.
    """
    foot: int | None = None
    for at in range(sheet.max_row or header.row, header.row, -1):
        said = {
            column: text
            for column in range(1, (sheet.max_column or 1) + 1)
            if (text := cell_text(sheet.cell(at, column).value))
        }
        if not said:
            continue
        if not _is_foot(said, header, wide=_goes_across(sheet, header, at)):
            return Extent(at, foot)
        foot = at
    return Extent(header.row, foot)


def _is_foot(said: dict[int, str], header: LedgerHeader, *, wide: bool) -> bool:
    if said.get(header.at(ID) or 0):
        return False
    first = said[min(said)]
    if any(header.foot.match(text) for text in said.values()):
        return True
    tasks = [said[at] for name in _TASK if (at := header.at(name)) in said]
    numbered = first.isdigit() and header.at("no") == min(said)
    return wide or (not tasks and not numbered)


def _goes_across(sheet: Worksheet, header: LedgerHeader, at: int) -> bool:
    """Whether a cell goes across most of the table."""
    return any(
        area.min_row <= at <= area.max_row and area.size["columns"] * 2 > len(header.columns)
        for area in sheet.merged_cells.ranges
    )
