"""Programs and processes that are started: none of them takes code from the working directory.

Python puts the working directory in front of the path of ``python -m`` and ``python -c``, and of
each process that ``multiprocessing`` spawns. Who stands in a folder of speeches and reads them
would run a ``socket.py`` that somebody put between them.
"""

from __future__ import annotations

import multiprocessing.context
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["SafeContext", "find_program", "safe_path"]

_SWITCH = "PYTHONSAFEPATH"
_lock = threading.RLock()


@contextmanager
def safe_path() -> Iterator[None]:
    """Pythons that are started meanwhile do not have the working directory on their path.

    Example:
        >>> with safe_path():
        ...     os.environ["PYTHONSAFEPATH"]
        '1'
    """
    with _lock:
        before = os.environ.get(_SWITCH)
        os.environ[_SWITCH] = "1"
        try:
            yield
        finally:
            if before is None:
                del os.environ[_SWITCH]
            else:
                os.environ[_SWITCH] = before


class _SafeProcess(multiprocessing.context.SpawnProcess):
    def start(self) -> None:
        with safe_path():
            super().start()


class SafeContext(multiprocessing.context.SpawnContext):
    """Spawns processes with a safe path."""

    Process = _SafeProcess


def find_program(name: str) -> str | None:
    """Path of an installed program; one in the working directory is none.

    Windows looks there before all else, and so does every system with ``.`` in its PATH.
    """
    found = shutil.which(name)
    return found if found is not None and os.path.isabs(found) else None  # noqa: PTH117
