"""Extractions to files; rows and columns come from :mod:`speechmine.tables`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from speechmine.errors import ReadError, UsageError
from speechmine.model import Extraction
from speechmine.tables import Row
from speechmine.writers.database import is_database, update_database
from speechmine.writers.delimited import write_csv, write_csv_rows
from speechmine.writers.dingtalk import write_dingtalk
from speechmine.writers.excel import write_xlsx, write_xlsx_rows
from speechmine.writers.feishu import write_feishu
from speechmine.writers.files import open_output
from speechmine.writers.gitlab import write_gitlab
from speechmine.writers.ics import write_ics
from speechmine.writers.jira import write_jira
from speechmine.writers.jsonl import (
    write_json,
    write_json_array,
    write_jsonl,
    write_jsonl_rows,
)
from speechmine.writers.markdown import write_markdown
from speechmine.writers.msproject import write_msproject
from speechmine.writers.org import write_org
from speechmine.writers.parquet import write_parquet, write_parquet_rows
from speechmine.writers.sqlite import update_sqlite, write_sqlite
from speechmine.writers.taskwarrior import write_taskwarrior
from speechmine.writers.todoist import write_todoist
from speechmine.writers.todotxt import write_todotxt

__all__ = [
    "FORMATS",
    "ROW_FORMATS",
    "Writer",
    "format_of",
    "is_database",
    "open_output",
    "update_database",
    "update_sqlite",
    "write_csv",
    "write_dingtalk",
    "write_feishu",
    "write_file",
    "write_gitlab",
    "write_ics",
    "write_jira",
    "write_json",
    "write_json_array",
    "write_jsonl",
    "write_markdown",
    "write_msproject",
    "write_org",
    "write_parquet",
    "write_rows",
    "write_sqlite",
    "write_taskwarrior",
    "write_todoist",
    "write_todotxt",
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
    "sqlite": write_sqlite,
    "markdown": write_markdown,
    "org": write_org,
    "todotxt": write_todotxt,
    "taskwarrior": write_taskwarrior,
    "msproject": write_msproject,
    "jira": write_jira,
    "gitlab": write_gitlab,
    "todoist": write_todoist,
    "feishu": write_feishu,
    "dingtalk": write_dingtalk,
}
#: Names of the formats.
FORMATS = tuple(_WRITERS)
#: Suffixes that say the format; the others (trackers' CSV, JSON, XML, text) must be named.
_SUFFIXES: Mapping[str, str] = {
    **{name: name for name in ("json", "jsonl", "csv", "xlsx", "parquet", "ics", "sqlite")},
    "db": "sqlite",
    "md": "markdown",
    "org": "org",
}
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
    if suffix and suffix not in _SUFFIXES:
        raise UsageError(
            f"{path}: the suffix names no format; name it (--format, format_name) or use one of: "
            f"{', '.join(_SUFFIXES)}"
        )
    return _SUFFIXES[suffix] if suffix else "json"


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
        format_name: one of :data:`FORMATS`; by default what the suffix says.

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
