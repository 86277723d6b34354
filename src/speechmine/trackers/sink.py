"""What a tracker must be able to do: list, find, create, update."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from speechmine.errors import SpeechmineError
from speechmine.trackers.items import Item

__all__ = ["ConflictError", "Remote", "Sink", "TrackerError", "UnavailableError"]


class TrackerError(SpeechmineError):
    """The tracker refuses, or answers something that cannot be understood."""


class UnavailableError(TrackerError):
    """The tracker does not answer, or says that it cannot for now: it may have done the work."""


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
    """

    id: str
    ref: str
    pushed: str
    now: str
    version: str = ""
    data: object = None


class Sink(Protocol):
    """A tracker. Only our fields are ever written; a new task alone gets a first state."""

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
