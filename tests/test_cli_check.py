"""``speechmine check``: what is known of each input after it was read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from speechmine.cli.checking import check

TEXT = """在全县防汛会上的讲话
县长　林远山
2024年5月10日

县水利局要在6月底前完成水库除险加固，备足编织袋3万条。
"""


def run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(check, arguments, input=given)


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    file = tmp_path / "讲话.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    return file


def test_the_report_tells_kind_encoding_head_and_parts(speech: Path) -> None:
    result = run(str(speech))
    assert result.exit_code == 0
    words = result.stdout
    for told in ("text, gb18030", "title 在全县防汛会上的讲话", "date 2024-05-10", "tasks 2"):
        assert told in words
    assert "encoding_inferred" in words
    assert "left out  nothing" in words


def test_json_has_the_same_facts(speech: Path) -> None:
    found = json.loads(run("--json", str(speech)).stdout)
    assert found["source"] == str(speech)
    assert (found["kind"], found["encoding"], found["pages"]) == ("text", "gb18030", None)
    assert found["head"]["speaker"] == "林远山"
    assert found["parts"]["tasks"] == 2


def test_what_was_left_out_of_a_page_is_counted(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    from page_files import cid_pdf, wrapped

    file = tmp_path / "a.pdf"
    marks = [("内部资料", 150, 300, 60, 45, 0.8)]
    file.write_bytes(cid_pdf(wrapped(TEXT.replace("\n", "") * 9), marks=marks))
    words = run(str(file)).stdout
    assert "pdf," in words
    assert "watermarks (水印) 1, 4 characters" in words


def test_one_that_cannot_be_read_is_named_and_the_rest_goes_on(speech: Path) -> None:
    result = run("nothing.pdf", str(speech))
    assert result.exit_code == 1
    assert "nothing.pdf: no such file" in result.stderr
    assert "tasks 2" in result.stdout


def test_standard_input_is_checked() -> None:
    result = run("-", given=TEXT.encode())
    assert result.exit_code == 0
    assert "text, utf-8" in result.stdout
    assert "no title" not in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="no such names of files")
def test_a_name_cannot_break_the_line_or_steer_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "讲\n话\x1b[2J.txt"
    file.write_text(TEXT, encoding="utf-8")
    first = run(str(file)).stdout.splitlines()[0]
    assert first.endswith("讲\\x0a话\\x1b[2J.txt")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said_in_a_line(speech: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "speechmine", "check", str(speech)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
            encoding="utf-8",
            env={**os.environ, "SPEECHMINE_LANG": "en"},
        )
    assert done.returncode == 1
    assert done.stderr.startswith("speechmine: standard output: cannot be written (")
    assert done.stderr.count("\n") == 1
