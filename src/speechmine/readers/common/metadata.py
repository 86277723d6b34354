"""What stands beside a text: ``NAME.meta.json`` gives title, date, speaker, place, level."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, TypedDict

from speechmine.errors import ReadError, UsageError
from speechmine.levels import LEVELS, level_named
from speechmine.model import AdministrativeLevel

__all__ = ["Metadata", "expected", "is_day", "read_metadata"]

_TEXTS = ("title", "speaker", "place", "office", "occasion", "salutation")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Metadata(TypedDict, total=False):
    """Fields of a document that its own file may lack; absent where not stated."""

    title: str
    date: str
    speaker: str
    place: str
    level: AdministrativeLevel
    office: str
    occasion: str
    salutation: str


def read_metadata(path: Path) -> Metadata:
    """Read the metadata of a text file; empty where there is none.

    Args:
        path: the text file; ``speech.txt`` has its metadata in ``speech.meta.json``.

    Raises:
        ReadError: the metadata file is there but not readable or not valid.
    """
    beside = path.with_name(f"{path.stem}.meta.json")
    try:
        content = beside.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        reason = f"its metadata file {beside.name} cannot be read ({_why(error)})"
        raise ReadError(str(path), reason, "mend or remove it") from error
    return _checked(_parsed(content, path, beside.name), path, beside.name)


def _first(error: Exception) -> str:
    """What is said of an error, without advice for programmers."""
    return str(error).partition(";")[0][:100]


def _why(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or "unknown" if isinstance(error, OSError) else "not UTF-8"


def _parsed(content: str, path: Path, name: str) -> dict[str, Any]:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        reason = f"its metadata file {name} is not valid JSON ({_first(error)})"
        raise ReadError(str(path), reason, "mend or remove it") from error
    if not isinstance(data, dict):
        raise ReadError(str(path), f"its metadata file {name} holds no JSON object", "mend it")
    return data


def _checked(data: dict[str, Any], path: Path, name: str) -> Metadata:
    found: Metadata = {}
    for key in Metadata.__annotations__:
        value = data.get(key)
        if value is None:
            continue
        wanted = expected(key, value)
        if wanted is not None:
            reason = f"its metadata file {name}: field {key}: {wanted} is expected"
            raise ReadError(str(path), f"{reason}, not {value!r:.60}", "mend that field")
        found[key] = level_named(value) if key == "level" else value  # type: ignore[literal-required]
    return found


def expected(key: str, value: object) -> str | None:
    """What a field of :class:`Metadata` should have been, or None if it is that.

    Example:
        >>> expected("date", "2024-02-30")
        'a date YYYY-MM-DD'
    """
    if key in _TEXTS:
        return None if isinstance(value, str) else "a text"
    if key == "date":
        return None if isinstance(value, str) and is_day(value) else "a date YYYY-MM-DD"
    try:
        level_named(value)
    except UsageError:
        return f"one of {', '.join(LEVELS)}"
    return None


def is_day(value: str) -> bool:
    """Whether it is a day of the years 1000 to 9998, written ``YYYY-MM-DD``.

    Beyond these a day before or after it has no date.

    Example:
        >>> is_day("2024-02-29"), is_day("2023-02-29"), is_day("20240229")
        (True, False, False)
    """
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return _DAY.fullmatch(value) is not None and "1000" <= value[:4] <= "9998"
