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
_SETTLED = 3.0
_LOOKS = 3
# It is not created again: a search that lags behind would make it twice.
_UNPROVEN = "the tracker took the task but does not show it; push again in a while"


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
    may_be_there = heard = True
    for item in items:
        remote = remotes.get(item.id)
        action = _wanted(item, remote, overwrite=overwrite)
        if dry_run or action in ("unchanged", "conflict"):
            may_be_there = remote is not None
            yield Outcome(item, action)
            continue
        work = _Work(item, remote, sink, overwrite=overwrite, wait=wait)
        try:
            outcome = Outcome(item, work.done(look=may_be_there, tries=_TRIES if heard else 1))
            heard = True
        except TrackerError as error:
            outcome = Outcome(item, "failed", str(error))
            # Who waited for one task in vain does not wait as long for each of the others.
            heard = not isinstance(error, UnavailableError)
        may_be_there = outcome.action != "created" or work.was_there
        yield outcome


def _wanted(item: Item, remote: Remote | None, *, overwrite: bool) -> Action:
    if remote is None:
        return "created"
    touched = remote.now != remote.pushed
    if item.hash in (remote.pushed, remote.now) and not (overwrite and remote.now != item.hash):
        return "unchanged"
    return "conflict" if touched and not overwrite else "updated"


@dataclass(slots=True)
class _Work:
    """A task being written.

    Attributes:
        remote: as the tracker has it. was_there: whether it turned up although it was not listed.
    """

    item: Item
    remote: Remote | None
    sink: Sink
    overwrite: bool
    wait: Callable[[float], None]
    was_there: bool = False
    _made: bool = False

    def done(self, *, look: bool, tries: int) -> Action:
        """Do it; after a silence look first what was done, so that nothing is there twice.

        Args:
            look: whether to look before the task is created, too: a list may be older than what
                the last run did before it broke off.
            tries: how often to begin after a silence.
        """
        error: TrackerError = TrackerError("not tried")
        for attempt in range(tries):
            if attempt:
                self.wait(_WAIT * 2**attempt)
            try:
                if attempt or (look and self.remote is None):
                    action = self._looked(_LOOKS if attempt % 2 else 1)
                    if action in ("unchanged", "conflict"):
                        return "created" if self._made and action == "unchanged" else action
                return self._written()
            except (UnavailableError, ConflictError) as problem:
                error = problem
        raise error

    def _looked(self, times: int) -> Action:
        before = self.remote
        self.remote = self._found(times)
        self.was_there = self.was_there or (before is None and self.remote is not None)
        return _wanted(self.item, self.remote, overwrite=self.overwrite)

    def _found(self, times: int) -> Remote | None:
        """The task; one that was perhaps created just now may show only after a while."""
        found = self.sink.find(self.item.id)
        if found is None and self._made and times > 1:
            self.wait(_SETTLED)
            return self._found(times - 1)
        return found

    def _written(self) -> Action:
        if self.remote is not None:
            self.sink.update(self.item, self.remote)
            return "updated"
        self._made = True
        if not self.sink.create(self.item) and self._found(_LOOKS) is None:
            raise TrackerError(_UNPROVEN)
        return "created"


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
