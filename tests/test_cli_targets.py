"""speechmine targets: the panel in the terminal and in files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from speechmine.cli import _cli
from speechmine.errors import UsageError
from speechmine.pledges import targets
from speechmine.tables import PANEL_NAMES, columns_of
from speechmine.writers import ROW_FORMATS, write_rows

REPORTS = Path(__file__).resolve().parent.parent / "corpus" / "reports"
NAMES = [column.name for column in columns_of("targets")]


def run(*arguments: object, **options: object) -> Result:
    return CliRunner().invoke(_cli, ["targets", *map(str, arguments)], **options)


def test_the_terminal_shows_values_and_absence() -> None:
    result = run(REPORTS / "meixi-2023.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    for said in ("6-6.5%", ">= 8%", "明示不设", "澜江市梅溪区", "2023", "soft"):
        assert said in result.stdout
    assert "目标 15 项；有目标的报告 1 篇" in result.stdout


def test_csv_is_the_panel(tmp_path: Path) -> None:
    out = tmp_path / "panel.csv"
    assert run(REPORTS, "-o", out).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    table = targets(REPORTS)
    assert list(rows[0]) == NAMES
    assert [row["wording"] for row in rows] == table["wording"].tolist()


def test_json_lines_go_to_standard_output() -> None:
    result = run(REPORTS / "meixi-2024.txt", "--format", "jsonl", "--families")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert all(list(row) == NAMES for row in rows)
    assert rows[0]["family"] == "gdp_growth"
    assert {type(row["start"]) for row in rows} == {int}


def test_workbook_has_chinese_headings(tmp_path: Path) -> None:
    out = tmp_path / "panel.xlsx"
    assert run(REPORTS / "meixi-2024.txt", "-o", out).exit_code == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["目标", "提示", "说明"]
    heading, *rows = book["目标"].iter_rows(values_only=True)
    assert heading == tuple(column.label for column in columns_of("targets"))
    assert "当年" in rows[0]


def test_a_bad_input_is_named_and_the_rest_written(tmp_path: Path) -> None:
    out = tmp_path / "panel.xlsx"
    result = run(tmp_path / "none.txt", REPORTS / "meixi-2024.txt", "-o", out)
    assert result.exit_code == 1
    assert "none.txt: no such file" in result.stderr
    notices = list(openpyxl.load_workbook(out)["提示"].iter_rows(values_only=True))
    assert any("none.txt" in str(cell) for cell in notices[1])


def test_nothing_is_written_where_nothing_was_read(tmp_path: Path) -> None:
    result = run(tmp_path / "none.txt", "-o", tmp_path / "panel.csv")
    assert result.exit_code == 1
    assert not (tmp_path / "panel.csv").exists()


def test_standard_input_takes_a_date() -> None:
    text = "今年的主要预期目标是：财政收入增长5%左右。"
    result = run("-", "--date", "2024-01-05", "--format", "jsonl", input=text)
    assert json.loads(result.stdout)["year"] == 2024


@pytest.mark.parametrize(
    "arguments",
    [
        (REPORTS, "--format", "xlsx"),
        (REPORTS, "-o", "panel.doc"),
        (REPORTS, "--format", "ics"),
        (REPORTS / "meixi-2024.txt", "-o", REPORTS / "meixi-2024.txt", "--format", "csv"),
        (REPORTS, "-o", "panel.json"),
    ],
)
def test_wrong_usage(arguments: tuple[object, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_no_targets_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("各位好。", encoding="utf-8")
    result = run(tmp_path)
    assert result.exit_code == 0
    assert "没有目标" in result.stdout


@pytest.mark.parametrize("table", PANEL_NAMES)
def test_columns_are_named_once_and_explained(table: str) -> None:
    columns = columns_of(table)
    assert len({c.name for c in columns}) == len(columns)
    assert len({c.label for c in columns}) == len(columns)
    assert all(c.meaning.endswith(".") for c in columns)


@pytest.mark.parametrize("name", ROW_FORMATS)
@pytest.mark.parametrize("table", PANEL_NAMES)
def test_a_table_of_no_rows_can_be_written(table: str, name: str) -> None:
    out = io.BytesIO()
    write_rows([], table, out, format_name=name)
    assert name == "jsonl" or out.getvalue()


def test_unknown_formats_are_refused() -> None:
    with pytest.raises(UsageError, match="ics"):
        write_rows([], "targets", io.BytesIO(), format_name="ics")
