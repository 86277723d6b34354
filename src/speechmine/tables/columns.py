"""The columns of every table, as ``schema/tables.toml`` and ``schema/pledges.toml`` have them."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal, get_args

from speechmine.errors import UsageError

__all__ = [
    "PANEL_NAMES",
    "TABLE_NAMES",
    "Cell",
    "Column",
    "ColumnType",
    "Keys",
    "Row",
    "TableName",
    "codes_of",
    "columns_of",
    "keys_of",
    "value_label",
]

#: What one cell can hold; dates are ISO 8601 strings.
Cell = str | int | float | bool | None
#: One record of a table, in the order of its columns.
Row = dict[str, Cell]
ColumnType = Literal["text", "integer", "number", "boolean", "date"]
#: Tables that come from an extraction; ``errors`` comes from the run, see
#: :func:`speechmine.tables.error_rows`.
TableName = Literal[
    "tasks", "metrics", "parties", "segments", "sections", "notices", "documents", "deadlines"
]
TABLE_NAMES: tuple[TableName, ...] = get_args(TableName)
#: Tables that compare reports; their rows are made by :mod:`speechmine.pledges`.
PANEL_NAMES = ("targets", "achieved", "promises", "ratchet")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: stable name in frames and files. type: of its cells.
        nullable: whether a cell may be empty. label: customary Chinese heading.
        meaning: what a cell says, and what an empty one says.
        width: characters in a spreadsheet. hidden: folded away there.
    """

    name: str
    type: ColumnType
    nullable: bool
    label: str
    meaning: str
    width: int = 12
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of a table.

    Attributes:
        primary: columns that identify a row; empty: none do.
        foreign: columns that hold the primary key of a row of the table named.
    """

    primary: tuple[str, ...]
    foreign: Mapping[str, tuple[str, ...]]


@functools.cache
def _schema() -> Mapping[str, Any]:
    folder = files("speechmine") / "schema"
    names = ("tables.toml", "pledges.toml")
    parts = [tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in names]
    values = {name: labels for part in parts for name, labels in part.pop("values").items()}
    return {**parts[0], **parts[1], "values": values}


@functools.cache
def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table, in order.

    Raises:
        UsageError: there is no such table.

    Example:
        >>> [c.label for c in columns_of("errors")]
        ['输入', '问题与处理']
    """
    known = (*TABLE_NAMES, "errors", *PANEL_NAMES)
    if table not in known:
        raise UsageError(f"no table named {table!r}; there are: {', '.join(known)}")
    return tuple(_column(entry) for entry in _schema()[table])


def _column(entry: Mapping[str, Any]) -> Column:
    return Column(
        name=entry["name"],
        type=entry["type"],
        nullable=entry.get("null", False),
        label=entry["label"],
        meaning=entry["meaning"],
        width=entry.get("width", 12),
        hidden=entry.get("hidden", False),
    )


@functools.cache
def keys_of(table: str) -> Keys:
    """What identifies a row of a table, and which rows of other tables it belongs to.

    Example:
        >>> keys_of("parties").foreign["tasks"]
        ('doc_id', 'task')
    """
    entry = _schema()["keys"].get(table, {})
    foreign = {name: tuple(columns) for name, columns in entry.get("foreign", {}).items()}
    return Keys(tuple(entry.get("primary", ())), foreign)


def value_label(column: str, value: Cell) -> str:
    """What a coded value is called on paper; itself where it has no such name.

    Example:
        >>> value_label("deadline_kind", "open")
        '未提时限'
    """
    return codes_of(column).get(str(value), "" if value is None else str(value))


def codes_of(column: str) -> Mapping[str, str]:
    """The codes of a column with what each is called on paper; none where it has no codes.

    Example:
        >>> codes_of("role")["lead"]
        '牵头'
    """
    names: Mapping[str, str] = _schema()["values"].get(column, {})
    return names
