"""The rows under a header: sections, matters, and what a matter takes from the rows above it."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from speechmine.assemble.table_grid import ROLES, Layout
from speechmine.model import Notice, RowCell, Section, TableCell
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["OUR_ID", "GridRow", "Matter", "OpenBody", "heading_rows", "left_out"]

#: The cells of one row by column; None where it has none.
GridRow = tuple[TableCell | None, ...]

#: What a ledger of ours calls its rows.
OUR_ID = compiled(r"[to]-[0-9a-f]{12}")
_WORD = compiled(r"\w")
_INNER = compiled(r"[（(]")
#: What only a matter has, never a heading over several.
_FACTS = frozenset((*ROLES, "deadline", "target"))
#: Columns that say nothing of what a row is about.
_QUIET = ("number", "score")
#: A task column beside the task itself carries on too; a content column is each row's own.
_OWN_RANK = 4
_NUMBER = compiled(r"\d+(?:\.\d+)*[.、．]?")
_PLAIN_NUMBER = compiled(r"\d+(?:\.\d+)?%?")
#: Code of the notice on a row that is no task, and how it begins.
_ROW_LEFT_OUT = "row_left_out"
_LEFT_OUT = "a row of a table that names no task: "
#: What a column that could have been the task's holds beside it.
_NAMED = {"task": "name", "content": "name"}


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

    def cells(self, layout: Layout) -> Iterator[RowCell]:
        """Every cell, as it stands, by column; names that were written once above it too."""
        for column, about in enumerate(layout.columns):
            use = "task" if column == layout.task else about.use
            found = [row[column] for row in self.whole if row[column] is not None]
            for cell in dict.fromkeys(found or [self.names.get(column)]):
                if cell is not None and cell.start < cell.end:
                    # What people read in place of a heading, no word that is looked for.
                    heading = " ".join(about.heading.split()) or f"列{column + 1}"
                    own = "task" if cell == self.task else _NAMED.get(use, use)
                    yield RowCell(heading, own, layout.said(cell), cell.start, cell.end)


def heading_rows(matters: Sequence[Matter], count: int) -> Iterator[Section]:
    """Heading rows, each to the last row under it.

    Args:
        matters: those of the table.
        count: sections that the document has so far.
    """
    ends: dict[RowHeading, int] = {}
    for matter in matters:
        if matter.heading is not None:
            cells = chain.from_iterable(matter.rows)
            ends[matter.heading] = max(cell.end for cell in cells if cell is not None)
    outer: str | None = None
    for number, (heading, end) in enumerate(ends.items(), start=count + 1):
        own = f"s{number}"
        parent = outer if heading.depth > 1 else None
        outer = own if heading.depth == 1 else outer
        depth = 2 if parent else 1
        yield Section(own, parent, depth, heading.label, heading.title, heading.start, end)


def left_out(notice: Notice) -> str | None:
    """What a row of a table says that is no task; None: the notice is of something else.

    Example:
        >>> left_out(Notice("row_left_out", "a row of a table that names no task: 总分　100"))
        '总分　100'
    """
    return notice.message.removeprefix(_LEFT_OUT) if notice.code == _ROW_LEFT_OUT else None


@functools.lru_cache(maxsize=8)
def _skipped(rules: RuleSet) -> re.Pattern[str]:
    """Rows that add up others, and notes below a table."""
    found = [r.pattern for r in rules.table("table_columns") if r.attribute("side") == "row"]
    return compiled("|".join(f"(?:{p})" for p in found if p), re.DOTALL)


@dataclass(slots=True)
class OpenBody:
    """The rows under a header, gone through once; what carries on from row to row.

    ``left`` tells of each row that is no matter (sums, notes), or that says more than the heading
    that it is, so that nothing of a table goes without a word.
    """

    layout: Layout
    rules: RuleSet
    left: list[Notice] = field(default_factory=list)
    _under: RowHeading | None = None
    _above: list[TableCell | None] = field(default_factory=list)

    def matters(self) -> Iterator[Matter]:
        """The matters, in order."""
        open_matter: Matter | None = None
        for index in range(self.layout.body, self.layout.until):
            whole = self._row(index)
            row = tuple(cell if self._says(cell) else None for cell in whole)
            if self._is_no_matter(row):
                self._leave(row)
                continue
            heading = self._as_heading(row)
            if heading is not None:
                self._leave(row, heading)
                self._under, self._above = heading, []
                continue
            if open_matter is not None and self._continues(open_matter, row):
                rows, wholes = (*open_matter.rows, row), (*open_matter.whole, whole)
                open_matter = dataclasses.replace(open_matter, rows=rows, whole=wholes)
                continue
            if open_matter is not None:
                yield open_matter
            open_matter = self._matter(row, whole)
            if open_matter is None:
                self._leave(row)
        if open_matter is not None:
            yield open_matter

    def _leave(self, row: GridRow, heading: RowHeading | None = None) -> None:
        """Tell of a row; not of a header once more, nor of one that is all heading."""
        cells = list(dict.fromkeys(cell for cell in row if cell is not None))
        first, last = (heading.start, heading.end) if heading else (0, 0)
        if all(first <= cell.start and cell.end <= last for cell in cells) or self._repeats(row):
            return
        said = "　".join(" ".join(self.layout.said(cell).split()) for cell in cells)
        start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
        self.left.append(Notice(_ROW_LEFT_OUT, f"{_LEFT_OUT}{said}", start, end))

    def _row(self, index: int) -> GridRow:
        """The cells by column, ditto marks resolved."""
        ditto = patterns_by_id(self.rules, "table_columns")["cell.ditto"]
        shift, places = self._shift(index), self.layout.grid.places
        cells = [places.get((index, i - shift)) for i in range(len(self.layout.columns))]
        for column, cell in enumerate(cells):
            if ditto.fullmatch(self.layout.said(cell)):
                cells[column] = self._above[column] if self._above else None
        return tuple(cells)

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
                numeric = about.use in _QUIET
                fit += 1 if bool(_PLAIN_NUMBER.fullmatch(said)) == numeric else -1
        return fit

    def _says(self, cell: TableCell | None) -> bool:
        """Whether a cell says anything: / and 无 do not."""
        blank = patterns_by_id(self.rules, "table_columns")["cell.blank"]
        said = self.layout.said(cell)
        return _WORD.search(said) is not None and blank.fullmatch(said) is None

    def _is_no_matter(self, row: GridRow) -> bool:
        """Nothing at all, a sum, a note, the header once more."""
        skipped, said = _skipped(self.rules), self.layout.said
        first = next((cell for cell in row if cell is not None), None)
        if first is None or skipped.match(said(first)) or self._repeats(row):
            return True
        return any(skipped.fullmatch(said(row[i])) for i in self._spoken(row))

    def _repeats(self, row: GridRow) -> bool:
        labels = {column.heading for column in self.layout.columns}
        return all(cell is None or self.layout.said(cell) in labels for cell in row)

    def _spoken(self, row: GridRow) -> list[int]:
        """Columns with a cell, apart from serial numbers and scores."""
        columns = self.layout.columns
        return [i for i, c in enumerate(row) if c is not None and columns[i].use not in _QUIET]

    def _numbers(self, row: GridRow) -> list[TableCell]:
        return [cell for i in self.layout.of("number") if (cell := row[i]) is not None]

    def _as_heading(self, row: GridRow) -> RowHeading | None:
        number, spoken = next(iter(self._numbers(row)), None), self._spoken(row)
        if (
            number
            and row[self.layout.task] is None
            and self._label.fullmatch(self.layout.said(number))
        ):
            spoken = [i for i in spoken if self.layout.columns[i].use != "other"]
        cells = {row[i] for i in spoken}
        if len(cells) > 1:
            return None
        cell = cells.pop() if cells else None
        if cell is not None and self._heads(row, spoken[0], cell, number):
            # not one cell across the row
            return self._heading(cell, number if number != cell else None)
        if cell is None and number is not None and not _NUMBER.fullmatch(self.layout.said(number)):
            return self._heading(number, None)
        return None

    def _heads(self, row: GridRow, column: int, cell: TableCell, number: TableCell | None) -> bool:
        """One cell that spans the row, is labelled 一、, or stands beside the task's column."""
        label = self.layout.said(number or cell)
        if cell.columns * 2 > len(self.layout.columns):
            return True
        if self.layout.columns[column].use in _FACTS:
            return False
        if row[self.layout.task] is None and not _NUMBER.fullmatch(label):
            return True
        divided = any(True for _ in self.layout.of(*ROLES, "deadline"))
        return divided and self._label.match(label) is not None

    def _heading(self, cell: TableCell, number: TableCell | None) -> RowHeading:
        own = self._label.match(self.layout.said(cell))
        label = self.layout.said(number) if number else (own[0].rstrip() if own else None)
        start = cell.start if number or not own else cell.start + own.end()
        title = " ".join(self.layout.grid.text[start : cell.end].split())
        depth = 2 if label and _INNER.match(label) else 1
        return RowHeading(label, title, (number or cell).start, cell.end, depth)

    @property
    def _label(self) -> re.Pattern[str]:
        """Before the name of a part: 一、."""
        return patterns_by_id(self.rules, "table_words")["row.label"]

    def _continues(self, matter: Matter, row: GridRow) -> bool:
        """The same cell over several rows, or a row that only adds parties and times."""
        task = row[self.layout.task]
        if task is not None:
            return task == matter.task
        known = {None, matter.task, *matter.names.values(), *chain.from_iterable(matter.rows)}
        return all(row[i] in known for i in (*self._naming(), *self.layout.of("number")))

    def _naming(self) -> list[int]:
        """Columns that name or group the task, nearest to it first."""
        task = self.layout.task
        found = [i for i, c in enumerate(self.layout.columns) if c.rank and i != task]
        return sorted(found, key=lambda i: abs(i - task))

    def _matter(self, row: GridRow, whole: GridRow) -> Matter | None:
        names = self._carried(row)
        # only its name is given
        own = (cell for i in self._naming() if (cell := row[i]) is not None)
        task = row[self.layout.task] or next(own, None)
        if task is None:
            return None
        number = next(
            (said for cell in self._numbers(row) if (said := self.layout.said(cell))), None
        )
        left = {i: cell for i, cell in names.items() if cell != task}
        return Matter(task, (row,), left, number, self._under, (whole,))

    def _carried(self, row: GridRow) -> dict[int, TableCell]:
        """Naming cells of the row, empty ones from above (merged cells that were written once)."""
        filled = list(row)
        # A ledger of ours merges what belongs together: an empty cell is empty there.
        ours = any(OUR_ID.fullmatch(self.layout.said(cell)) for cell in self._numbers(row))
        for column in self._naming() if self._above and not ours else ():
            if filled[column] is None and self.layout.columns[column].rank < _OWN_RANK:
                filled[column] = self._above[column]
        self._above = filled
        return {i: cell for i in self._naming() if (cell := filled[i]) is not None}
