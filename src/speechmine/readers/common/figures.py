"""Figures in the attributes of a file: how often, how wide, which level."""

from __future__ import annotations

__all__ = ["figure"]

# Longer ones are no count of anything, and Python refuses to convert the longest.
_MOST_DIGITS = 9


def figure(written: str | None, default: int, most: int = 10**_MOST_DIGITS) -> int:
    """A whole number of a file; a damaged one, or one beyond sense, is the default.

    Example:
        >>> figure("12", 1), figure("9" * 5000, 1), figure("²", 1), figure("5", 1, 3)
        (12, 1, 1, 3)
    """
    written = (written or "").strip()
    if not (written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS):
        return default
    return min(int(written), most)
