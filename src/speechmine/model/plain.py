"""Records as the JSON of the contract: plain dicts, lists and scalars."""

from __future__ import annotations

import dataclasses
from typing import Any

from speechmine.model.document import Document

__all__ = ["FILE_FIELDS", "SCHEMA_VERSION", "plain_document", "plain_value"]

SCHEMA_VERSION = "1.0"
#: Fields of a document that lead back into its file; the contract's object has none of them.
FILE_FIELDS = frozenset(
    {"text", "tables", "headings", "places", "asides", "notices", "doubts", "recognised"}
)


def plain_document(document: Document) -> dict[str, Any]:
    """What is known of a document, without its text: a hash and a length stand for it.

    Example:
        >>> plain_document(Document("要抓紧。", id="a"))["length"]
        4
    """
    named = (f.name for f in dataclasses.fields(document) if f.name not in FILE_FIELDS)
    kept = {name: getattr(document, name) for name in named}
    return {**kept, "sha256": document.sha256, "length": document.length}


def plain_value(value: Any) -> Any:
    """A frozen record as dict, a tuple as list, anything else as it is.

    Example:
        >>> from speechmine.model.source import Aside
        >>> plain_value((Aside("footnote", "见附件"),))
        [{'kind': 'footnote', 'text': '见附件', 'at': None}]
    """
    if dataclasses.is_dataclass(value):
        return {f.name: plain_value(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [plain_value(item) for item in value]
    return value
