"""The files of a comparison: tables as CSV and one workbook, figures, the page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from gettext import gettext as _
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from speechmine.errors import UsageError
from speechmine.tables import Cell, Column, ColumnType, Row
from speechmine.themes.declaring.labels import column_title, said
from speechmine.writers import open_output
from speechmine.writers.records.delimited import write_csv_table
from speechmine.writers.records.excel import write_xlsx_tables

if TYPE_CHECKING:
    from speechmine.themes import Comparison

__all__ = ["Folder", "csv_bytes", "summary", "table_notes", "workbook_bytes"]

# A workbook is for reading; what is longer stands whole in the CSV file.
_MOST_ROWS = 1000


class Folder:
    """Where the files go: nowhere else, and over nothing without leave."""

    def __init__(self, path: Path, *, force: bool) -> None:
        self.path = path
        self.force = force
        self.written: list[str] = []

    def check(self) -> None:
        """Make the folder.

        Raises:
            UsageError: it cannot be made, or holds files and may not be written to.
        """
        try:
            if self.path.is_dir() and any(self.path.iterdir()) and not self.force:
                raise UsageError(
                    _(
                        "{path}: the folder is not empty; use --force to replace the files of an "
                        "earlier comparison in it, or name another"
                    ).format(path=self.path)
                )
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                _("{path}: no folder can be made here ({error})").format(
                    path=self.path, error=error
                )
            ) from error

    def write(self, name: str, content: bytes) -> None:
        """Write one file, whole or not at all; no link leads out of the folder.

        Raises:
            UsageError: the file cannot be written, or would stand outside.
        """
        target = self.path / name
        try:
            target.parent.mkdir(exist_ok=True)
            inside = target.parent.resolve().is_relative_to(self.path.resolve())
        except OSError as error:
            raise UsageError(
                _("{path}: cannot be written ({error})").format(path=target, error=error)
            ) from error
        if not inside:
            raise UsageError(
                _("{path}: this link leads out of {folder}").format(
                    path=target.parent, folder=self.path
                )
            )
        with open_output(target, overwrite=self.force) as stream:
            stream.write(content)
        self.written.append(name)


def csv_bytes(table: pd.DataFrame) -> bytes:
    """A table as CSV under the names of its columns."""
    out = io.BytesIO()
    write_csv_table(_rows_of_cells(table), [str(name) for name in table.columns], out)
    return out.getvalue()


def _rows_of_cells(table: pd.DataFrame) -> Iterator[Sequence[Cell]]:
    return table.astype(object).where(table.notna(), None).itertuples(index=False, name=None)


def workbook_bytes(found: Comparison) -> bytes:
    """All tables in one workbook, with how each was made in 说明."""
    titles = {name: analysis.title for name, analysis in found.analyses.items()}
    sheets = {titles[name]: _sheet_of(table) for name, table in found.tables.items()}
    out = io.BytesIO()
    write_xlsx_tables(sheets, _notes_sheet(found), out)
    return out.getvalue()


def _sheet_of(table: pd.DataFrame) -> tuple[list[Column], Iterable[Row]]:
    part = table.head(_MOST_ROWS)
    columns = [_sheet_column(str(name), part[name]) for name in part.columns]
    names = [column.name for column in columns]
    rows = (dict(zip(names, map(_scalar, cells), strict=True)) for cells in _rows_of_cells(part))
    return columns, rows


def _scalar(value: Any) -> Cell:
    """A plain number, truth value or text out of a frame's cell."""
    plain = value.item() if hasattr(value, "item") else value
    known = plain is None or isinstance(plain, (str, int, float, bool))
    return plain if known else str(plain)


_TYPES: tuple[tuple[str, ColumnType, int], ...] = (
    ("boolean", "boolean", 9),
    ("integer", "integer", 10),
    ("floating", "number", 12),
)


def _sheet_column(name: str, values: pd.Series[Any]) -> Column:
    kind = pd.api.types.infer_dtype(values.dropna())
    found = next(((t, w) for k, t, w in _TYPES if k in kind), None)
    kind_of_cell, width = found or ("text", _text_width(values))
    return Column(
        name, kind_of_cell, nullable=True, label=column_title(name), meaning="", width=width
    )


def _text_width(values: pd.Series[Any]) -> int:
    longest = max((len(str(value)) for value in values.dropna().head(200)), default=4)
    return min(max(2 * longest + 2, 10), 60)


def _notes_sheet(found: Comparison) -> Iterator[Row]:
    yield {"topic": said("version"), "content": f"speechmine {version('speechmine')}"}
    yield {"topic": said("corpus"), "content": summary(found)}
    for name, table in found.tables.items():
        title = found.analyses[name].title
        yield {"topic": title, "content": found.analyses[name].question}
        for key, value in table_notes(table.attrs):
            yield {"topic": f"{title}·{key}", "content": value}
        if len(table) > _MOST_ROWS:
            content = said("only_rows", most=_MOST_ROWS, n=len(table), name=name)
            yield {"topic": f"{title}·{said('rows')}", "content": content}
    for name, reason in found.left_out.items():
        yield {"topic": f"{found.analyses[name].title}·{said('missing')}", "content": reason}


def summary(found: Comparison) -> str:
    """How many reports of which years."""
    corpus = found.corpus
    years = corpus.years
    span = said("years", first=years[0], last=years[-1], n=len(years)) if years else ""
    chars = sum(text.n_chars for text in corpus.texts)
    return said("reports", n=len(corpus), years=span, chars=chars)


_TOLD = ("method", "vocabulary", "note", "warning")
_LONGEST = 300


def table_notes(attrs: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    """What a table says about itself: method, parameters, vocabulary, warnings."""
    for key in _TOLD:
        if attrs.get(key):
            yield said(key), str(attrs[key])
    params = attrs.get("params", {})
    for key in ("warning", "source"):
        if params.get(key):
            yield said(key), str(params[key])
    plain = {k: v for k, v in params.items() if k not in ("of", "missing", "warning", "source")}
    text = "；".join(f"{key} = {_brief(value)}" for key, value in plain.items())
    if text:
        yield said("params"), text


def _brief(value: object) -> str:
    text = str(value)
    if isinstance(value, list) and len(value) > 3 and all(isinstance(v, int) for v in value):
        text = said("many_years", first=value[0], last=value[-1], n=len(value))
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
