"""Compiled patterns, put together from prepared code where there is some.

Compiling the patterns of the rules takes most of the time of a first text; putting one together
from the code that ``re`` made of it before takes a fiftieth. A pattern is looked up by all of its
wording and its flags, so that one of the user's own, or of a rule that was changed since, is
compiled in the plain way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from speechmine.prepared import Code, Openings, PatternKey, prepared

try:
    import _sre
except ImportError:  # pragma: no cover
    _sre = None

__all__ = ["Asked", "compiled", "gate_parts_of", "listening", "openings_of", "rebuilt"]


@dataclass(frozen=True)
class Asked:
    """Patterns that were asked for: compiled, and what is to be known of a match before."""

    patterns: set[PatternKey] = field(default_factory=set)
    openings: set[str] = field(default_factory=set)
    gates: set[str] = field(default_factory=set)


_LISTENERS: list[Asked] = []


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as ``re.compile`` gives it.

    Args:
        pattern: of the ``re`` module.
        flags: of the ``re`` module.

    Raises:
        re.error: it is no pattern.

    Example:
        >>> compiled("年底前?") == re.compile("年底前?")
        True
    """
    flags = int(flags)
    for asked in _LISTENERS:
        asked.patterns.add((pattern, flags))
    code = prepared().codes.get((pattern, flags))
    if code is not None:
        try:
            return rebuilt(pattern, code)
        except (RuntimeError, TypeError, ValueError, OverflowError):
            pass  # somebody wrote into the file
    return re.compile(pattern, flags)


def rebuilt(pattern: str, code: Code) -> re.Pattern[str]:
    """A pattern from its code; ``re`` checks that the code is sound.

    Raises:
        RuntimeError: it is not.
    """
    names = [name or None for name in code.groups]
    by_name = {name: at for at, name in enumerate(names, 1) if name}
    found: re.Pattern[str] = _sre.compile(
        pattern, code.flags, list(code.words), len(names), by_name, (None, *names)
    )
    return found


def openings_of(pattern: str) -> tuple[Openings | None] | None:
    """The prepared beginnings of a pattern, in a tuple; None where none are prepared."""
    for asked in _LISTENERS:
        asked.openings.add(pattern)
    known = prepared().openings
    return (known[pattern],) if pattern in known else None


def gate_parts_of(pattern: str) -> Sequence[Any] | None:
    """What a match asks of its place, as lists; None where it is not prepared."""
    for asked in _LISTENERS:
        asked.gates.add(pattern)
    return prepared().gates.get(pattern)


@contextmanager
def listening() -> Iterator[Asked]:
    """Note what is asked for, to prepare just that."""
    asked = Asked()
    _LISTENERS.append(asked)
    try:
        yield asked
    finally:
        _LISTENERS.remove(asked)
