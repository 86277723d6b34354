"""Who does the work of a batch: this process; for worker processes see :mod:`.pool`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.readers import Input

__all__ = ["Here", "InputWork", "Prepare", "Promise", "WorkResult", "WorkingHands", "attempt"]

#: Makes the extraction of an input, or raises :class:`ReadError`.
InputWork = Callable[[Input], Extraction]
#: Loads what is needed and gives a :data:`Run`; it is sent to the workers, so it is a function of
#: a module or a partial of one.
Prepare = Callable[[], InputWork]
#: A result: whole, packed by a worker, or what is wrong with the input.
WorkResult = Extraction | bytes | ReadError


class Promise(Protocol):
    """A result to come."""

    def result(self) -> WorkResult:
        """Wait for it."""


class WorkingHands(Protocol):
    """Does the work.

    Attributes:
        ahead: how many inputs are worth beginning before the first is asked for.
    """

    ahead: int

    def begin(self, item: Input) -> Promise:
        """Begin with an input."""

    def close(self) -> None:
        """Leave what was begun and not asked for."""


def attempt(run: InputWork, item: Input) -> Extraction | ReadError:
    """The extraction of one input, or what is wrong with it."""
    try:
        return run(item)
    except ReadError as error:
        return error


class _Later:
    """Work that is done when it is asked for."""

    def __init__(self, run: InputWork, item: Input) -> None:
        self._run = run
        self._item = item

    def result(self) -> WorkResult:
        return attempt(self._run, self._item)


class Here:
    """Works in this process, one input after the other."""

    ahead = 0

    def __init__(self, run: InputWork) -> None:
        self._run = run

    def begin(self, item: Input) -> Promise:
        """Begin with an input."""
        return _Later(self._run, item)

    def close(self) -> None:
        """Nothing is left over."""
