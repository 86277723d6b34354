"""Pages that were recognised before: kept in a folder, where the user names one.

``SPEECHMINE_PAGE_CACHE`` names it; without it nothing is written. A page is found again by its
picture and the version of the engine, whatever file it comes in.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from speechmine.readers.paged.recognised_lines import Recognised

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]

__all__ = ["VARIABLE", "cached"]

VARIABLE = "SPEECHMINE_PAGE_CACHE"
# Changes where what is kept changes.
_FORM = "1"


def cached(read: Callable[[Picture], Recognised]) -> Callable[[Picture], Recognised]:
    """The same function, which reads no picture twice where a folder is named.

    Args:
        read: what recognises a picture.
    """

    @functools.wraps(read)
    def once(picture: Picture) -> Recognised:
        folder = os.environ.get(VARIABLE, "").strip()
        if not folder:
            return read(picture)
        file = Path(folder) / f"{_key(picture)}.json"
        found = _kept_reading(file)
        if found is None:
            found = read(picture)
            _keep(file, found)
        return found

    return once


def _key(picture: Picture) -> str:
    name = f"{_FORM} {version('rapidocr')} {picture.shape}"
    return hashlib.sha256(name.encode() + picture.tobytes()).hexdigest()


def _kept_reading(file: Path) -> Recognised | None:
    """What a file holds; a damaged one is written anew."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Recognised)
    except (OSError, msgspec.MsgspecError):
        return None


def _keep(file: Path, reading: Recognised) -> None:
    """Write a file as a whole or not at all; a full disk costs time, not the reading."""
    draft = file.with_suffix(f".{os.getpid()}.draft")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(msgspec.json.encode(reading))
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)
