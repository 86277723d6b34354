"""speechmine report: one page, or a folder of pages with an overview."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "corpus"
SPEECH = CORPUS / "yanhu-2024-dubanhui.txt"


def run(*arguments: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "speechmine", "report", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_one_input_gives_one_page(tmp_path) -> None:
    out = tmp_path / "页.html"
    assert run(SPEECH, "-o", out).returncode == 0
    assert "县住建局" in out.read_text(encoding="utf-8")
    again = run(SPEECH, "-o", out)
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert run(SPEECH, "-o", out, "--force").returncode == 0


def test_several_give_an_overview_and_a_page_each(tmp_path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for year in (2022, 2023):
        source = CORPUS / "reports" / f"meixi-{year}.txt"
        (folder / source.name).write_bytes(source.read_bytes())
    (folder / "坏.txt").write_bytes(b"PK\x03\x04 cut off")
    out = tmp_path / "out"
    done = run(folder, "-o", out)
    assert done.returncode == 1
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "坏.txt" in index
    assert "任务密度" in index
    for year in (2022, 2023):
        assert f'href="meixi-{year}.html"' in index
        page = (out / f"meixi-{year}.html").read_text(encoding="utf-8")
        assert 'href="index.html"' in page
    assert run(folder, "-o", out).returncode == 2


def test_a_wrong_target_is_told(tmp_path) -> None:
    for inputs, out in (([SPEECH], tmp_path / "x"), ([SPEECH, CORPUS / "reports"], "x.html")):
        done = run(*inputs, "-o", out)
        assert done.returncode == 2
        assert "folder" in done.stderr or "name it" in done.stderr
