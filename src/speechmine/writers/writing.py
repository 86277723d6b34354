"""Extractions, and rows of tables that compare reports, into the file of a format."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.tables import Row
from speechmine.writers.files import open_output
from speechmine.writers.formats import format_of, row_writer_of, writer_of

__all__ = ["write_file", "write_rows"]


def write_file(
    extractions: Iterable[Extraction],
    path: str | os.PathLike[str],
    *,
    overwrite: bool = False,
    format_name: str | None = None,
) -> None:
    """Write extractions to a file; the file is whole or not there.

    Args:
        extractions: what to write. In JSON one gives an object, several an array.
        path: for example ``ledger.xlsx``.
        overwrite: whether an existing file may be replaced.
        format_name: a name in :data:`~speechmine.writers.FORMATS`; by default what the suffix says.

    Raises:
        UsageError: unknown suffix, existing file, missing folder.
    """
    listed = tuple(extractions)
    write = writer_of(format_name or format_of(path), several=len(listed) != 1)
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
        format_name: one of :data:`~speechmine.writers.ROW_FORMATS`.
        failures: inputs that could not be read; CSV and JSON lines have no place for them.

    Raises:
        UsageError: there is no such format.
    """
    row_writer_of(format_name)(rows, table, out, failures=failures)
