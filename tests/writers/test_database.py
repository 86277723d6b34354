"""A real PostgreSQL holds what SQLite holds, and is brought up to date document by document."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy
from click.testing import CliRunner

from speechmine.cli import _cli
from speechmine.errors import ReadError, UsageError
from speechmine.tables import TABLE_NAMES, Cell, columns_of, keys_of, rows_of
from speechmine.writers.records.database import is_database, update_database
from speechmine.writers.records.sqlite import update_sqlite
from speechmine.writers.records.views import view_queries

from samples import extraction
from servers import free_port, postgresql_server

SPEECH = "同志们：\n县财政局要在{month}月底前拨付补助资金300万元。\n县水利局要修好水渠。\n"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


@pytest.fixture
def url(server: str) -> Iterator[str]:
    yield server
    asked(server, "DROP SCHEMA public CASCADE")
    asked(server, "CREATE SCHEMA public")


def engine(url: str) -> sqlalchemy.Engine:
    return sqlalchemy.create_engine(
        url.replace("postgresql", "postgresql+pg8000"), poolclass=sqlalchemy.NullPool
    )


def asked(url: str, query: str) -> list[tuple[object, ...]]:
    with engine(url).begin() as base:
        found = base.execute(sqlalchemy.text(query))
        return [tuple(row) for row in found] if found.returns_rows else []


def stored(cell: Cell, kind: str) -> object:
    return dt.date.fromisoformat(cell) if kind == "date" and isinstance(cell, str) else cell


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_every_table_is_there_with_its_keys(table: str, url: str) -> None:
    update_database([extraction("a"), extraction("b")], url)
    update_database([extraction("a")], url)
    types = {column.name: column.type for column in columns_of(table)}
    wanted = [
        tuple(stored(cell, types[name]) for name, cell in row.items())
        for name in "ab"
        for row in rows_of(extraction(name), table)
    ]
    found = asked(url, f'SELECT * FROM "{table}"')  # noqa: S608  # our names
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    keys = sqlalchemy.inspect(engine(url))
    assert tuple(keys.get_pk_constraint(table)["constrained_columns"]) == keys_of(table).primary
    assert len(keys.get_foreign_keys(table)) == len(keys_of(table).foreign)


def test_a_document_that_comes_again_is_replaced_and_the_others_stay(url: str) -> None:
    update_database([extraction("a"), extraction("b")], url)
    update_database([extraction("a", tasks=(), metrics=())], url)
    assert asked(url, "SELECT doc_id, count(*) FROM tasks GROUP BY 1") == [("b", 2)]
    assert asked(url, "SELECT doc_id FROM documents ORDER BY 1") == [("a",), ("b",)]


@pytest.mark.parametrize("name", view_queries())
def test_the_views_say_the_same_in_both_databases(name: str, url: str, tmp_path: Path) -> None:
    documents = [extraction("a"), extraction("b")]
    update_database(documents, url)
    update_sqlite(documents, tmp_path / "x.sqlite")
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as base:
        light = base.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608  # our names
    heavy = asked(url, f'SELECT * FROM "{name}"')  # noqa: S608  # our names
    plain = [tuple(str(c) if isinstance(c, dt.date) else c for c in row) for row in heavy]
    assert sorted(plain, key=repr) == sorted(light, key=repr)


def test_all_or_nothing(url: str) -> None:
    update_database([extraction("a")], url)

    def broken() -> Iterator[object]:
        yield extraction("b")
        raise UsageError("the third is missing")

    with pytest.raises(UsageError, match="third"):
        update_database(broken(), url)  # type: ignore[arg-type]
    assert asked(url, "SELECT doc_id FROM documents") == [("a",)]


def test_what_a_database_cannot_hold_is_replaced(url: str) -> None:
    update_database([extraction("a\x00\ud800")], url)
    assert asked(url, "SELECT doc_id FROM documents") == [("a\ufffd\\ud800",)]


def test_an_input_that_failed_is_told_of_until_it_is_read(url: str) -> None:
    source = extraction("a").document.source
    update_database([], url, failures=[ReadError(source, "the file is empty")])
    update_database([], url, failures=[ReadError(source, "the file is empty")])
    assert len(asked(url, "SELECT * FROM errors")) == 1
    update_database([extraction("a")], url)
    assert asked(url, "SELECT * FROM errors") == []


def test_tables_of_something_else_are_refused_without_the_password(url: str) -> None:
    asked(url, "CREATE TABLE documents (doc_id integer PRIMARY KEY)")
    with pytest.raises(UsageError, match="cannot be written") as caught:
        update_database([extraction("a")], url)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("geheim", "falsch"), "password authentication failed"),
        (("/postgres", "/keine"), "does not exist"),
    ],
)
def test_who_may_not_is_told_so(change: tuple[str, str], message: str, server: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        update_database([], server.replace(*change))
    assert change[1] not in str(caught.value) or change[1] == "/keine"


def test_no_server_and_no_address_are_told_so() -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        update_database([], f"postgresql://x@127.0.0.1:{free_port()}/y")
    with pytest.raises(UsageError, match="is expected"):
        update_database([], "postgresql://:::")


def test_from_the_command_line_twice(url: str, tmp_path: Path) -> None:
    speech = tmp_path / "讲话.txt"
    for month in (6, 7):
        speech.write_text(SPEECH.format(month=month), encoding="utf-8")
        done = CliRunner().invoke(_cli, ["extract", str(speech), "--date", "2024-03-01", "-o", url])
        assert done.exit_code == 0, done.output
    assert asked(url, 'SELECT "最迟" FROM due') == [(dt.date(2024, 7, 31),)]


def test_sqlite_is_added_to(tmp_path: Path) -> None:
    out = tmp_path / "all.sqlite"
    for name, month in (("a", 6), ("b", 7), ("a", 8)):
        speech = tmp_path / f"{name}.txt"
        speech.write_text(SPEECH.format(month=month), encoding="utf-8")
        command = ["extract", str(speech), "--date", "2024-03-01", "-o", str(out), "--append"]
        assert CliRunner().invoke(_cli, command).exit_code == 0
    with closing(sqlite3.connect(out)) as base:
        found = base.execute('SELECT "文档", "最迟" FROM due ORDER BY 1').fetchall()
    assert found == [("a", "2024-08-31"), ("b", "2024-07-31")]


@pytest.mark.parametrize("name", ["x.xlsx", "x.json"])
def test_only_a_database_is_added_to(name: str, tmp_path: Path) -> None:
    speech = tmp_path / "a.txt"
    speech.write_text(SPEECH.format(month=6), encoding="utf-8")
    done = CliRunner().invoke(
        _cli, ["extract", str(speech), "-o", str(tmp_path / name), "--append"]
    )
    assert done.exit_code == 2
    assert "only a database" in done.output


@pytest.mark.parametrize(
    ("out", "found"),
    [
        ("postgresql://a@b/c", True),
        ("postgresql+pg8000://a@b/c", True),
        ("postgres://b/c", True),
        ("postgresql", False),
        ("a/postgresql.sqlite", False),
    ],
)
def test_what_is_an_address_of_a_database(out: str, found: object) -> None:
    assert is_database(out) is found
