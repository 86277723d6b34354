"""Ids that a second run gives again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

__all__ = ["content_id"]


def content_id(prefix: str, parts: Iterable[object]) -> str:
    """A short stable id from what a record is, so that a second run gives the same one.

    Args:
        prefix: letter that tells the kind of record (``t`` task, ``m`` metric).
        parts: the values that make the record what it is.

    Example:
        >>> content_id("t", ("doc", 3, 9))
        't-48d861a0824a'
    """
    joined = "\x1f".join(map(str, parts))
    return f"{prefix}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
