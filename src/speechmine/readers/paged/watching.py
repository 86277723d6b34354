"""Who wants to know how far a long reading is: told page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["Watcher", "tell_watcher", "watched_by"]

#: Told the file's name, pages done, and pages in all.
Watcher = Callable[[str, int, int], None]

_watcher: ContextVar[Watcher | None] = ContextVar("_watcher", default=None)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Have a function told of each page that is recognised meanwhile.

    Example:
        >>> with watched_by(lambda source, done, total: print(source, done, "of", total)):
        ...     tell_watcher("a.pdf", 1, 4)
        a.pdf 1 of 4
    """
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def tell_watcher(source: str, done: int, total: int) -> None:
    """Tell whoever watches that so many pages of a file are done."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher(source, done, total)
