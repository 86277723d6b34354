"""Plain texts."""

from __future__ import annotations

from speechmine.model import Document
from speechmine.readers.common.decoding import decode, notices_on

__all__ = ["read_plain"]


def read_plain(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """A text as it stands."""
    found = decode(data, source or id)
    return Document(found.text, id=id, source=source, notices=notices_on(found))
