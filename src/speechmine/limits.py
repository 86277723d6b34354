"""How much is taken in before it is refused: every limit, each moved by an environment variable.

A message that refuses something names the limit and how to raise it. Worker processes have the
variables from the process that starts them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.errors import UsageError

__all__ = ["LIMITS", "Limit", "limits"]


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit.

    Attributes:
        name: the environment variable. default: what holds where it is not set.
        about: what is counted.

    Example:
        >>> Limit("SPEECHMINE_MAX_PAGES", 5000, "pages of a file").advice
        'set SPEECHMINE_MAX_PAGES above 5000 to read it all the same'
    """

    name: str
    default: int
    about: str

    @property
    def value(self) -> int:
        """What holds now.

        Raises:
            UsageError: the variable is no whole number above 0.
        """
        given = os.environ.get(self.name, "").strip()
        if not given:
            return self.default
        if not (given.isascii() and given.isdigit() and len(given) < 16 and int(given)):
            raise UsageError(f"{self.name}: a whole number above 0 is expected, not {given!r:.40}")
        return int(given)

    @property
    def advice(self) -> str:
        """How to raise it."""
        return f"set {self.name} above {self.value} to read it all the same"


def limits() -> Iterator[Limit]:
    """Every limit, by name."""
    yield from (LIMITS[name] for name in sorted(LIMITS))


#: By short name: what the modules that hold to them ask for.
LIMITS = {
    short: Limit(f"SPEECHMINE_MAX_{short}", default, about)
    for short, default, about in (
        ("ANSWER_MB", 32, "MiB of one answer of a tracker, unpacked"),
        ("CELLS", 1_000_000, "places that the cells of a table or a sheet take up"),
        ("FILES", 20_000, "files in an archive"),
        ("FILE_MB", 64, "MiB of a file"),
        ("NODES", 3_000_000, "elements in the markup of a file"),
        ("PAGES", 5000, "pages of a file"),
        ("READ_SECONDS", 300, "seconds that reading a file takes"),
        ("REQUEST_SECONDS", 120, "seconds from a request to a tracker to the end of its answer"),
        ("RUN_SECONDS", 3600, "seconds of a push"),
        ("TASKS", 100_000, "tasks that a tracker lists"),
        ("UNPACKED_MB", 512, "MiB that a packed file (.docx, .xlsx, .odt, .ofd, .zip) unpacks to"),
    )
}
