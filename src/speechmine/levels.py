"""Administrative levels and the other words that tables have for them (city, 地级市, district)."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Mapping
from pathlib import Path

from speechmine.errors import UsageError

__all__ = ["LEVELS", "level_named"]

#: From the top down; the names that every record has.
LEVELS = ("national", "province", "prefecture", "county", "township")


def level_named(said: object) -> str:
    """The level that a word stands for.

    Args:
        said: one of :data:`LEVELS`, or another word for it.

    Raises:
        UsageError: it is no word for a level; the message lists those there are.

    Example:
        >>> level_named("city"), level_named("District"), level_named("省级")
        ('prefecture', 'county', 'province')
    """
    if said in LEVELS:
        return str(said)
    known = _aliases()
    level = known.get(said.strip().lower()) if isinstance(said, str) else None
    if level is None:
        others = ", ".join(f"{word} = {name}" for word, name in list(known.items())[:2])
        raise UsageError(
            f"level {said!r:.60}: one of {', '.join(LEVELS)} is expected (or a word for one: "
            f"{others}, ...)"
        )
    return level


@functools.cache
def _aliases() -> Mapping[str, str]:
    content = Path(__file__).with_name("levels.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(content))
    return {word: row["level"] for row in rows for word in row["words"].split(";")}
