"""Worker processes that may die, and their inputs shared out among them."""

from __future__ import annotations

import atexit
import time
from collections import deque
from multiprocessing.connection import wait

from speechmine.batch.hands import Prepare, Promise, WorkResult
from speechmine.batch.worker import GRACE, Answered, Worker
from speechmine.errors import ReadError, UsageError
from speechmine.readers import Input

__all__ = ["Pool"]

# So many inputs a worker are under way at once: enough that none waits, few enough to hold.
_AHEAD = 4
# One that a worker is at, one that it finds when it has done that.
_HELD = 2
_TRIES = 2


class Pool:
    """Worker processes; what one held that died is read again alone.

    A worker may be killed from outside, or for the memory that another takes: one death is no
    fault of a document. One that processes die over twice while nothing else is read is at fault.

    Nothing of it outlives the program, nor :meth:`close`: what is under way is given up.

    Args:
        prepare: called once in each worker.
        workers: how many.
    """

    def __init__(self, prepare: Prepare, workers: int) -> None:
        self.ahead = workers * _AHEAD
        self._prepare = prepare
        self._most = workers
        self._workers: list[Worker[_Task]] = []
        self._waiting: deque[_Task] = deque()
        self._suspects: deque[_Task] = deque()
        self._stillborn = 0
        # Somebody may keep half a batch until the program ends.
        atexit.register(self.close)

    def begin(self, item: Input) -> Promise:
        """Begin with an input."""
        task = _Task(self, item)
        self._waiting.append(task)
        self.go_on(0)
        return task

    def go_on(self, seconds: float | None = None) -> None:
        """Take the answers that are there, or wait for the first, and hand out what is next."""
        self._hand_out()
        pipes = {worker.pipe: worker for worker in self._workers if worker.held}
        for pipe in wait(pipes, seconds):
            self._receive(pipes[pipe])  # type: ignore[index]  # what was given to it
        self._hand_out()

    def close(self) -> None:
        """End the workers; what they hold is given up."""
        atexit.unregister(self.close)
        _end(*self._workers)
        self._workers.clear()

    def _hand_out(self) -> None:
        while (queue := self._next_queue()) and (worker := self._free_worker()):
            task = queue.popleft()
            try:
                worker.send(task.item, task)
            except OSError:  # it died with nothing in hand, or over the one before
                queue.appendleft(task)
                self._bury(worker)

    def _next_queue(self) -> deque[_Task] | None:
        """Where the next input comes from; a suspect is read while nothing else is."""
        held = [task for worker in self._workers for task in worker.held]
        if any(task.deaths for task in held):
            return None
        if self._suspects:
            return None if held else self._suspects
        return self._waiting or None

    def _free_worker(self) -> Worker[_Task] | None:
        idle = next((worker for worker in self._workers if not worker.held), None)
        if idle is None and len(self._workers) < self._most:
            idle = self._start()
        if idle is None:
            idle = min(self._workers, key=lambda worker: len(worker.held), default=None)
        return idle if idle is not None and len(idle.held) < _HELD else None

    def _start(self) -> Worker[_Task] | None:
        """A new worker; None where there can be none now and others are at work."""
        try:
            worker: Worker[_Task] = Worker(self._prepare)
        except OSError as error:
            if not self._workers:
                raise UsageError(
                    f"no worker process can be started ({error}); with one worker (--workers 1) "
                    "none is needed"
                ) from error
            return None
        self._workers.append(worker)
        return worker

    def _receive(self, worker: Worker[_Task]) -> None:
        try:
            answered = worker.receive()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if answered is None:
            self._stillborn = 0
        else:
            task, answer = answered
            task.answer = answer

    def _bury(self, worker: Worker[_Task]) -> None:
        """What a dead worker was at is suspect; what it had not begun goes to another."""
        self._workers.remove(worker)
        _end(worker)
        if not worker.ready:
            self._count_stillborn()
        elif worker.held:
            self._suspect(worker.held.popleft())
        for task in reversed(worker.held):
            (self._suspects if task.deaths else self._waiting).appendleft(task)

    def _count_stillborn(self) -> None:
        """One that dies before it is prepared says nothing of a document."""
        self._stillborn += 1
        if self._stillborn > _TRIES * self._most:
            raise UsageError(
                "worker processes end as soon as they are started; a program that begins a batch "
                "does so below if __name__ == '__main__':, or takes one worker"
            )

    def _suspect(self, task: _Task) -> None:
        task.deaths += 1
        if task.deaths <= _TRIES:
            self._suspects.append(task)
            return
        reason = f"the worker process died over it {_TRIES} times (out of memory?)"
        task.answer = ReadError(task.item.source, reason, "split it, or leave it out")


def _end(*workers: Worker[_Task]) -> None:
    for worker in workers:
        worker.leave()
    until = time.monotonic() + GRACE
    for worker in workers:
        worker.end(until)


class _Task:
    """An input, how many workers died over it, and the answer when it is there."""

    def __init__(self, pool: Pool, item: Input) -> None:
        self.item = item
        self.deaths = 0
        self.answer: Answered | None = None
        self._pool = pool

    def result(self) -> WorkResult:
        while self.answer is None:
            self._pool.go_on()
        if isinstance(self.answer, bytes | ReadError):
            return self.answer
        raise self.answer
