"""Figures of tables: a value in its cell, its name in another one, its unit in a third."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from speechmine.assemble.findings import Findings
from speechmine.assemble.table_body import GridRow, Matter
from speechmine.assemble.table_columns import Layout, TableColumn
from speechmine.assemble.table_units import unit_in_brackets, without_unit
from speechmine.borders import PHRASE
from speechmine.extractors.metrics import find_metrics
from speechmine.extractors.quantities import find_quantities
from speechmine.model import (
    Discourse,
    Metric,
    MetricKind,
    Segment,
    TableCell,
    TimeFrame,
    content_id,
)
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["Figure", "figure_metric", "figures_of", "year_of"]

# Any word of the rules would do here: it stands for a unit that they do not know.
_ANY_UNIT = "个"
_LONGEST_NAME = 24
_YEAR = compiled(r"(?<!\d)20\d{2}")
#: Uses of columns with figures, and what the figures are by them.
_KINDS: dict[str, MetricKind | None] = {
    "target": "target",
    "actual": "achieved",
    "figure": None,
    "year": None,
}
_GROUPING = compiled(r"(?<=\d)[,，](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands around a value.

    Attributes:
        name: the indicator, as its row or its column names it.
        unit: from the unit column, a heading or above the table; None where none is stated.
        kind: what the column holds by its heading; None leaves it to the words of the cell.
        year: the one that the heading names.
    """

    name: str
    unit: str | None
    kind: MetricKind | None
    year: int | None


def figure_metric(cell: Findings, figure: Figure, rules: RuleSet) -> Metric | None:
    """The metric of a cell that holds one value.

    Args:
        cell: what was seen in the cell; the offsets are those of its view.
        figure: its name, unit, kind and year.
        rules: the rule set.

    Returns:
        The metric with the cell as its wording; None where the cell holds no value or several,
        or where nothing names it or gives it a unit.
    """
    said = _GROUPING.sub("", cell.view.text.strip())
    if len(cell.quantities) > 1 or any(metric.indicator for metric in cell.metrics):
        return None
    wording, unit = (said, None) if cell.quantities else _with_unit(said, figure.unit, rules)
    name = figure.name if _may_be_name(figure.name) else ""
    found = _figure_read(name, wording, figure, cell, rules)
    return None if found is None else _placed(found, unit, figure, cell)


def _may_be_name(words: str) -> bool:
    return 0 < len(words) <= _LONGEST_NAME and not PHRASE.search(words)


def _with_unit(said: str, unit: str | None, rules: RuleSet) -> tuple[str, str | None]:
    """The cell with its unit behind its number; with the unit that it is to have, if unknown."""
    numbers = list(patterns_by_id(rules, "table_words")["figure.number"].finditer(said))
    if unit is None or len(numbers) != 1:
        return "", None
    known = bool(find_quantities(f"1{unit}", rules))
    at = numbers[0].end()
    joined = f"{said[:at]}{unit if known else _ANY_UNIT}{said[at:].lstrip()}"
    return joined, None if known else unit


def _figure_read(
    name: str, wording: str, figure: Figure, cell: Findings, rules: RuleSet
) -> Metric | None:
    """The one number of a cell, read behind its name as a sentence would have it."""
    frame = TimeFrame(cell.frame.date, figure.year or cell.frame.year)
    label: Discourse = "review" if figure.kind == "achieved" else "target"
    for text in (f"{name}{wording}", wording):
        quantities = find_quantities(text, rules)
        segment = Segment(0, len(text), text, None, None, label)
        found = find_metrics(text, segment, frame=frame, quantities=quantities, rules=rules)
        if len(found) == 1:
            return found[0]
    return None


def _placed(found: Metric, unit: str | None, figure: Figure, cell: Findings) -> Metric:
    """The metric in the place of its cell."""
    text = cell.view.text
    first = len(text) - len(text.lstrip())
    start, end = cell.view.place(first, len(text.rstrip()))
    whole = dataclasses.replace(
        found,
        text=cell.view.original[start:end],
        start=start,
        end=end,
        indicator=found.indicator or figure.name or None,
        kind=figure.kind or found.kind,
        period=str(figure.year) if figure.year else found.period,
        rule="table.figure",
    )
    if unit is not None:
        whole = dataclasses.replace(whole, unit=unit, norm_unit=None, norm_low=None, norm_high=None)
    key: Sequence[object] = (start, end, whole.indicator, whole.low, whole.high, whole.unit)
    return dataclasses.replace(whole, id=content_id("m", tuple(key)))


def figures_of(
    matter: Matter,
    layout: Layout,
    read: Callable[[TableCell, int | None], Findings],
    rules: RuleSet,
) -> Iterator[tuple[TableColumn, TableCell, Metric | None]]:
    """The cells of a matter that hold figures, each with the metric that its row makes of it.

    Args:
        matter: one matter of the table.
        layout: the table.
        read: reads a cell.
        rules: the rule set.
    """
    seen = set()
    for row, whole in zip(matter.rows, matter.whole, strict=True):
        for place in layout.of(*_KINDS):
            cell, column = row[place], layout.columns[place]
            if cell is not None and cell not in seen:
                seen.add(cell)
                figure = _figure(whole, column, matter, layout, rules)
                if column.use == "year":
                    figure = dataclasses.replace(figure, kind=_by_year(figure, read(cell, None)))
                untold = column.use == "year" and figure.kind is None
                findings = read(cell, figure.year)
                metric = None if untold else figure_metric(findings, figure, rules)
                yield column, cell, metric


def _figure(
    row: GridRow, column: TableColumn, matter: Matter, layout: Layout, rules: RuleSet
) -> Figure:
    year, words = year_of(column), patterns_by_id(rules, "table_words")
    if column.use == "figure":
        name = "".join(without_unit(column.heading, rules).split())
        return Figure(name, column.unit or layout.unit, None, year)
    said = _name_in(row, matter, layout)
    measure = column.measure if words["figure.share"].search(column.measure) else ""
    unit = column.unit or ("%" if measure else None)
    unit = unit or _unit_in(row, layout) or unit_in_brackets(said, rules) or layout.unit
    name = "".join(without_unit(said, rules).split()) + without_unit(measure, rules)
    return Figure(name, unit, _KINDS[column.use], year)


def year_of(column: TableColumn) -> int | None:
    """The year that the heading of a column names."""
    named = _YEAR.search(column.heading)
    return int(named[0]) if named else None


def _by_year(figure: Figure, cell: Findings) -> MetricKind | None:
    """Owed from the year of the text on, reached before it; a text without a year tells neither."""
    if figure.year is None or cell.frame.year is None:
        return None
    return "achieved" if figure.year < cell.frame.year else "target"


def _name_in(row: GridRow, matter: Matter, layout: Layout) -> str:
    """What the row's figures are of: its indicator, or the matter itself."""
    places = [place for place, column in enumerate(layout.columns) if column.indicator]
    cell = next((row[place] for place in places if row[place] is not None), matter.task)
    return "" if cell is None else layout.grid.text[cell.start : cell.end]


def _unit_in(row: GridRow, layout: Layout) -> str | None:
    found = (row[place] for place in layout.of("unit"))
    said = ("".join(layout.grid.text[c.start : c.end].split()) for c in found if c is not None)
    return next(filter(None, said), None)
