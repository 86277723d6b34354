"""What figures say, in Chinese or English; the words are data."""

from __future__ import annotations

import contextlib
import csv
import functools
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from importlib.resources import files
from typing import Literal, get_args

from speechmine.errors import UsageError

__all__ = ["Lang", "has", "parts_joined", "say", "speaking"]

#: Language of a figure's own words; terms and places stay as the table has them.
Lang = Literal["zh", "en"]
_LANG: ContextVar[Lang] = ContextVar("lang", default="zh")
_BETWEEN: Mapping[Lang, tuple[str, str]] = {"zh": ("；", "、"), "en": ("; ", ", ")}


@contextlib.contextmanager
def speaking(lang: Lang) -> Iterator[None]:
    """The language of all that is said until the end.

    Raises:
        UsageError: there is no such language.
    """
    if lang not in get_args(Lang):
        raise UsageError(f"lang={lang!r}: one of {', '.join(get_args(Lang))} is expected")
    token = _LANG.set(lang)
    try:
        yield
    finally:
        _LANG.reset(token)


def say(key: str, **values: object) -> str:
    """The words of a key.

    Example:
        >>> say("reports", n=3)
        'n = 3篇'
        >>> with speaking("en"):
        ...     say("reports", n=3)
        'n = 3 reports'
    """
    return _catalogue()[key][_LANG.get()].format(**values)


def has(key: str) -> bool:
    """Whether there are words for it."""
    return key in _catalogue()


def parts_joined(*parts: str, listed: bool = False) -> str:
    """Parts of a caption, or items of a list, as the language parts them; empty ones fall out.

    Example:
        >>> parts_joined("一", "", "二"), parts_joined("一", "二", listed=True)
        ('一；二', '一、二')
    """
    return _BETWEEN[_LANG.get()][listed].join(part for part in parts if part)


@functools.cache
def _catalogue() -> Mapping[str, Mapping[Lang, str]]:
    content = (files("speechmine.plots") / "data" / "words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(content.splitlines())
    return {row["key"]: {"zh": row["zh"], "en": row["en"]} for row in rows}
