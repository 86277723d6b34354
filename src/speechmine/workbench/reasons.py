"""What is wrong with what was asked, in one line that repeats none of the texts in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["first_reason"]

_MOST = 5


def first_reason(faults: Iterable[Mapping[str, Any]], *, above: int = 0) -> str:
    """The faults of a model's validation.

    Args:
        faults: as Pydantic lists them.
        above: how many names of each fault's place say only where all of it came from.

    Example:
        >>> first_reason([{"loc": ("body", "mode"), "msg": "Value error, unknown"}], above=1)
        'mode: unknown'
    """
    listed = list(faults)[:_MOST]
    return "; ".join(
        f"{_place_of_fault(one['loc'][above:])}: {_reason_of(one['msg'])}" for one in listed
    )


def _place_of_fault(path: Iterable[object]) -> str:
    return ".".join(str(part) for part in path) or "all of it"


def _reason_of(message: str) -> str:
    return " ".join(message.removeprefix("Value error, ").split())
