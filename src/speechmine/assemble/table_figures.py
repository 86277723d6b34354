"""Figures of tables: a value in its cell, its name in another one, its unit in a third."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from speechmine.assemble.findings import Findings
from speechmine.assemble.table_body import GridRow, Matter
from speechmine.assemble.table_contents import unit_in_brackets, without_unit
from speechmine.assemble.table_grid import Layout, TableColumn
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

__all__ = ["figures_of"]

# Any word of the rules would do here: it stands for a unit that they do not know.
_ANY_UNIT = "个"
_LONGEST_NAME = 24
#: Uses of columns with figures, and what the figures are by them.
_KINDS: dict[str, MetricKind | None] = {
    "target": "target",
    "actual": "achieved",
    "figure": None,
    "year": None,
}
_GROUPING = compiled(r"(?<=\d)[,，](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class _Figure:
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


def figures_of(
    matter: Matter,
    layout: Layout,
    read: Callable[[TableCell, int | None], Findings],
    rules: RuleSet,
) -> Iterator[tuple[TableColumn, TableCell, Metric | None]]:
    """The cells of a matter that hold figures, each with the metric that its row makes of it.

    A cell makes none where it holds no value or several, or where nothing names it or gives it a
    unit.

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
            if cell is None or cell in seen:
                continue
            seen.add(cell)
            figure = _figure(whole, column, matter, layout, rules)
            if column.use == "year":
                figure = dataclasses.replace(
                    figure, kind=_by_year(column, read(cell, None).frame.year)
                )
            untold = column.use == "year" and figure.kind is None
            metric = None if untold else _metric(read(cell, figure.year), figure, rules)
            yield column, cell, metric


def _figure(
    row: GridRow, column: TableColumn, matter: Matter, layout: Layout, rules: RuleSet
) -> _Figure:
    if column.use == "figure":
        name = "".join(without_unit(column.heading, rules).split())
        return _Figure(name, column.unit or layout.unit, None, column.year)
    # What the row's figures are of: its indicator, or the matter itself.
    named = (cell for cell, c in zip(row, layout.columns, strict=True) if c.indicator and cell)
    said = layout.said(next(named, matter.task))
    share = patterns_by_id(rules, "table_words")["figure.share"]
    measure = column.measure if share.search(column.measure) else ""
    unit = column.unit or ("%" if measure else None)
    stated = ("".join(layout.said(row[place]).split()) for place in layout.of("unit"))
    unit = unit or next(filter(None, stated), None) or unit_in_brackets(said, rules) or layout.unit
    name = "".join(without_unit(said, rules).split()) + without_unit(measure, rules)
    return _Figure(name, unit, _KINDS[column.use], column.year)


def _by_year(column: TableColumn, now: int | None) -> MetricKind | None:
    """Owed from the year of the text on, reached before it; a text without a year tells neither."""
    if column.year is None or now is None:
        return None
    return "achieved" if column.year < now else "target"


def _metric(cell: Findings, figure: _Figure, rules: RuleSet) -> Metric | None:
    """The one number of a cell, read behind its name as a sentence would have it."""
    if len(cell.quantities) > 1 or any(metric.indicator for metric in cell.metrics):
        return None
    said = _GROUPING.sub("", cell.view.text.strip())
    wording, unit = (said, None) if cell.quantities else _with_unit(said, figure.unit, rules)
    named = len(figure.name) <= _LONGEST_NAME and not PHRASE.search(figure.name)
    frame = TimeFrame(cell.frame.date, figure.year or cell.frame.year)
    label: Discourse = "review" if figure.kind == "achieved" else "target"
    for text in (f"{figure.name}{wording}" if named else wording, wording):
        segment = Segment(0, len(text), text, None, None, label)
        quantities = find_quantities(text, rules)
        found = find_metrics(text, segment, frame=frame, quantities=quantities, rules=rules)
        if len(found) == 1:
            return _placed(found[0], unit, figure, cell)
    return None


def _with_unit(said: str, unit: str | None, rules: RuleSet) -> tuple[str, str | None]:
    """The cell with its unit behind its number; with the unit that it is to have, if unknown."""
    numbers = list(patterns_by_id(rules, "table_words")["figure.number"].finditer(said))
    if unit is None or len(numbers) != 1:
        return "", None
    known = bool(find_quantities(f"1{unit}", rules))
    at = numbers[0].end()
    joined = f"{said[:at]}{unit if known else _ANY_UNIT}{said[at:].lstrip()}"
    return joined, None if known else unit


def _placed(found: Metric, unit: str | None, figure: _Figure, cell: Findings) -> Metric:
    """The metric in the place of its cell."""
    text = cell.view.text
    start, end = cell.view.place(len(text) - len(text.lstrip()), len(text.rstrip()))
    indicator = found.indicator or figure.name or None
    if unit is not None:
        found = dataclasses.replace(found, unit=unit, norm_unit=None, norm_low=None, norm_high=None)
    key = (start, end, indicator, found.low, found.high, found.unit)
    return dataclasses.replace(
        found,
        id=content_id("m", key),
        text=cell.view.original[start:end],
        start=start,
        end=end,
        indicator=indicator,
        kind=figure.kind or found.kind,
        period=str(figure.year) if figure.year else found.period,
        rule="table.figure",
    )
