"""A batch: inputs in, extractions out in the same order, by one process or several."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from speechmine.batch.records import from_plain, to_plain
from speechmine.errors import ReadError

if TYPE_CHECKING:
    from speechmine.batch.journal import Journal
    from speechmine.model import Extraction
    from speechmine.readers import Input

__all__ = ["Counts", "Job", "run_batch"]

# So many inputs a worker are under way at once: enough that none waits, few enough to hold.
_AHEAD = 4
_READ = 1 << 20


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with each input, and how its result is known again.

    Attributes:
        run: makes the extraction of an input, or raises :class:`ReadError`; it is sent to the
            workers, so it is a function of a module or a partial of one.
        options: all that the result depends on beside the input and the version.
    """

    run: Callable[[Input], Extraction]
    options: tuple[str, ...] = ()

    def key(self, item: Input) -> str | None:
        """Hash of an input's content, the options and the version; None where it has no file."""
        path = Path(item.archive or item.source)
        if item.problem is not None or not path.is_file():
            return None
        told = [version("speechmine"), item.id, item.source, *self.options]
        digest = hashlib.sha256(json.dumps(told).encode())
        for part in (path, path.with_suffix(".meta.json")):
            digest.update(b"\0")
            if part.is_file():
                _hash_file(part, digest)
        return digest.hexdigest()


def _hash_file(path: Path, digest: hashlib._Hash) -> None:
    with path.open("rb") as stream:
        while block := stream.read(_READ):
            digest.update(block)


@dataclass(slots=True)
class Counts:
    """How far a batch is."""

    documents: int = 0
    characters: int = 0
    tasks: int = 0
    errors: int = 0
    kept: int = 0
    total: int = field(default=0)

    def add(self, result: Extraction | ReadError) -> None:
        """Count one more result."""
        self.documents += 1
        if isinstance(result, ReadError):
            self.errors += 1
        else:
            self.characters += result.document.length
            self.tasks += len(result.tasks)


def run_batch(
    inputs: Iterable[Input], job: Job, *, workers: int = 1, journal: Journal | None = None
) -> Iterator[tuple[Input, Extraction | ReadError]]:
    """Each input with its extraction or what is wrong with it, in the order of the inputs.

    What the journal has is not made again. A worker that dies costs its input alone: those under
    way with it are tried again one by one.

    Args:
        inputs: of :func:`speechmine.readers.find_inputs`.
        job: what is done.
        workers: processes; one works in this process.
        journal: where finished work is kept.
    """
    made = (
        _in_processes(inputs, job, workers, journal) if workers > 1 else _here(inputs, job, journal)
    )
    for item, key, result, fresh in made:
        if fresh and journal is not None and key is not None and not isinstance(result, ReadError):
            journal.add(key, to_plain(result))
        yield item, result


def _here(
    inputs: Iterable[Input], job: Job, journal: Journal | None
) -> Iterator[tuple[Input, str | None, Extraction | ReadError, bool]]:
    for item in inputs:
        key = job.key(item) if journal is not None else None
        if journal is not None and key in journal:
            yield item, key, from_plain(journal.get(str(key))), False
        else:
            yield item, key, attempt(job, item), True


def attempt(job: Job, item: Input) -> Extraction | ReadError:
    """The extraction of one input, or what is wrong with it."""
    try:
        return job.run(item)
    except ReadError as error:
        return error


@dataclass(slots=True)
class _Pending:
    item: Input
    key: str | None
    future: Future[Extraction | ReadError] | None


def _in_processes(
    inputs: Iterable[Input], job: Job, workers: int, journal: Journal | None
) -> Iterator[tuple[Input, str | None, Extraction | ReadError, bool]]:
    pool = _Pool(job, workers)
    waiting: deque[_Pending] = deque()
    try:
        for item in inputs:
            key = job.key(item) if journal is not None else None
            known = journal is not None and key in journal
            waiting.append(_Pending(item, key, None if known else pool.submit(item)))
            if len(waiting) >= workers * _AHEAD:
                yield _finished(waiting.popleft(), pool, waiting, journal)
        while waiting:
            yield _finished(waiting.popleft(), pool, waiting, journal)
    finally:
        pool.close()


def _finished(
    first: _Pending, pool: _Pool, waiting: deque[_Pending], journal: Journal | None
) -> tuple[Input, str | None, Extraction | ReadError, bool]:
    if first.future is None and journal is not None:
        return first.item, first.key, from_plain(journal.get(str(first.key))), False
    try:
        assert first.future is not None  # noqa: S101  # only what the journal has goes without
        return first.item, first.key, first.future.result(), True
    except BrokenProcessPool:
        result = pool.alone(first.item)
        pool.renew()
        for other in waiting:
            # What the dead pool had begun is begun again; results that came in time are kept.
            if other.future is not None and (not other.future.done() or other.future.exception()):
                other.future = pool.submit(other.item)
        return first.item, first.key, result, True


class _Pool:
    """Worker processes that can be renewed when one of them has died."""

    def __init__(self, job: Job, workers: int) -> None:
        self._job = job
        self._workers = workers
        self._pool = self._start(workers)

    def _start(self, workers: int) -> ProcessPoolExecutor:
        # Not by fork: a thread of the caller's would leave its locks behind in the children.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context)

    def submit(self, item: Input) -> Future[Extraction | ReadError]:
        try:
            return self._pool.submit(attempt, self._job, item)
        except BrokenProcessPool as error:
            failed: Future[Extraction | ReadError] = Future()
            failed.set_exception(error)
            return failed

    def alone(self, item: Input) -> Extraction | ReadError:
        """Try an input in a process of its own, so that only it can be at fault."""
        with self._start(1) as pool:
            try:
                return pool.submit(attempt, self._job, item).result()
            except BrokenProcessPool:
                reason = "the worker process died over it (out of memory?)"
                return ReadError(item.source, reason, "split it, or leave it out")

    def renew(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._start(self._workers)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
