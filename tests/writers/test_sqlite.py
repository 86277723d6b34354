"""The database, read back by pandas."""

from __future__ import annotations

import dataclasses
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from speechmine.errors import ReadError, UsageError
from speechmine.tables import TABLE_NAMES, columns_of, rows_of
from speechmine.writers import write_file
from speechmine.writers.records.sqlite import update_sqlite, write_sqlite

from samples import TEXT, extraction


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_every_table_is_read_back_as_it_was(table: str, tmp_path: Path) -> None:
    path = tmp_path / "all.sqlite"
    write_file([extraction("a"), extraction("b")], path)
    with closing(sqlite3.connect(path)) as base:
        frame = pd.read_sql(f"SELECT * FROM {table}", base)  # noqa: S608  # our names
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    expected = [row for name in "ab" for row in rows_of(extraction(name), table)]
    assert list(frame.columns) == [column.name for column in columns_of(table)]
    assert len(frame) == len(expected)
    for row, wanted in zip(frame.to_dict("records"), expected, strict=True):
        assert {k: None if pd.isna(v) else v for k, v in row.items()} == wanted


def test_the_ledger_view_and_the_errors(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with path.open("wb") as out:
        write_sqlite([extraction()], out, failures=[ReadError("b.txt", "the file is empty")])
    with closing(sqlite3.connect(path)) as base:
        ledger = pd.read_sql("SELECT 任务, 牵头单位, 最迟 FROM ledger", base)
        assert ledger.iloc[0].tolist() == ["各单位要在6月底前建立台账3本", "区财政局", "2024-06-30"]
        assert base.execute("SELECT source FROM errors").fetchall() == [("b.txt",)]


def test_an_update_replaces_the_rows_of_its_document_only(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    update_sqlite([extraction("a"), extraction("b")], path)
    update_sqlite([extraction("a", tasks=(), metrics=())], path)
    with closing(sqlite3.connect(path)) as base:
        found = base.execute("SELECT doc_id, count(*) FROM tasks GROUP BY 1").fetchall()
        kept = base.execute("SELECT doc_id, count(*) FROM parties GROUP BY 1").fetchall()
        assert base.execute("SELECT doc_id FROM documents ORDER BY 1").fetchall() == [
            ("a",),
            ("b",),
        ]
    assert found == kept == [("b", 2)]


def test_an_update_of_something_else_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(UsageError, match="cannot be updated"):
        update_sqlite([extraction()], path)
    assert path.read_bytes() == b"no database at all" * 100


def test_a_lone_surrogate_is_kept_as_its_escape(tmp_path: Path) -> None:
    document = dataclasses.replace(extraction().document, title="\udc80", text=TEXT)
    out = io.BytesIO()
    write_sqlite([extraction(document=document)], out)
    path = tmp_path / "x.sqlite"
    path.write_bytes(out.getvalue())
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("SELECT title FROM documents").fetchone() == ("\\udc80",)
