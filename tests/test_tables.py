from __future__ import annotations

import dataclasses
from datetime import date
from typing import get_args

import pytest

from speechmine.errors import ReadError, UsageError
from speechmine.frame import table_frame
from speechmine.model import Metric, PartySource, Role, Section, Segment
from speechmine.tables import (
    TABLE_NAMES,
    columns_of,
    error_rows,
    rows_of,
    task_rows,
    value_label,
)

from samples import LEDGER_TASK, METRIC, TEXT, extraction

PYTHON_TYPES = {"text": str, "integer": int, "number": float, "boolean": bool, "date": str}


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_rows_hold_to_their_schema(table: str) -> None:
    columns = columns_of(table)
    rows = list(rows_of(extraction(), table))
    assert rows
    for row in rows:
        assert list(row) == [column.name for column in columns]
        for column in columns:
            value = row[column.name]
            if value is None:
                assert column.nullable, column.name
            else:
                assert type(value) is PYTHON_TYPES[column.type], column.name
            if value is not None and column.type == "date":
                date.fromisoformat(str(value))


@pytest.mark.parametrize("table", [*TABLE_NAMES, "errors"])
def test_columns_are_named_once_and_explained(table: str) -> None:
    columns = columns_of(table)
    assert len({c.name for c in columns}) == len(columns)
    assert len({c.label for c in columns}) == len(columns)
    assert all(c.meaning.endswith(".") for c in columns)


def test_plain_tables_leave_out_nothing_of_their_records() -> None:
    for table, record in (("metrics", Metric), ("sections", Section), ("segments", Segment)):
        fields = {field.name for field in dataclasses.fields(record)}
        assert fields <= {column.name for column in columns_of(table)}


def test_a_ledger_row() -> None:
    row = next(task_rows(extraction()))
    expected = {
        "doc_id": "demo",
        "no": 1,
        "level": 3,
        "lead": "区财政局",
        "responsible": "各单位",
        "cooperate": None,
        "party_sources": "区财政局（承前句）、各单位（本句，泛指）",
        "deadline_text": "6月底前",
        "deadline_kind": "by",
        "earliest": None,
        "latest": "2024-06-30",
        "metrics": "台账3本",
        "measures": "逐项登记；按月更新",
        "section": "一、抓落实",
        "mode": "strict",
    }
    assert {name: row[name] for name in expected} == expected


def test_not_stated_masked_and_whole_document_differ() -> None:
    rows = list(task_rows(extraction()))
    assert (rows[1]["deadline_kind"], rows[1]["deadline_masked"]) == ("within", True)
    assert rows[1]["deadline_edtf"] is None
    open_task = dataclasses.replace(LEDGER_TASK, deadline=type(LEDGER_TASK.deadline)())
    row = next(task_rows(extraction(tasks=(open_task,))))
    assert (row["deadline_kind"], row["deadline_text"]) == ("open", None)
    notices = list(rows_of(extraction(), "notices"))
    assert notices[0]["text"] == TEXT[TEXT.index("X") : -6]
    assert notices[1]["text"] is None


def test_nested_headings_are_joined_from_the_outside() -> None:
    inner = Section("2", "1", 2, None, "建台账", 6, len(TEXT))
    outer = extraction().sections[0]
    placed = dataclasses.replace(LEDGER_TASK, section="2")
    row = next(task_rows(extraction(sections=(outer, inner), tasks=(placed,))))
    assert row["section"] == "一、抓落实 / 建台账"


def test_every_role_and_source_has_a_place_and_a_name() -> None:
    names = {column.name for column in columns_of("tasks")}
    assert set(get_args(Role)) <= names
    assert all(value_label("role", role) != role for role in get_args(Role))
    assert all(value_label("source", source) != source for source in get_args(PartySource))


def test_unknown_tables_are_wrong_usage() -> None:
    with pytest.raises(UsageError, match="there are: tasks"):
        columns_of("task")
    with pytest.raises(UsageError, match="does not come from"):
        rows_of(extraction(), "errors")


def test_error_rows_hold_to_their_schema() -> None:
    (row,) = error_rows([ReadError("a.txt", "no such file", "check the path")])
    assert list(row) == [column.name for column in columns_of("errors")]
    assert row["message"] == "no such file; check the path"


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_frames_have_the_same_types_with_and_without_rows(table: str) -> None:
    empty, full = table_frame([], table), table_frame([extraction()], table)
    assert list(full.columns) == [column.name for column in columns_of(table)]
    assert dict(empty.dtypes) == dict(full.dtypes)
    assert len(empty) == 0


def test_frame_of_several_documents() -> None:
    frame = table_frame([extraction("a"), extraction("b")], "tasks")
    assert list(frame["doc_id"]) == ["a", "a", "b", "b"]
    assert frame["latest"].max().year == 2024
    assert frame["level"].sum() == 10
    assert extraction().to_frame().equals(table_frame([extraction()], "tasks"))
    assert table_frame([extraction()], "metrics")["low"].tolist() == [METRIC.low]
