from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from speechmine.batch.journal import journal_folder, open_journal

PROGRESS = re.compile(r"speechmine: [\d,]+ of [\d,]+ documents")
ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty short speeches and an empty file between them."""
    place = tmp_path / "in"
    place.mkdir()
    for number in range(40):
        text = f"请区财政局在{number % 12 + 1}月底前拨付补助资金{number}万元。\n" * 20
        (place / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (place / "20b.txt").write_bytes(b"")
    return place


def speechmine(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "speechmine", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, **options)


def failures(told: str) -> list[str]:
    """What is said of single inputs; a slow machine is told now and then how far it is, too."""
    return [line for line in told.splitlines() if not PROGRESS.match(line)]


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.xlsx", "out.sqlite", "out.json"])
def test_one_process_and_two_write_the_same_bytes(folder: Path, tmp_path: Path, name: str) -> None:
    for workers in (1, 2):
        out = tmp_path / f"{workers}{Path(name).suffix}"
        result = speechmine("extract", folder, "-o", out, "--workers", workers)
        assert result.returncode == 1
        assert len(failures(result.stderr)) == 1
        assert "20b.txt: the file is empty" in result.stderr
    suffix = Path(name).suffix
    assert (tmp_path / f"1{suffix}").read_bytes() == (tmp_path / f"2{suffix}").read_bytes()


def test_a_batch_killed_at_any_moment_goes_on_to_the_same_output() -> None:
    script = ROOT / "scripts" / "kill_batch.py"
    command = [sys.executable, str(script), "--documents", "60", "--kills", "4", "--repeat", "8"]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "byte-equal, left behind: nothing" in result.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="workers are found as Linux lists them")
def test_a_worker_killed_at_any_moment_changes_nothing() -> None:
    script = ROOT / "scripts" / "kill_batch.py"
    command = [sys.executable, str(script), "--one-worker", "--documents", "60", "--kills", "3"]
    result = subprocess.run(
        [*command, "--repeat", "8"], check=False, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_ctrl_c_stops_quietly_and_says_how_to_go_on(folder: Path, tmp_path: Path) -> None:
    for number in range(2000):
        (folder / f"more{number:04}.txt").write_text("要在6月底前完成整改。\n" * 50, "utf-8")
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "speechmine", "extract", folder, "-o", out, "--workers", "2"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    _wait_for(journal_folder(out) / "draft")
    os.killpg(run.pid, signal.SIGINT)
    _, errors = run.communicate(timeout=600)
    assert run.returncode == 130
    assert "the same command again goes on where it was" in errors
    assert "Traceback" not in errors
    assert not out.exists()
    assert journal_folder(out).exists()


def _wait_for(path: Path) -> None:
    for _ in range(6000):
        if path.exists():
            return
        time.sleep(0.1)
    pytest.fail(f"{path} does not come")


def test_two_runs_on_one_output_are_refused(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with open_journal(out):
        result = speechmine("extract", folder, "-o", out)
    assert result.returncode == 2
    assert "another run is writing it; wait for it or stop it first" in result.stderr


def test_an_existing_output_is_refused_before_any_work(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("mine", encoding="utf-8")
    result = speechmine("extract", folder, "-o", out)
    assert (result.returncode, out.read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in result.stderr
    assert not journal_folder(out).exists()


def test_limit_takes_the_first_files(folder: Path, tmp_path: Path) -> None:
    result = speechmine("extract", folder, "--limit", 3, "-o", tmp_path / "out.csv")
    assert result.returncode == 0
    ids = {
        line.split(",")[0] for line in (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()
    }
    assert len(ids) == 4


def test_since_takes_files_changed_on_that_day_or_later(folder: Path, tmp_path: Path) -> None:
    for file in folder.iterdir():
        day = "2024-03-05" if file.name.startswith("0") else "2023-03-05"
        seconds = time.mktime(time.strptime(day, "%Y-%m-%d"))
        os.utime(file, (seconds, seconds))
    out = tmp_path / "out.jsonl"
    result = speechmine("extract", folder, "--since", "2024-03-05", "-o", out)
    assert (result.returncode, len(out.read_text("utf-8").splitlines())) == (0, 10)


def test_wrong_numbers_are_wrong_usage(folder: Path) -> None:
    for wrong in (("--workers", "-1"), ("--limit", "0"), ("--since", "2024-02-30")):
        assert speechmine("extract", folder, *wrong).returncode == 2
