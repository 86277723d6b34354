"""ZIP archives: which files in them can be read, and their bytes. Nothing is unpacked to disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO

from speechmine.errors import ReadError
from speechmine.limits import RefusedError
from speechmine.readers.common.packages import check_entries
from speechmine.readers.kinds import SUFFIXES, is_speech_name

__all__ = ["only_member", "read_zip_member", "zip_members"]

# A text packs to a tenth; what packs to less than this is made to do harm.
_MOST_RATIO = 300
_SMALL = 1 << 20
_UTF8_NAME = 0x800
_LOCKED = 0x1
_REMEDY = "unpack it and give the files in it"
_OTHERS = ("__MACOSX",)


def zip_members(source: str) -> tuple[str, ...]:
    """Names of the files in an archive that can be read, sorted.

    Names that an old Chinese Windows wrote are read as GB18030.

    Raises:
        ReadError: damaged, no archive, too many files, or none that can be read.
    """
    with _open_archive(source, source) as archive:
        names = sorted(_files_by_name(archive))
    if not names:
        suffixes = " or ".join(sorted(SUFFIXES))
        raise ReadError(source, f"an archive without {suffixes} files", "put speeches into it")
    return tuple(names)


def read_zip_member(source: str, member: str, *, max_bytes: int) -> bytes:
    """The bytes of one file of an archive; one more than ``max_bytes`` where it is larger.

    Raises:
        ReadError: damaged, locked, packed to do harm, an archive itself, or gone.
    """
    with _open_archive(source, source) as archive:
        entry = _files_by_name(archive).get(member)
        if entry is None:
            raise ReadError(source, f"there is no file {member} in it any more", "run it again")
        return _entry_bytes(archive, entry, f"{source}/{member}", max_bytes)


def only_member(data: bytes, source: str, *, max_bytes: int) -> tuple[str, bytes]:
    """Name and bytes of the only file of an archive that can be read.

    Args:
        data: the archive.
        source: its name, for messages.
        max_bytes: of a larger file come one more.

    Raises:
        ReadError: there are several; as above.
    """
    with _open_archive(io.BytesIO(data), source) as archive:
        found = _files_by_name(archive)
        if len(found) != 1:
            reason = f"an archive of {len(found)} files that can be read, not of one"
            raise ReadError(source, reason, "run speechmine on the archive, or give one file of it")
        ((member, entry),) = found.items()
        return member, _entry_bytes(archive, entry, f"{source}/{member}", max_bytes)


@contextmanager
def _open_archive(file: str | BinaryIO, source: str) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError as error:
        raise ReadError(source, "no such file", "check the path") from error
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        reason = f"a damaged archive ({error}; it may have been cut off)"
        raise ReadError(source, reason, "get it again") from error
    with archive:
        try:
            check_entries(archive, _files_by_name(archive).values())
        except RefusedError as error:
            raise ReadError(source, error.reason, f"{_REMEDY}, or {error.remedy}") from error
        yield archive


def _files_by_name(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files that can be read, by name; where two have the same, the second is numbered."""
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        name = _meant_name(entry)
        if entry.is_dir() or not _is_speech(name):
            continue
        path = PurePosixPath(name)
        number = 2
        while name in found:
            name = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
            number += 1
        found[name] = entry

    return found


def _meant_name(entry: zipfile.ZipInfo) -> str:
    """A name as it was meant: UTF-8 where it says so or is, else GB18030, with plain slashes."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding) or name
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _is_speech(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") or part in _OTHERS for part in path.parts)
    return is_speech_name(path.name) and not hidden


def _entry_bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, most: int) -> bytes:
    if PurePosixPath(_meant_name(entry)).suffix.lower() == ".zip":
        raise ReadError(name, "an archive within an archive", _REMEDY)
    if entry.flag_bits & _LOCKED:
        reason = "the archive is locked with a password"
        raise ReadError(name, reason, "unpack it, then give the files")
    packed = max(entry.compress_size, 1)
    if entry.file_size > max(_SMALL, packed * _MOST_RATIO):
        reason = f"unpacks to {entry.file_size // packed:,} times its size"
        raise ReadError(name, reason, "look whether it is what it says")
    try:
        with archive.open(entry) as stream:
            return stream.read(most + 1)
    except Exception as error:  # damaged data shows in zlib, zipfile and struct alike
        reason = f"damaged in its archive ({error})"
        raise ReadError(name, reason, "get the archive again") from error
