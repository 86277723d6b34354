from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result

import speechmine
from speechmine.cli import _cli

from samples import extraction, extraction_of

SPEECH = "同志们：\n区财政局要在6月底前制定奖补方案。\n"
HEAVY = {"jieba", "numpy", "openpyxl", "pandas", "pyarrow", "sklearn", "spacy"}
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line over a stub of the pipeline: what is tested is input and output."""
    stub = types.SimpleNamespace(extract=extraction_of, extract_packed=extraction_of)
    monkeypatch.setitem(sys.modules, "speechmine.pipeline", stub)

    def invoke(*arguments: object, **options: Any) -> Result:
        return CliRunner().invoke(_cli, [str(a) for a in arguments], **options)

    return invoke


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten inputs, one of them bad."""
    place = tmp_path / "in"
    place.mkdir()
    for number in range(9):
        (place / f"{number}.txt").write_text(SPEECH, encoding="utf-8")
    (place / "4b.txt").write_bytes(SPEECH.encode()[:-5] + b"\xff")
    return place


def speech(folder: Path, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_text(SPEECH, encoding="utf-8")
    return path


def test_one_file_is_one_object(
    run: Run, tmp_path: Path, schema: jsonschema.Draft202012Validator
) -> None:
    result = run("extract", speech(tmp_path), "--mode", "full")
    assert (result.exit_code, result.stderr) == (0, "")
    item = json.loads(result.stdout)
    schema.validate(item)
    assert item["mode"] == "full"
    assert item["document"]["id"] == "a"
    assert item["segments"][0]["text"] == SPEECH
    assert item["errors"] == []


def test_standard_input(run: Run) -> None:
    result = run("extract", "-", input=("\ufeff" + SPEECH).encode())
    document = json.loads(result.stdout)["document"]
    assert (document["id"], document["source"], document["length"]) == ("stdin", "-", len(SPEECH))


def test_folder_with_one_bad_file(
    run: Run, folder: Path, schema: jsonschema.Draft202012Validator
) -> None:
    result = run("extract", folder)
    assert result.exit_code == 1
    items = json.loads(result.stdout)
    assert [item["document"]["id"] for item in items] == [str(n) for n in range(9)]
    for item in items:
        schema.validate(item)
        assert item["segments"][0]["text"] == SPEECH
    (line,) = result.stderr.splitlines()
    assert "4b.txt: damaged UTF-8" in line
    (error,) = [error for item in items for error in item["errors"]]
    assert error["source"].endswith("4b.txt")
    assert error["message"] in line


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "xlsx", "parquet"])
def test_formats_by_suffix_and_by_name(run: Run, folder: Path, name: str) -> None:
    out, other = folder.parent / f"out.{name}", folder.parent / "other.bin"
    assert run("extract", folder, "-o", out).exit_code == 1
    assert run("extract", folder, "-o", other, "--format", name).exit_code == 1
    assert out.read_bytes() == other.read_bytes()
    if name == "xlsx":
        notices = openpyxl.load_workbook(out)["提示"]
        assert str(notices.cell(2, 1).value).endswith("4b.txt")


BAD_INPUTS = {
    "missing.txt": None,
    "empty.txt": b"",
    "binary.txt": b"\x00\x01\x02" * 50,
    "damaged.txt": SPEECH.encode() + b"\xe5\x8c",
    "none": "folder",
}


@pytest.mark.parametrize("name", BAD_INPUTS)
@pytest.mark.parametrize("command", ["extract", "show"])
def test_bad_input_is_one_line_and_status_one(
    run: Run, tmp_path: Path, name: str, command: str
) -> None:
    path, content = tmp_path / name, BAD_INPUTS[name]
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content == "folder":
        path.mkdir()
    result = run(command, path)
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"speechmine: {path}: ")
    assert "; " in line, "how to mend it"


def test_nothing_is_written_where_nothing_could_be_read(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert run("extract", tmp_path / "missing.txt", "-o", out).exit_code == 1
    assert not out.exists()


def test_a_fault_in_one_document_leaves_the_others(run: Run, folder: Path) -> None:
    (folder / "5.txt").write_text("FAULT")
    (folder / "4b.txt").unlink()
    result = run("extract", folder, "--format", "jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 8
    (line,) = result.stderr.splitlines()
    assert "5.txt: internal error (ZeroDivisionError: a fault put in at samples.py:" in line


WRONG_USAGE = [
    ([], "Missing argument"),
    (["a.txt", "--mode", "loose"], "loose"),
    (["a.txt", "--format", "xml"], "xml"),
    (["a.txt", "--date", "2024-02-30"], "no date"),
    (["a.txt", "--date", "20240105"], "no date"),
    (["a.txt", "--format", "xlsx"], "-o OUT.xlsx"),
    (["a.txt", "--format", "parquet"], "-o OUT.parquet"),
    (["a.txt", "-o", "out.doc"], "names no format"),
    (["a.txt", "-o", "none/out.json"], "folder does not exist"),
    (["a.txt", "-o", "a.txt", "--format", "json", "--force"], "this is an input"),
    (["a.txt", "--rules", "none"], "none"),
    (["a.txt", "--colour"], "colour"),
]


@pytest.mark.parametrize(("arguments", "reason"), WRONG_USAGE, ids=[r for _, r in WRONG_USAGE])
def test_wrong_usage_is_status_two(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    reason: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    path = speech(tmp_path)
    result = run("extract", *arguments)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert path.read_text(encoding="utf-8") == SPEECH
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_existing_output_needs_force(run: Run, tmp_path: Path) -> None:
    path, out = speech(tmp_path), tmp_path / "out.json"
    out.write_text("old")
    result = run("extract", path, "-o", out)
    assert (result.exit_code, out.read_text()) == (2, "old")
    assert "--force" in result.stderr
    assert run("extract", path, "-o", out, "--force").exit_code == 0
    assert json.loads(out.read_bytes())["document"]["id"] == "a"


def test_file_names_cannot_break_the_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a\n\x1b[31mb.txt"
    path.write_bytes(b"")
    (line,) = run("extract", path).stderr.splitlines()
    assert "a\\x0a\\x1b[31mb.txt" in line


def test_date_and_rules_reach_the_pipeline(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}

    def extract(document: Any, **options: Any) -> Any:
        seen.update(options)
        return extraction_of(document)

    stub = types.SimpleNamespace(extract=extract, extract_packed=extract)
    monkeypatch.setitem(sys.modules, "speechmine.pipeline", stub)
    rules = tmp_path / "rules"
    rules.mkdir()
    arguments = ("extract", speech(tmp_path), "--date", "2024-02-29", "--rules", rules)
    assert run(*arguments).exit_code == 0
    assert seen["date"] == "2024-02-29"
    assert seen["rules"].version
    (rules / "verbs.toml").write_text("[[rule]]\n", encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == 2
    assert "verbs.toml: entry '(no id)': field id" in result.stderr


def test_show(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stubbed(document: speechmine.Document, **_: object) -> speechmine.Extraction:
        return extraction(document.id)

    stub = types.SimpleNamespace(extract=stubbed, extract_packed=stubbed)
    monkeypatch.setitem(sys.modules, "speechmine.pipeline", stub)
    result = run("show", speech(tmp_path))
    assert (result.exit_code, result.stderr) == (0, "")
    for expected in (
        "讲话  2024-01-05",
        "牵头 区财政局（承前句）；各单位",
        "6月底前（../2024-06-30）",
        "X月（日期脱敏）",
        "3 硬任务",
        "任务 2 项；指标 1 个；模式：从严",
        "提示 masked_value",
        "提示 no_date：the document states no date",
    ):
        assert expected in result.stdout.replace("\n", " "), expected
    assert "\x1b" not in result.stdout
    assert "没有任务" in run_stub(run, tmp_path, monkeypatch)


def run_stub(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    stub = types.SimpleNamespace(extract=extraction_of, extract_packed=extraction_of)
    monkeypatch.setitem(sys.modules, "speechmine.pipeline", stub)
    return run("show", speech(folder)).stdout


def test_help_and_version(run: Run) -> None:
    assert "责任单位" in run("--help").stdout
    assert "Exit status" in run("extract", "--help").stdout
    assert run("--version").stdout.startswith("speechmine 0.")


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, check=False, timeout=600, **options
    )


@pytest.mark.parametrize("imported", ["speechmine", "speechmine.cli", "speechmine.tables"])
def test_imports_are_light(imported: str) -> None:
    done = process("-c", f"import {imported}, sys; print(*sys.modules)")
    assert not HEAVY & {name.split(".")[0] for name in done.stdout.decode().split()}


def test_help_loads_nothing_heavy() -> None:
    done = process("-X", "importtime", "-m", "speechmine", "extract", "--help")
    assert done.returncode == 0
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.decode().splitlines()}
    assert "click" in loaded
    assert not HEAVY & {name.split(".")[0] for name in loaded}


def test_output_is_utf8_whatever_the_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    for command in (["extract", "-"], ["extract", "-", "--format", "csv"], ["show", "-"]):
        done = process("-m", "speechmine", *command, input=SPEECH.encode(), env=environment)
        assert (done.returncode, done.stderr) == (0, b"")
        assert "财政局" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="no such pipes")
def test_a_reader_that_goes_away_is_no_noise(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SPEECH * 3000, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "speechmine", "extract", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(1)
        running.stdout.close()
        assert running.stderr.read() == b""


def test_real_extraction_passes_the_schema(schema: jsonschema.Draft202012Validator) -> None:
    done = process("-m", "speechmine", "extract", "-", "--mode", "full", input=SPEECH.encode())
    item = json.loads(done.stdout)
    schema.validate(item)
    assert [task["object"] for task in item["tasks"]] == ["奖补方案"]
    for kind in ("segments", "tasks", "metrics"):
        for record in item[kind]:
            assert SPEECH[record["start"] : record["end"]] == record["text"]
