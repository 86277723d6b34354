"""What all requests of a workbench share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.readers import Input
from speechmine.store import Store
from speechmine.workbench import jobs
from speechmine.workbench.hands import ReadingHands
from speechmine.workbench.settings import Settings
from speechmine.workbench.views import Desk

if TYPE_CHECKING:
    from fastapi import Request

__all__ = ["Bench", "bench_of"]


@dataclass(frozen=True, slots=True)
class Bench:
    """The store, the processes, what was shown, and how it is all set up.

    Attributes:
        made_by: version of what reads texts now.
    """

    settings: Settings
    store: Store
    hands: ReadingHands
    desk: Desk
    made_by: str

    def files(self) -> dict[str, Input]:
        """The texts of the folder by their path in it; nothing outside of it is ever one."""
        folder = self.settings.folder
        return {} if folder is None else jobs.folder_files(folder)


def bench_of(request: Request) -> Bench:
    """What all requests share."""
    found: Bench = request.app.state.bench
    return found
