"""An analysis as it is declared: from this its place in lists, files, page and help follow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from speechmine.themes.declaring.labels import series, table_question, table_title
from speechmine.themes.declaring.run import ComparisonRun
from speechmine.themes.declaring.views import View, first_rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "EVERY",
    "GROUPS",
    "PARTED",
    "Analysis",
    "Chart",
    "TableChange",
    "as_series",
    "heat_map_of",
    "whole",
]

#: Groupings that an analysis may be made by.
EVERY = ("year", "period", "place", "level", "section", "discourse")
#: Those in which a text belongs to one group as a whole.
PARTED = ("year", "place", "level")
#: All but the years, which are drawn along a line.
GROUPS = tuple(by for by in EVERY if by != "year")
TableChange = Callable[["pd.DataFrame"], "pd.DataFrame"]


def whole(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it is."""
    return table


@dataclass(frozen=True)
class Chart:
    """A figure of a table.

    Attributes:
        kind: of figure, as :mod:`speechmine.plots` names it, or what chooses one for a table.
        name: of its file; that of the table by default.
        by: groupings that it is drawn for.
        prepare: what is drawn of the table.
        options: of the figure, by the grouping.
    """

    kind: str | Callable[[pd.DataFrame], str]
    name: str = ""
    by: Collection[str] = ("year",)
    prepare: TableChange = whole
    options: Callable[[str], Mapping[str, str]] = lambda _by: {}

    def kind_for(self, table: pd.DataFrame) -> str:
        """The kind of figure that a table is drawn as."""
        return self.kind if isinstance(self.kind, str) else self.kind(table)


def heat_map_of(item: str, value: str) -> Chart:
    """Where groups are no years: one row an item, one column a group."""

    def options(by: str) -> dict[str, str]:
        return {"rows": item, "columns": by, "value": value}

    return Chart("heat_map", by=GROUPS, options=options)


def as_series(table: pd.DataFrame, columns: Sequence[str], value: str) -> pd.DataFrame:
    """Several columns of a yearly table as several series of one chart.

    Args:
        table: one row a year.
        columns: each becomes a series.
        value: name of what they hold.
    """
    named = {column: series(column) for column in columns}
    kept = table[["year", *columns]].rename(columns=named)
    found = kept.melt("year", var_name="kind", value_name=value)
    found.attrs = dict(table.attrs)
    return found


def _declared_in(module: str, name: str) -> Analysis:
    """The analysis of a module, for another process: what it calls may have no name."""
    known: tuple[Analysis, ...] = import_module(module).ANALYSES
    return next(one for one in known if one.name == name)


@dataclass(frozen=True)
class Analysis:
    """One table of a comparison.

    Attributes:
        name: of the table and its files; ``labels.csv`` has its title and question.
        make: the table; UsageError where the texts are not enough for it.
        by: groupings that it is made for.
        records: needs tasks and metrics, which take longer: made when they are asked for.
        view: what a reader is shown of the table.
        charts: figures of it.
        terminal: whether the terminal shows it.
        page: whether the page shows its rows, only its figures where it has some, or nothing.
        named, asked: title and question of one that ``labels.csv`` does not know.

    Example:
        >>> lengths = Analysis("lengths", lambda run: run.corpus.metadata, named="篇幅")
        >>> lengths.by, lengths.title
        (('year',), '篇幅')
    """

    name: str
    make: Callable[[ComparisonRun], pd.DataFrame]
    by: Collection[str] = ("year",)
    records: bool = False
    view: View = first_rows
    charts: tuple[Chart, ...] = ()
    terminal: bool = False
    page: Literal["rows", "figure", "nothing"] = "rows"
    named: str = ""
    asked: str = ""

    def __reduce__(self) -> tuple[object, ...]:
        return _declared_in, (self.make.__module__, self.name)

    @property
    def title(self) -> str:
        """What readers see for its name."""
        return self.named or table_title(self.name)

    @property
    def question(self) -> str:
        """What it answers."""
        return self.asked or table_question(self.name)
