"""The contract's JSON: one object a document, alone, in an array or one a line."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from speechmine.errors import ReadError, UsageError
from speechmine.model import Extraction
from speechmine.tables import Row, columns_of, error_rows

# So many records are encoded at a time.
_AT_ONCE = 256

__all__ = ["write_json", "write_json_array", "write_jsonl", "write_jsonl_rows"]


def write_json(
    extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """One document as one object.

    Raises:
        UsageError: there is not exactly one document.
    """
    found = list(extractions)
    if len(found) != 1:
        raise UsageError(f"one document is expected, not {len(found)}; write an array or jsonl")
    out.writelines(_object(found[0], failures, indent=1))
    out.write(b"\n")


def write_json_array(
    extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """An array of objects, written as they come."""
    opening = b"[\n"
    for extraction, errors in _with_errors(extractions, failures):
        out.write(opening)
        out.writelines(_object(extraction, errors, indent=1))
        opening = b",\n"
    out.write(b"[]\n" if opening == b"[\n" else b"\n]\n")


def write_jsonl(
    extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError] = ()
) -> None:
    """One object a line, written as they come."""
    for extraction, errors in _with_errors(extractions, failures):
        out.writelines(_object(extraction, errors))
        out.write(b"\n")


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


def _with_errors(
    extractions: Iterable[Extraction], failures: Sequence[ReadError]
) -> Iterator[tuple[Extraction, Sequence[ReadError]]]:
    """Each with its errors: those of the run stand in its last object, when all are known."""
    held: Extraction | None = None
    for extraction in extractions:
        if held is not None:
            yield held, ()
        held = extraction
    if held is not None:
        yield held, failures


def _object(
    extraction: Extraction, failures: Sequence[ReadError], indent: int | None = None
) -> Iterator[bytes]:
    """The object of an extraction piece by piece: a long text's is never whole in memory."""
    heading = _encoded(extraction.heading(), indent)
    end = b"\n}" if indent else b"}"
    yield heading.removesuffix(end)
    for name, records in itertools.chain(
        extraction.tables(), [("errors", iter(error_rows(failures)))]
    ):
        yield (b",\n" + b" " * indent if indent else b", ") + _encoded(name) + b": "
        yield from _list(records, indent)
    yield end


def _list(records: Iterator[Any], indent: int | None) -> Iterator[bytes]:
    """A list of records within an object, some at a time."""
    opening, within = b"[", b""
    while some := list(itertools.islice(records, _AT_ONCE)):
        body = _encoded(some, indent)[1:-1]
        if indent:
            within = b" " * indent
            body = body.rstrip(b"\n").replace(b"\n", b"\n" + within)
        yield opening + body
        opening = b"," if indent else b", "
    if opening == b"[":
        yield b"[]"
    else:
        yield b"\n" + within + b"]" if indent else b"]"


def _encoded(item: Any, indent: int | None = None) -> bytes:
    # A lone surrogate (a file name that is not UTF-8) becomes \udcXX, which is valid JSON.
    text = json.dumps(item, ensure_ascii=False, allow_nan=False, indent=indent)
    return text.encode("utf-8", "backslashreplace")
