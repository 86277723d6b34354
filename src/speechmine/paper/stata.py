"""Stata's own format, with names that it takes, labels, and columns of missing values."""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from speechmine.paper.books import labels_of

__all__ = ["dta_bytes", "stata_names"]

# What the format holds: a name, a label, a string before it becomes a long one.
_NAME, _LABEL, _STRING = 32, 80, 2045
_STAMP = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # the format knows no time zone


def dta_bytes(table: pd.DataFrame) -> bytes:
    """A frame as ``.dta`` of Stata 14 and later (version 118, UTF-8).

    Missing text is the empty string, missing numbers are ``.``; truth values are 1, 0 and ``.``;
    days are Stata's days. Labels of variables are the columns' Chinese headings.

    Args:
        table: any frame.

    Example:
        >>> frame = pd.DataFrame({"if": [1, None], "empty": [None, None]})
        >>> again = pd.read_stata(io.BytesIO(dta_bytes(frame)))
        >>> again.columns.tolist(), again["empty"].tolist()
        (['if_', 'empty'], ['', ''])
    """
    names = stata_names(str(name) for name in table.columns)
    cells = {new: _stata_column(table.iloc[:, i]) for i, new in enumerate(names)}
    frame = pd.DataFrame(cells, columns=names)
    days = {n: "td" for n in names if pd.api.types.is_datetime64_any_dtype(frame[n].dtype)}
    labels = {
        new: label[:_LABEL] for new, label in zip(names, labels_of(table).values(), strict=True)
    }
    long = [n for n in names if frame[n].dtype == object and _longest(frame[n]) > _STRING]
    out = io.BytesIO()
    frame.to_stata(
        out,
        write_index=False,
        version=118,
        variable_labels=labels,
        convert_dates=days,  # type: ignore[arg-type]
        convert_strl=long,
        time_stamp=_STAMP,
        data_label=str(table.attrs.get("method", ""))[:_LABEL],
    )
    return out.getvalue()


def stata_names(names: Iterable[str]) -> list[str]:
    """Names that Stata takes, in order, no two the same.

    Example:
        >>> stata_names(["rate", "2024", "G²", "in", "share of hits", "rate"])
        ['rate', '_2024', 'G_', 'in_', 'share_of_hits', 'rate_2']
    """
    found: list[str] = []
    for name in names:
        plain = re.sub(r"\W", "_", name.replace("²", "_"))[:_NAME] or "_"
        plain = f"_{plain}"[:_NAME] if plain[0].isdigit() else plain
        plain = f"{plain}_" if plain in _reserved() else plain
        number = 2
        unique = plain
        while unique in found:
            unique = f"{plain[: _NAME - 3]}_{number}"
            number += 1
        found.append(unique)
    return found


@functools.cache
def _reserved() -> frozenset[str]:
    """The language's own words; a variable of that name could not be used."""
    content = (files("speechmine.paper") / "stata_reserved.txt").read_text(encoding="utf-8")
    return frozenset(content.split())


def _stata_column(column: pd.Series[Any]) -> pd.Series[Any]:
    """A column of a type that the format has."""
    kind = column.dtype
    if pd.api.types.is_datetime64_any_dtype(kind):
        days: pd.Series[Any] = column.dt.tz_localize(None).astype("datetime64[ns]")
        return days
    if pd.api.types.is_numeric_dtype(kind):
        return _stata_numbers(column)
    text = column.astype(object).where(column.notna(), "")
    return text.map(str).astype(object)


def _stata_numbers(column: pd.Series[Any]) -> pd.Series[Any]:
    values = column.to_numpy(dtype=float, na_value=np.nan)
    whole = np.isfinite(values).all() and not pd.api.types.is_float_dtype(column.dtype)
    infinite = np.where(np.isfinite(values), values, np.nan)
    return pd.Series(values.astype("int64") if whole and len(values) else infinite)


def _longest(column: pd.Series[Any]) -> int:
    return max((len(str(value).encode()) for value in column), default=0)
