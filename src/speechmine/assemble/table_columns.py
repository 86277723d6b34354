"""The header of a work-division table: which row it is and what each column holds."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from speechmine.assemble.table_bodies import are_bodies
from speechmine.assemble.table_grid import Grid
from speechmine.assemble.table_units import is_unit, unit_in_brackets, unit_of_table
from speechmine.characters import plain
from speechmine.extractors.parties import find_party_groups
from speechmine.model import Role, Table, TableCell
from speechmine.patterns import compiled
from speechmine.rules.schema import Rule, RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["Layout", "TableColumn", "column_examples", "heading_use", "headings_of", "layouts_of"]

ROLES = frozenset(get_args(Role))
# A header stands behind titles and remarks, not far down; its cells are short.
_HEADER_REACH = 12
_LONGEST_HEADING = 24
_LEAST_KNOWN = 2
# 责任分工 over 责任单位 over 牵头单位: no header goes deeper than that.
_MOST_LEVELS = 4
_REACH_ABOVE = 160
_LINES_ABOVE = 3
_REMARK = compiled(r"[（(【\[〔［].*?[）)】\]〕］]")
#: Patterns of headings with the use and the rank that they give.
Forms = tuple[tuple[re.Pattern[str], str, int], ...]
_BLANK = compiled(r"[\s*＊:：]+")
# Headings that tell only which of the figures under the heading above them: 增速, 2025年.
_PARTS = ("measure", "year")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column.

    Attributes:
        heading: as written; behind the one that spans it, where it tells only which figure.
        use: what it holds. rank: how much it is the task.
        indicator: whether it names what the figures of a row are of.
        measure: which figure of the indicator it holds (增速), if its heading tells.
        unit: the one that its heading gives.
        bodies: whether it names bodies, whatever its heading says (考核项目).
    """

    heading: str
    use: str
    rank: int = 0
    indicator: bool = False
    measure: str = ""
    unit: str | None = None
    bodies: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A table with its header.

    Attributes:
        columns: by place; those without heading are of use ``other``.
        header: the row it begins with. body: the first row under the header.
        until: the row behind its last one.
        task: place of the column that says what is owed.
        unit: the one that stands above the table for its money.
    """

    grid: Grid
    columns: tuple[TableColumn, ...]
    header: int
    body: int
    until: int
    task: int
    unit: str | None = None

    def said(self, cell: TableCell) -> str:
        """What a cell says."""
        return self.grid.text[cell.start : cell.end]

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
        layout = _layout_at(grid, row, rules)
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
    rows = [
        _columns(grid, row, _heading_forms(rules)) for row in range(min(_HEADER_REACH, grid.height))
    ]
    nearest = max(rows, key=lambda columns: sum(c.use != "other" for c in columns), default=())
    return tuple(column.heading for column in nearest if column.heading)


def heading_use(heading: str, rules: RuleSet) -> str:
    """What a column with such a heading holds; ``other`` where the rules do not know it.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> heading_use("完成时限", default_rules())
        'deadline'
    """
    return _column_headed(heading, _heading_forms(rules)).use


def _layout_at(grid: Grid, row: int, rules: RuleSet) -> Layout | None:
    """The layout with its header in this row, if it can be one."""
    forms = _heading_forms(rules)
    columns = _columns(grid, row, forms)
    if _task_column(columns) is None or _known_columns(columns) < min(_LEAST_KNOWN, grid.width):
        return None
    body = row + 1
    for _ in range(_MOST_LEVELS - 1):
        below = _columns(grid, body, forms)
        if not _goes_on(grid, body, columns, below, rules):
            break
        columns = tuple(map(_under_heading, columns, below))
        body += 1
    columns = settled(columns, grid, body, rules)
    task = _task_column(columns)
    if task is None:
        return None
    unit = unit_of_table(_above(grid, row), rules)
    return Layout(grid, columns, row, body, grid.height, task, unit)


def _under_heading(above: TableColumn, below: TableColumn) -> TableColumn:
    """The column of two headings one below the other: the lower one, unless it says less."""
    if below.use in _PARTS and above.heading != below.heading:
        heading = f"{above.heading}{below.heading}"
        return dataclasses.replace(above, heading=heading, measure=below.heading)
    return below if below.use not in ("other", *_PARTS) else above


def _above(grid: Grid, row: int) -> str:
    """The last lines above a header."""
    start = min((cell.start for (y, _), cell in grid.places.items() if y == row), default=0)
    return "\n".join(grid.text[max(0, start - _REACH_ABOVE) : start].splitlines()[-_LINES_ABOVE:])


def _known_columns(columns: Sequence[TableColumn]) -> int:
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
def _heading_forms(rules: RuleSet) -> Forms:
    own = [r for r in rules.table("table_columns") if r.attribute("side") == "column"]
    labels = [r for r in rules.table("roles") if r.attribute("side") == "label"]
    return tuple((compiled(f"(?:{r.pattern})"), _use(r), _column_rank(r)) for r in (*own, *labels))


def _use(rule: Rule) -> str:
    return "other" if rule.value == "none" else rule.value


def _column_rank(rule: Rule) -> int:
    return int(rule.attribute("rank", "0"))


def _columns(grid: Grid, row: int, forms: Forms) -> tuple[TableColumn, ...]:
    return tuple(_column_headed(grid.said(row, i), forms) for i in range(grid.width))


def _column_headed(heading: str, forms: Forms) -> TableColumn:
    said = plain(heading)
    bare = _BLANK.sub("", _REMARK.sub("", said)) or _BLANK.sub("", said)
    if bare and len(bare) <= _LONGEST_HEADING:
        for pattern, use, rank in forms:
            if pattern.fullmatch(bare):
                return TableColumn(heading, use, rank)
    return TableColumn(heading, "other")


def _task_column(columns: Sequence[TableColumn]) -> int | None:
    """The column that says most of what is owed; of equals the last, the more detailed one."""
    ranked = [(c.rank, i) for i, c in enumerate(columns) if c.rank > 1]
    return max(ranked)[1] if ranked else None


def _goes_on(
    grid: Grid,
    row: int,
    columns: Sequence[TableColumn],
    below: Sequence[TableColumn],
    rules: RuleSet,
) -> bool:
    """A further header row: 责任分工 over 牵头单位 and 配合单位."""
    new = [
        c.use != "other" and (columns[i].use != c.use or columns[i].heading != c.heading)
        for i, c in enumerate(below)
    ]
    spoken = [c for c in below if c.heading]
    all_known = all(c.use != "other" or len(c.heading) <= _LONGEST_HEADING for c in spoken)
    serial = patterns_by_id(rules, "table_words")["row.serial"]
    return any(new) and all_known and not grid.begins(row, serial)


def settled(
    columns: Sequence[TableColumn], grid: Grid, body: int, rules: RuleSet
) -> tuple[TableColumn, ...]:
    """The columns, where a heading alone does not tell what they hold.

    单位 may hold bodies or units, 指标 the names of figures or the figures.
    """
    figures = any(column.use in ("target", "actual", "year") for column in columns)
    named = any(column.use == "indicator" for column in columns)
    columns = [
        c if c.use != "year" or named else dataclasses.replace(c, use="other") for c in columns
    ]
    return tuple(_settled_column(c, i, grid, body, rules, figures) for i, c in enumerate(columns))


def _settled_column(
    column: TableColumn, place: int, grid: Grid, body: int, rules: RuleSet, figures: bool
) -> TableColumn:
    if column.use == "indicator":
        use, rank = ("name", column.rank) if figures else ("target", 0)
        return dataclasses.replace(column, use=use, rank=rank, indicator=figures)
    if column.use == "measure":
        return dataclasses.replace(column, use="other")
    either = patterns_by_id(rules, "table_words")["unit.or_body"]
    heading = _BLANK.sub("", column.heading)
    if either.fullmatch(heading) and _holds_units(grid, place, body, rules, figures):
        return dataclasses.replace(column, use="unit")
    unit = unit_in_brackets(column.heading, rules)
    use = "figure" if unit and column.use == "other" else column.use
    said = {grid.said(row, place) for row in range(body, grid.height)} - {""}
    bodies = use == "name" and are_bodies(said, rules)
    return dataclasses.replace(column, use=use, unit=unit, bodies=bodies)


def _holds_units(grid: Grid, place: int, body: int, rules: RuleSet, figures: bool) -> bool:
    """Whether a column says units: most of them known ones, or beside figures no body at all."""
    said = {grid.said(row, place) for row in range(body, grid.height)} - {""}
    known = sum(is_unit(words, rules) for words in said)
    if known * 2 >= len(said) > 0:
        return True
    return figures and not any(find_party_groups(words, rules) for words in said)
