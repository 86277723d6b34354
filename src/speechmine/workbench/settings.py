"""How a workbench is set up when it starts."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["ReadBy", "Settings"]


@dataclass(frozen=True, slots=True)
class ReadBy:
    """What texts are read with.

    Attributes:
        rules: folder of rule files. profile: file with an office's habits.
        model: file that ``speechmine learn`` wrote.
    """

    rules: Path | None = None
    profile: Path | None = None
    model: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a workbench is told.

    Attributes:
        store: file or address of the store.
        folder: whose files may be chosen; None: only what is dropped.
        token: what a visitor must know; None: nothing, on loopback.
        hosts: names that a request may call this server by.
        trackers: addresses that may be pushed to.
        reading: what texts are read with.
        workers: processes that read at one time. waiting: requests that may wait for one.
        seconds: what one request may take of a process.
    """

    store: str
    folder: Path | None = None
    token: str | None = None
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    trackers: tuple[str, ...] = ()
    reading: ReadBy = field(default_factory=ReadBy)
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    waiting: int = 256
    seconds: float = 120.0
