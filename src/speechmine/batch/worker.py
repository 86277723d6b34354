"""One worker process and its pipe, seen from both ends.

A ``ProcessPoolExecutor`` is no help here: its workers share queues and their locks. One that is
killed while it writes leaves half an answer behind, and the thread that reads it waits forever;
and who leaves a pool in the middle waits at exit for all that is under way.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections import deque
from multiprocessing.connection import Connection, wait
from types import FrameType
from typing import Generic, TypeVar

from speechmine.batch.hands import InputWork, Prepare, attempt
from speechmine.batch.packing import pack_extraction
from speechmine.errors import ReadError
from speechmine.programs import SafeContext
from speechmine.readers import Input

__all__ = ["GRACE", "Answered", "Worker"]

#: What a worker sends: a packed extraction, what is wrong with an input, or an error of ours.
Answered = bytes | Exception
Kept = TypeVar("Kept")

#: So many seconds a worker has to end the programs that it started and to clear its folders.
GRACE = 3.0


class Worker(Generic[Kept]):
    """A process that does one thing after the other, in the order in which it is asked.

    It ends with its first process, however that one ends.

    Args:
        prepare: called once in the process.

    Attributes:
        held: what was sent and not yet answered, the oldest first.
        ready: whether it has said that it is prepared.

    Raises:
        OSError: no process can be started.
    """

    def __init__(self, prepare: Prepare) -> None:
        self.held: deque[Kept] = deque()
        self.ready = False
        # Not by fork: a thread of the caller's would leave its locks behind in the child.
        context = SafeContext()
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, prepare), daemon=True)
        try:
            self._process.start()
        except OSError:
            self.pipe.close()
            raise
        finally:
            theirs.close()

    def send(self, item: Input, held: Kept) -> None:
        """Ask for the extraction of an input.

        Raises:
            OSError: the process is dead.
        """
        self.pipe.send(item)
        self.held.append(held)

    def receive(self) -> tuple[Kept, Answered] | None:
        """What is next answered, and the answer; None where it says that it is prepared.

        Raises:
            EOFError, OSError: the process is dead.
        """
        answer: Answered | None = self.pipe.recv()
        if answer is None:
            self.ready = True
            return None
        return self.held.popleft(), answer

    def leave(self) -> None:
        """Tell the process to end, whatever it does."""
        self.pipe.close()
        self._process.terminate()

    def end(self, until: float) -> None:
        """Wait until it has ended, if need be by force.

        Args:
            until: how long it is asked to, on the clock of ``time.monotonic``.
        """
        self._process.join(max(0.0, until - time.monotonic()))
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join(GRACE)


def _serve(pipe: Connection, prepare: Prepare) -> None:
    """What the process does until nobody asks any more."""
    # Ctrl-C reaches all processes of a terminal; the first one decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    run = prepare()
    answer: Answered | None = None  # prepared
    while _sent(pipe, answer) and (item := _next(pipe)) is not None:
        answer = _answer(run, item)


def _sent(pipe: Connection, answer: Answered | None) -> bool:
    try:
        pipe.send(answer)
    except OSError:  # nobody waits for it
        return False
    return True


def _next(pipe: Connection) -> Input | None:
    try:
        item: Input = pipe.recv()
    except (EOFError, OSError):
        return None
    return item


def _leave(_number: int, _frame: FrameType | None) -> None:
    """By an exception: a program that a reader started is stopped, its folder is removed."""
    sys.exit(1)


def _end_with_parent() -> None:
    """One that is at work would not see that its first process was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(1)


def _answer(run: InputWork, item: Input) -> Answered:
    try:
        result = attempt(run, item)
        return result if isinstance(result, ReadError) else pack_extraction(result)
    except MemoryError:
        # As if killed for its memory: a process that holds nothing else tries again.
        os._exit(1)
    except Exception as error:  # noqa: BLE001  # the first process raises it
        error.add_note(traceback.format_exc())
        return _sendable(error)


def _sendable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    except Exception:  # noqa: BLE001  # whatever keeps it from being sent
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
