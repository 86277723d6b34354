"""The ledger as Parquet, with declared types and the columns' meaning beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from speechmine.errors import ReadError, UsageError
from speechmine.model import Extraction
from speechmine.tables import Cell, Column, Row, columns_of, error_rows, task_rows

if TYPE_CHECKING:
    import pyarrow as pa

# So many rows become columns at a time.
_AT_ONCE = 512

__all__ = ["arrow_field", "write_parquet", "write_parquet_rows"]


def write_parquet(
    extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """The tasks of all documents; the run's errors stand in the metadata under ``errors``.

    Raises:
        UsageError: pyarrow is not installed.
    """
    rows = (row for extraction in extractions for row in task_rows(extraction))
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

    columns = columns_of(table)
    schema = pa.schema([arrow_field(column) for column in columns])
    # Arrow's columns take a tenth of the rows' memory; the errors are known behind the last row.
    batches = [_batch(some, columns, schema) for some in _batched(rows)]
    notes = {"errors": json.dumps(list(error_rows(failures)), ensure_ascii=False)}
    whole = pa.Table.from_batches(batches, schema=schema).replace_schema_metadata(notes)
    parquet.write_table(whole, out)


def _batched(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while some := list(islice(remaining, _AT_ONCE)):
        yield some


def _batch(rows: Sequence[Row], columns: Sequence[Column], schema: pa.Schema) -> pa.RecordBatch:
    cells = ([_typed(row[column.name], column) for row in rows] for column in columns)
    arrays = [_pyarrow().array(c, field.type) for c, field in zip(cells, schema, strict=True)]
    return _pyarrow().RecordBatch.from_arrays(arrays, schema=schema)


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
