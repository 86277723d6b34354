"""ZIP packages before they are unpacked: what they would take, and what no honest one has."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from itertools import pairwise

from speechmine.limits import LIMITS, RefusedError

__all__ = ["check_entries", "check_markup", "markup_of"]

_HEADER = 30

_MARKUP = (".xml", ".rels", ".vml")


def check_entries(
    archive: zipfile.ZipFile, wanted: Iterable[zipfile.ZipInfo] | None = None
) -> None:
    """Refuse a package with too many parts, too large ones, or parts that share their bytes.

    ``zipfile`` reads no more of a part than the size that its entry states, so that it may be
    trusted here.

    Args:
        archive: opened.
        wanted: what will be read of it; by default all.

    Raises:
        RefusedError: one of these.
    """
    entries = archive.infolist()
    LIMITS["FILES"].check(len(entries))
    stated = entries if wanted is None else wanted
    LIMITS["UNPACKED_MB"].check(sum(entry.file_size for entry in stated) / (1 << 20))
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    for before, after in pairwise(in_order):
        if after.header_offset < before.header_offset + _HEADER + before.compress_size:
            raise RefusedError("parts of it lie on top of each other", "get it again")


def markup_of(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """The parts with markup, after :func:`check_entries`."""
    for entry in archive.infolist():
        if entry.filename.lower().endswith(_MARKUP):
            yield archive.read(entry)


def check_markup(parts: Iterable[bytes]) -> None:
    """Refuse markup with too many elements: whoever parses it makes an object of each.

    Raises:
        RefusedError: there are too many.
    """
    count = 0
    for part in parts:
        count += part.count(b"<") - part.count(b"</")
        LIMITS["NODES"].check(count)
