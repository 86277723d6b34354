"""What a batch has finished, on disk beside its output, so that a stopped run can go on.

Each line is one finished input: its key (hash of content, options and version) and its records.
A run that is killed leaves at most one broken last line, which is cut off when it goes on.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from speechmine.errors import UsageError

__all__ = ["Journal", "journal_path", "open_journal"]


def journal_path(out: str | os.PathLike[str]) -> Path:
    """The folder beside an output that holds its journal while it is being made.

    Example:
        >>> journal_path("ledger.jsonl").name
        'ledger.jsonl.unfinished'
    """
    target = Path(out)
    return target.with_name(f"{target.name}.unfinished")


class Journal:
    """Finished inputs by key; only the places of the records are held in memory.

    Args:
        stream: the journal's file, open for reading and appending.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._places: dict[str, int] = {}
        self._end = 0
        self._read()

    def __len__(self) -> int:
        """Inputs finished so far."""
        return len(self._places)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def get(self, key: str) -> dict[str, Any]:
        """The record kept under a key."""
        self._stream.seek(self._places[key])
        record: dict[str, Any] = json.loads(self._stream.readline())["record"]
        return record

    def add(self, key: str, record: dict[str, Any]) -> None:
        """Keep a record; it is on its way to the disk when this returns."""
        line = json.dumps({"key": key, "record": record}).encode("ascii") + b"\n"
        self._stream.seek(self._end)
        self._stream.write(line)
        self._stream.flush()
        self._places[key] = self._end
        self._end += len(line)

    def _read(self) -> None:
        self._stream.seek(0)
        for line in self._stream:
            key = _key(line)
            if key is None:
                break
            self._places[key] = self._end
            self._end += len(line)
        self._stream.truncate(self._end)


def _key(line: bytes) -> str | None:
    """The key of a whole line; None where the line was cut off."""
    if not line.endswith(b"\n"):
        return None
    try:
        return str(json.loads(line)["key"])
    except (ValueError, KeyError, TypeError):
        return None


@contextmanager
def open_journal(out: str | os.PathLike[str]) -> Iterator[Journal]:
    """The journal of an output, for one run at a time; it goes when the run ends well.

    Args:
        out: the output that is being made.

    Raises:
        UsageError: another run writes to the same output.
    """
    folder = journal_path(out)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror})") from error
    with _locked(folder / "lock", out), (folder / "journal.jsonl").open("a+b") as stream:
        yield Journal(stream)
    for name in ("journal.jsonl", "lock"):
        (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()


@contextmanager
def _locked(path: Path, out: str | os.PathLike[str]) -> Iterator[None]:
    """Hold a lock that goes with the process, however it ends."""
    with path.open("a+b") as stream:
        if not _lock(stream):
            raise UsageError(f"{out}: another run is writing it; wait for it or stop it first")
        yield


def _lock(stream: BinaryIO) -> bool:
    try:
        import fcntl
    except ImportError:  # pragma: no cover  # Windows
        return _lock_on_windows(stream)
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _lock_on_windows(stream: BinaryIO) -> bool:  # pragma: no cover
    import msvcrt

    try:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
