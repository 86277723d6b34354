"""Whole files or none: written beside their place and moved there when complete."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from speechmine.errors import UsageError

__all__ = ["open_output"]

#: A disk, a quota or a limit on the size of a file that is used up.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def open_output(
    path: str | os.PathLike[str],
    *,
    overwrite: bool = False,
    draft_folder: Path | None = None,
) -> Iterator[BinaryIO]:
    """A binary stream that becomes the file when the block ends without an exception.

    A crash leaves the old file or none, never a part. A device or pipe is written directly.

    Args:
        path: the file to be.
        overwrite: whether an existing file may be replaced.
        draft_folder: a folder of this run alone, on the same disk. What a killed run leaves in
            it, the next one replaces; without it, the draft stands beside the file.

    Raises:
        UsageError: the file exists, is a folder, its folder does not exist or is not writable,
            or the disk is full.
    """
    target = Path(path)
    try:
        _check_place(target, overwrite=overwrite)
    except (OSError, ValueError) as error:
        raise UsageError(f"{target}: cannot be written ({error})") from error
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    draft = _draft(target, draft_folder)
    try:
        with _create(draft, target) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    except OSError as error:
        advice = "; make room" if error.errno in _FULL else ""
        reason = error.strerror or error
        raise UsageError(f"{target}: cannot be written ({reason}){advice}") from error
    finally:
        draft.unlink(missing_ok=True)


def _draft(target: Path, folder: Path | None) -> Path:
    if folder is None:
        return target.with_name(f".speechmine-{secrets.token_hex(8)}.tmp")
    draft = folder / "draft"
    draft.unlink(missing_ok=True)
    return draft


def _check_place(target: Path, *, overwrite: bool) -> None:
    if target.is_dir():
        raise UsageError(f"{target}: this is a folder; name a file in it")
    if target.is_file() and not overwrite:
        raise UsageError(f"{target}: the file exists; use --force (overwrite=True) to replace it")
    if not target.parent.is_dir():
        raise UsageError(f"{target}: its folder does not exist; create {target.parent} first")


def _create(draft: Path, target: Path) -> BinaryIO:
    try:
        return draft.open("xb")
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror})") from error
