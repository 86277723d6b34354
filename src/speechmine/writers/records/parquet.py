"""The ledger as Parquet, with declared types and the columns' meaning beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from speechmine.errors import ReadError, UsageError
from speechmine.model import Extraction
from speechmine.tables import Cell, Column, Row, columns_of, error_rows, task_rows

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["arrow_field", "write_parquet", "write_parquet_rows"]


def write_parquet(
    extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """The tasks of all documents; the run's errors stand in the metadata under ``errors``.

    Raises:
        UsageError: pyarrow is not installed.
    """
    rows = [row for extraction in extractions for row in task_rows(extraction)]
    write_parquet_rows(rows, "tasks", out, failures=failures)


def write_parquet_rows(
    rows: Iterable[Row], table: str, out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """Rows of any table; errors as above.

    Raises:
        UsageError: pyarrow is not installed.
    """
    pa = _pyarrow()
    from pyarrow import parquet

    columns, listed = columns_of(table), list(rows)
    notes = {"errors": json.dumps(list(error_rows(failures)), ensure_ascii=False)}
    schema = pa.schema([arrow_field(column) for column in columns], metadata=notes)
    cells = [[_typed(row[c.name], c) for row in listed] for c in columns]
    arrays = [pa.array(c, f.type) for c, f in zip(cells, schema, strict=True)]
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), out)


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ImportError as error:
        raise UsageError(
            'Parquet needs pyarrow, which is not installed: pip install "speechmine[parquet]"'
        ) from error
    return pa


def arrow_field(column: Column) -> pa.Field[Any]:
    """A column of a table as Arrow declares it, with its Chinese label and meaning.

    Raises:
        UsageError: pyarrow is not installed.
    """
    pa = _pyarrow()

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    notes = {"label": column.label, "meaning": column.meaning}
    return pa.field(column.name, types[column.type], nullable=column.nullable, metadata=notes)


def _typed(cell: Cell, column: Column) -> Cell | date:
    """As Parquet keeps it: a date as such, a lone surrogate as its escape."""
    if not isinstance(cell, str):
        return cell
    if column.type == "date":
        return date.fromisoformat(cell)
    return cell.encode("utf-8", "backslashreplace").decode("utf-8")
