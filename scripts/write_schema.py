#!/usr/bin/env python3
"""Write ``extraction.schema.json`` from the frozen types, so that the two cannot part.

    python scripts/write_schema.py

The test suite fails when the file is not what this script writes.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from pathlib import Path
from typing import Any

from speechmine import model

SCHEMA_FILE = Path(__file__).parent.parent / "src/speechmine/schema/extraction.schema.json"
_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_OFFSETS = ("start", "end", "length")
_DAYS = ("date", "earliest", "latest")
_LONGEST_TITLE = 60


def extraction_schema() -> dict[str, Any]:
    """The JSON Schema of one document's object."""
    properties: dict[str, Any] = {
        "schema_version": {"const": model.SCHEMA_VERSION},
        "mode": _schema_of(model.Mode),
        "document": _document_schema(),
    }
    hints = typing.get_type_hints(model.Extraction)
    for field in dataclasses.fields(model.Extraction):
        properties.setdefault(field.name, _schema_of(hints[field.name]))
    properties["tasks"]["items"]["properties"]["title"]["maxLength"] = _LONGEST_TITLE
    required = list(properties)
    properties["errors"] = {"type": "array", "items": _error_schema()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "speechmine extraction",
        "type": "object",
        "properties": properties,
        "required": required,
    }


def _document_schema() -> dict[str, Any]:
    schema = _record_schema(model.Document)
    for name in model.FILE_FIELDS:
        del schema["properties"][name]
    schema["properties"]["sha256"] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    schema["properties"]["length"] = {"type": "integer", "minimum": 0}
    schema["required"] = list(schema["properties"])
    return schema


def _error_schema() -> dict[str, Any]:
    texts = {"source": {"type": "string"}, "message": {"type": "string"}}
    return {"type": "object", "properties": texts, "required": list(texts)}


def _record_schema(record: type) -> dict[str, Any]:
    hints = typing.get_type_hints(record)
    names = [field.name for field in dataclasses.fields(record)]
    properties = {name: _field_schema(name, hints[name]) for name in names}
    return {"type": "object", "properties": properties, "required": names}


def _field_schema(name: str, hint: Any) -> dict[str, Any]:
    schema = _schema_of(hint)
    if name in _OFFSETS:
        schema["minimum"] = 0
    if name in _DAYS:
        schema["pattern"] = r"^\d{4}-\d{2}-\d{2}$"
    if name == "depth":
        schema["minimum"] = 1
    return schema


def _schema_of(hint: Any) -> dict[str, Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if dataclasses.is_dataclass(hint):
        return _record_schema(typing.cast("type", hint))
    if origin is tuple:
        return {"type": "array", "items": _schema_of(arguments[0])}
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if origin in {types.UnionType, typing.Union}:
        return _union_schema(arguments)
    return {"type": _SIMPLE[hint]}


def _union_schema(arguments: tuple[Any, ...]) -> dict[str, Any]:
    """``str | None`` or ``Change | None``."""
    plain = [a for a in arguments if a is not type(None)]
    schema = _schema_of(plain[0])
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def main() -> None:
    """Write the file."""
    text = json.dumps(extraction_schema(), indent=1, ensure_ascii=False)
    SCHEMA_FILE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
