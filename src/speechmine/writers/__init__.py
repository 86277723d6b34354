"""Extractions to files; rows and columns come from :mod:`speechmine.tables`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from speechmine.errors import ReadError, UsageError
from speechmine.model import Extraction
from speechmine.tables import Row
from speechmine.writers.delimited import write_csv, write_csv_rows
from speechmine.writers.excel import write_xlsx, write_xlsx_rows
from speechmine.writers.files import open_output
from speechmine.writers.ics import write_ics
from speechmine.writers.jsonl import (
    write_json,
    write_json_array,
    write_jsonl,
    write_jsonl_rows,
)
from speechmine.writers.parquet import write_parquet, write_parquet_rows

__all__ = [
    "FORMATS",
    "ROW_FORMATS",
    "Writer",
    "format_of",
    "open_output",
    "write_csv",
    "write_file",
    "write_ics",
    "write_json",
    "write_json_array",
    "write_jsonl",
    "write_parquet",
    "write_rows",
    "write_xlsx",
    "writer_of",
]


class Writer(Protocol):
    """Writes all extractions; ``failures`` is complete only when they have been gone through."""

    def __call__(
        self, extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError]
    ) -> None:
        """Write."""


_WRITERS: Mapping[str, Writer] = {
    "json": write_json,
    "jsonl": write_jsonl,
    "csv": write_csv,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
    "ics": write_ics,
}
#: Names of the formats, which are also the suffixes of their files.
FORMATS = tuple(_WRITERS)
#: Formats that rows of a table that compares reports can be written in.
ROW_FORMATS = ("jsonl", "csv", "xlsx", "parquet")


def writer_of(name: str, *, several: bool = False) -> Writer:
    """The writer of a format.

    Args:
        name: one of :data:`FORMATS`.
        several: whether there may be more than one document: JSON is then an array.

    Raises:
        UsageError: there is no such format.
    """
    if name not in _WRITERS:
        raise UsageError(f"no format named {name!r}; there are: {', '.join(FORMATS)}")
    return write_json_array if several and name == "json" else _WRITERS[name]


def format_of(path: str | os.PathLike[str]) -> str:
    """The format that a file's suffix names; json for a name without suffix.

    Raises:
        UsageError: the suffix names none.

    Example:
        >>> format_of("台账.xlsx")
        'xlsx'
    """
    suffix = Path(path).suffix.lower().removeprefix(".")
    if suffix and suffix not in _WRITERS:
        raise UsageError(f"{path}: the suffix names no format; there are: {', '.join(FORMATS)}")
    return suffix or "json"


def write_file(
    extractions: Iterable[Extraction], path: str | os.PathLike[str], *, overwrite: bool = False
) -> None:
    """Write extractions to a file whose suffix names the format; the file is whole or not there.

    Args:
        extractions: what to write. In JSON one gives an object, several an array.
        path: for example ``ledger.xlsx``.
        overwrite: whether an existing file may be replaced.

    Raises:
        UsageError: unknown suffix, existing file, missing folder.
    """
    listed = tuple(extractions)
    write = writer_of(format_of(path), several=len(listed) != 1)
    with open_output(path, overwrite=overwrite) as out:
        write(listed, out, failures=())


def write_rows(
    rows: Iterable[Row],
    table: str,
    out: BinaryIO,
    *,
    format_name: str,
    failures: Sequence[ReadError] = (),
) -> None:
    """Write rows of a table that compares reports (targets, promises, ratchet).

    Args:
        rows: each with a cell for every column of the table.
        table: its name.
        out: a binary stream.
        format_name: one of :data:`ROW_FORMATS`.
        failures: inputs that could not be read; CSV and JSON lines have no place for them.

    Raises:
        UsageError: there is no such format.
    """
    if format_name == "csv":
        write_csv_rows(rows, table, out)
    elif format_name == "jsonl":
        write_jsonl_rows(rows, table, out)
    elif format_name == "xlsx":
        write_xlsx_rows(rows, table, out, failures=failures)
    elif format_name == "parquet":
        write_parquet_rows(rows, table, out, failures=failures)
    else:
        known = ", ".join(ROW_FORMATS)
        raise UsageError(f"rows cannot be written as {format_name!r}; there are: {known}")
