"""Extractions as pandas frames, with the columns and types of :mod:`speechmine.tables`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from speechmine.model import Extraction
from speechmine.tables import Column, ColumnType, Row, columns_of, rows_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DTYPES", "frame_of", "frame_of_columns", "table_frame"]

#: Types of the columns in pandas. Each can be empty: a frame of no rows has the same types.
DTYPES: Mapping[ColumnType, str] = {
    # Not the pyarrow kind, even where pyarrow is there: a comparison of it cannot be combined
    # with a nullable boolean column (frame["met"] & (frame["indicator_id"] == "cpi")).
    "text": "string[python]",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
}


def table_frame(extractions: Iterable[Extraction], table: str) -> pd.DataFrame:
    """One table of all documents.

    Args:
        extractions: in the order in which rows shall stand.
        table: tasks, metrics, parties, segments, sections or notices.

    Returns:
        A frame with the declared columns and types, even for zero rows.

    Raises:
        UsageError: there is no such table.

    Example:
        >>> str(table_frame([], "metrics")["low"].dtype)
        'Float64'
    """
    return frame_of((row for item in extractions for row in rows_of(item, table)), table)


def frame_of(rows: Iterable[Row], table: str) -> pd.DataFrame:
    """Rows of one table as a frame with the declared columns and types.

    Args:
        rows: each with a cell for every column of the table.
        table: any table of :func:`speechmine.tables.columns_of`.

    Example:
        >>> str(frame_of([], "targets")["explicitly_absent"].dtype)
        'boolean'
    """
    return frame_of_columns(list(rows), columns_of(table))


def frame_of_columns(rows: Sequence[Row], columns: Iterable[Column]) -> pd.DataFrame:
    """Rows as a frame with columns of any declaration.

    Args:
        rows: each with a cell for every column.
        columns: as declared.

    Example:
        >>> str(frame_of_columns([], columns_of("tasks"))["doc_date"].dtype)
        'datetime64[s]'
    """
    import pandas as pd

    return pd.DataFrame(
        {
            column.name: pd.Series([row[column.name] for row in rows], dtype=DTYPES[column.type])
            for column in columns
        }
    )
