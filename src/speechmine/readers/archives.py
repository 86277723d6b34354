"""ZIP archives: which files in them can be read, and their bytes."""

from __future__ import annotations

from speechmine.errors import ReadError
from speechmine.model import Document

__all__ = ["read_zip", "read_zip_member", "zip_members"]

_REMEDY = "unpack it and give the files in it"


def zip_members(source: str) -> tuple[str, ...]:
    """Names of the files in an archive that can be read, in order."""
    raise ReadError(source, "archives cannot be read yet", _REMEDY)


def read_zip_member(source: str, member: str, *, max_bytes: int) -> bytes:  # noqa: ARG001
    """The bytes of one file of an archive."""
    raise ReadError(source, f"{member} cannot be read", _REMEDY)


def read_zip(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002, ARG001
    """The only readable file of an archive."""
    raise ReadError(source or id, "archives cannot be read yet", _REMEDY)
