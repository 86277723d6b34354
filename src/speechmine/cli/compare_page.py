"""A comparison as one page that needs no network and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pandas as pd

from speechmine.cli.compare_files import summary, table_notes
from speechmine.themes.declaring.labels import cell_told, column_title

if TYPE_CHECKING:
    from speechmine.themes import Comparison

__all__ = ["comparison_page"]

_ROWS = 40
_SHORT = 12


@dataclass(frozen=True)
class _Column:
    label: str
    kind: str


@dataclass(frozen=True)
class _TablePart:
    """What the template needs of one table."""

    name: str
    title: str
    question: str
    figures: Sequence[str]
    columns: Sequence[_Column]
    rows: Sequence[Sequence[str]]
    total: int
    told: Sequence[tuple[str, str]]

    @property
    def short(self) -> bool:
        """Whether the table is shown open."""
        return len(self.rows) <= _SHORT


def comparison_page(
    found: Comparison,
    figures: Mapping[str, Sequence[str]],
    *,
    heading: str,
    notes: Sequence[str] = (),
) -> str:
    """The page; all that comes from the texts is escaped, and nothing in it can run.

    Args:
        found: the comparison.
        figures: addresses of the pictures by table.
        heading: of the page.
        notes: lines below it.
    """
    from jinja2 import Environment, StrictUndefined

    source = files("speechmine.cli").joinpath("compare.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
    return template.render(
        heading=heading,
        corpus=summary(found),
        notes=notes,
        parts=list(_parts_of_page(found, figures)),
        left_out=[(found.analyses[n].title, reason) for n, reason in found.left_out.items()],
        version=version("speechmine"),
    )


def _parts_of_page(found: Comparison, figures: Mapping[str, Sequence[str]]) -> Iterator[_TablePart]:
    for name, table in found.tables.items():
        drawn, analysis = figures.get(name, ()), found.analyses[name]
        if analysis.page == "nothing":
            continue
        rows = found.view(name, _ROWS)
        if analysis.page == "figure" and drawn:
            rows = rows.head(0)
        columns = [str(column) for column in rows.columns]
        yield _TablePart(
            name,
            analysis.title,
            analysis.question,
            drawn,
            [_Column(column_title(c), _kind_of_column(rows[c])) for c in columns],
            [
                _row_cells(columns, row, share=bool(rows.attrs.get("share")))
                for row in _tuples(rows)
            ],
            len(table),
            list(table_notes(table.attrs)),
        )


def _tuples(rows: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    return rows.itertuples(index=False, name=None)


def _row_cells(columns: Sequence[str], row: tuple[object, ...], *, share: bool) -> list[str]:
    # In a crossed table the first column is the group, the others are values.
    return [
        cell_told(c, v, share=share and i > 0)
        for i, (c, v) in enumerate(zip(columns, row, strict=True))
    ]


def _kind_of_column(column: pd.Series[Any]) -> str:
    if pd.api.types.is_numeric_dtype(column.dtype):
        return "num"
    return "text" if column.dropna().astype(str).str.len().max() > 12 else ""
