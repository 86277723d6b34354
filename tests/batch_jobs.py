"""What the tests of batches let workers do; here, so that a worker process can import it."""

from __future__ import annotations

import dataclasses
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import speechmine
from speechmine.batch.hands import InputWork
from speechmine.errors import ReadError, UsageError
from speechmine.readers import Input, read_input


def prepare() -> InputWork:
    return _extract


def prepare_here_alone(here: int) -> InputWork:
    """As a program without a main guard: each process that it starts ends at once."""
    if os.getpid() != here:
        os._exit(1)
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


def prepare_sleepers() -> InputWork:
    return _sleep


def prepare_stubborn() -> InputWork:
    """As a reader in the middle of a long call of a library in C: it hears no signal."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return _sleep


def prepare_starters() -> InputWork:
    return _start_a_program


def prepare_writers() -> InputWork:
    return _write_much


def prepare_faulty() -> InputWork:
    return _fail


def prepare_unsendable() -> InputWork:
    return _fail_unsendably


def prepare_eaters() -> InputWork:
    return _eat


def _sleep(item: Input) -> speechmine.Extraction:
    document = read_input(item)
    if "长眠" in document.text:
        _begun(item).touch()
        time.sleep(3600)
    return speechmine.extract(document)


def _start_a_program(item: Input) -> speechmine.Extraction:
    document = read_input(item)
    if "长眠" in document.text:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", "import time; time.sleep(3600)"]
            with subprocess.Popen(command, cwd=folder) as program:
                _tell(item, folder)
                try:
                    program.wait()
                finally:
                    program.kill()
    return speechmine.extract(document)


def _tell(item: Input, told: str) -> None:
    """Whoever sees the file finds it whole."""
    part = _begun(item).with_suffix(".part")
    part.write_text(told, encoding="utf-8")
    part.replace(_begun(item))


def _write_much(item: Input) -> speechmine.Extraction:
    document = read_input(item)
    _begun(item).touch()
    return dataclasses.replace(speechmine.extract("要抓紧。"), document=document)


def _begun(item: Input) -> Path:
    return Path(item.source).with_suffix(".begun")


def _fail(item: Input) -> speechmine.Extraction:
    raise LookupError("no such word")


def _fail_unsendably(item: Input) -> speechmine.Extraction:
    class _Local(Exception):  # noqa: N818  # nobody else can have its class
        pass

    raise _Local("of this process alone")


def _eat(item: Input) -> speechmine.Extraction:
    document = read_input(item)
    if "撑破" in document.text:
        raise MemoryError
    return speechmine.extract(document)
