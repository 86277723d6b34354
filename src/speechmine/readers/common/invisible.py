"""Marks that nobody sees: a reader that writes the text of a document anew leaves them out."""

from __future__ import annotations

import re

__all__ = ["visible"]

# Zero-width blanks and joiners, byte-order mark, soft hyphen, directions of writing.
_MARKS = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\u2066-\u2069\u202a-\u202e\ufeff]+")


def visible(text: str) -> str:
    r"""The text without marks that do not show.

    Example:
        >>> visible("供\u00ad水\u200b方案")
        '供水方案'
    """
    return _MARKS.sub("", text)
