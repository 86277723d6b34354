"""What is named before it is loaded: functions of declarations, names of packages."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

__all__ = ["declared", "lazily"]


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


def lazily(package: str, homes: Mapping[str, Iterable[str]]) -> Callable[[str], object]:
    """What a package has as ``__getattr__``, so that its names are loaded when first asked for.

    Args:
        package: its name.
        homes: each module in it with the names that it gives.

    Example:
        >>> lazily("speechmine.tables", {"rows": ("rows_of",)})("rows_of").__name__
        'rows_of'
    """
    modules = {name: module for module, names in homes.items() for name in names}

    def load(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load
