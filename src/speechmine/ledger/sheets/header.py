"""The header of a ledger: which row it is, and what each column holds."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from speechmine.assemble.table_columns import heading_use
from speechmine.ledger.cells import cell_text
from speechmine.ledger.layout import known_columns, ledger_words
from speechmine.rules.loader import default_rules

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["ID", "HeaderColumn", "LedgerHeader", "field_of", "find_header"]

#: Field of the hidden column by which a row is known again.
ID = "id"
# A header stands below titles and remarks, not far down.
_REACH = 15
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """A column: its place (from 1), its heading, the field that it holds; None: people's own."""

    at: int
    heading: str
    field: str | None


@dataclass(frozen=True, slots=True)
class LedgerHeader:
    """The row of headings.

    Attributes:
        row: from 1; the rows of the ledger stand below it.
        columns: those with a heading, from the left.
    """

    row: int
    columns: tuple[HeaderColumn, ...]

    def at(self, field: str) -> int | None:
        """Place of the column that holds a field."""
        return next((c.at for c in self.columns if c.field == field), None)

    @property
    def fields(self) -> tuple[str, ...]:
        """Our fields that have a column."""
        named = (c.field for c in self.columns)
        return tuple(name for name in named if name is not None and name != ID)

    @property
    def own(self) -> tuple[str, ...]:
        """Headings of the other columns."""
        return tuple(c.heading for c in self.columns if c.field is None)


def find_header(sheet: Worksheet, known: Mapping[str, str] | None = None) -> LedgerHeader | None:
    """The row that names the most columns of a ledger, a task among them.

    Args:
        sheet: the sheet.
        known: fields by heading, where the workbook remembers them; empty: people's own.

    Returns:
        None where no row names a task and one thing more.
    """
    best: LedgerHeader | None = None
    rows = list(sheet.iter_rows(max_row=_REACH + 1))
    for row, below in zip(rows, [*rows[1:], ()], strict=True):
        single = _header([(cell, cell) for cell in row], known or {})
        header = _two_rows(row, below, single, known or {}) or single
        fields = set(header.fields)
        if fields & {"task", "title", "text"} and len(fields) > max(
            1, len(set(best.fields)) if best else 0
        ):
            best = header
    return best


def _two_rows(
    row: Sequence[Any], below: Sequence[Any], above: LedgerHeader, known: Mapping[str, str]
) -> LedgerHeader | None:
    """The header with a second row (牵头单位 and 配合单位 under 责任分工), where that is one."""
    said = [cell for cell in below if cell_text(cell.value)]
    tasks = {above.at(name) for name in ("task", "title", "text")} - {None}
    parted = [cell for cell in said if field_of(cell_text(cell.value)) in _PARTED]
    if not tasks or len(parted) < 2 or tasks & {cell.column for cell in said}:
        return None
    pairs = [(b, b) if cell_text(b.value) else (a, b) for a, b in zip(row, below, strict=True)]
    return _header(pairs, known)


#: What a second row of headings parts: those who answer.
_PARTED = frozenset(("who", "lead", "responsible", "cooperate", "supervise", "leader", "person"))


def _header(pairs: Sequence[tuple[Any, Any]], known: Mapping[str, str]) -> LedgerHeader:
    """Of cells that say the headings, each with the lowest cell of its heading."""
    columns = tuple(_header_columns([said for said, _ in pairs], known))
    fields = {column.field for column in columns}
    if "lead" in fields and not fields & {"who", "responsible"} and "lead" not in known.values():
        # The only column for those who answer: 主办单位 holds all of them, whoever leads.
        columns = tuple(replace(c, field="who") if c.field == "lead" else c for c in columns)
    return LedgerHeader(pairs[0][1].row, columns)


def _header_columns(row: Sequence[Any], known: Mapping[str, str]) -> Iterator[HeaderColumn]:
    """Each field once: a second column that could hold it is people's own."""
    given: set[str] = set()
    for cell in row:
        heading = cell_text(cell.value)
        if heading:
            field = known[heading] or None if heading in known else field_of(heading)
            if field in given:
                field = None
            given |= {field} if field else set()
            yield HeaderColumn(cell.column, heading, field)


def field_of(heading: str) -> str | None:
    """The field that a heading names: by our own label, by a name of it, by the rules' word.

    Example:
        >>> field_of("办结期限"), field_of("落实情况"), field_of("资金来源")
        ('deadline', 'progress', None)
    """
    bare = _BLANK.sub("", heading)
    if bare in _known_headings():
        return _known_headings()[bare]
    return _used().get(heading_use(heading, default_rules()))


@functools.cache
def _known_headings() -> dict[str, str]:
    columns = known_columns().values()
    terms = {term: column.field for column in columns for term in column.terms}
    return {str(ledger_words()["id"]): ID, **terms, **{c.label: c.field for c in columns}}


@functools.cache
def _used() -> dict[str, str]:
    return {use: column.field for column in known_columns().values() for use in column.uses}
