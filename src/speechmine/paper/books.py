"""The codebook: every variable of a table with its type, label, meaning, values and range."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from speechmine.tables import PANEL_NAMES, TABLE_NAMES, Column, codes_of, columns_of
from speechmine.themes.words.entries import shipped

__all__ = ["codebook", "labels_of"]

_BOOK = ("table", "variable", "type", "nullable", "label", "meaning", "values")
_OF_DATA = ("n", "missing", "distinct", "min", "max")
# So many values of a column are listed one by one.
_FEW = 12


def codebook(table: str | pd.DataFrame | None = None) -> pd.DataFrame:
    """The variables of a table, of all tables, or of a frame at hand.

    Args:
        table: a name (``targets``, ``tasks`` ...); a frame, whose cells are then described too;
            or None for every table with a schema.

    Returns:
        ``table``, ``variable``, ``type``, ``nullable``, ``label`` (Chinese heading), ``meaning``,
        ``values`` (codes with their labels); for a frame also ``n``, ``missing``, ``distinct``,
        ``min``, ``max``, and its own values where they are few.

    Raises:
        UsageError: there is no such table.

    Example:
        >>> book = codebook("targets")
        >>> book.set_index("variable").loc["low", "type"]
        'number'
    """
    if isinstance(table, pd.DataFrame):
        return pd.DataFrame(_described_columns(table), columns=[*_BOOK[1:], *_OF_DATA])
    names = (*TABLE_NAMES, *PANEL_NAMES) if table is None else (table,)
    rows = [_codebook_row(name, column) for name in names for column in columns_of(name)]
    return pd.DataFrame(rows, columns=list(_BOOK))


def _codebook_row(table: str, column: Column) -> dict[str, object]:
    return {
        "table": table,
        "variable": column.name,
        "type": column.type,
        "nullable": column.nullable,
        "label": column.label,
        "meaning": column.meaning,
        "values": _values_told(_coded_values(column)),
    }


def _coded_values(column: Column) -> Mapping[str, str]:
    """Codes of a column; a text column and a numbered one of the same name have not the same."""
    codes = codes_of(column.name)
    numbers = all(code.isdigit() for code in codes)
    return codes if numbers == (column.type == "integer") else {}


def _values_told(values: Mapping[str, str]) -> str:
    return "; ".join(f"{code} = {name}" for code, name in values.items())


def _described_columns(frame: pd.DataFrame) -> Iterator[dict[str, object]]:
    schema, labels = _schema_of(frame), labels_of(frame)
    whole = _are_whole_numbers(frame, schema)
    for name in frame.columns:
        known = schema.get(str(name)) if whole else None
        column = frame[name]
        held = column.dropna()
        ordered = len(held) > 0 and pd.api.types.is_numeric_dtype(held.dtype)
        coded = _values_told(_coded_values(known)) if known else ""
        yield {
            "variable": str(name),
            "type": str(column.dtype),
            "nullable": bool(column.isna().any()),
            "label": labels[str(name)],
            "meaning": known.meaning if known else "",
            "values": coded or _few(held),
            "n": len(held),
            "missing": int(column.isna().sum()),
            "distinct": int(held.astype(str).nunique()),
            "min": held.min() if ordered else None,
            "max": held.max() if ordered else None,
        }


def _few(held: pd.Series[Any]) -> str:
    if pd.api.types.is_numeric_dtype(held.dtype):
        return ""
    counts = held.astype(str).value_counts()
    if not 0 < len(counts) <= _FEW:
        return ""
    return "; ".join(f"{value} ({n})" for value, n in sorted(counts.items(), key=str))


def labels_of(frame: pd.DataFrame) -> dict[str, str]:
    """The Chinese heading of each column; its own name where it has none.

    Args:
        frame: a table of this package or any other.

    Example:
        >>> labels_of(pd.DataFrame(columns=["year", "rate", "mine"]))
        {'year': '年份', 'rate': '每万字', 'mine': 'mine'}
    """
    schema = _schema_of(frame)
    names = [str(name) for name in frame.columns]
    known = {name: schema[name].label for name in names if name in schema}
    if not _are_whole_numbers(frame, schema):
        known = {
            **known,
            **{name: _column_labels()[name] for name in names if name in _column_labels()},
        }
    return {name: known.get(name, name) for name in names}


def _schema_of(frame: pd.DataFrame) -> Mapping[str, Column]:
    """The table with a schema whose columns the frame has most of."""
    held = {str(name) for name in frame.columns}
    schemas = [{c.name: c for c in columns_of(name)} for name in (*PANEL_NAMES, *TABLE_NAMES)]
    return max(schemas, key=lambda schema: len(held & set(schema)) / len(held | set(schema)))


def _are_whole_numbers(frame: pd.DataFrame, schema: Mapping[str, Column]) -> bool:
    """Whether a frame is of that table, perhaps with a few columns more or less."""
    held = {str(name) for name in frame.columns}
    return len(held & set(schema)) >= len(held | set(schema)) / 2


@functools.cache
def _column_labels() -> Mapping[str, str]:
    prefix = "column."
    return {
        entry["id"].removeprefix(prefix): entry["value"]
        for entry in shipped("labels.csv")
        if entry["id"].startswith(prefix)
    }
