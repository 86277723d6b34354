"""What a tracker must be able to do: list, find, create, update."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from speechmine.errors import SpeechmineError
from speechmine.ledger.states import StateKind
from speechmine.trackers.items import Item

__all__ = [
    "ConflictError",
    "Progress",
    "RejectedError",
    "Remote",
    "Sink",
    "TrackerError",
    "TwoWaySink",
    "UnavailableError",
    "base_of",
]


class TrackerError(SpeechmineError):
    """The tracker refuses, or answers something that cannot be understood."""


class UnavailableError(TrackerError):
    """The tracker does not answer, or says that it cannot for now: it may have done the work."""


class RejectedError(TrackerError):
    """The tracker has understood what was asked, and finds it wrong (status 422)."""


class ConflictError(TrackerError):
    """What was to be changed was changed by somebody else in between."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A task as the tracker has it.

    Attributes:
        id: our identifier, which the tracker keeps for us.
        ref: what the tracker calls it. version: its state, where the tracker tells.
        pushed: hash of our fields as we wrote them last.
        now: hash of our fields as they are; other than ``pushed`` where people changed them.
        data: what the sink needs to change it without touching the rest.
        state: what its state means; empty where the tracker does not tell, and then none is ever
            written. state_pushed: what we wrote last.
    """

    id: str
    ref: str
    pushed: str
    now: str
    version: str = ""
    data: object = None
    state: StateKind = ""
    state_pushed: StateKind = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What people did with a task in the tracker.

    Attributes:
        state: what its state means. word: the state in the tracker's word.
        percent: how much is done. comments: each with day and author where the tracker tells.
        title, due: as they stand there.
    """

    state: StateKind = ""
    word: str = ""
    percent: int | None = None
    comments: tuple[str, ...] = ()
    title: str = ""
    due: str = ""


def base_of(seen: StateKind, mark: str, remote: Remote) -> StateKind:
    """The state on which ledger and tracker agreed last.

    Args:
        seen: what came from the tracker last.
        mark: what had been pushed at that time, or nothing.
        remote: the task; another mark tells that a push came later.

    Example:
        >>> pushed = Remote("t-1", "7", "", "", state="done", state_pushed="doing")
        >>> base_of("todo", "", pushed), base_of("done", "doing", pushed)
        ('doing', 'done')
    """
    return seen if mark and mark == remote.state_pushed else remote.state_pushed or "todo"


class Sink(Protocol):
    """A tracker. Only our fields are ever written, and a state only where it tells states."""

    def list(self) -> Iterable[Remote]:
        """Every task that we created, also closed ones."""

    def find(self, item_id: str) -> Remote | None:
        """One of them."""

    def create(self, item: Item) -> bool:
        """A new task; ``UnavailableError`` where it is unknown whether it was created.

        Returns:
            Whether the tracker's answer proves that the task is there; else it is read back.
        """

    def update(self, item: Item, remote: Remote) -> None:
        """Our fields of a task; ``ConflictError`` where it was changed in between."""


@runtime_checkable
class TwoWaySink(Sink, Protocol):
    """A tracker whose states and comments come back, and that takes states."""

    def set_state(self, item: Item, remote: Remote) -> None:
        """The state of a task; ``ConflictError`` where it was changed in between."""

    def progress(self, remote: Remote) -> Progress:
        """What people did with it."""
