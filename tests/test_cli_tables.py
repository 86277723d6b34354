"""Work-division tables and office profiles on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.worksheet.worksheet import Worksheet

from speechmine.cli import _cli

ROWS = [
    ["序号", "工作任务", "牵头单位", "配合单位", "完成时限", "备注"],
    ["1", "新建农村公路60公里", "区交通局", "各镇", "9月底前", "含桥"],
    ["2", "尽快修订防汛预案", "", "", "", ""],
]
PROFILE = """
[[party]]
id = "flood"
words = ["防汛"]
lead = ["区水利局"]
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(_cli, [str(a) for a in arguments])


def written(folder: Path, name: str, rows: list[list[str]]) -> Path:
    path = folder / name
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        for row in rows:
            sheet.append(row)
        book.save(path)
    else:
        mark = "\t" if path.suffix == ".tsv" else ","
        path.write_text("\n".join(map(mark.join, rows)), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.tsv", "a.csv", "a.xlsx"])
def test_every_form_gives_the_same_tasks(
    name: str, tmp_path: Path, schema: jsonschema.Draft202012Validator
) -> None:
    result = run("extract", written(tmp_path, name, ROWS), "--date", "2026-03-01")
    assert (result.exit_code, result.stderr) == (0, "")
    item = json.loads(result.stdout)
    schema.validate(item)
    first, second = item["tasks"]
    assert [(p["text"], p["role"]) for p in first["parties"]] == [
        ("区交通局", "lead"),
        ("各镇", "cooperate"),
    ]
    assert first["deadline"]["edtf"] == "../2026-09-30"
    assert [(c["column"], c["text"]) for c in first["other"]] == [("备注", "含桥")]
    assert (second["parties"], second["deadline"]["kind"]) == ([], "immediate")


BAD = [
    ([["序号", "姓名"], ["1", "甲"]], "a table without a column for the task"),
    ([["序号", "姓名"], ["1", "甲"]], "headings found: 序号、姓名"),
    ([["序号", "姓名"], ["1", "甲"]], "for example 任务名称"),
    ([["序号,工作任务"], ["1,修路"]], "cells are parted by tabs in .tsv, by commas in .csv"),
]


@pytest.mark.parametrize(("rows", "message"), BAD)
def test_a_table_without_tasks_is_a_failed_input(
    rows: list[list[str]], message: str, tmp_path: Path
) -> None:
    result = run("extract", written(tmp_path, "a.tsv", rows))
    assert result.exit_code == 1
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_table_without_rows_is_read_and_said_to_be_empty(tmp_path: Path) -> None:
    result = run("extract", written(tmp_path, "a.tsv", ROWS[:1]))
    assert result.exit_code == 0
    item = json.loads(result.stdout)
    assert item["tasks"] == []
    assert [notice["code"] for notice in item["notices"]] == ["empty_table"]


def test_a_profile_suggests(tmp_path: Path) -> None:
    profile = tmp_path / "p.toml"
    profile.write_text(PROFILE, encoding="utf-8")
    source = written(tmp_path, "a.tsv", ROWS)
    result = run("extract", source, "--profile", profile)
    second = json.loads(result.stdout)["tasks"][1]
    assert second["suggested_parties"] == [
        {"text": "区水利局", "role": "lead", "source": "profile:flood"}
    ]
    assert second["parties"] == []
    shown = run("show", source, "--profile", profile)
    assert "建议 2（非原文）：牵头 区水利局（profile:flood）" in shown.stdout


def test_a_broken_profile_is_wrong_usage(tmp_path: Path) -> None:
    profile = tmp_path / "p.toml"
    profile.write_text("[[party]]\nid = 'flood'\nword = ['防汛']\n", encoding="utf-8")
    result = run("extract", written(tmp_path, "a.tsv", ROWS), "--profile", profile)
    assert result.exit_code == 2
    assert "p.toml: party 'flood': field word: there is no such field" in result.stderr
