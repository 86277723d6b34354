"""Views that both databases have: the ledger, and answers to the usual questions."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files

from speechmine.tables import columns_of

__all__ = ["view_queries"]


@functools.cache
def view_queries() -> Mapping[str, str]:
    """The query of each view, by its name.

    Example:
        >>> list(view_queries())[:3]
        ['ledger', 'by_party', 'party_tasks']
    """
    text = (files("speechmine") / "schema" / "views.toml").read_text(encoding="utf-8")
    usual = {name: str(view["sql"]).strip() for name, view in tomllib.loads(text).items()}
    shown = (f'"{c.name}" AS "{c.label}"' for c in columns_of("tasks") if not c.hidden)
    return {"ledger": f"SELECT {', '.join(shown)} FROM tasks", **usual}  # noqa: S608  # our names
