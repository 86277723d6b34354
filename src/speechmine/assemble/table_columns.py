"""The header of a work-division table: which row it is and what each column holds."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from speechmine.assemble.table_grid import Grid
from speechmine.model import Role, Table
from speechmine.rules.schema import Rule, RuleSet

__all__ = ["Column", "Layout", "column_examples", "layout_of"]

ROLES = frozenset(get_args(Role))
# A header stands behind titles and remarks, not far down; its cells are short.
_HEADER_REACH = 12
_LONGEST_HEADING = 24
_LEAST_KNOWN = 2
_REMARK = re.compile(r"[（(【\[〔［].*?[）)】\]〕］]")
_BLANK = re.compile(r"[\s*＊:：]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading as written, what it holds, and how much it is the task."""

    heading: str
    use: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """A table with its header.

    Attributes:
        columns: by place; those without heading are of use ``other``.
        header: the row it begins with. body: the first row under the header.
        task: place of the column that says what is owed.
    """

    grid: Grid
    columns: tuple[Column, ...]
    header: int
    body: int
    task: int

    def of(self, *uses: str) -> Iterator[int]:
        """Places of the columns with such uses."""
        return (i for i, column in enumerate(self.columns) if column.use in uses)


def layout_of(text: str, table: Table, rules: RuleSet) -> Layout | tuple[str, ...]:
    """Find the header of a table.

    Args:
        text: the document's text.
        table: one of its tables.
        rules: the rule set.

    Returns:
        The layout; or, where no row names a task column, the headings of the row that comes
        nearest to being a header, so that a message can show them.
    """
    grid = Grid.of(text, table)
    forms = _forms(rules)
    found = [_columns(grid, row, forms) for row in range(min(_HEADER_REACH, grid.height))]
    known = [sum(c.use != "other" for c in columns) for columns in found]
    for row, columns in enumerate(found):
        task = _task_column(columns)
        if task is None or known[row] < min(_LEAST_KNOWN, grid.width):
            continue
        if row + 1 < len(found) and _goes_on(grid, row + 1, columns, found[row + 1]):
            merged = _merged(columns, found[row + 1])
            return Layout(grid, merged, row, row + 2, _task_column(merged) or task)
        return Layout(grid, columns, row, row + 1, task)
    nearest = max(range(len(found)), key=known.__getitem__, default=None)
    return () if nearest is None else tuple(c.heading for c in found[nearest] if c.heading)


def column_examples(rules: RuleSet) -> tuple[str, ...]:
    """Headings that would do for the task, to be named in messages."""
    wanted = ("task", "content", "name")
    entries = [rule for rule in rules.table("table_columns") if rule.value in wanted]
    return tuple(example for rule in entries for example in rule.examples)


@functools.lru_cache(maxsize=8)
def _forms(rules: RuleSet) -> tuple[tuple[re.Pattern[str], str, int], ...]:
    own = [r for r in rules.table("table_columns") if r.attribute("side") == "column"]
    labels = [r for r in rules.table("roles") if r.attribute("side") == "label"]
    return tuple((re.compile(f"(?:{r.pattern})"), _use(r), _rank(r)) for r in (*own, *labels))


def _use(rule: Rule) -> str:
    return "other" if rule.value == "none" else rule.value


def _rank(rule: Rule) -> int:
    return int(rule.attribute("rank", "0"))


def _columns(
    grid: Grid, row: int, forms: Iterable[tuple[re.Pattern[str], str, int]]
) -> tuple[Column, ...]:
    return tuple(_column(grid.said(row, i), forms) for i in range(grid.width))


def _column(heading: str, forms: Iterable[tuple[re.Pattern[str], str, int]]) -> Column:
    bare = _BLANK.sub("", _REMARK.sub("", heading)) or _BLANK.sub("", heading)
    if bare and len(bare) <= _LONGEST_HEADING:
        for pattern, use, rank in forms:
            if pattern.fullmatch(bare):
                return Column(heading, use, rank)
    return Column(heading, "other")


def _task_column(columns: Sequence[Column]) -> int | None:
    """The column that says most of what is owed; of equals the last, the more detailed one."""
    ranked = [(c.rank, i) for i, c in enumerate(columns) if c.rank > 1]
    return max(ranked)[1] if ranked else None


def _goes_on(grid: Grid, row: int, columns: Sequence[Column], below: Sequence[Column]) -> bool:
    """A second header row: 责任分工 over 牵头单位 and 配合单位."""
    new = [
        c.use != "other" and (columns[i].use != c.use or columns[i].heading != c.heading)
        for i, c in enumerate(below)
    ]
    spoken = [c for c in below if c.heading]
    all_known = all(c.use != "other" or len(c.heading) <= _LONGEST_HEADING for c in spoken)
    return any(new) and all_known and not grid.numbered(row)


def _merged(columns: Sequence[Column], below: Sequence[Column]) -> tuple[Column, ...]:
    return tuple(b if b.use != "other" else a for a, b in zip(columns, below, strict=True))
