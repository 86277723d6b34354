"""What the tools answer, as JSON schemas: the contract's, and the columns of the tables."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from speechmine.tables import Column, columns_of

__all__ = [
    "comparison",
    "evidence",
    "extraction",
    "names",
    "promises",
    "stretch",
    "table",
    "tasks",
]

Schema = dict[str, Any]
_JSON_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}
_TEXT: Schema = {"type": "string"}
_OFFSET: Schema = {"type": "integer", "minimum": 0}
_TOTAL: Schema = {"type": "integer", "minimum": 0, "description": "How many there are in all."}


def _object(required: Mapping[str, Schema], **more: Schema) -> Schema:
    return {"type": "object", "properties": {**required, **more}, "required": list(required)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


@functools.cache
def extraction() -> Schema:
    """The contract's extraction; the parts that were not asked for are not there."""
    found = files("speechmine") / "schema" / "extraction.schema.json"
    schema: Schema = json.loads(found.read_text(encoding="utf-8"))
    return {**schema, "required": ["schema_version", "mode", "document"]}


def tasks() -> Schema:
    """Tasks with what they refer to."""
    parts = extraction()["properties"]
    named = {name: parts[name] for name in ("document", "tasks", "metrics", "sections")}
    return _object({"total": _TOTAL, **named})


def table(name: str | None = None, **more: Schema) -> Schema:
    """Rows of a table: of one with declared columns, or of any."""
    row = (
        _object({c.name: _cell_schema(c) for c in columns_of(name)}) if name else {"type": "object"}
    )
    method = {"type": "string", "description": "How the table was made."}
    return _object({"rows": _list(row), "total": _TOTAL, "method": method, **more})


def _cell_schema(column: Column) -> Schema:
    kind = _JSON_TYPES.get(column.type, "string")
    return {
        "type": [kind, "null"] if column.nullable else kind,
        "description": f"{column.label}: {column.meaning}",
    }


def promises() -> Schema:
    """Targets with answers, and what the next report says of the year as a whole."""
    verdict = _object({"value": _TEXT, "text": _TEXT, "start": _OFFSET, "end": _OFFSET})
    return table("promises", general_verdicts=_list(verdict))


def comparison() -> Schema:
    """Tables by name, and why one is missing."""
    return _object(
        {
            "tables": {"type": "object", "additionalProperties": table()},
            "left_out": {"type": "object", "additionalProperties": _TEXT},
        }
    )


def evidence() -> Schema:
    """Rows of places, or what was read at one."""
    parts = extraction()["properties"]
    read = {name: parts[name] for name in ("sections", "segments", "tasks", "metrics", "notices")}
    place = _object({"start": _OFFSET, "end": _OFFSET, "text": _TEXT, **read})
    rows = table()["properties"]
    return {"type": "object", "properties": {**rows, "place": place}}


def names() -> Schema:
    """Names of files."""
    return _object({"files": _list(_TEXT), "total": _TOTAL})


def stretch() -> Schema:
    """Some characters of a text."""
    return _object({"text": _TEXT, "start": _OFFSET, "end": _OFFSET, "length": _OFFSET})
