"""What was worked out when the package was built: code of patterns, tables of rules.

The file holds numbers and texts, nothing that runs. It is good for the very version of the
interpreter that made it, and its tables for the very rule files; where one does not fit, or the
file is broken or not there, everything is worked out anew and comes to the same, later.
:mod:`speechmine.preparing` makes it.
"""

from __future__ import annotations

import functools
import json
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

try:  # Not of the public part of the standard library; only speed hangs on it.
    import _sre
except ImportError:  # pragma: no cover
    _sre = None

__all__ = [
    "Code",
    "Openings",
    "PatternKey",
    "Prepared",
    "interpreter",
    "opened",
    "prepared",
    "prepared_file",
    "stored",
]

_LENGTH = 4
#: Modules of the rules whose results are kept.
_MAKERS = ("edges", "gates", "loader", "openings", "schema")

#: Wording and flags of a pattern.
PatternKey = tuple[str, int]
#: What may stand behind each character that a match begins with; None: anything, or nothing.
Openings = Mapping[str, str | None]


@dataclass(slots=True)
class Code:
    """What ``re`` made of one pattern.

    Attributes:
        flags: those given, and those that the pattern itself sets.
        groups: names of its groups by number, ``""`` for those without one.
        words: its code.
    """

    flags: int
    groups: Sequence[str]
    words: Sequence[int]


@dataclass(frozen=True)
class Prepared:
    """What is known before it is asked for.

    Attributes:
        codes: of patterns, by wording and flags.
        openings: what matches of patterns begin with, None where that may be nearly anything.
        gates: what a match asks of its place, as lists.
        rules: digest of the rule files that the tables were read from.
        tables: each as JSON.
    """

    codes: Mapping[PatternKey, Code] = field(default_factory=dict)
    openings: Mapping[str, Openings | None] = field(default_factory=dict)
    gates: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    rules: str = ""
    tables: Mapping[str, bytes] = field(default_factory=dict)


@functools.cache
def interpreter() -> str:
    """What a file is good for: this interpreter on machines of this kind, and this code of ours.

    Beginnings of patterns and tables are what the code that works them out makes of the rules.
    """
    magic, size = (_sre.MAGIC, _sre.CODESIZE) if _sre is not None else (0, 0)
    version = f"{sys.implementation.name} {sys.hexversion:x}"
    makers = (Path(__file__).parent / "rules" / f"{name}.py" for name in _MAKERS)
    code = zlib.crc32(b"".join(maker.read_bytes() for maker in makers))
    return f"{version} {magic} {size} {sys.byteorder} {code:x}"


def prepared_file() -> Path:
    """Where the prepared file of this interpreter is, if there is one."""
    return Path(__file__).parent / "rules" / f"prepared.{sys.implementation.cache_tag}.bin"


@functools.cache
def prepared() -> Prepared:
    """What was prepared for this interpreter; nothing where no file fits."""
    try:
        return opened(prepared_file().read_bytes())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Prepared()


def opened(content: bytes) -> Prepared:
    """What :func:`stored` was given.

    Raises:
        ValueError: it is broken, or of another interpreter.
    """
    body = memoryview(content)[_LENGTH:]
    if zlib.crc32(body) != int.from_bytes(content[:_LENGTH], "little"):
        raise ValueError("the file is broken")
    end = _LENGTH + int.from_bytes(body[:_LENGTH], "little")
    head: dict[str, Any] = json.loads(bytes(body[_LENGTH:end]))
    if head["interpreter"] != interpreter():
        raise ValueError(f"the file was made by {head['interpreter']}")
    code = end + int(head["words"]) * _LENGTH
    return Prepared(
        dict(_codes(head["patterns"], body[end:code].cast("I"))),
        head["openings"],
        head["gates"],
        head["rules"],
        dict(_cut_up(head["tables"], body[code:])),
    )


def _codes(rows: Sequence[Any], words: memoryview[int]) -> Iterator[tuple[PatternKey, Code]]:
    at = 0
    for pattern, given, flags, groups, length in rows:
        yield (pattern, given), Code(flags, groups, words[at : at + length])
        at += length


def _cut_up(
    rows: Sequence[tuple[str, int]], content: memoryview[int]
) -> Iterator[tuple[str, bytes]]:
    at = 0
    for name, length in rows:
        yield name, bytes(content[at : at + length])
        at += length


def stored(known: Prepared) -> bytes:
    """The stored form of what was prepared: the same content gives the same bytes.

    Args:
        known: what was prepared by this interpreter.
    """
    codes = sorted(known.codes.items())
    words = b"".join(w.to_bytes(_LENGTH, sys.byteorder) for _, code in codes for w in code.words)
    head = {
        "interpreter": interpreter(),
        "patterns": [[*key, c.flags, list(c.groups), len(c.words)] for key, c in codes],
        "openings": known.openings,
        "gates": known.gates,
        "words": len(words) // _LENGTH,
        "rules": known.rules,
        "tables": [(name, len(table)) for name, table in known.tables.items()],
    }
    told = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    told += b" " * (-len(told) % _LENGTH)  # code stands at whole words
    body = b"".join([len(told).to_bytes(_LENGTH, "little"), told, words, *known.tables.values()])
    return zlib.crc32(body).to_bytes(_LENGTH, "little") + body
