"""All tables as a PostgreSQL database, through SQLAlchemy: documents come in, and are replaced.

The driver is pg8000, in plain Python. Tables, keys and views are those of the SQLite database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from speechmine.errors import ReadError, UsageError
from speechmine.model import Extraction
from speechmine.tables import Cell, Column, columns_of, error_rows, keys_of, rows_of
from speechmine.writers.records.sqlite import ALL_TABLES, storable
from speechmine.writers.records.views import view_queries

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine, MetaData, Table

__all__ = ["is_database", "update_database"]

_SCHEMES = ("postgresql", "postgres")
_DRIVER = "postgresql+pg8000"


def is_database(out: str) -> bool:
    """Whether an output is the address of a database.

    Example:
        >>> is_database("postgresql://duban@db.example/ledger"), is_database("台账.xlsx")
        (True, False)
    """
    return out.partition("://")[0].partition("+")[0] in _SCHEMES and "://" in out


def update_database(
    extractions: Iterable[Extraction], url: str, *, failures: Sequence[ReadError] = ()
) -> None:
    """Put documents into a database: all rows of a document of the same ``doc_id`` are replaced.

    Tables and views are made where they are not there yet. All goes in, or, after an error,
    nothing.

    Args:
        extractions: what to write.
        url: ``postgresql://user@host:5432/database``; the password may stand in it, or in the
            environment as PGPASSWORD.
        failures: inputs that could not be read; they stand in ``errors``, and are complete only
            when the extractions have been gone through.

    Raises:
        UsageError: no such address, no answer, or tables of another schema.
    """
    try:
        from sqlalchemy.exc import SQLAlchemyError
    except ModuleNotFoundError as error:
        advice = "pip install 'speechmine[postgresql]'"
        raise UsageError(f"databases need SQLAlchemy, which is not installed: {advice}") from error
    address = _address(url)
    shown = address.render_as_string(hide_password=True)
    try:
        engine = _engine(address)
        tables = _tables()
        with engine.begin() as base:
            _make(base, tables)
            for extraction in extractions:
                _put(base, tables, extraction)
            _put_errors(base, tables.tables["errors"], failures)
    except ModuleNotFoundError as error:
        advice = "pip install 'speechmine[postgresql]'"
        raise UsageError(f"{shown}: the driver is not installed; {advice}") from error
    except SQLAlchemyError as error:
        raise UsageError(f"{shown}: cannot be written ({_reason(error)})") from error


def _address(url: str) -> URL:
    import os

    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        advice = "postgresql://user@host:5432/database is expected"
        raise UsageError(f"this is no address of a database; {advice}") from error
    if "+" not in address.drivername:
        address = address.set(drivername=_DRIVER)
    if address.password is None and os.environ.get("PGPASSWORD"):
        address = address.set(password=os.environ["PGPASSWORD"])
    return address


def _engine(address: URL) -> Engine:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    return create_engine(address, poolclass=NullPool)


def _reason(error: Exception) -> str:
    """The server's own words, without the statement and what it carried."""
    origin = getattr(error, "orig", None)
    said = getattr(origin, "args", None) or (error,)
    first = said[0]
    return str(first["M"] if isinstance(first, dict) and "M" in first else first).splitlines()[0]


def _tables() -> MetaData:
    from sqlalchemy import ForeignKeyConstraint, Index, MetaData, PrimaryKeyConstraint, Table

    found = MetaData()
    for name in ALL_TABLES:
        keys = keys_of(name)
        parts: list[Any] = [_sql_column(column) for column in columns_of(name)]
        if keys.primary:
            parts.append(PrimaryKeyConstraint(*keys.primary))
        for other, columns in keys.foreign.items():
            target = [f"{other}.{column}" for column in keys_of(other).primary]
            parts += [
                ForeignKeyConstraint(
                    columns, target, ondelete="CASCADE", deferrable=True, initially="DEFERRED"
                ),
                Index(f"{name}_{other}", *columns),
            ]
        Table(name, found, *parts)
    return found


def _sql_column(column: Column) -> Any:
    from sqlalchemy import BigInteger, Boolean, Date, Double, Text
    from sqlalchemy import Column as DatabaseColumn

    types = {
        "text": Text,
        "integer": BigInteger,
        "number": Double,
        "boolean": Boolean,
        "date": Date,
    }
    return DatabaseColumn(column.name, types[column.type], nullable=column.nullable)


def _make(base: Connection, tables: MetaData) -> None:
    from sqlalchemy import text

    tables.create_all(base)
    for name, query in view_queries().items():
        base.execute(text(f'CREATE OR REPLACE VIEW "{name}" AS {query}'))


def _put(base: Connection, tables: MetaData, extraction: Extraction) -> None:
    """Deleting a document takes its rows in the other tables with it."""
    documents = tables.tables["documents"]
    name = _stored_cell(extraction.document.id, "text")
    base.execute(documents.delete().where(documents.c.doc_id == name))
    for table in ALL_TABLES[:-1]:
        types = {column.name: column.type for column in columns_of(table)}
        rows = [
            {column: _stored_cell(cell, types[column]) for column, cell in row.items()}
            for row in rows_of(extraction, table)
        ]
        if rows:
            base.execute(tables.tables[table].insert(), rows)
    errors = tables.tables["errors"]
    base.execute(
        errors.delete().where(errors.c.source == _stored_cell(extraction.document.source, "text"))
    )


def _put_errors(base: Connection, errors: Table, failures: Sequence[ReadError]) -> None:
    for row in error_rows(failures):
        cells = {name: _stored_cell(cell, "text") for name, cell in row.items()}
        base.execute(errors.delete().where(errors.c.source == cells["source"]))
        base.execute(errors.insert(), cells)


def _stored_cell(cell: Cell, kind: str) -> Cell | dt.date:
    """A text without what a database cannot hold; a day as a day."""
    if kind == "date" and isinstance(cell, str):
        return dt.date.fromisoformat(cell)
    kept = storable(cell)
    return kept.replace("\x00", "\ufffd") if isinstance(kept, str) else kept
