"""What a command is asked for that goes through texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from speechmine.errors import ReadError

__all__ = ["INTERRUPTED", "Request"]

#: What a shell reports for a program that Ctrl-C stopped.
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for.

    Attributes:
        paths: files, folders, ``-``. date, mode: as in :func:`speechmine.pipeline.extract`.
        rules: a folder of rule files. profile: a file with an office's habits.
        model: a file that ``speechmine learn`` wrote.
        workers: processes; 0: as many as there are processors, where there is enough to do.
        check: an input whose records break a law of :mod:`speechmine.checks` has failed.
        limit: only so many inputs. since: only files changed on that day or later.
        split: several tasks of a table's row where it owes several things.
        failures: fills up while the inputs are gone through.
    """

    paths: tuple[str, ...]
    date: str | None = None
    mode: str = "strict"
    rules: Path | None = None
    profile: Path | None = None
    model: Path | None = None
    workers: int = 1
    check: bool = False
    limit: int | None = None
    since: str | None = None
    split: bool = False
    failures: list[ReadError] = field(default_factory=list)
