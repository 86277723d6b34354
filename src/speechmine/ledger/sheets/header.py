"""The header of a ledger: which row it is, and what each column holds."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from speechmine.assemble.table_columns import heading_use
from speechmine.ledger.cells import cell_text
from speechmine.ledger.layout import known_columns, ledger_words
from speechmine.rules.schema import RuleSet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["ID", "HeaderColumn", "LedgerHeader", "find_header", "labelled_field"]

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
        foot: what rows say that are none of the ledger (sums, notes, who signs), by the rules that
            the headings were read by.
    """

    row: int
    columns: tuple[HeaderColumn, ...]
    foot: re.Pattern[str] = field(default=re.compile("(?!)"), compare=False)

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


def find_header(
    sheet: Worksheet, rules: RuleSet, known: Mapping[str, str] | None = None
) -> LedgerHeader | None:
    """The row that names the most columns of a ledger, a task among them.

    Args:
        sheet: the sheet.
        rules: which say what a column with such a heading holds.
        known: fields by heading, where the workbook remembers them; empty: people's own.

    Returns:
        None where no row names a task and one thing more.
    """
    best: LedgerHeader | None = None
    headings = _Headings(rules, known or {})
    rows = list(sheet.iter_rows(max_row=_REACH + 1))
    for row, below in zip(rows, [*rows[1:], ()], strict=True):
        single = headings.header([(cell, cell) for cell in row])
        header = headings.two_rows(row, below, single) or single
        fields = set(header.fields)
        if fields & {"task", "title", "text"} and len(fields) > max(
            1, len(set(best.fields)) if best else 0
        ):
            best = header
    return best


#: What a second row of headings parts: those who answer.
_PARTED = frozenset(("who", "lead", "responsible", "cooperate", "supervise", "leader", "person"))


@dataclass(frozen=True, slots=True)
class _Headings:
    """What headings name, by the rules and by what the workbook remembers."""

    rules: RuleSet
    known: Mapping[str, str]

    def two_rows(
        self, row: Sequence[Any], below: Sequence[Any], above: LedgerHeader
    ) -> LedgerHeader | None:
        """The header with a second row (牵头单位, 配合单位 under 责任分工), if it is one."""
        said = [cell for cell in below if cell_text(cell.value)]
        tasks = {above.at(name) for name in ("task", "title", "text")} - {None}
        parted = [cell for cell in said if self._named(cell_text(cell.value)) in _PARTED]
        if not tasks or len(parted) < 2 or tasks & {cell.column for cell in said}:
            return None
        pairs = [(b, b) if cell_text(b.value) else (a, b) for a, b in zip(row, below, strict=True)]
        return self.header(pairs)

    def header(self, pairs: Sequence[tuple[Any, Any]]) -> LedgerHeader:
        """Of cells that say the headings, each with the lowest cell of its heading."""
        columns = tuple(self._columns([said for said, _ in pairs]))
        fields = {column.field for column in columns}
        if "lead" in fields and not fields & {"who", "responsible"} and not self._keeps("lead"):
            # The only column for those who answer: 主办单位 holds all of them, whoever leads.
            columns = tuple(replace(c, field="who") if c.field == "lead" else c for c in columns)
        return LedgerHeader(pairs[0][1].row, columns, _foot_of_table(self.rules))

    def _keeps(self, field: str) -> bool:
        """Whether the workbook remembers a column for it."""
        return field in self.known.values()

    def _columns(self, row: Sequence[Any]) -> Iterator[HeaderColumn]:
        """Each field once: a second column that could hold it is people's own."""
        given: set[str] = set()
        for cell in row:
            heading = cell_text(cell.value)
            if heading:
                field = self._field(heading)
                if field in given:
                    field = None
                given |= {field} if field else set()
                yield HeaderColumn(cell.column, heading, field)

    def _field(self, heading: str) -> str | None:
        return self.known[heading] or None if heading in self.known else self._named(heading)

    def _named(self, heading: str) -> str | None:
        return labelled_field(heading) or _used().get(heading_use(heading, self.rules))


def labelled_field(heading: str) -> str | None:
    """The field of a column that is headed by our own label, or by a further name of it.

    Example:
        >>> labelled_field("完成时限"), labelled_field("落实 情况"), labelled_field("资金来源")
        ('deadline', 'progress', None)
    """
    return _known_headings().get(_BLANK.sub("", heading))


@functools.cache
def _known_headings() -> dict[str, str]:
    columns = known_columns().values()
    terms = {term: column.field for column in columns for term in column.terms}
    return {str(ledger_words()["id"]): ID, **terms, **{c.label: c.field for c in columns}}


@functools.lru_cache(maxsize=8)
def _foot_of_table(rules: RuleSet) -> re.Pattern[str]:
    """What rows say that add up others, that are notes, or that say who signs."""
    rows = [r for r in rules.table("table_columns") if r.attribute("side") == "row"]
    return re.compile("|".join(f"(?:{r.pattern})" for r in rows) or "(?!)", re.DOTALL)


@functools.cache
def _used() -> dict[str, str]:
    return {use: column.field for column in known_columns().values() for use in column.uses}
