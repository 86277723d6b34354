"""Checks of what a caller gives: each message says what is wrong and what is expected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from speechmine.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_terms", "need_columns"]


def check_terms(terms: Sequence[str] | None) -> None:
    """Terms are a list of words, none of them empty.

    Raises:
        UsageError: they are one string, or one is empty.

    Example:
        >>> check_terms(["改革", "就业"])
    """
    if isinstance(terms, str):
        raise UsageError(f"terms={terms!r}: a list is expected, such as [{terms!r}]")
    if terms is not None and not all(isinstance(term, str) and term.strip() for term in terms):
        raise UsageError(f"terms={list(terms)!r}: one of them is no word")


def need_columns(table: pd.DataFrame, *names: str) -> None:
    """A table has the columns that are asked of it.

    Raises:
        UsageError: one is missing.

    Example:
        >>> import pandas as pd
        >>> need_columns(pd.DataFrame({"year": [2024]}), "year")
    """
    for name in names:
        if name not in table.columns:
            known = ", ".join(map(str, table.columns))
            raise UsageError(f"the table has no column {name!r}; it has: {known}")
