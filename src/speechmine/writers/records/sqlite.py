"""All tables of :mod:`speechmine.tables` as one SQLite database, with the keys they declare.

``SELECT * FROM ledger`` shows the ledger (台账) under its customary headings; further views
answer the usual questions (``schema/views.toml``). Rows are written as
documents come; the same documents give the same bytes (of one version of SQLite).
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from speechmine.errors import ReadError, UsageError
from speechmine.model import Extraction
from speechmine.tables import Cell, Row, columns_of, error_rows, keys_of, rows_of
from speechmine.writers.records.views import view_queries

if TYPE_CHECKING:
    import os

__all__ = ["ALL_TABLES", "storable", "update_sqlite", "write_sqlite"]

# A table comes after those that its rows belong to.
_TABLES = ("documents", "sections", "segments", "tasks", "parties", "deadlines", "metrics")
#: In the order in which they can be filled.
ALL_TABLES = (*_TABLES, "notices", "errors")
_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
}


def write_sqlite(
    extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """A new database with all documents; inputs that could not be read stand in ``errors``."""
    with tempfile.TemporaryDirectory(prefix="speechmine-") as folder:
        path = Path(folder) / "speechmine.sqlite"
        _fill(path, extractions, failures)
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, out)


def update_sqlite(
    extractions: Iterable[Extraction],
    path: str | os.PathLike[str],
    *,
    failures: Sequence[ReadError] = (),
) -> None:
    """Put documents into a database: all rows of a document of the same ``doc_id`` are replaced.

    Args:
        extractions: all go in, or, after an error, none.
        path: made where it does not exist.
        failures: inputs that could not be read; complete only when the extractions have been
            gone through.

    Raises:
        UsageError: the file is no database, or one of another schema.
    """
    try:
        _fill(Path(path), extractions, failures)
    except sqlite3.DatabaseError as error:
        raise UsageError(
            f"{path}: cannot be updated ({error}); write to a new file instead"
        ) from error


def _fill(path: Path, extractions: Iterable[Extraction], failures: Sequence[ReadError]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA foreign_keys = ON")
        base.execute("BEGIN")
        for statement in _statements():
            base.execute(statement)
        for extraction in extractions:
            _put(base, extraction)
        for row in error_rows(failures):
            _forget_error(base, row["source"])
            _insert(base, "errors", [row])
        base.execute("COMMIT")


def _put(base: sqlite3.Connection, extraction: Extraction) -> None:
    """Deleting a document takes its rows in the other tables with it."""
    base.execute("DELETE FROM documents WHERE doc_id = ?", (storable(extraction.document.id),))
    for table in ALL_TABLES[:-1]:
        _insert(base, table, rows_of(extraction, table))
    _forget_error(base, extraction.document.source)


def _forget_error(base: sqlite3.Connection, source: Cell) -> None:
    """An input is told of once, and no longer when it could be read."""
    base.execute("DELETE FROM errors WHERE source = ?", (storable(source),))


def _insert(base: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    names = [column.name for column in columns_of(table)]
    places = ", ".join("?" * len(names))
    cells = ([storable(row[name]) for name in names] for row in rows)
    base.executemany(f"INSERT INTO {table} VALUES ({places})", cells)  # noqa: S608  # our names


def storable(cell: Cell) -> Cell:
    """A lone surrogate as its escape: databases keep UTF-8."""
    return cell.encode("utf-8", "backslashreplace").decode() if isinstance(cell, str) else cell


def _statements() -> Iterator[str]:
    for table in ALL_TABLES:
        yield f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(_definitions(table))})"
        for other, columns in keys_of(table).foreign.items():
            names = _quoted(columns)
            yield f"CREATE INDEX IF NOT EXISTS {table}_{other} ON {table} ({names})"
    for name, query in view_queries().items():
        yield f'CREATE VIEW IF NOT EXISTS "{name}" AS {query}'


def _definitions(table: str) -> Iterator[str]:
    for column in columns_of(table):
        empty = "" if column.nullable else " NOT NULL"
        yield f'"{column.name}" {_TYPES[column.type]}{empty}'
    keys = keys_of(table)
    if keys.primary:
        yield f"PRIMARY KEY ({_quoted(keys.primary)})"
    for other, columns in keys.foreign.items():
        target = _quoted(keys_of(other).primary)
        yield (
            f"FOREIGN KEY ({_quoted(columns)}) REFERENCES {other} ({target}) "
            "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"
        )


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
