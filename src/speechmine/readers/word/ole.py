"""Files of old or locked Office programs that hold no speech: each is refused with its remedy."""

from __future__ import annotations

import io
from typing import NoReturn

from speechmine.errors import ReadError

__all__ = ["read_locked", "read_other_ole", "read_slides", "read_xls"]

# A stream that only this program's files have.
_PROGRAMS = (
    ("PowerPoint Document", "an old PowerPoint file (.ppt)", "save its text as .docx or .txt"),
    ("__properties_version1.0", "an Outlook message (.msg)", "save the file attached to it"),
    ("VisioDocument", "a Visio drawing", "save its text as .docx or .txt"),
    ("CONTENTS", "a file of Microsoft Works", "open it in Word and save it as .docx"),
)
_SAVE = "open it in the program that made it and save it as .docx, .xlsx or .txt"


def read_locked(data: bytes, *, id: str, source: str | None) -> NoReturn:  # noqa: A002, ARG001
    """An Office file with a password.

    Raises:
        ReadError: always.
    """
    remedy = "open it, take the password away (文件 > 信息 > 保护文档) and save it again"
    raise ReadError(source or id, "the file is locked with a password", remedy)


def read_xls(data: bytes, *, id: str, source: str | None) -> NoReturn:  # noqa: A002, ARG001
    """An old Excel workbook.

    Raises:
        ReadError: always.
    """
    remedy = "open it in Excel or WPS and save it as .xlsx (另存为 .xlsx)"
    raise ReadError(source or id, "an old Excel workbook (.xls)", remedy)


def read_slides(data: bytes, *, id: str, source: str | None) -> NoReturn:  # noqa: A002, ARG001
    """Slides, whose fragments are no speech.

    Raises:
        ReadError: always.
    """
    remedy = "give the speech itself, as .docx or .txt"
    raise ReadError(source or id, "slides (.pptx) are not read", remedy)


def read_other_ole(data: bytes, *, id: str, source: str | None) -> NoReturn:  # noqa: A002
    """A file of another old program.

    Raises:
        ReadError: always, naming the program where the file tells it.
    """
    listed = _streams(data)
    if listed is None:
        reason, remedy = "a damaged Office file (it may have been cut off)", "save it again"
    else:
        known = (entry[1:] for entry in _PROGRAMS if entry[0] in listed)
        reason, remedy = next(known, ("a file of an old Office program, but no Word file", _SAVE))
    raise ReadError(source or id, reason, remedy)


def _streams(data: bytes) -> set[str] | None:
    """Names of the streams of a file; None where it is damaged."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return {path[0] for path in file.listdir()}
    except Exception:  # noqa: BLE001  # damaged files raise errors of many kinds
        return None
