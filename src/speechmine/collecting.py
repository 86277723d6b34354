"""Python's search for circles of garbage, put off while many records are made.

Every few hundred new records the interpreter looks through those it has for circles. The records
of a text hold none, and all of them live until the text is done, so that it would find nothing.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

__all__ = ["put_off"]


@contextlib.contextmanager
def put_off() -> Iterator[None]:
    """Look for no circles until the block is left; whoever looks for none stays so.

    Other threads look for none meanwhile either, so the block has to be short.

    Example:
        >>> with put_off():
        ...     gc.isenabled()
        False
        >>> gc.isenabled()
        True
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()
