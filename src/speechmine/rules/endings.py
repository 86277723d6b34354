"""Patterns whose matches reach the end of a stretch: asked only where its last character fits."""

from __future__ import annotations

import re

from speechmine.rules.gates import closers_of

__all__ = ["Ending"]

# Before it ``$`` matches too.
_BREAK = "\n"


class Ending:
    """A pattern of which a match is looked for that reaches to the end.

    ``re`` tries it from every character on; most stretches end in none that it can end in.

    Args:
        pattern: compiled, without flags.

    Example:
        >>> steady = Ending(re.compile("(?:持续|稳步)(?:改善|增长)$"))
        >>> [bool(steady.search(said, 0, len(said))) for said in ("水质持续改善", "改善水质")]
        [True, False]
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self._closers = closers_of(pattern.pattern)

    def fits(self, text: str, end: int) -> bool:
        """Whether a match can end there."""
        last = text[end - 1 : end]
        return self._closers is None or last in self._closers or last == _BREAK

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first match of a pattern that holds at the end only."""
        return self.pattern.search(text, start, end) if self.fits(text, end) else None

    def match(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """A match from the beginning to the end, of a pattern that holds at the end only."""
        return self.pattern.match(text, start, end) if self.fits(text, end) else None
