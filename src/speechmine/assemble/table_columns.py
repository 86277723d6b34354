"""The header of a work-division table: which row it is and what each column holds."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Sequence

from speechmine.assemble.table_contents import (
    are_bodies,
    is_unit,
    unit_in_brackets,
    unit_of_table,
)
from speechmine.assemble.table_grid import Grid, Layout, TableColumn
from speechmine.characters import plain
from speechmine.extractors.parties import find_party_groups
from speechmine.model import Table
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["column_examples", "heading_use", "headings_of", "layouts_of"]

# A header stands behind titles and remarks, not far down; its cells are short.
_HEADER_REACH = 12
_LONGEST_HEADING = 24
_LEAST_KNOWN = 2
# 责任分工 over 责任单位 over 牵头单位: no header goes deeper than that.
_MOST_LEVELS = 4
_REACH_ABOVE = 160
_LINES_ABOVE = 3
_REMARK = compiled(r"[（(【\[〔［].*?[）)】\]〕］]")
_BLANK = compiled(r"[\s*＊:：]+")
# Headings that tell only which of the figures under the heading above them: 增速, 2025年.
_PARTS = ("measure", "year")


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
        if layout is None or (found and not _is_new(layout, found[-1])):
            row += 1
            continue
        found[-1:] = [dataclasses.replace(above, until=row) for above in found[-1:]]
        found.append(layout)
        row = layout.body
    return tuple(found)


def headings_of(text: str, table: Table, rules: RuleSet) -> tuple[str, ...]:
    """What stands in the row that comes nearest to being a header, for a message to show."""
    grid = Grid.of(text, table)
    rows = [_columns(grid, row, rules) for row in range(min(_HEADER_REACH, grid.height))]
    nearest = max(rows, key=_known, default=())
    return tuple(column.heading for column in nearest if column.heading)


def column_examples(rules: RuleSet) -> tuple[str, ...]:
    """Headings that would do for the task, to be named in messages."""
    wanted = ("task", "content", "name")
    entries = [rule for rule in rules.table("table_columns") if rule.value in wanted]
    return tuple(example for rule in entries for example in rule.examples)


def heading_use(heading: str, rules: RuleSet) -> str:
    """What a column with such a heading holds; ``other`` where the rules do not know it.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> heading_use("完成时限", default_rules())
        'deadline'
    """
    return _column_headed(heading, rules).use


def _layout_at(grid: Grid, row: int, rules: RuleSet) -> Layout | None:
    """The layout with its header in this row, if it can be one."""
    columns = _columns(grid, row, rules)
    if _task_column(columns) is None or _known(columns) < min(_LEAST_KNOWN, grid.width):
        return None
    body = row + 1
    while body < row + _MOST_LEVELS:
        below = _columns(grid, body, rules)
        if not _goes_on(columns, below, rules):
            break
        columns = [*map(_under_heading, columns, below)]
        body += 1
    figures = any(column.use in ("target", "actual", "year") for column in columns)
    named = any(column.use == "indicator" for column in columns)
    if not named:
        columns = [dataclasses.replace(c, use="other") if c.use == "year" else c for c in columns]
    settled = tuple(
        _settled(column, grid.below(body, place), rules, figures=figures)
        for place, column in enumerate(columns)
    )
    task = _task_column(settled)
    if task is None:
        return None
    unit = unit_of_table(_above(grid, row), rules)
    return Layout(grid, settled, row, body, grid.height, task, unit)


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


def _known(columns: Sequence[TableColumn]) -> int:
    return sum(column.use != "other" for column in columns)


def _is_new(layout: Layout, above: Layout) -> bool:
    """A header of its own further down: nothing but headings, and not those above once more."""
    said = [column for column in layout.columns if column.heading]
    known = _known(said) == len(said) > _LEAST_KNOWN
    return known and [c.heading for c in layout.columns] != [c.heading for c in above.columns]


@functools.lru_cache(maxsize=8)
def _heading_forms(rules: RuleSet) -> tuple[tuple[re.Pattern[str], str, int], ...]:
    """Patterns of headings with the use and the rank that they give."""
    own = [r for r in rules.table("table_columns") if r.attribute("side") == "column"]
    labels = [r for r in rules.table("roles") if r.attribute("side") == "label"]
    return tuple(
        (
            compiled(f"(?:{rule.pattern})"),
            "other" if rule.value == "none" else rule.value,
            int(rule.attribute("rank", "0")),
        )
        for rule in (*own, *labels)
    )


def _columns(grid: Grid, row: int, rules: RuleSet) -> list[TableColumn]:
    return [_column_headed(said, rules) for said in grid.row(row)]


def _column_headed(heading: str, rules: RuleSet) -> TableColumn:
    said = plain(heading)
    bare = _BLANK.sub("", _REMARK.sub("", said)) or _BLANK.sub("", said)
    if bare and len(bare) <= _LONGEST_HEADING:
        for pattern, use, rank in _heading_forms(rules):
            if pattern.fullmatch(bare):
                return TableColumn(heading, use, rank)
    return TableColumn(heading, "other")


def _task_column(columns: Sequence[TableColumn]) -> int | None:
    """The column that says most of what is owed; of equals the last, the more detailed one."""
    ranked = [(column.rank, place) for place, column in enumerate(columns) if column.rank > 1]
    return max(ranked)[1] if ranked else None


def _goes_on(columns: Sequence[TableColumn], below: Sequence[TableColumn], rules: RuleSet) -> bool:
    """A further header row: 责任分工 over 牵头单位 and 配合单位."""
    spoken = [column for column in below if column.heading]
    serial = patterns_by_id(rules, "table_words")["row.serial"]
    if not spoken or serial.fullmatch(spoken[0].heading):
        return False
    if any(c.use == "other" and len(c.heading) > _LONGEST_HEADING for c in spoken):
        return False
    return any(
        column.use != "other" and (above.use, above.heading) != (column.use, column.heading)
        for above, column in zip(columns, below, strict=True)
    )


def _settled(column: TableColumn, said: set[str], rules: RuleSet, *, figures: bool) -> TableColumn:
    """A column, where its heading alone does not tell what it holds.

    单位 may hold bodies or units, 指标 the names of figures or the figures.

    Args:
        column: by its heading.
        said: what stands below it.
        rules: the rule set.
        figures: whether some column holds figures.
    """
    if column.use == "indicator":
        use, rank = ("name", column.rank) if figures else ("target", 0)
        return dataclasses.replace(column, use=use, rank=rank, indicator=figures)
    if column.use == "measure":
        return dataclasses.replace(column, use="other")
    either = patterns_by_id(rules, "table_words")["unit.or_body"]
    if either.fullmatch(_BLANK.sub("", column.heading)) and _are_units(said, rules, figures):
        return dataclasses.replace(column, use="unit")
    unit = unit_in_brackets(column.heading, rules)
    use = "figure" if unit and column.use == "other" else column.use
    bodies = use == "name" and are_bodies(said, rules)
    return dataclasses.replace(column, use=use, unit=unit, bodies=bodies)


def _are_units(cells: set[str], rules: RuleSet, figures: bool) -> bool:
    """Whether a column says units: most of them known ones, or beside figures no body at all."""
    if sum(is_unit(said, rules) for said in cells) * 2 >= len(cells) > 0:
        return True
    return figures and not any(find_party_groups(said, rules) for said in cells)
