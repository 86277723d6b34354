"""The contract's JSON: one object a document, alone, in an array or one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from speechmine.errors import ReadError, UsageError
from speechmine.model import Extraction
from speechmine.tables import Row, columns_of, error_rows

__all__ = ["write_json", "write_json_array", "write_jsonl", "write_jsonl_rows"]


def write_json(
    extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """One document as one object.

    Raises:
        UsageError: there is not exactly one document.
    """
    objects = list(_objects(extractions, failures))
    if len(objects) != 1:
        raise UsageError(f"one document is expected, not {len(objects)}; write an array or jsonl")
    out.write(_encoded(objects[0], indent=1) + b"\n")


def write_json_array(
    extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """An array of objects, written as they come."""
    opening = b"[\n"
    for item in _objects(extractions, failures):
        out.write(opening + _encoded(item, indent=1))
        opening = b",\n"
    out.write(b"[]\n" if opening == b"[\n" else b"\n]\n")


def write_jsonl(
    extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """One object a line, written as they come."""
    out.writelines(_encoded(item) + b"\n" for item in _objects(extractions, failures))


def write_jsonl_rows(
    rows: Iterable[Row],
    table: str,
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # rows alone have no place for them
) -> None:
    """Rows of any table, one object a line, its fields in the order of the columns."""
    names = [column.name for column in columns_of(table)]
    out.writelines(_encoded({name: row[name] for name in names}) + b"\n" for row in rows)


def _objects(
    extractions: Iterable[Extraction], failures: Sequence[ReadError]
) -> Iterator[dict[str, Any]]:
    """Each with ``errors``: those of the run stand in its last object, when all are known."""
    held: dict[str, Any] | None = None
    for extraction in extractions:
        if held is not None:
            yield {**held, "errors": []}
        held = extraction.to_dict()
    if held is not None:
        yield {**held, "errors": list(error_rows(failures))}


def _encoded(item: dict[str, Any], indent: int | None = None) -> bytes:
    # A lone surrogate (a file name that is not UTF-8) becomes \udcXX, which is valid JSON.
    text = json.dumps(item, ensure_ascii=False, allow_nan=False, indent=indent)
    return text.encode("utf-8", "backslashreplace")
