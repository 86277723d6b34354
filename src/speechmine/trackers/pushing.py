"""Push: bring a tracker in step with a ledger, as often as one likes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from speechmine.trackers.items import Item
from speechmine.trackers.sink import (
    ConflictError,
    Remote,
    Sink,
    TrackerError,
    TwoWaySink,
    UnavailableError,
    base_of,
)

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
        item: the task. action: created, updated, unchanged; conflict: it was changed here and
            there, and what stands there was kept; failed. reason: of the last two.
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

    A second push changes nothing. One that was interrupted is finished by the next. Where people
    changed title, text, due day or state in the tracker, theirs stays: a state goes out only
    where it was changed in the ledger alone. Progress, comments and person are never written.

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
        plan = _plan(item, remote, overwrite=overwrite)
        if dry_run or not plan.writes:
            may_be_there = remote is not None
            yield Outcome(item, plan.action, plan.reason)
            continue
        work = _Work(item, remote, sink, overwrite=overwrite, wait=wait)
        try:
            action = work.done(look=may_be_there, tries=_TRIES if heard else 1)
            outcome = Outcome(item, action, plan.reason if action == "conflict" else "")
            heard = True
        except TrackerError as error:
            outcome = Outcome(item, "failed", str(error))
            # Who waited for one task in vain does not wait as long for each of the others.
            heard = not isinstance(error, UnavailableError)
        may_be_there = outcome.action != "created" or work.was_there
        yield outcome


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done with a task.

    Attributes:
        create: it is not there. content, state: these are to be written.
        kept: what was changed here and there and stays as it is there.
    """

    create: bool = False
    content: bool = False
    state: bool = False
    kept: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        return self.create or self.content or self.state

    @property
    def action(self) -> Action:
        if self.create:
            return "created"
        if self.kept:
            return "conflict"
        return "updated" if self.writes else "unchanged"

    @property
    def reason(self) -> str:
        return f"{' and '.join(self.kept)} changed there too" if self.kept else ""


def _plan(item: Item, remote: Remote | None, *, overwrite: bool) -> _Plan:
    if remote is None:
        return _Plan(create=True)
    content = _content(item, remote, overwrite=overwrite)
    state = _state(item, remote, overwrite=overwrite)
    named = (("title, text or due day", content), ("state", state))
    kept = tuple(name for name, action in named if action == "conflict")
    return _Plan(content=content == "updated", state=state == "updated", kept=kept)


def _content(item: Item, remote: Remote, *, overwrite: bool) -> Action:
    touched = remote.now != remote.pushed
    if item.hash in (remote.pushed, remote.now) and not (overwrite and remote.now != item.hash):
        return "unchanged"
    return "conflict" if touched and not overwrite else "updated"


def _state(item: Item, remote: Remote, *, overwrite: bool) -> Action:
    """What the ledger says goes out, unless people said something else there since."""
    if not item.state or not remote.state or item.state == remote.state:
        return "unchanged"
    base = base_of(item.seen, item.mark, remote)
    if overwrite or remote.state == base:
        return "updated"
    return "unchanged" if item.state == base else "conflict"


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
                    self._look(_LOOKS if attempt % 2 else 1)
                plan = _plan(self.item, self.remote, overwrite=self.overwrite)
                if not plan.writes:
                    return "created" if self._made and not plan.kept else plan.action
                self._write(plan)
            except (UnavailableError, ConflictError) as problem:
                error = problem
            else:
                return plan.action
        raise error

    def _look(self, times: int) -> None:
        before = self.remote
        self.remote = self._found(times)
        self.was_there = self.was_there or (before is None and self.remote is not None)

    def _found(self, times: int) -> Remote | None:
        """The task; one that was perhaps created just now may show only after a while."""
        found = self.sink.find(self.item.id)
        if found is None and self._made and times > 1:
            self.wait(_SETTLED)
            return self._found(times - 1)
        return found

    def _write(self, plan: _Plan) -> None:
        if self.remote is None:
            self._made = True
            if not self.sink.create(self.item) and self._found(_LOOKS) is None:
                raise TrackerError(_UNPROVEN)
            return
        if plan.content:
            self.sink.update(self.item, self.remote)
        if plan.state and isinstance(self.sink, TwoWaySink):
            now = self.sink.find(self.item.id) if plan.content else self.remote
            if now is not None:
                self.sink.set_state(self.item, now)


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
