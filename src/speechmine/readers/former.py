"""Extractions of an earlier run, from the JSON that was written then."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from speechmine.errors import ReadError
from speechmine.model import SCHEMA_VERSION, Extraction

__all__ = ["is_former", "read_former"]

_SUFFIXES = (".json", ".jsonl", ".ndjson")


def is_former(path: str | os.PathLike[str]) -> bool:
    """Whether a file is named as an extraction is, which no speech is.

    Example:
        >>> is_former("结果.jsonl"), is_former("讲话.txt")
        (True, False)
    """
    return Path(path).suffix.lower() in _SUFFIXES


def read_former(path: str | os.PathLike[str]) -> Iterator[Extraction]:
    """The extractions of a ``.json`` or ``.jsonl`` file, in order.

    The file holds records, not the speech: ``document.text`` is empty.

    Args:
        path: what ``speechmine extract`` wrote.

    Raises:
        ReadError: it cannot be read, or it is something else; the message says which line.
    """
    source = os.fspath(path)
    try:
        content = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise ReadError(source, f"cannot be read ({reason})") from error
    for number, item in _former_documents(content, source):
        yield _extraction(item, f"{source}, record {number}")


def _former_documents(content: str, source: str) -> Iterator[tuple[int, Any]]:
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        whole = None
    if whole is not None:
        yield from enumerate(whole if isinstance(whole, list) else [whole], start=1)
        return
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = f"line {number} is no JSON ({error})"
            raise ReadError(source, reason, "write it anew with speechmine extract") from error


def _extraction(item: Any, source: str) -> Extraction:
    import msgspec

    version = item.get("schema_version") if isinstance(item, Mapping) else None
    if version is None:
        raise ReadError(source, "this is no extraction", "give a file of speechmine extract")
    if str(version).split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        reason = f"its form is {version}, this program's is {SCHEMA_VERSION}"
        raise ReadError(source, reason, "extract the speech again")
    try:
        return msgspec.convert({**item, "document": {"text": "", **item["document"]}}, Extraction)
    except (msgspec.ValidationError, LookupError, TypeError) as error:
        raise ReadError(source, f"a damaged record ({error})", "extract again") from error
