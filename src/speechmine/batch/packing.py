"""Extractions as bytes and back, whole: the document's text and places with them."""

from __future__ import annotations

import json
import zlib

from speechmine.model import Extraction

__all__ = ["pack_extraction", "unpack_extraction"]

# The quickest: what is kept for a while shall cost little time.
_LEVEL = 1


def pack_extraction(extraction: Extraction) -> bytes:
    """An extraction as bytes that any later version of Python can read: compressed JSON.

    Example:
        >>> import speechmine
        >>> result = speechmine.extract("请区财政局在6月底前制定奖补方案。", date="2024-03-01")
        >>> unpack_extraction(pack_extraction(result)) == result
        True
    """
    import msgspec

    # ASCII only: a lone surrogate in a text passes as its escape.
    plain = json.dumps(msgspec.to_builtins(extraction))
    return zlib.compress(plain.encode("ascii"), _LEVEL)


def unpack_extraction(packed: bytes) -> Extraction:
    """What :func:`pack_extraction` was given.

    Raises:
        ValueError: the bytes are damaged, or not from this version.
    """
    import msgspec

    try:
        return msgspec.convert(json.loads(zlib.decompress(packed)), Extraction)
    except (zlib.error, msgspec.ValidationError) as error:
        raise ValueError(str(error)) from error
