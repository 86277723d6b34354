"""Words of the round around a ledger, as data."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

__all__ = ["round_words"]


@functools.cache
def round_words() -> Mapping[str, Any]:
    """What ``schema/round.toml`` says.

    Example:
        >>> round_words()["nobody"]
        '未明确单位'
    """
    text = (files("speechmine") / "schema" / "round.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
