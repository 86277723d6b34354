"""Worker processes end with whoever began the batch, and one that dies leaves nobody waiting."""

from __future__ import annotations

import functools
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from speechmine.batch.hands import Prepare
from speechmine.batch.pool import Pool
from speechmine.batch.work import Done, Job, run_batch
from speechmine.errors import ReadError, UsageError
from speechmine.readers import find_inputs

import batch_jobs

# The first input is read at once, the others take longer than any test.
LEFT = """
import sys, pathlib
sys.path[:0] = [{tests!r}]
import batch_jobs
from speechmine.batch.work import Job, run_batch
from speechmine.readers import find_inputs

if __name__ == "__main__":
    job = Job(batch_jobs.prepare_{kind})
    batch = run_batch(find_inputs([{folder!r}]), job, workers=2)
    print(next(batch).item.id, flush=True)
    while len(list(pathlib.Path({folder!r}).glob("*.begun"))) < 2:
        pass
{then}
"""
WAYS = {
    "the loop is left": "    batch.close()",
    "the batch is dropped": "    del batch",
    "half a batch is kept to the end": "",
    "an error of the user's": "    raise LookupError",
    "the program is killed": "    import os; os.kill(os.getpid(), 9)",
}


def texts_in(folder: Path, texts: list[str]) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


def group_is_gone(group: int) -> bool:
    """Whether all processes of a group end within a minute."""
    for _ in range(600):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX's")
@pytest.mark.parametrize(
    ("way", "kind"),
    [
        *((way, "sleepers") for way in WAYS),
        ("half a batch is kept to the end", "stubborn"),
        ("the program is killed", "stubborn"),
    ],
)
@pytest.mark.slow
def test_nothing_outlives_who_leaves_a_batch_in_the_middle(
    tmp_path: Path, way: str, kind: str
) -> None:
    folder = texts_in(tmp_path / "in", ["要抓紧。", *["长眠"] * 20])
    tests = str(Path(batch_jobs.__file__).parent)
    script = tmp_path / "script.py"
    code = LEFT.format(tests=tests, kind=kind, folder=str(folder), then=WAYS[way])
    script.write_text(code, encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        told, _ = run.communicate(timeout=120)
    finally:
        ended = group_is_gone(run.pid)
    assert ended
    assert told == "0\n"


@pytest.mark.slow
def test_what_a_worker_began_is_stopped_and_cleared_away_with_it(tmp_path: Path) -> None:
    """As a program that converts a file, with its folder."""
    folder = texts_in(tmp_path / "in", ["要抓紧。", *["长眠"] * 3])
    batch = run_batch(find_inputs([folder]), Job(batch_jobs.prepare_starters), workers=2)
    next(batch)
    while len(begun := list(folder.glob("*.begun"))) < 2:
        time.sleep(0.01)
    places = [Path(file.read_text("utf-8")) for file in begun]
    assert all(place.exists() for place in places)
    batch.close()
    assert not any(place.exists() for place in places)


@pytest.mark.slow
def test_no_process_is_left_where_a_batch_is_through_or_left(tmp_path: Path) -> None:
    inputs = find_inputs([texts_in(tmp_path / "in", ["要抓紧。"] * 6)])
    job = Job(batch_jobs.prepare)
    assert len(list(run_batch(inputs, job, workers=2))) == 6
    assert not multiprocessing.active_children()
    for _ in run_batch(inputs, job, workers=2):
        assert multiprocessing.active_children()
        break
    assert not multiprocessing.active_children()


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_of_a_long_answer_leaves_nobody_waiting(
    tmp_path: Path,
) -> None:
    """Answers longer than a pipe holds: the workers wait in the middle of one until it is read."""
    chance = random.Random(1)  # noqa: S311  # a text, no secret
    long = ["".join(chr(chance.randrange(0x4E00, 0x9FA0)) for _ in range(400_000))] * 4
    inputs = find_inputs([texts_in(tmp_path / "in", ["要抓紧。", *long])])
    found: list[Done] = []
    for done in run_batch(inputs, Job(batch_jobs.prepare_writers), workers=2):
        found.append(done)
        if len(found) == 1:
            while len(list(Path(inputs[0].source).parent.glob("*.begun"))) < 2:
                time.sleep(0.01)
            time.sleep(0.3)  # whenever it comes, the result is the same
            for worker in multiprocessing.active_children():
                os.kill(worker.pid or 0, signal.SIGKILL)
    texts = [d.result.document.text for d in found if not isinstance(d.result, ReadError)]
    assert texts == ["要抓紧。", *long]


@pytest.mark.parametrize(
    ("prepare", "error", "told"),
    [
        (batch_jobs.prepare_faulty, LookupError, "no such word"),
        (batch_jobs.prepare_unsendable, RuntimeError, "_Local: of this process alone"),
    ],
)
def test_a_fault_in_a_worker_is_raised_with_its_place(
    tmp_path: Path, prepare: Prepare, error: type[Exception], told: str
) -> None:
    inputs = find_inputs([texts_in(tmp_path / "in", ["要抓紧。"])])
    with pytest.raises(error, match=told):
        list(run_batch(inputs, Job(prepare), workers=2))
    assert not multiprocessing.active_children()


@pytest.mark.slow
def test_memory_that_ends_in_a_worker_is_an_error_of_the_input(tmp_path: Path) -> None:
    inputs = find_inputs([texts_in(tmp_path / "in", ["要抓紧。", "撑破", "要抓紧。"])])
    first, broken, last = run_batch(inputs, Job(batch_jobs.prepare_eaters), workers=2)
    assert isinstance(broken.result, ReadError)
    assert "out of memory?" in broken.result.message
    assert not isinstance(first.result, ReadError)
    assert not isinstance(last.result, ReadError)


def test_a_machine_that_starts_no_process_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("speechmine.programs._SafeProcess.start", refuse)
    (item,) = find_inputs([texts_in(tmp_path / "in", ["要抓紧。"])])
    pool = Pool(batch_jobs.prepare, 2)
    with pytest.raises(UsageError, match=r"temporarily unavailable.*--workers 1"):
        pool.begin(item)
    pool.close()


def test_workers_that_end_before_they_are_prepared_are_no_fault_of_a_document(
    tmp_path: Path,
) -> None:
    inputs = find_inputs([texts_in(tmp_path / "in", ["要抓紧。"])])
    job = Job(functools.partial(batch_jobs.prepare_here_alone, os.getpid()))
    with pytest.raises(UsageError, match="end as soon as they are started"):
        list(run_batch(inputs, job, workers=2))
    assert not multiprocessing.active_children()
