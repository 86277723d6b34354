"""One line for what went wrong."""

from __future__ import annotations

import traceback
from pathlib import Path

from speechmine.errors import ReadError

__all__ = ["internal_error", "one_line"]


def internal_error(error: Exception, source: str) -> ReadError:
    """A fault of speechmine itself as a failed input.

    Args:
        error: the fault.
        source: name of the input.
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    reason = f"internal error ({type(error).__name__}: {error}{place})"
    return ReadError(source, reason, "please report it together with the text")


def one_line(message: str) -> str:
    """A message whose file names cannot break the line or steer the terminal."""
    return "".join(c if c.isprintable() or c in " \u3000" else f"\\x{ord(c):02x}" for c in message)
