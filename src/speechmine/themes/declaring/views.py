"""What of a table a reader is shown: few columns, few rows, years as rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from speechmine.themes.declaring.labels import CODED, SHARES, cell_told

__all__ = ["View", "both_ends", "crossed", "first_rows", "last_rows", "of_last_year", "pick", "top"]

#: What is shown of a table that is grouped by a variable, in about so many rows.
View = Callable[[pd.DataFrame, str, int], pd.DataFrame]


def first_rows(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    """The first rows."""
    return table.head(limit)


def pick(*columns: str) -> View:
    """The first rows, with these columns."""
    return lambda table, _by, limit: table.reindex(columns=list(columns)).head(limit)


def top(by: Sequence[str], *columns: str) -> View:
    """The rows with the highest values of the first of ``by``, the others ascending."""
    rising = [False, *[True] * (len(by) - 1)]

    def view(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
        ranked = table.sort_values(list(by), ascending=rising, kind="stable")
        return ranked.reindex(columns=list(columns)).head(limit)

    return view


def last_rows(*columns: str) -> View:
    """The last rows, with these columns and those that are grouped by."""

    def view(table: pd.DataFrame, by: str, limit: int) -> pd.DataFrame:
        kept = [by] if by in table.columns and by not in columns else []
        return table[[*kept, *[c for c in columns if c in table.columns]]].tail(limit)

    return view


def crossed(item: str, value: str) -> View:
    """One row a group and one column an item."""

    def view(table: pd.DataFrame, by: str, limit: int) -> pd.DataFrame:
        known = table.dropna(subset=[by])
        order = list(dict.fromkeys(known[item].dropna()))
        wide = known.pivot_table(
            index=by, columns=item, values=value, aggfunc="first", dropna=False
        ).reindex(columns=order)
        wide = wide.astype("Float64").reset_index().tail(limit).rename_axis(columns=None)
        if item in CODED:
            wide = wide.rename(columns={kind: cell_told(item, kind) for kind in order})
        wide.attrs["share"] = value in SHARES
        return wide

    return view


def of_last_year(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the last year that there is."""
    mask = table["year"].eq(table["year"].max()).fillna(value=False)
    return table.loc[mask.astype(bool)]


def both_ends(table: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The first and the last rows."""
    if len(table) <= limit:
        return table
    return pd.concat([table.head(limit - limit // 2), table.tail(limit // 2)])
