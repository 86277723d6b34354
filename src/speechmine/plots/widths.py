"""Room that words take: a Chinese character is as wide as two others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

__all__ = ["display_width", "shorten", "wrapped"]

_POINTS = 72


def wrapped(text: str, inches: float, size: float) -> str:
    """Lines that fit a width; Chinese has no blanks to break at."""
    most = int(inches * _POINTS / size * 2 * 0.94)
    lines, line, width = [], "", 0
    for piece in _breakable(text):
        if line and width + display_width(piece) > most:
            lines.append(line.rstrip())
            line, width = "", 0
        line, width = line + piece, width + display_width(piece)
    return "\n".join([*lines, line])


def _breakable(text: str) -> Iterator[str]:
    """Pieces that stay whole: a wide character with the marks after it, a Latin word."""
    piece = ""
    for char in text:
        starts = _wide(char) and char not in "，；。：、）】」—"
        if piece and (starts or piece[-1] == " " or (_wide(piece[-1]) and not _wide(char))):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFA"


def display_width(text: str) -> int:
    """Columns that a text takes, two a Chinese character."""
    return sum(2 if _wide(char) else 1 for char in text)


def shorten(text: object, most: int = 28) -> str:
    """A label on one line, cut with a mark where it is too long.

    Example:
        >>> shorten("高质量发展的首要任务", 12)
        '高质量发展…'
    """
    plain = " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())
    if display_width(plain) <= most:
        return plain
    kept = ""
    for char in plain:
        if display_width(kept + char) > most - 1:
            break
        kept += char
    return kept + "…"
