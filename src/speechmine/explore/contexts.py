"""Keyword in context as a page: sorted by either side, filtered, and with its places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.explore.shared import Lang, rendered, words_in
from speechmine.themes.tables.checks import need_columns

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["context_page"]

_COLUMNS = ("year", "place", "doc_id", "section", "left", "keyword", "right", "start")


def context_page(table: pd.DataFrame, *, title: str | None = None, lang: Lang = "zh") -> str:
    """Rows of keyword in context as a page that needs no network.

    Args:
        table: of :func:`speechmine.themes.keyword_in_context`, or several put together.
        title: of the page.
        lang: of the page's own words, ``zh`` or ``en``.

    Returns:
        The page as HTML; write it as UTF-8.

    Raises:
        UsageError: a column is missing.

    Example:
        >>> from speechmine.themes import keyword_in_context
        >>> "抓好" in context_page(keyword_in_context({2024: "要抓好改革。"}, "改革"))
        True
    """
    need_columns(table, *_COLUMNS)
    say = words_in(lang)
    plain = table[list(_COLUMNS)].astype(object).where(table[list(_COLUMNS)].notna(), None)
    rows = [
        [
            None if cell is None else cell if isinstance(cell, (str, int)) else str(cell)
            for cell in row
        ]
        for row in plain.itertuples(index=False, name=None)
    ]
    term = str(table.attrs.get("params", {}).get("term", ""))
    method = say["method"].format(text=table.attrs.get("method", ""))
    heading = title or (f"{say['contexts']}：{term}" if term and lang == "zh" else say["contexts"])
    return rendered("contexts.html", {"rows": rows}, lang=lang, title=heading, method=method)
