"""Docstrings for the documentation: their examples are code, not running text."""

from __future__ import annotations

from typing import Any

import griffe

_OURS, _THEIRS = "Example:\n", "Examples:\n"


class Examples(griffe.Extension):
    """Gives the section ``Example`` the name under which griffe reads doctests."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called for each module, class and function that is loaded."""
        if obj.docstring is not None:
            obj.docstring.value = obj.docstring.value.replace(f"\n{_OURS}", f"\n{_THEIRS}")
