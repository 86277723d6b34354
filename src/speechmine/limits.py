"""How much is taken in before it is refused: every limit, each moved by an environment variable.

A message that refuses something names the limit and how to raise it. Worker processes have the
variables from the process that starts them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from speechmine.errors import UsageError

__all__ = ["LIMITS", "Limit", "RefusedError", "limits", "paused", "tick", "timed"]


class RefusedError(Exception):
    """What is beyond a limit; who knows the name of the file makes it a ``ReadError``.

    Attributes:
        reason, remedy: as of :class:`speechmine.errors.ReadError`.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason, self.remedy = reason, remedy
        super().__init__(f"{reason}; {remedy}")


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit.

    Attributes:
        name: the environment variable. default: what holds where it is not set.
        about: what is counted.

    Example:
        >>> Limit("SPEECHMINE_MAX_PAGES", 5000, "pages of a file").advice
        'set SPEECHMINE_MAX_PAGES above 5000 to read it all the same'
    """

    name: str
    default: int
    about: str

    @property
    def value(self) -> int:
        """What holds now.

        Raises:
            UsageError: the variable is no whole number above 0.
        """
        given = os.environ.get(self.name, "").strip()
        if not given:
            return self.default
        if not (given.isascii() and given.isdigit() and len(given) < 16 and int(given)):
            raise UsageError(f"{self.name}: a whole number above 0 is expected, not {given!r:.40}")
        return int(given)

    @property
    def advice(self) -> str:
        """How to raise it."""
        return f"set {self.name} above {self.value} to read it all the same"

    def check(self, count: float) -> None:
        """Refuse what is more than is taken in.

        Raises:
            RefusedError: it is; the reason names the limit, the remedy how to raise it.

        Example:
            >>> Limit("SPEECHMINE_MAX_PAGES", 5000, "pages of a file").check(5001)
            Traceback (most recent call last):
            speechmine.limits.RefusedError: more than 5,000 pages of a file; split it, or set ...
        """
        value = self.value
        if count > value:
            raise RefusedError(f"more than {value:,} {self.about}", f"split it, or {self.advice}")


_ends: ContextVar[float | None] = ContextVar("_ends", default=None)


@contextmanager
def timed() -> Iterator[None]:
    """Let what is read meanwhile take ``SPEECHMINE_MAX_READ_SECONDS`` at most: see :func:`tick`."""
    token = _ends.set(time.monotonic() + LIMITS["READ_SECONDS"].value)
    try:
        yield
    finally:
        _ends.reset(token)


@contextmanager
def paused() -> Iterator[None]:
    """Let what is done meanwhile not count as reading: pages to recognise are counted as pages."""
    began = time.monotonic()
    try:
        yield
    finally:
        ends = _ends.get()
        if ends is not None:
            _ends.set(ends + time.monotonic() - began)


def tick() -> None:
    """Called at each paragraph, row or page: refuse to go on when the time is over.

    Raises:
        RefusedError: it is.
    """
    ends = _ends.get()
    if ends is not None and time.monotonic() > ends:
        limit = LIMITS["READ_SECONDS"]
        limit.check(limit.value + 1)


def limits() -> Iterator[Limit]:
    """Every limit, by name."""
    yield from (LIMITS[name] for name in sorted(LIMITS))


#: By short name: what the modules that hold to them ask for.
LIMITS = {
    short: Limit(f"SPEECHMINE_MAX_{short}", default, about)
    for short, default, about in (
        ("ANSWER_MB", 32, "MiB of one answer of a tracker, unpacked"),
        ("CELLS", 200_000, "places that the cells of its tables take up"),
        ("FILES", 20_000, "files in a packed file"),
        ("FILE_MB", 64, "MiB"),
        ("NODES", 2_000_000, "elements of markup"),
        ("PAGES", 5000, "pages"),
        ("PIXELS", 100_000_000, "pixels of a picture"),
        ("READ_SECONDS", 120, "seconds of reading"),
        ("REQUEST_SECONDS", 120, "seconds from a request to a tracker to the end of its answer"),
        ("RUN_SECONDS", 3600, "seconds of a push"),
        ("TASKS", 100_000, "tasks that a tracker lists"),
        ("THREADS", 2, "threads that recognise one page"),
        ("UNPACKED_MB", 256, "MiB when it is unpacked"),
    )
}
