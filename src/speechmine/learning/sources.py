"""Annotated texts from where they are kept: folders, files, stores of corrected texts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from speechmine.errors import ReadError, UsageError
from speechmine.judge.model import LABELS
from speechmine.learning.annotated import COMPLETE, Gold, read_gold

__all__ = ["Source", "gold_of", "read_golds"]

#: A folder of annotated texts, one NAME.gold.jsonl, or a store (a file or an address).
Source = str | os.PathLike[str]
_SUFFIX = ".gold.jsonl"
_LEVELS = (1, 2, 3)


def read_golds(sources: Iterable[Source]) -> list[Gold]:
    """The annotated texts of some places; of two of the same wording the later one stands.

    Of a store those texts count that somebody read to the end.

    Args:
        sources: where they are.

    Raises:
        ReadError: an annotation is not well formed, or a store cannot be opened.
        UsageError: nothing is there.
    """
    found: dict[str, Gold] = {}
    for source in sources:
        some = list(_golds_of(source))
        if not some:
            raise UsageError(f"{os.fspath(source)}: no annotated text: {_what_is_expected(source)}")
        found.update((gold.content, gold) for gold in some)
    return list(found.values())


def _what_is_expected(source: Source) -> str:
    if "://" in os.fspath(source) or Path(source).is_file():
        return "nobody has finished one (读完) in this store yet"
    return f"NAME{_SUFFIX} with NAME.txt beside it is expected, or a store of the workbench"


def _golds_of(source: Source) -> Iterator[Gold]:
    named = os.fspath(source)
    if "://" not in named and not Path(named).exists():
        raise UsageError(f"{named}: there is no such file or folder")
    if "://" in named or not (Path(named).is_dir() or named.endswith(_SUFFIX)):
        yield from gold_of(named)
        return
    path = Path(named)
    for file in sorted(path.glob(f"*{_SUFFIX}")) if path.is_dir() else [path]:
        yield _checked_file(file)


def gold_of(where: str) -> Iterator[Gold]:
    """What people made of the texts of a store that they read to the end.

    Args:
        where: as for :func:`speechmine.store.open_store`.

    Raises:
        ReadError: it cannot be opened.
    """
    from speechmine.store import gold_lines, open_store

    with open_store(where) as store:
        for entry in store.texts():
            state = store.state(entry.key)
            if state.finished is None:
                continue
            found = state.extraction()
            document = found.document
            yield Gold(entry.name, document.text, document.date, [*gold_lines(found)], COMPLETE)


def _checked_file(file: Path) -> Gold:
    try:
        gold = read_gold(file)
    except (ValueError, AttributeError, OSError) as error:
        raise ReadError(str(file), f"no annotation ({error})", "one JSON object a line") from error
    if gold is None:
        raise ReadError(str(file), "its text is not at hand", f"put {_text_of(file)} beside it")
    for number, row in enumerate(gold.rows, 1):
        fault = _fault(row, gold.content)
        if fault is not None:
            raise ReadError(f"{file}:{number}", fault, "see the guide for annotators (标注指南)")
    return gold


def _text_of(file: Path) -> str:
    return file.name.removesuffix(_SUFFIX) + ".txt"


def _fault(row: Any, content: str) -> str | None:
    """What is wrong with a row of an annotation."""
    if not isinstance(row, Mapping):
        return "a JSON object is expected"
    if row.get("discourse") not in LABELS:
        return f"discourse {json.dumps(row.get('discourse'), ensure_ascii=False)}: no label"
    tasks = row.get("tasks", [])
    if not isinstance(tasks, list) or not all(isinstance(task, Mapping) for task in tasks):
        return "tasks: a list of objects is expected"
    if any(task.get("level") not in _LEVELS for task in tasks):
        return "level: 1, 2 or 3 is expected"
    wrong = (part for part in (row, *tasks) if not _quotes(part, content))
    return next(
        (f"start and end do not hold its text {part.get('text')!r}" for part in wrong), None
    )


def _quotes(part: Mapping[str, Any], content: str) -> bool:
    start, end = part.get("start"), part.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return False
    return end <= len(content) and part.get("text", content[start:end]) == content[start:end]
