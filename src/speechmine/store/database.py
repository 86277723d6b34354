"""The tables of a store, and how its database is opened: SQLite in one file, or PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, NoSuchModuleError

from speechmine.errors import ReadError, UsageError

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import URL

__all__ = ["DECISIONS", "EXTRACTIONS", "TEXTS", "copy_database", "open_engine", "url_of"]

_METADATA = MetaData()
TEXTS = Table(
    "texts",
    _METADATA,
    Column("key", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("date", String(10)),
    Column("sha256", String(64), nullable=False),
    Column("added", String(32), nullable=False),
)
EXTRACTIONS = Table(
    "extractions",
    _METADATA,
    Column("text", ForeignKey("texts.key"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made_by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
DECISIONS = Table(
    "decisions",
    _METADATA,
    Column("seq", Integer, primary_key=True),
    Column("text", ForeignKey("texts.key"), nullable=False),
    Column("extraction", Integer, nullable=False),
    Column("reader", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("action", String(40), nullable=False),
    Column("changes", Text, nullable=False),
    Column("undoes", ForeignKey("decisions.seq")),
    Column("token", String(80)),
    Index("decisions_of_text", "text", "seq"),
    Index("decisions_token", "token", unique=True),
    sqlite_autoincrement=True,
)
_BUSY_SECONDS = 30
# Drivers whose licence lets anybody pass them on.
_DRIVERS: Mapping[str, str] = {"postgresql": "postgresql+pg8000", "postgres": "postgresql+pg8000"}


def url_of(where: str | os.PathLike[str]) -> URL:
    """The address of a database: a path is that of an SQLite file.

    Raises:
        UsageError: it is no address of a kind that is known.

    Example:
        >>> url_of("postgresql://duban@db.example/duban").drivername
        'postgresql+pg8000'
    """
    named = os.fspath(where)
    if "://" not in named:
        return make_url("sqlite://").set(database=str(Path(named).absolute()))
    try:
        url = make_url(named)
    except ArgumentError as error:
        raise UsageError(
            "store: a file or an address such as postgresql://… is expected"
        ) from error
    if url.get_backend_name() not in ("sqlite", "postgresql", "postgres"):
        raise UsageError(f"store: {url.drivername}: SQLite and PostgreSQL are known")
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


def open_engine(url: URL) -> Engine:
    """Connect, and bring the tables to the form of this version.

    Raises:
        ReadError: nobody answers there, it is no store, or one of a later version.
        UsageError: the driver is not installed.
    """
    shown = url.render_as_string(hide_password=True)
    try:
        engine = create_engine(url, pool_pre_ping=True)
        if url.get_backend_name() == "sqlite":
            _as_one_file(engine)
        with engine.begin() as connection:
            _migrate(connection, shown)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(f"{shown}: pip install 'speechmine[postgresql]' ({error})") from error
    except (DatabaseError, InterfaceError, OSError) as error:
        reason = " ".join(str(getattr(error, "orig", error)).split())[:200]
        raise ReadError(shown, f"cannot be opened as a store ({reason})", "check it") from error
    return engine


def _as_one_file(engine: Engine) -> None:
    """SQLite that is whole in its one file after each commit, and waits for its turn to write."""

    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")

    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _migrate(connection: Connection, shown: str) -> None:
    from alembic import command
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with as_file(files("speechmine.store") / "migrations") as folder:
        config = _config(folder, connection)
        script = ScriptDirectory.from_config(config)
        now = MigrationContext.configure(connection).get_current_revision()
        if now == script.get_current_head():
            return
        if now is not None and now not in {
            revision.revision for revision in script.walk_revisions()
        }:
            raise ReadError(
                shown, f"the store is of a later version ({now})", "install a newer speechmine"
            )
        command.upgrade(config, "head")


def _config(folder: Path, connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def copy_database(source: Path, target: str | os.PathLike[str]) -> None:
    """A whole copy of a file of SQLite while others go on with it."""
    with sqlite3.connect(source) as read, sqlite3.connect(target) as written:
        read.backup(written)
    read.close()
    written.close()
