"""Time and memory at growing numbers of documents, for one and two workers, Dask and Spark.

    python benchmarks/scale.py FOLDER [--most 10000] [--ways 1,2,dask,spark] [--json FILE]

The documents are copies of the folder's texts with changed digits, so that none is like another.
Memory is the highest resident size of a single process and of all together, looked at ten times a
second. Each way writes the same ledger; ``psutil`` is needed (it comes with Dask).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

import pandas as pd
import psutil

from speechmine.readers import find_inputs, read_input

_DIGIT = re.compile(r"[1-9]")
_SIZES = (1, 10, 100, 1000, 10_000)
_PROGRAMS = Path(__file__).with_name("scale_engines.py")
Figures = dict[str, float | int | str]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=1000)
    parser.add_argument("--ways", default="1,2,dask,spark")
    parser.add_argument("--length", type=int, default=2000, help="characters a document, at most")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    texts = [read_input(item).text for item in find_inputs([options.folder])]
    found = []
    with tempfile.TemporaryDirectory(prefix="speechmine-scale-") as folder:
        for size in (size for size in _SIZES if size <= options.most):
            documents = list(islice(copies(texts, options.length), size))
            for way in options.ways.split(","):
                found.append(_run(way, documents, Path(folder)))
                print(row(found[-1]), flush=True)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


def copies(texts: Sequence[str], length: int) -> Iterator[str]:
    """Texts again and again, each time with other digits; the same every run."""
    chance = random.Random(1)  # noqa: S311  # digits, no secrets
    for text in cycle(texts):
        yield _DIGIT.sub(lambda _: str(chance.randint(1, 9)), text[:length])


def _run(way: str, documents: Sequence[str], folder: Path) -> Figures:
    source = folder / f"{len(documents)}"
    command, tasks = _command(way, documents, source, folder / f"{way}-{len(documents)}")
    began = time.monotonic()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, **quiet)  # noqa: S603
    single, together = _watch(process.pid)
    seconds = time.monotonic() - began
    if process.wait() != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return {
        "way": way,
        "documents": len(documents),
        "characters": sum(map(len, documents)),
        "seconds": round(seconds, 2),
        "mb_single": round(single / 1e6),
        "mb_together": round(together / 1e6),
        "tasks": _count(tasks),
    }


def _command(
    way: str, documents: Sequence[str], source: Path, target: Path
) -> tuple[list[str], Path]:
    """What is run, and where its tasks are then."""
    if way.isdigit():
        _as_files(documents, source)
        out = target.with_suffix(".csv")
        command = [sys.executable, "-m", "speechmine", "extract", str(source), "-o", str(out)]
        return [*command, "--force", "--workers", way], out
    texts = source.with_suffix(".parquet")
    if not texts.exists():
        names = [f"{number:06}" for number in range(len(documents))]
        frame = pd.DataFrame({"doc_id": names, "text": list(documents)})
        texts.mkdir()
        step = max(1, len(frame) // 16)
        for start in range(0, len(frame), step):
            frame.iloc[start : start + step].to_parquet(texts / f"{start:06}.parquet")
    return [sys.executable, str(_PROGRAMS), way, str(texts), str(target)], target


def _as_files(documents: Sequence[str], folder: Path) -> None:
    if folder.exists():
        return
    folder.mkdir()
    for number, text in enumerate(documents):
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")


def _watch(pid: int) -> tuple[int, int]:
    """Most bytes of one process and of all together, until the first of them ends."""
    single = together = 0
    while True:
        try:
            root = psutil.Process(pid)
            sizes = [_size(process) for process in (root, *root.children(recursive=True))]
            if root.status() == psutil.STATUS_ZOMBIE:
                return single, together
        except psutil.NoSuchProcess:
            return single, together
        single, together = max(single, *sizes), max(together, sum(sizes))
        time.sleep(0.1)


def _size(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def _count(tasks: Path) -> int:
    if tasks.is_dir():
        return len(pd.read_parquet(tasks, columns=["doc_id"]))
    return len(pd.read_csv(tasks, usecols=[0]))


def row(figures: Figures) -> str:
    """The figures as a row of a Markdown table."""
    speed = float(figures["characters"]) / float(figures["seconds"])
    return (
        f"| {figures['way']} | {figures['documents']:,} | {figures['characters']:,} | "
        f"{figures['seconds']:.1f} | {speed:,.0f} | {figures['mb_single']} | "
        f"{figures['mb_together']} | {figures['tasks']:,} |"
    )


if __name__ == "__main__":
    print(f"{os.cpu_count()} processors")
    print("| way | documents | characters | s | characters/s | MB single | MB all | tasks |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    main()
