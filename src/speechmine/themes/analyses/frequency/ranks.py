"""The leading words of each year, and how they move."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import pandas as pd

from speechmine.themes.tables.checks import need_columns
from speechmine.themes.tables.result import tidy

__all__ = ["rank_table"]


def rank_table(
    table: pd.DataFrame, *, item: str = "term", value: str = "rate", top: int = 15
) -> pd.DataFrame:
    """Ranks by year with the way they moved, for a table of any statistic by year.

    Args:
        table: with ``year`` and the columns named.
        item: column of what is ranked.
        value: column that it is ranked by.
        top: how many of each year.

    Returns:
        ``year``, the item, the value, ``rank`` (ties share the smallest), ``previous_year``
        (the last one before that has a value), ``previous_rank``, ``delta`` (places gained) and
        ``status``: entry, up, down, same, exit (was in the top, is no more), first (no earlier
        year); ``reason`` in the one row of a year without a report.

    Example:
        >>> from speechmine.themes import term_frequency
        >>> table = term_frequency({2023: "改革改革开放", 2024: "开放开放改革"}, ["改革", "开放"])
        >>> ranks = rank_table(table, top=1)
        >>> ranks[["year", "term", "status"]].values.tolist()
        [[2023, '改革', 'first'], [2024, '开放', 'entry'], [2024, '改革', 'exit']]
    """
    need_columns(table, "year", item, value)
    known = table.dropna(subset=["year", value])[["year", item, value]].copy()
    ranks = known.groupby("year")[value].rank(method="min", ascending=False)
    known["rank"] = ranks.astype("int64")
    rows: list[dict[str, object]] = []
    before: tuple[int, dict[str, int]] | None = None
    for year, group in known.groupby("year", sort=True):
        ranked = group.sort_values(["rank", item])
        rows += list(_moves(ranked, before, item=item, value=value, top=top))
        before = (int(cast("int", year)), dict(zip(group[item], group["rank"], strict=True)))
    rows += list(_without_ranks(table, known))
    columns = ["year", item, value, "rank", "previous_year", "previous_rank", "delta", "status"]
    columns.append("reason")
    whole = dict.fromkeys(["year", "rank", "previous_year", "previous_rank", "delta"], "Int64")
    frame = pd.DataFrame(rows, columns=columns).astype(whole | {"reason": "string"})
    frame = frame.sort_values("year", kind="stable")
    method = "rank by year, ties share the smallest"
    return tidy(frame, method, item=item, value=value, top=top, of=dict(table.attrs))


def _without_ranks(table: pd.DataFrame, known: pd.DataFrame) -> Iterable[dict[str, object]]:
    """Years that the table has for their reason only."""
    if "reason" in table.columns:
        missing = table[~table["year"].isin(known["year"]) & table["reason"].notna()]
        missing = missing.drop_duplicates("year")
        for year, reason in zip(missing["year"], missing["reason"], strict=True):
            yield {"year": year, "reason": reason}


def _moves(
    ranked: pd.DataFrame,
    before: tuple[int, dict[str, int]] | None,
    *,
    item: str,
    value: str,
    top: int,
) -> Iterable[dict[str, object]]:
    last_year, last = before or (None, {})
    for row in ranked.to_dict("records"):
        old = last.get(row[item])
        status = _status_of_rank(int(row["rank"]), old, top, first=before is None)
        if status is not None:
            yield {
                "year": row["year"],
                item: row[item],
                value: row[value],
                "rank": row["rank"],
                "previous_year": last_year,
                "previous_rank": old,
                "delta": None if old is None else old - int(row["rank"]),
                "status": status,
            }


def _status_of_rank(new: int, old: int | None, top: int, *, first: bool) -> str | None:
    """How an item moved; None where it was and is outside the top."""
    was_in = old is not None and old <= top
    if new > top:
        return "exit" if was_in else None
    if first:
        return "first"
    if old is None or not was_in:
        return "entry"
    return "same" if new == old else ("up" if new < old else "down")
