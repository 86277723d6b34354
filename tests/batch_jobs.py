"""What the tests of batches let workers do; here, so that a worker process can import it."""

from __future__ import annotations

import os
import signal

import speechmine
from speechmine.batch.hands import Run
from speechmine.errors import ReadError, UsageError
from speechmine.readers import Input, read_input


def prepare() -> Run:
    return _extract


def prepare_in_vain() -> Run:
    raise UsageError("no such rules")


def _extract(item: Input) -> speechmine.Extraction:
    document = read_input(item)
    if "拒绝" in document.text:
        raise ReadError(item.source, "refused")
    if "断电" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return speechmine.extract(document)
