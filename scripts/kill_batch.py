"""Kill a batch at random moments until it is through; every document must be there once.

    python scripts/kill_batch.py --documents 500 --kills 50 --workers 2
    python scripts/kill_batch.py --one-worker --documents 300 --kills 20

Half of the kills hit the first process alone, half the whole group; with ``--one-worker`` each hits
one worker of a run, which must come through by itself. The output is compared byte for byte with
that of an undisturbed run.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from speechmine.batch.journal import journal_folder

SPEECH = """{number}号督办会讲话

同志们：
一、抓好项目建设
区发改局牵头，区财政局配合，在{month}月底前完成{number}个项目的立项，完成投资{number}亿元以上。
各镇街要加快整改，确保{month}月15日前销号。
二、抓好民生实事
区教育局负责新建学校{month}所，力争9月1日前投用。
"""


def main() -> None:
    """Run from the command line; exit status 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=30, help="how often the text of each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one-worker", action="store_true", help="kill a worker, once a run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="speechmine-kill-") as folder:
        sys.exit(0 if survives(Path(folder), options) else 1)


def survives(folder: Path, options: argparse.Namespace) -> bool:
    """Whether killed runs come to the same output as an undisturbed one."""
    texts = folder / "in"
    texts.mkdir()
    for number in range(options.documents):
        text = SPEECH.format(number=number, month=number % 12 + 1) * options.repeat
        (texts / f"{number:05}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "speechmine", "extract", str(texts)]
    command += ["--workers", str(options.workers), "-o"]
    whole, out = folder / "whole.jsonl", folder / "out.jsonl"
    began = time.monotonic()
    subprocess.run([*command, str(whole)], check=True, stderr=subprocess.DEVNULL)
    took = time.monotonic() - began
    if options.one_worker:
        return _survives_the_death_of_workers([*command, str(out)], whole, out, options, took)
    killed = _kill_again_and_again([*command, str(out)], out, options, took)
    subprocess.run([*command, str(out)], check=True, stderr=subprocess.DEVNULL)
    same = out.read_bytes() == whole.read_bytes()
    lines = len(out.read_bytes().splitlines())
    left = sorted(p.name for p in folder.iterdir() if p not in (texts, whole, out))
    print(
        f"{options.documents} documents, {killed} kills: {lines} lines, "
        f"{'byte-equal' if same else 'DIFFERENT'}, left behind: {left or 'nothing'}; an "
        f"undisturbed run takes {took:.1f} s"
    )
    return same and lines == options.documents and not left


def _survives_the_death_of_workers(
    command: list[str], whole: Path, out: Path, options: argparse.Namespace, took: float
) -> bool:
    """Whether each run comes to the same output although one of its workers was killed."""
    chance = random.Random(options.seed)  # noqa: S311  # moments, no secrets
    hits = different = 0
    for _ in range(options.kills):
        out.unlink(missing_ok=True)
        run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, took))
        workers = _workers_of(run.pid)
        if workers:
            hits += 1
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
        same = run.wait() == 0 and out.read_bytes() == whole.read_bytes()
        different += not same
    print(f"{options.kills} runs, {hits} workers killed: {different} runs differ")
    return hits > 0 and not different


def _workers_of(parent: int) -> list[int]:
    """Worker processes, as Linux lists them."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
    return [pid for pid in map(int, listed) if b"spawn_main" in _command_of(pid)]


def _command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has ended
        return b""


def _kill_again_and_again(
    command: list[str], out: Path, options: argparse.Namespace, took: float
) -> int:
    """How many kills hit a run that was at work."""
    chance = random.Random(options.seed)  # noqa: S311  # moments, no secrets
    hits = 0
    for number in range(options.kills):
        run = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(chance.uniform(0.05, 2 * took / options.kills + 2.0))
        if run.poll() is None:
            hits += 1
            with contextlib.suppress(ProcessLookupError):
                (os.killpg if number % 2 else os.kill)(run.pid, signal.SIGKILL)
        run.wait()
        if out.exists():  # came through: once more from the beginning
            out.unlink()
    if not journal_folder(out).exists():
        print("the last kill came before the first document or after the last")
    return hits


if __name__ == "__main__":
    main()
