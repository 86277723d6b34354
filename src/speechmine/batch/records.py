"""Extractions as plain data and back, so that finished work can be kept and taken up again."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

from speechmine import model
from speechmine.model import Document, Extraction

__all__ = ["from_plain", "to_plain"]


def to_plain(extraction: Extraction) -> dict[str, Any]:
    """The contract's object, with the text of the document beside it.

    Example:
        >>> import speechmine
        >>> to_plain(speechmine.extract("要抓紧。"))["text"]
        '要抓紧。'
    """
    return {**extraction.to_dict(), "text": extraction.document.text}


def from_plain(data: Mapping[str, Any]) -> Extraction:
    """What :func:`to_plain` was made of, apart from what leads back into the document's file.

    Example:
        >>> import speechmine
        >>> result = speechmine.extract("请区财政局在6月底前制定奖补方案。", date="2024-03-01")
        >>> from_plain(to_plain(result)) == result
        True
    """
    known = {field.name for field in dataclasses.fields(Document)}
    head = {name: value for name, value in data["document"].items() if name in known}
    document = Document(data["text"], **head)
    hints = _hints(Extraction)
    body = {
        field.name: _value(data[field.name], hints[field.name])
        for field in dataclasses.fields(Extraction)
        if field.name != "document"
    }
    return Extraction(document=document, **body)


@functools.cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record, vars(model))


@functools.cache
def _plain_type(hint: Any) -> tuple[str, Any]:
    """What a hint asks for: ``many`` or ``one`` of a record, or ``same``."""
    origin = get_origin(hint)
    if origin is tuple:
        inner = get_args(hint)[0]
        return ("many", inner)
    if origin in (typing.Union, types.UnionType):
        for inner in get_args(hint):
            if dataclasses.is_dataclass(inner) or get_origin(inner) is tuple:
                return _plain_type(inner)
    if dataclasses.is_dataclass(hint):
        return ("one", hint)
    return ("same", None)


def _value(value: Any, hint: Any) -> Any:
    kind, inner = _plain_type(hint)
    if value is None or kind == "same":
        return value
    if kind == "many":
        return tuple(_value(item, inner) for item in value)
    hints = _hints(inner)
    return inner(**{name: _value(item, hints[name]) for name, item in value.items()})
