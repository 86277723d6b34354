from __future__ import annotations

import builtins
import csv
import dataclasses
import io
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from speechmine.errors import ReadError, UsageError
from speechmine.tables import columns_of, task_rows
from speechmine.writers import format_names, format_of, open_output, write_file, writer_of

from samples import LEDGER_TASK, extraction
from shared import SHARED

TWO = (extraction("a"), extraction("b"))
FAILED = [ReadError("bad.txt", "the file is empty", "put the text of the speech into it")]


def written(name: str, *results: Any, failures: Any = (), several: bool = False) -> bytes:
    out = io.BytesIO()
    writer_of(name, several=several)(results, out, failures=failures)
    return out.getvalue()


def test_json_of_one_document_is_an_object(schema: jsonschema.Draft202012Validator) -> None:
    item = json.loads(written("json", extraction(), failures=FAILED))
    schema.validate(item)
    assert item == {**json.loads(json.dumps(extraction().to_dict())), "errors": item["errors"]}
    assert item["errors"][0]["source"] == "bad.txt"
    with pytest.raises(UsageError, match="one document"):
        written("json", *TWO)


def test_json_array_and_lines_hold_all_and_name_failures_once(
    schema: jsonschema.Draft202012Validator,
) -> None:
    array = json.loads(written("json", *TWO, failures=FAILED, several=True))
    lines = [json.loads(line) for line in written("jsonl", *TWO, failures=FAILED).splitlines()]
    assert array == lines
    assert [item["document"]["id"] for item in array] == ["a", "b"]
    assert [len(item["errors"]) for item in array] == [0, 1]
    for item in array:
        schema.validate(item)
    assert json.loads(written("json", several=True)) == []
    assert written("jsonl") == b""


def test_failures_that_come_up_while_writing_are_named() -> None:
    failures: list[ReadError] = []

    def results() -> Any:
        yield extraction("a")
        failures.extend(FAILED)

    out = io.BytesIO()
    writer_of("jsonl")(results(), out, failures=failures)
    assert json.loads(out.getvalue())["errors"]


def test_lone_surrogates_are_escaped_in_json() -> None:
    item = json.loads(written("json", extraction("a\udc80")))
    assert item["document"]["id"] == "a\udc80"


def test_csv_round_trip() -> None:
    content = written("csv", *TWO)
    assert content.startswith(b"\xef\xbb\xbfdoc_id,")
    assert content.count(b"\r\n") == content.count(b"\n")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 4
    for row, expected in zip(rows, task_rows(TWO[0]), strict=False):
        plain = {k: "" if v is None else str(v) for k, v in expected.items()}
        assert {k: v.replace("true", "True").replace("false", "False") for k, v in row.items()} == (
            plain
        )


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", '=cmd|" /C calc"!A0']


@pytest.mark.parametrize("title", HOSTILE)
def test_formulas_are_disarmed(title: str) -> None:
    hostile = extraction(tasks=(dataclasses.replace(LEDGER_TASK, title=title),))
    text = written("csv", hostile).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["title"] == f"'{title}"
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", hostile)))
    names = [column.name for column in columns_of("tasks")]
    cell = book["台账"].cell(2, names.index("title") + 1)
    assert cell.data_type == "s"


def test_workbook() -> None:
    content = written("xlsx", *TWO, failures=FAILED)
    assert content == written("xlsx", *TWO, failures=FAILED), "the same input, the same bytes"
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["台账", "指标", "提示", "说明"]
    ledger = book["台账"]
    assert [c.value for c in ledger[1]] == [c.label for c in columns_of("tasks")]
    assert ledger.max_row == 5
    assert ledger.freeze_panes == "A2"
    assert ledger.auto_filter.ref.endswith("5")
    assert ledger.page_setup.orientation == "landscape"
    row = {
        column.label: cell.value
        for column, cell in zip(columns_of("tasks"), ledger[2], strict=True)
    }
    assert (row["级别"], row["时限类型"], row["牵头单位"]) == (3, "截止", "区财政局")
    assert book["提示"].cell(book["提示"].max_row, 1).value == "bad.txt"
    notes = {r[0].value: r[1].value for r in book["说明"].iter_rows()}
    assert "从严" in notes["模式"]
    assert "speechmine" in notes["软件版本"]


def test_workbook_takes_any_text() -> None:
    odd = dataclasses.replace(LEDGER_TASK, title="甲\x07乙\udc80", object="长" * 40_000)
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", extraction(tasks=(odd,)))))
    row = {c.name: cell.value for c, cell in zip(columns_of("tasks"), book["台账"][2], strict=True)}
    assert row["title"] == "甲\ufffd乙?"
    assert len(row["object"]) == 32_767


def test_workbook_of_nothing() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    assert book["台账"].max_row == 1


def test_parquet_round_trip() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(written("parquet", *TWO, failures=FAILED)))
    assert table.column_names == [column.name for column in columns_of("tasks")]
    rows = table.to_pylist()
    assert len(rows) == 4
    assert str(rows[0]["latest"]) == "2024-06-30"
    assert rows[0]["deadline_masked"] is False
    assert json.loads(table.schema.metadata[b"errors"])[0]["source"] == "bad.txt"
    assert "not stated" in table.schema.field("doc_date").metadata[b"meaning"].decode()
    empty = parquet.read_table(io.BytesIO(written("parquet")))
    assert empty.schema.equals(table.schema)


def test_parquet_without_pyarrow_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(UsageError, match=r"speechmine\[parquet\]"):
        written("parquet", extraction())


@pytest.mark.parametrize("name", [*format_names()[:7], "org"])
def test_files_by_suffix(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"台账.{name.upper()}"
    write_file([extraction()], path)
    assert path.read_bytes() == written(name, extraction())
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_suffixes() -> None:
    assert format_of("out") == "json"
    with pytest.raises(UsageError, match="names no format"):
        format_of("out.doc")
    with pytest.raises(UsageError, match="there are: json"):
        writer_of("xml")
    with pytest.raises(UsageError, match="--format"):
        format_of("plan.xml")


def test_existing_files_are_kept_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("old")
    with pytest.raises(UsageError, match="--force"):
        write_file([extraction()], path)
    assert path.read_text() == "old"
    write_file([extraction()], path, overwrite=True)
    assert json.loads(path.read_bytes())["document"]["id"] == "demo"


def test_a_crash_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("old")

    def crash() -> None:
        with open_output(path, overwrite=True) as out:
            out.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        crash()
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    for path, reason in (
        (tmp_path, "this is a folder"),
        (tmp_path / "none" / "out.json", "folder does not exist"),
        (tmp_path / ("长" * 90 + ".json"), "cannot be written"),
    ):
        with pytest.raises(UsageError, match=reason), open_output(path):
            pass


@pytest.mark.skipif(os.name == "nt", reason="no such device")
def test_a_device_is_written_and_not_replaced() -> None:
    with open_output("/dev/null") as out:
        out.write(b"x")
    assert Path("/dev/null").is_char_device()


def test_contract_has_our_formats() -> None:
    contract = SHARED / "contract" / "README.md"
    if not contract.is_file():
        pytest.skip("no contract")
    assert "json|jsonl|csv|xlsx|parquet" in contract.read_text(encoding="utf-8")
    assert format_names()[:6] == ("json", "jsonl", "csv", "xlsx", "parquet", "ics")
