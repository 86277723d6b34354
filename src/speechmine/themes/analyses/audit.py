"""The audit of the texts as a table of the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.themes.declaring.analysis import EVERY, Analysis

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ANALYSES",
]


def _doubtful(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    """Texts with doubts, and missing years."""
    doubtful = table[table["doubts"].notna() | table["reason"].notna()]
    columns = ["year", "place", "doc_id", "n_chars", "doubts", "reason"]
    return doubtful[columns].head(limit)


ANALYSES = (
    Analysis(
        "audit",
        lambda run: run.corpus.audit(),
        by=EVERY,
        view=_doubtful,
        terminal=True,
    ),
)
