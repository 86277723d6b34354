"""What the tests of batches let workers do; here, so that a worker process can import it."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import speechmine
from speechmine.batch.hands import InputWork
from speechmine.errors import ReadError, UsageError
from speechmine.readers import Input, read_input


def prepare() -> InputWork:
    return _extract


def prepare_in_vain() -> InputWork:
    raise UsageError("no such rules")


def _extract(item: Input) -> speechmine.Extraction:
    document = read_input(item)
    if "拒绝" in document.text:
        raise ReadError(item.source, "refused")
    if "断电" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    times = re.search(r"断(\d)次电", document.text)
    if times is not None:
        _die_so_many_times(Path(item.source).with_suffix(".died"), int(times[1]))
    return speechmine.extract(document)


def _die_so_many_times(count: Path, times: int) -> None:
    """As a process that is killed from outside: the input is not at fault."""
    died = count.stat().st_size if count.exists() else 0
    if died < times:
        with count.open("ab") as stream:
            stream.write(b".")
        os.kill(os.getpid(), signal.SIGKILL)
