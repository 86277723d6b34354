"""No room left: a limit on the size of files stands for a full disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

resource = pytest.importorskip("resource", reason="limits are a matter of POSIX systems")

CORPUS = sorted((Path(__file__).parent.parent.parent / "corpus").glob("*.txt"))


def extract(out: Path, room: int | None) -> subprocess.CompletedProcess[str]:
    """Run the command line with a limit in bytes on each file that it writes."""

    def limit() -> None:
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    command = [sys.executable, "-m", "speechmine", "extract", *map(str, CORPUS[:6])]
    return subprocess.run(
        [*command, "-o", str(out), "--force"],
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
    )


@pytest.mark.parametrize("name", ["out.json", "out.jsonl", "out.csv", "out.xlsx", "out.sqlite"])
@pytest.mark.parametrize("room", [1_000, 30_000, 60_000])
def test_the_old_file_stays_and_the_run_goes_on_later(name: str, room: int, tmp_path: Path) -> None:
    whole = tmp_path / "whole" / name
    whole.parent.mkdir()
    assert extract(whole, None).returncode == 0
    out = tmp_path / "full" / name
    out.parent.mkdir()
    out.write_text("old")
    stopped = extract(out, room)
    if stopped.returncode == 0:
        assert whole.stat().st_size <= room
        return
    assert out.read_text() == "old"
    assert "Traceback" not in stopped.stderr
    assert "cannot be written" in stopped.stderr
    assert extract(out, None).returncode == 0
    assert [p.name for p in out.parent.iterdir()] == [name]
    if name != "out.sqlite":  # SQLite counts its writes in its header
        assert out.read_bytes() == whole.read_bytes()
