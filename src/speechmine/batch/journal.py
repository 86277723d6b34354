"""What a batch has finished, on disk beside its output, so that a stopped run can go on.

A folder ``OUT.unfinished`` holds an SQLite file: the key of each finished input (hash of its
content, the options and the version) with its packed extraction. SQLite answers for what a crash
leaves and for one run at a time. The folder goes when the output is complete.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from speechmine.errors import UsageError

__all__ = ["Journal", "journal_folder", "open_journal"]

_FILE = "journal.sqlite"
_SETUP = (
    # The lock of the first access is held to the end: a second run is refused, not mixed in.
    "PRAGMA locking_mode = EXCLUSIVE",
    # A killed process loses nothing that was added; no wait for the disk at every document.
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "CREATE TABLE IF NOT EXISTS finished (key TEXT PRIMARY KEY, packed BLOB NOT NULL)",
    "BEGIN IMMEDIATE",
    "COMMIT",
)


def journal_folder(out: str | os.PathLike[str]) -> Path:
    """The folder beside an output that holds its journal while it is being made.

    Example:
        >>> journal_folder("ledger.jsonl").name
        'ledger.jsonl.unfinished'
    """
    target = Path(out)
    return target.with_name(f"{target.name}.unfinished")


class Journal:
    """Finished inputs by key; none of them is held in memory.

    Attributes:
        folder: where it stands; the output's draft finds a place there too.
    """

    def __init__(self, folder: Path, base: sqlite3.Connection) -> None:
        self.folder = folder
        self._base = base

    def __len__(self) -> int:
        """Inputs finished so far."""
        (count,) = self._base.execute("SELECT count(*) FROM finished").fetchone()
        return int(count)

    def get(self, key: str) -> bytes | None:
        """What was kept under a key."""
        found = self._base.execute("SELECT packed FROM finished WHERE key = ?", (key,)).fetchone()
        return None if found is None else bytes(found[0])

    def add(self, key: str, packed: bytes) -> None:
        """Keep a result; it outlives this process when this returns.

        Raises:
            UsageError: the disk is full or went away.
        """
        try:
            self._base.execute("INSERT OR REPLACE INTO finished VALUES (?, ?)", (key, packed))
        except sqlite3.Error as error:
            raise UsageError(
                f"{self.folder}: cannot be written ({error}); make room, then run the same "
                "command again: it goes on where it stopped"
            ) from error


@contextmanager
def open_journal(out: str | os.PathLike[str]) -> Iterator[Journal]:
    """The journal of an output, for one run at a time; it goes when the block ends well.

    Args:
        out: the output that is being made.

    Raises:
        UsageError: another run writes to the same output, or nothing can be written there.
    """
    folder = journal_folder(out)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror}: {folder})") from error
    with closing(_connected(folder / _FILE, out)) as base:
        yield Journal(folder, base)
    shutil.rmtree(folder)


def _connected(path: Path, out: str | os.PathLike[str]) -> sqlite3.Connection:
    try:
        return _prepared(path)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            reason = "another run is writing it; wait for it or stop it first"
        else:
            reason = f"cannot be written ({error}: {path})"
        raise UsageError(f"{out}: {reason}") from error
    except sqlite3.DatabaseError as error:
        raise UsageError(
            f"{path}: damaged ({error}); delete the folder it stands in to begin anew"
        ) from error


def _prepared(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        for statement in _SETUP:
            base.execute(statement)
    except BaseException:
        base.close()
        raise
    return base
