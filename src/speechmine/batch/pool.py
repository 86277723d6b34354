"""Worker processes that may die."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import TypeAlias

from speechmine.batch.hands import InputWork, Prepare, Promise, WorkResult, attempt
from speechmine.batch.packing import pack_extraction
from speechmine.errors import ReadError
from speechmine.programs import SafeContext, safe_path
from speechmine.readers import Input

__all__ = ["Pool"]

# So many inputs a worker are under way at once: enough that none waits, few enough to hold.
_AHEAD = 4
_TRIES = 2
_DIED = (BrokenProcessPool, CancelledError)
_Packed: TypeAlias = "Future[bytes | ReadError]"


class Pool:
    """Worker processes; what one held that died is read again alone.

    A worker may be killed from outside, or for the memory that another takes: one death is no
    fault of a document. One that processes die over twice while they hold nothing else is at fault.

    Args:
        prepare: called once in each worker.
        workers: how many.
    """

    def __init__(self, prepare: Prepare, workers: int) -> None:
        self.ahead = workers * _AHEAD
        self._prepare = prepare
        self._workers = workers
        self._executor = self._start(workers)
        self._lone: ProcessPoolExecutor | None = None

    def begin(self, item: Input) -> Promise:
        """Begin with an input."""
        return _Tried(self, item)

    def submit(self, item: Input) -> tuple[ProcessPoolExecutor, _Packed | None]:
        """Hand an input to whichever worker is free, with the pool that it belongs to.

        Nobody is free where pools die as soon as they are made; the input is then tried alone.
        """
        for _ in range(_TRIES):
            try:
                return self._executor, self._executor.submit(_work, item)
            except BrokenProcessPool:
                self.renew(self._executor)
        return self._executor, None

    def alone(self, item: Input) -> bytes | ReadError:
        """Try an input in a process that holds nothing else."""
        for _ in range(_TRIES):
            self._lone = self._lone or self._start(1)
            try:
                return self._lone.submit(_work, item).result()
            except _DIED:
                self._lone.shutdown(wait=False, cancel_futures=True)
                self._lone = None
        reason = f"the worker process died over it {_TRIES} times (out of memory?)"
        return ReadError(item.source, reason, "split it, or leave it out")

    def renew(self, broken: ProcessPoolExecutor) -> None:
        """Put a new pool in the place of a broken one, once."""
        if self._executor is broken:
            broken.shutdown(wait=False, cancel_futures=True)
            self._executor = self._start(self._workers)

    def close(self) -> None:
        """Let the workers end when they have finished what they hold."""
        for executor in filter(None, (self._executor, self._lone)):
            executor.shutdown(wait=False, cancel_futures=True)

    def _start(self, workers: int) -> ProcessPoolExecutor:
        # Not by fork: a thread of the caller's would leave its locks behind in the children.
        with safe_path():
            return ProcessPoolExecutor(workers, SafeContext(), _get_ready, (self._prepare,))


class _Tried:
    """An input with a pool; where the pool breaks, the input is tried alone."""

    def __init__(self, pool: Pool, item: Input) -> None:
        self._pool = pool
        self._item = item
        self._executor, self._future = pool.submit(item)

    def result(self) -> WorkResult:
        if self._future is not None:
            try:
                return self._future.result()
            except _DIED:
                self._pool.renew(self._executor)
        return self._pool.alone(self._item)


# What a worker process does with an input; set when the process starts, never elsewhere.
_ready: list[InputWork] = []


def _get_ready(prepare: Prepare) -> None:
    # Ctrl-C reaches all processes of a terminal; the first one decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _ready.append(prepare())


def _end_with_parent() -> None:
    """A worker whose first process was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(item: Input) -> bytes | ReadError:
    result = attempt(_ready[0], item)
    return result if isinstance(result, ReadError) else pack_extraction(result)
