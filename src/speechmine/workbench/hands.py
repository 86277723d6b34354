"""Processes that do the heavy work: a bounded number, each for a bounded time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_process

from speechmine.errors import ReadError, SpeechmineError

__all__ = ["BusyError", "ReadingHands"]

_T = TypeVar("_T")


class BusyError(SpeechmineError):
    """So many requests wait already that this one would wait too long."""


class ReadingHands:
    """Runs functions in processes of their own; one that takes too long is killed.

    Args:
        workers: processes at one time.
        waiting: calls that may wait for one.
        seconds: what one call may take once it has a process.
    """

    def __init__(self, workers: int, waiting: int, seconds: float) -> None:
        self._limiter = anyio.CapacityLimiter(workers)
        self._most = workers + waiting
        self._seconds = seconds
        self._taken = 0

    async def do(self, work: Callable[..., _T], *arguments: object, name: str = "text") -> _T:
        """What a function of a module gives.

        Args:
            work: the function; it and its arguments are sent to the process.
            *arguments: what it is called with.
            name: what the request is about, for messages.

        Raises:
            BusyError: too many wait.
            ReadError: it takes too long, or the process died over it.
        """
        if self._taken >= self._most:
            raise BusyError("too many requests at once; try again in a while (请稍后再试)")
        self._taken += 1
        try:
            async with self._limiter:
                return await self._timed(work, arguments, name)
        finally:
            self._taken -= 1

    async def _timed(self, work: Callable[..., _T], arguments: tuple[object, ...], name: str) -> _T:
        try:
            with anyio.fail_after(self._seconds):
                return await anyio.to_process.run_sync(work, *arguments, cancellable=True)
        except TimeoutError as error:
            reason = f"takes longer than {self._seconds:g} seconds (超时)"
            raise ReadError(name, reason, "split it, or start with --seconds") from error
        except anyio.BrokenWorkerProcess as error:
            reason = "the process died over it (out of memory?)"
            raise ReadError(name, reason, "split it, or leave it out") from error
