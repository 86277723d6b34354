"""Named government formulations with theme and years, and the named lists of stop words.

``data/lexicon.csv`` holds one row a formulation: ``value``; ``theme``; ``first``, ``last`` and
``reports`` (years and number of the national work reports of 1954 to 2026 that hold it; empty
where none does, for words that local reports use); ``exclude`` (longer words that hold the same
characters and mean something else). It was made of recurrent phrases of the reports, chosen by
cohesion and branching entropy (Bouma 2009; Jin & Tanaka-Ishii 2006), read one by one, and of
formulations (提法) too young for any statistic.
"""

from __future__ import annotations

import functools

import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.entries import shipped

__all__ = ["excluded_hosts", "lexicon", "lexicon_terms", "stopwords"]

_FILE = "lexicon.csv"


def lexicon(theme: str | None = None) -> pd.DataFrame:
    """The shipped formulations as a table.

    Args:
        theme: only those of one theme, such as ``environment`` or ``reform``.

    Returns:
        ``term``, ``theme``, ``first_year``, ``last_year``, ``n_reports``.

    Example:
        >>> table = lexicon("digital").set_index("term")
        >>> int(table.loc["数字经济", "first_year"])
        2017
    """
    themes = sorted({entry["theme"] for entry in shipped(_FILE)})
    if theme is not None and theme not in themes:
        raise UsageError(f"theme={theme!r}: one of {', '.join(themes)} is expected")
    rows = [
        (e["value"], e["theme"], e.get("first"), e.get("last"), e["reports"])
        for e in shipped(_FILE)
        if theme is None or e["theme"] == theme
    ]
    frame = pd.DataFrame(rows, columns=["term", "theme", "first_year", "last_year", "n_reports"])
    for name in ("first_year", "last_year", "n_reports"):
        frame[name] = pd.to_numeric(frame[name]).astype("Int64")
    return tidy(frame, "shipped lexicon of formulations", file=_FILE)


@functools.cache
def lexicon_terms() -> tuple[str, ...]:
    """All formulations, sorted."""
    return tuple(sorted(entry["value"] for entry in shipped(_FILE)))


@functools.cache
def excluded_hosts() -> dict[str, tuple[str, ...]]:
    """Longer words in which a formulation's characters are something else.

    Example:
        >>> excluded_hosts()["内需"]
        ('国内需求',)
    """
    return {e["value"]: e["exclude"] for e in shipped(_FILE) if e["exclude"]}


@functools.cache
def stopwords(*names: str) -> frozenset[str]:
    """The words of named lists: ``function``, ``report``, ``verbs``.

    Raises:
        UsageError: there is no list of that name.

    Example:
        >>> "我们" in stopwords("function"), "加强" in stopwords("function", "verbs")
        (True, True)
    """
    lists = {entry["id"]: entry["terms"] for entry in shipped("stopwords.toml")}
    for name in names:
        if name not in lists:
            raise UsageError(f"no stop word list {name!r}; there are: {', '.join(lists)}")
    return frozenset(term for name in names for term in lists[name])
