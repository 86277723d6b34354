"""Push: bring a tracker in step with a ledger, as often as one likes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from speechmine.trackers.items import Item
from speechmine.trackers.sink import ConflictError, Remote, Sink, TrackerError, UnavailableError

__all__ = ["Action", "Outcome", "push"]

Action = Literal["created", "updated", "unchanged", "conflict", "failed"]
_TRIES = 4
_WAIT = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to a task; with ``dry_run`` what would.

    Attributes:
        item: the task. action: created, updated, unchanged; conflict: people and the speech both
            changed it, and theirs was kept; failed: see ``reason``.
    """

    item: Item
    action: Action
    reason: str = ""


def push(
    items: Iterable[Item],
    sink: Sink,
    *,
    dry_run: bool = False,
    overwrite: bool = False,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Outcome]:
    """Create what is missing, update what the speech says otherwise now, leave the rest.

    A second push changes nothing. One that was interrupted is finished by the next. State,
    progress, comments and person are never written after a task was created; where people
    changed title, text or due day, theirs stays.

    Args:
        items: each identifier once.
        sink: the tracker.
        dry_run: only say what would be done.
        overwrite: write our fields also where people changed them.
        wait: called with seconds before a further try.

    Yields:
        One outcome an item, in order, as it is done.

    Raises:
        TrackerError: the tracker cannot be read at all; nothing was written then.
    """
    remotes = {remote.id: remote for remote in _patient(lambda: tuple(sink.list()), wait)}
    for item in items:
        remote = remotes.get(item.id)
        action = _wanted(item, remote, overwrite=overwrite)
        if dry_run or action in ("unchanged", "conflict"):
            yield Outcome(item, action)
            continue
        try:
            yield Outcome(item, _done(item, remote, sink, overwrite=overwrite, wait=wait))
        except TrackerError as error:
            yield Outcome(item, "failed", str(error))


def _wanted(item: Item, remote: Remote | None, *, overwrite: bool) -> Action:
    if remote is None:
        return "created"
    touched = remote.now != remote.pushed
    if item.hash in (remote.pushed, remote.now) and not (overwrite and remote.now != item.hash):
        return "unchanged"
    return "conflict" if touched and not overwrite else "updated"


def _done(
    item: Item,
    remote: Remote | None,
    sink: Sink,
    *,
    overwrite: bool,
    wait: Callable[[float], None],
) -> Action:
    """Do it; after a silence look first what was done, so that nothing is there twice."""
    error: TrackerError = TrackerError("not tried")
    made = False
    for attempt in range(_TRIES):
        if attempt:
            wait(_WAIT * 2**attempt)
            try:
                remote = sink.find(item.id)
            except UnavailableError as silence:
                error = silence
                continue
            action = _wanted(item, remote, overwrite=overwrite)
            if action in ("unchanged", "conflict"):
                return "created" if made and action == "unchanged" else action
        try:
            if remote is None:
                made = True
                sink.create(item)
                return "created"
            sink.update(item, remote)
        except (UnavailableError, ConflictError) as problem:
            error = problem
        else:
            return "updated"
    raise error


def _patient(
    read: Callable[[], tuple[Remote, ...]], wait: Callable[[float], None]
) -> tuple[Remote, ...]:
    for attempt in range(_TRIES):
        try:
            return read()
        except UnavailableError:
            if attempt == _TRIES - 1:
                raise
            wait(_WAIT * 2**attempt)
    raise AssertionError
