"""The header of a work-division table: which row it is and what each column holds."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from speechmine.assemble.table_grid import Grid
from speechmine.characters import plain
from speechmine.model import Role, Table
from speechmine.rules.schema import Rule, RuleSet

__all__ = ["Column", "Layout", "column_examples", "heading_use", "headings_of", "layouts_of"]

ROLES = frozenset(get_args(Role))
# A header stands behind titles and remarks, not far down; its cells are short.
_HEADER_REACH = 12
_LONGEST_HEADING = 24
_LEAST_KNOWN = 2
_REMARK = re.compile(r"[（(【\[〔［].*?[）)】\]〕］]")
#: Patterns of headings with the use and the rank that they give.
Forms = tuple[tuple[re.Pattern[str], str, int], ...]
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
        until: the row behind its last one.
        task: place of the column that says what is owed.
    """

    grid: Grid
    columns: tuple[Column, ...]
    header: int
    body: int
    until: int
    task: int

    def of(self, *uses: str) -> Iterator[int]:
        """Places of the columns with such uses."""
        return (i for i, column in enumerate(self.columns) if column.use in uses)


def layouts_of(text: str, table: Table, rules: RuleSet) -> tuple[Layout, ...]:
    """Find the header of a table, and further ones where tables stand one below the other.

    Args:
        text: the document's text.
        table: one of its tables.
        rules: the rule set.

    Returns:
        A layout a header; none where no row of the first ones names a task column.
    """
    grid = Grid.of(text, table)
    found: list[Layout] = []
    row = 0
    while row < (grid.height if found else min(_HEADER_REACH, grid.height)):
        layout = _layout_at(grid, row, _forms(rules))
        again = bool(found)
        if layout is not None and (not again or _is_new(layout, found[-1])):
            found = [*found[:-1], *(dataclasses.replace(x, until=row) for x in found[-1:]), layout]
            row = layout.body
        else:
            row += 1
    return tuple(found)


def headings_of(text: str, table: Table, rules: RuleSet) -> tuple[str, ...]:
    """What stands in the row that comes nearest to being a header, for a message to show."""
    grid = Grid.of(text, table)
    rows = [_columns(grid, row, _forms(rules)) for row in range(min(_HEADER_REACH, grid.height))]
    nearest = max(rows, key=lambda columns: sum(c.use != "other" for c in columns), default=())
    return tuple(column.heading for column in nearest if column.heading)


def heading_use(heading: str, rules: RuleSet) -> str:
    """What a column with such a heading holds; ``other`` where the rules do not know it.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> heading_use("完成时限", default_rules())
        'deadline'
    """
    return _column(heading, _forms(rules)).use


def _layout_at(grid: Grid, row: int, forms: Forms) -> Layout | None:
    """The layout with its header in this row, if it can be one."""
    columns = _columns(grid, row, forms)
    task = _task_column(columns)
    if task is None or _known(columns) < min(_LEAST_KNOWN, grid.width):
        return None
    below = _columns(grid, row + 1, forms)
    if _goes_on(grid, row + 1, columns, below):
        columns = tuple(b if b.use != "other" else a for a, b in zip(columns, below, strict=True))
        return Layout(grid, columns, row, row + 2, grid.height, _task_column(columns) or task)
    return Layout(grid, columns, row, row + 1, grid.height, task)


def _known(columns: Sequence[Column]) -> int:
    return sum(column.use != "other" for column in columns)


def _is_new(layout: Layout, above: Layout) -> bool:
    """A header of its own further down: nothing but headings, and not those above once more."""
    said = [column for column in layout.columns if column.heading]
    known = all(column.use != "other" for column in said) and len(said) > _LEAST_KNOWN
    return known and [c.heading for c in layout.columns] != [c.heading for c in above.columns]


def column_examples(rules: RuleSet) -> tuple[str, ...]:
    """Headings that would do for the task, to be named in messages."""
    wanted = ("task", "content", "name")
    entries = [rule for rule in rules.table("table_columns") if rule.value in wanted]
    return tuple(example for rule in entries for example in rule.examples)


@functools.lru_cache(maxsize=8)
def _forms(rules: RuleSet) -> Forms:
    own = [r for r in rules.table("table_columns") if r.attribute("side") == "column"]
    labels = [r for r in rules.table("roles") if r.attribute("side") == "label"]
    return tuple((re.compile(f"(?:{r.pattern})"), _use(r), _rank(r)) for r in (*own, *labels))


def _use(rule: Rule) -> str:
    return "other" if rule.value == "none" else rule.value


def _rank(rule: Rule) -> int:
    return int(rule.attribute("rank", "0"))


def _columns(grid: Grid, row: int, forms: Forms) -> tuple[Column, ...]:
    return tuple(_column(grid.said(row, i), forms) for i in range(grid.width))


def _column(heading: str, forms: Forms) -> Column:
    said = plain(heading)
    bare = _BLANK.sub("", _REMARK.sub("", said)) or _BLANK.sub("", said)
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
