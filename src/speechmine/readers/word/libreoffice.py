"""LibreOffice as a converter, where it is installed: one file in, one out, nothing of it run.

Each call has a profile of its own in a temporary folder, so neither a running LibreOffice nor the
user's settings touch it; macros are off, and links in the file are not followed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from pathlib import Path

from speechmine.programs import find_program as find_installed

__all__ = ["ConversionError", "find_libreoffice", "to_docx"]

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 120
_MOST_BYTES = 64 * 1024 * 1024
#: The filter that each kind is opened with: a file is never taken for what it does not claim.
_FILTERS = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8"}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop>
</item>
</oor:items>
"""


class ConversionError(Exception):
    """LibreOffice is not there, or could not convert the file; the message says which."""


def find_libreoffice() -> str | None:
    """Path of LibreOffice, None where it is not installed."""
    return next(filter(None, map(find_installed, _PROGRAMS)), None)


def to_docx(data: bytes, kind: str, *, seconds: float = _SECONDS) -> bytes:
    """A file as .docx.

    Args:
        data: the file's bytes.
        kind: ``doc``, ``rtf`` or ``odt``.
        seconds: after this time the conversion is given up.

    Raises:
        ConversionError: it is not installed, takes too long, or cannot read the file.
    """
    program = find_libreoffice()
    if program is None:
        raise ConversionError("LibreOffice is not installed")
    # A child may still be writing to its profile while the folder goes.
    with tempfile.TemporaryDirectory(prefix="speechmine-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        _prepare(home)
        given = home / f"given.{kind}"
        given.write_bytes(data)
        _run_office(_command(program, home, given, _FILTERS[kind]), home, seconds)
        return _result(home / "out" / "given.docx")


def _prepare(home: Path) -> None:
    user = home / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")


def _command(program: str, home: Path, given: Path, opened_with: str) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nologo",
        f"--infilter={opened_with}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(home / "out"),
        str(given),
    ]


def _run_office(command: list[str], home: Path, seconds: float) -> None:
    quiet = subprocess.DEVNULL
    environment = {**os.environ, "HOME": str(home)}
    try:
        process = subprocess.Popen(  # noqa: S603  # our own command; the file is data to it
            command,
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            cwd=home,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise ConversionError(f"LibreOffice cannot be started ({error.strerror})") from error
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise ConversionError(f"LibreOffice took more than {seconds:g} seconds") from error
    finally:
        _stop_office(process)


def _stop_office(process: subprocess.Popen[bytes]) -> None:
    """End the program with the children it started; soffice is a script around another one."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()


def _result(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise ConversionError("LibreOffice cannot open the file") from error
    if not content or len(content) > _MOST_BYTES:
        raise ConversionError("LibreOffice gave no usable file")
    return content
