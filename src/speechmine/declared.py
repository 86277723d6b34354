"""What declarations name as ``module:function``: loaded when it is first needed."""

from __future__ import annotations

import importlib
from typing import Any

__all__ = ["declared"]


def declared(package: str, target: str) -> Any:
    """The function that a declaration names.

    Args:
        package: that the declaration belongs to.
        target: a module in the package and a function in it, ``module:function``.

    Raises:
        ModuleNotFoundError: the module needs one that is not installed.

    Example:
        >>> declared("speechmine", "numerals:parse_number").__name__
        'parse_number'
    """
    module, name = target.split(":")
    return getattr(importlib.import_module(f"{package}.{module}"), name)
