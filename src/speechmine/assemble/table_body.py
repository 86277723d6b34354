"""The rows under a header: sections, matters, and what a matter takes from the rows above it."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from speechmine.assemble.table_columns import ROLES, Layout
from speechmine.model import TableCell
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["OUR_ID", "Body", "GridRow", "Matter", "RowHeading", "matters_of"]

#: The cells of one row by column; None where it has none.
GridRow = tuple[TableCell | None, ...]

#: What a ledger of ours calls its rows.
OUR_ID = compiled(r"[to]-[0-9a-f]{12}")
_WORD = compiled(r"\w")
_INNER = compiled(r"[（(]")
#: What only a matter has, never a heading over several.
_FACTS = frozenset((*ROLES, "deadline", "target"))
#: A task column beside the task itself carries on too; a content column is each row's own.
_OWN_RANK = 4
_NUMBER = compiled(r"\d+(?:\.\d+)*[.、．]?")
_PLAIN_NUMBER = compiled(r"\d+(?:\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class RowHeading:
    """A row that only names what the rows under it belong to (一、重点工程)."""

    label: str | None
    title: str
    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter with its rows: more than one where its cell is merged over several.

    Attributes:
        task: the cell that says what is owed.
        names: further cells that name or group it, nearest to the task first, by column.
        number: its serial number as written.
        heading: the row it stands under.
        whole: the rows again, with cells that only say that there is nothing to say (/).
    """

    task: TableCell
    rows: tuple[GridRow, ...]
    names: Mapping[int, TableCell]
    number: str | None
    heading: RowHeading | None
    whole: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What stands under a header.

    Attributes:
        matters: in order.
        left: rows that are no matter (sums, notes), or that say more than the heading they are.
    """

    matters: tuple[Matter, ...]
    left: tuple[GridRow, ...]


def matters_of(layout: Layout, rules: RuleSet) -> Body:
    """The matters of a table, in order, and the rows that are none."""
    body = _OpenBody(layout, _marks(rules))
    matters = tuple(body.matters())
    return Body(matters, tuple(body.left))


def _marks_of(rules: RuleSet, side: str) -> re.Pattern[str]:
    found = [r.pattern for r in rules.table("table_columns") if r.attribute("side") == side]
    return compiled("|".join(f"(?:{p})" for p in found if p), re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Cells and rows that say nothing of their own."""

    blank: re.Pattern[str]
    ditto: re.Pattern[str]
    skipped: re.Pattern[str]
    label: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def _marks(rules: RuleSet) -> _Marks:
    table = patterns_by_id(rules, "table_columns")
    label = patterns_by_id(rules, "table_words")["row.label"]
    return _Marks(table["cell.blank"], table["cell.ditto"], _marks_of(rules, "row"), label)


@dataclass(slots=True)
class _OpenBody:
    """A table being gone through; what carries on from row to row."""

    layout: Layout
    marks: _Marks
    heading: RowHeading | None = None
    above: list[TableCell | None] = field(default_factory=list)
    left: list[GridRow] = field(default_factory=list)

    def matters(self) -> Iterator[Matter]:
        open_matter: Matter | None = None
        for index in range(self.layout.body, self.layout.until):
            whole = self._whole(index)
            row = self._without_blanks(whole)
            if self._says_nothing(row):
                self._leave(row)
                continue
            heading = self._as_heading(row)
            if heading is not None:
                self._leave(row, heading)
                self.heading, self.above = heading, []
                continue
            if open_matter is not None and self._continues(open_matter, row):
                open_matter = _with_row(open_matter, row, whole)
                continue
            if open_matter is not None:
                yield open_matter
            open_matter = self._matter(row, whole)
            if open_matter is None:
                self._leave(row)
        if open_matter is not None:
            yield open_matter

    def _leave(self, row: GridRow, heading: RowHeading | None = None) -> None:
        """Keep a row that no task holds; not a header once more, nor one that is all heading."""
        said = {cell for cell in row if cell is not None}
        labels = {column.heading for column in self.layout.columns}
        kept = (heading.start, heading.end) if heading else (0, 0)
        more = [c for c in said if not (kept[0] <= c.start and c.end <= kept[1])]
        if more and not {self._said(cell) for cell in said} <= labels:
            self.left.append(row)

    def _whole(self, index: int) -> GridRow:
        """The cells by column, ditto marks resolved."""
        places, width = self.layout.grid.places, len(self.layout.columns)
        shift = self._shift(index)
        cells = [places.get((index, column - shift)) for column in range(width)]
        for column, cell in enumerate(cells):
            said = self._said(cell)
            if self.marks.ditto.fullmatch(said):
                cells[column] = self.above[column] if column < len(self.above) else None
        return tuple(cells)

    def _without_blanks(self, row: GridRow) -> GridRow:
        """The row without cells that say that there is nothing to say."""
        return tuple(None if self._is_blank(self._said(cell)) else cell for cell in row)

    def _is_blank(self, said: str) -> bool:
        return not _WORD.search(said) or self.marks.blank.fullmatch(said) is not None

    def _said(self, cell: TableCell | None) -> str:
        return "" if cell is None else self.layout.grid.text[cell.start : cell.end]

    def _shift(self, index: int) -> int:
        """A row short of cells has lost merged ones on its left, or empty ones on its right."""
        widths = self.layout.grid.widths
        away = widths.get(self.layout.body - 1, 0) - widths.get(index, 0)
        return max((0, away), key=lambda shift: (self._fit(index, shift), shift == 0))

    def _fit(self, index: int, shift: int) -> int:
        """In how many columns a number stands where one belongs, and nowhere else."""
        fit = 0
        for column, about in enumerate(self.layout.columns):
            said = self.layout.grid.said(index, column - shift)
            if said:
                numeric = about.use in ("number", "score")
                fit += 1 if bool(_PLAIN_NUMBER.fullmatch(said)) == numeric else -1
        return fit

    def _says_nothing(self, row: GridRow) -> bool:
        spoken = [self._said(cell) for cell in row if cell is not None]
        if not spoken or self.marks.skipped.match(spoken[0]):
            return True
        labels = {column.heading for column in self.layout.columns}
        return set(spoken) <= labels or self._totals(row)

    def _totals(self, row: GridRow) -> bool:
        words = (self._said(row[i]) for i in self._spoken(row) if row[i] is not None)
        return any(self.marks.skipped.fullmatch(word) for word in words)

    def _spoken(self, row: GridRow) -> list[int]:
        """Columns with a cell, apart from serial numbers and scores."""
        quiet = ("number", "score")
        return [
            i
            for i, c in enumerate(row)
            if c is not None and self.layout.columns[i].use not in quiet
        ]

    def _as_heading(self, row: GridRow) -> RowHeading | None:
        numbers = [row[i] for i in self.layout.of("number") if row[i] is not None]
        spoken = self._spoken(row)
        if (
            numbers
            and row[self.layout.task] is None
            and self.marks.label.fullmatch(self._said(numbers[0]))
        ):
            spoken = [i for i in spoken if self.layout.columns[i].use != "other"]
        cells = {row[i] for i in spoken}
        if len(cells) > 1 or not (cells or numbers):
            return None
        first = row[spoken[0]] if spoken else numbers[0]
        if first is None or (spoken and not self._heads(row, spoken[0], numbers)):
            return None
        if not spoken and _NUMBER.fullmatch(self._said(first)):
            return None
        apart = bool(numbers and spoken) and numbers[0] != first  # not one cell across the row
        return self._heading(first, numbers[0] if apart else None)

    def _heads(self, row: GridRow, column: int, numbers: Sequence[TableCell | None]) -> bool:
        """One cell that spans the row, is labelled 一、, or stands beside the task's column."""
        cell = row[column]
        label = self._said(numbers[0]) if numbers else self._said(cell)
        wide = cell is not None and cell.columns * 2 > len(self.layout.columns)
        if not wide and self.layout.columns[column].use in _FACTS:
            return False
        beside = row[self.layout.task] is None and not _NUMBER.fullmatch(label)
        divided = any(True for _ in self.layout.of(*ROLES, "deadline"))
        return wide or beside or (divided and self.marks.label.match(label) is not None)

    def _heading(self, cell: TableCell, number: TableCell | None) -> RowHeading:
        said = self._said(cell)
        own = self.marks.label.match(said)
        label = self._said(number) if number else (own[0].rstrip() if own else None)
        start = cell.start if number or not own else cell.start + own.end()
        title = self.layout.grid.text[start : cell.end]
        depth = 2 if label and _INNER.match(label) else 1
        begin = number.start if number else cell.start
        return RowHeading(label, " ".join(title.split()), begin, cell.end, depth)

    def _continues(self, matter: Matter, row: GridRow) -> bool:
        """The same cell over several rows, or a row that only adds parties and times."""
        known = {matter.task, *matter.names.values(), *chain.from_iterable(matter.rows)}
        task = row[self.layout.task]
        if task is not None:
            return task == matter.task
        saying = (*self._naming(), *self.layout.of("number"))
        return all(row[i] is None or row[i] in known for i in saying)

    def _naming(self) -> list[int]:
        """Columns that name or group the task, nearest to it first."""
        task = self.layout.task
        found = [i for i, c in enumerate(self.layout.columns) if c.rank and i != task]
        return sorted(found, key=lambda i: abs(i - task))

    def _matter(self, row: GridRow, whole: GridRow) -> Matter | None:
        names = self._carried(row)
        task = row[self.layout.task]
        if task is None:  # only its name is given
            task = next((row[i] for i in self._naming() if row[i] is not None), None)
        if task is None:
            return None
        numbers = (self._said(row[i]) for i in self.layout.of("number"))
        said = next(filter(None, numbers), None)
        left = {i: cell for i, cell in names.items() if cell != task}
        return Matter(task, (row,), left, said, self.heading, (whole,))

    def _carried(self, row: GridRow) -> dict[int, TableCell]:
        """Naming cells of the row, empty ones from above (merged cells that were written once)."""
        above = self.above or [None] * len(row)
        filled = list(row)
        # A ledger of ours merges what belongs together: an empty cell is empty there.
        ours = any(OUR_ID.fullmatch(self._said(row[i])) for i in self.layout.of("number"))
        for column in self._naming() if not ours else ():
            if filled[column] is None and self.layout.columns[column].rank < _OWN_RANK:
                filled[column] = above[column]
        self.above = filled
        return {i: cell for i in self._naming() if (cell := filled[i]) is not None}


def _with_row(matter: Matter, row: GridRow, whole: GridRow) -> Matter:
    rows, wholes = (*matter.rows, row), (*matter.whole, whole)
    return dataclasses.replace(matter, rows=rows, whole=wholes)
