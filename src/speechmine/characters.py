"""Characters that are written in more than one way, read as the one that the rules have.

Kangxi radicals of a PDF (⽔⽉ for 水月), compatibility ideographs, small and upright marks, and
Traditional characters (縣水務局). One character always stands for one, so that offsets hold.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from speechmine.patterns import compiled
from speechmine.typed_marks import MASKS, QUOTES, STOPS

__all__ = ["as_written", "bare", "plain"]

# Kangxi radicals, compatibility ideographs (two blocks), mathematical digits.
_COMPATIBILITY = (
    range(0x2F00, 0x2FD6),
    range(0xF900, 0xFB00),
    range(0x2F800, 0x2FA20),
    range(0x1D7CE, 0x1D800),
)
_ASTRAL = compiled("[\U0001d7ce-\U0001d7ff\U0002f800-\U0002fa1f]")


def plain(text: str) -> str:
    """The text in the characters of the rules, as long as it was.

    Example:
        >>> plain("縣水務局要在6⽉底前編制「一河一策」方案")
        '县水务局要在6月底前编制“一河一策”方案'
    """
    ordinary = not (_written_otherwise().search(text) or _ASTRAL.search(text))
    return text if ordinary else _joined(text.translate(_readings()))


def _joined(text: str) -> str:
    """Words that single characters do not tell, in a text that writes some of them otherwise."""
    words = _words()
    return _any_word().sub(lambda match: words[match[0]], text)


def bare(quote: str) -> str:
    """Quoted words as a word list has them: in plain characters, without blanks.

    Example:
        >>> bare("編 制 方 案")
        '编制方案'
    """
    return "".join(plain(quote).split())


def as_written(original: str, read: str) -> str:
    """What a text wrote where the rules read ``read``: its Traditional characters and marks.

    Radicals and full-width digits stay as they are read.

    Args:
        original: a stretch of the text.
        read: its matching view, as long.

    Example:
        >>> as_written("縣⽔務局２０２４", "县水务局2024")
        '縣水務局2024'
    """
    kept = _kept()
    pairs = zip(original, read, strict=True)
    return "".join(old if old in kept or _is_typed(old, new) else new for old, new in pairs)


def _is_typed(old: str, new: str) -> bool:
    """□ that is read as ×, a point that is read as 。, " that is read as “."""
    stop = new == "。" and old in STOPS
    return stop or (new == "×" and old in MASKS) or (new in "“”‘’" and old in QUOTES)


@functools.cache
def _written_otherwise() -> re.Pattern[str]:
    """One search for all but the astral ones, which make the class ten times as long to compile."""
    return compiled(f"[\u2f00-\u2fd5\uf900-\ufaff{''.join(_doubles())}{''.join(_simplified())}]")


@functools.cache
def _readings() -> Mapping[int, str]:
    simplified = _simplified()
    doubles = {**_doubles(), **dict(_compatibility())}
    by_char = {**simplified, **{old: simplified.get(new, new) for old, new in doubles.items()}}
    return {ord(old): new for old, new in by_char.items()}


def _compatibility() -> Iterator[tuple[str, str]]:
    for code in (code for block in _COMPATIBILITY for code in block):
        normal = unicodedata.normalize("NFKC", chr(code))
        if len(normal) == 1:
            yield chr(code), normal


@functools.cache
def _doubles() -> Mapping[str, str]:
    return dict(_pairs("double_characters.txt"))


@functools.cache
def _simplified() -> Mapping[str, str]:
    return dict(_pairs("simplified.txt"))


@functools.cache
def _words() -> Mapping[str, str]:
    words = _table("simplified_words.txt")
    return dict(zip(words[::2], words[1::2], strict=True))


@functools.cache
def _any_word() -> re.Pattern[str]:
    return compiled("|".join(_words()))


@functools.cache
def _kept() -> frozenset[str]:
    """Traditional characters, read as others alone or in words, and marks: a choice, no damage."""
    words = (zip(word, read, strict=True) for word, read in _words().items())
    in_words = (old for word in words for old, new in word if old != new)
    marks = (mark for mark in _doubles() if unicodedata.category(mark).startswith("P"))
    return frozenset([*_simplified(), *in_words, *marks])


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    return ((pair[0], pair[1]) for pair in _table(name))


def _table(name: str) -> list[str]:
    """The words of a file, comments aside."""
    content = (Path(__file__).parent / "rules" / "data" / name).read_text(encoding="utf-8")
    lines = [line for line in content.splitlines() if not line.startswith("#")]
    return " ".join(lines).split()
