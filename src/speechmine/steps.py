"""How far long work is: told by those who do it, shown by whoever wants to see it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from typing import TypeVar

__all__ = ["OnStep", "progress", "stepping", "tell"]

#: Called with what is being done, how many are done, and how many there are.
OnStep = Callable[[str, int, int], object]
_LISTENER: ContextVar[OnStep | None] = ContextVar("listener", default=None)
Counted = TypeVar("Counted")


def tell(task: str, done: int, total: int) -> None:
    """Say how far a task is; without somebody who listens nothing happens.

    Args:
        task: what is being done, such as ``targets``.
        done: how many of it are done.
        total: how many there are.
    """
    listener = _LISTENER.get()
    if listener is not None:
        listener(task, done, total)


def stepping(task: str, items: Sequence[Counted]) -> Iterator[Counted]:
    """The items one by one, each told before it is worked on, and the end.

    Args:
        task: what is done with them.
        items: a list, so that its length is known.

    Example:
        >>> seen = []
        >>> with progress(lambda *step: seen.append(step)):
        ...     done = list(stepping("reading", ["a", "b"]))
        >>> seen
        [('reading', 0, 2), ('reading', 1, 2), ('reading', 2, 2)]
    """
    for number, item in enumerate(items):
        tell(task, number, len(items))
        yield item
    tell(task, len(items), len(items))


@contextlib.contextmanager
def progress(on_step: OnStep | None = None) -> Iterator[None]:
    """Show how far long work is: a bar in a terminal or a notebook, one for each task.

    Covers reading a folder, ``targets``, ``achieved``, ``promises``, ``compare`` and
    ``topic_diagnostics``::

        with speechmine.progress():
            panel = speechmine.targets("reports/")

    Args:
        on_step: called instead of a bar with the task, how many are done, how many there are.

    Example:
        >>> from speechmine.themes import compare
        >>> tasks = set()
        >>> with progress(lambda task, done, total: tasks.add(task)):
        ...     found = compare({2023: "要抓好改造工作。", 2024: "要抓好改造工作。"})
        >>> tasks
        {'compare'}
    """
    if on_step is not None:
        with _heard_by(on_step):
            yield
        return
    with _bars() as listener, _heard_by(listener):
        yield


@contextlib.contextmanager
def _heard_by(listener: OnStep) -> Iterator[None]:
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


@contextlib.contextmanager
def _bars() -> Iterator[OnStep]:
    """Bars on standard error, in text: so a notebook without widgets shows them as well.

    Where there is neither terminal nor notebook, nothing is shown.
    """
    from rich.console import Console
    from tqdm import tqdm

    console = Console(stderr=True)
    hidden = not (console.is_terminal or console.is_jupyter)
    bars: dict[str, tqdm[None]] = {}

    def listen(task: str, done: int, total: int) -> None:
        if task not in bars:
            bars[task] = tqdm(total=total, desc=task, disable=hidden)
        bars[task].update(done - bars[task].n)

    try:
        yield listen
    finally:
        for bar in bars.values():
            bar.close()
