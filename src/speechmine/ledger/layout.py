"""How an office wants its ledger: columns, states, titles; from the table [ledger] of a profile."""

from __future__ import annotations

import functools
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from speechmine.errors import UsageError
from speechmine.tables import columns_of

__all__ = ["LedgerColumn", "LedgerLayout", "default_layout", "known_columns", "load_layout"]

_LONGEST_LIST = 255  # of a list of states, in characters; the format allows no more
_WIDEST = 100
_MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column of the ledger.

    Attributes:
        field: what fills it; empty: nothing does, it is there for people to fill in.
        label: its heading. width: in characters. hidden: folded away.
        theirs: people fill it in; speechmine never does.
        quiet: a change of it alone is no change of the task.
        uses, terms: what such a heading is called elsewhere.
    """

    field: str
    label: str
    width: float = 12
    hidden: bool = False
    theirs: bool = False
    quiet: bool = False
    uses: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerLayout:
    """How an office wants its ledger.

    Attributes:
        columns: in order. title: of the page; None: made of the title of the speech.
        unit: who fills it in (填报单位). states: what the column 状态 offers.
        closed: states that need no warning. initial: state of a new task.
        dropped: state of a task that the speech says no longer.
        due_soon: days before a deadline from which on it is coloured.
        merge_categories: whether equal categories become one tall cell.
        category_depth: how many levels of headings make a category.
        customary: the columns are the customary ones: what would be empty is left out.
    """

    columns: tuple[LedgerColumn, ...]
    states: tuple[str, ...]
    closed: tuple[str, ...]
    dropped: str
    title: str | None = None
    unit: str = ""
    initial: str = ""
    due_soon: int = 15
    merge_categories: bool = True
    category_depth: int = 2
    customary: bool = False


@functools.cache
def ledger_words() -> Mapping[str, Any]:
    """The shipped names and columns."""
    text = (files("speechmine") / "schema" / "ledger.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@functools.cache
def ledger_patterns(table: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of one shipped table by name; a list holds alternatives.

    Args:
        table: its name.
    """
    return {name: alternatives_of(said) for name, said in ledger_words()[table].items()}


def alternatives_of(said: str | list[str]) -> re.Pattern[str]:
    """A pattern, or that of alternatives.

    Args:
        said: its words.

    Example:
        >>> alternatives_of(["去年", "上月"]).pattern
        '去年|上月'
    """
    return re.compile(said if isinstance(said, str) else "|".join(said))


@functools.cache
def known_columns() -> Mapping[str, LedgerColumn]:
    """Every column that speechmine can fill, or that people usually fill, by field.

    Example:
        >>> known_columns()["deadline"].label
        '完成时限'
    """
    ours = {entry["field"]: _shipped(entry) for entry in ledger_words()["column"]}
    table = {
        c.name: LedgerColumn(c.name, c.label, c.width, hidden=c.hidden)
        for c in columns_of("tasks")
        if c.name not in ours and c.name != "id"
    }
    return {**ours, **table}


def _shipped(entry: Mapping[str, Any]) -> LedgerColumn:
    lists = {name: tuple(entry.get(name, ())) for name in ("uses", "terms")}
    return LedgerColumn(**{**entry, **lists})


@functools.cache
def default_layout() -> LedgerLayout:
    """The customary ledger.

    Example:
        >>> [c.label for c in default_layout().columns if not c.hidden][:4]
        ['类别', '来源', '序号', '工作任务']
    """
    words = ledger_words()
    return LedgerLayout(
        columns=tuple(known_columns()[name] for name in words["columns"]),
        states=tuple(words["states"]),
        closed=tuple(words["closed"]),
        dropped=words["dropped"],
        customary=True,
    )


def load_layout(path: str | os.PathLike[str]) -> LedgerLayout:
    """The ledger that an office profile asks for in its table ``[ledger]``.

    Args:
        path: the profile, a TOML file.

    Raises:
        UsageError: it cannot be read, or a field is not as expected; the message says which.
    """
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: the profile cannot be read ({error})") from error
    table = data.get("ledger", {})
    if not isinstance(table, dict):
        raise UsageError(f"{path}: ledger: a table is expected, under a line [ledger]")
    return _LayoutTable(os.fspath(path), table).layout(str(data.get("name", "")))


@dataclass(frozen=True, slots=True)
class _LayoutTable:
    """The table [ledger], with words for what is wrong in it."""

    source: str
    data: Mapping[str, Any]

    def layout(self, office: str) -> LedgerLayout:
        base = default_layout()
        self._only(_FIELDS, self.data, "")
        states = self._texts("states", base.states)
        if sum(map(len, states)) + len(states) > _LONGEST_LIST or any("," in s for s in states):
            raise self._error("states", f"{_LONGEST_LIST} characters at most, no comma in a state")
        columns = self._columns(base)
        return LedgerLayout(
            columns=columns,
            states=states,
            closed=self._texts("closed", base.closed),
            dropped=self._value("dropped", base.dropped, str, "text"),
            title=self._value("title", "", str, "text") or None,
            unit=self._value("unit", office, str, "text"),
            initial=self._value("initial", "", str, "text"),
            due_soon=self._number("due_soon", base.due_soon, _MOST_DAYS),
            merge_categories=self._value("merge_categories", True, bool, "true or false"),
            category_depth=self._number("category_depth", base.category_depth, 9),
            customary=columns == base.columns,
        )

    def _columns(self, base: LedgerLayout) -> tuple[LedgerColumn, ...]:
        listed = self.data.get("column", [])
        if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
            raise self._error("column", "entries are expected, each under [[ledger.column]]")
        columns = tuple(self._column(item) for item in listed)
        named = [column.label for column in columns]
        if len(set(named)) < len(named):
            raise self._error("column", "two columns have the same label; give each its own")
        if columns and not any(column.field in ("task", "title", "text") for column in columns):
            raise self._error("column", 'one with field = "task" is expected')
        return _with_hidden(columns) if columns else base.columns

    def _column(self, item: Mapping[str, Any]) -> LedgerColumn:
        self._only(("field", "label", "width"), item, "column ")
        entry = _LayoutTable(self.source, item)
        field = entry._value("field", "", str, "text")
        if field and field not in known_columns():
            known = ", ".join(known_columns())
            raise self._error("column field", f"{field!r} is unknown; there are: {known}")
        label = entry._value("label", "", str, "text")
        if not field and not label:
            raise self._error("column", 'field or label is expected, as in label = "批示领导"')
        base = known_columns().get(field, LedgerColumn("", label, theirs=True))
        width = entry._number("width", int(base.width), _WIDEST)
        return LedgerColumn(field, label or base.label, width, theirs=base.theirs, quiet=base.quiet)

    def _only(self, fields: tuple[str, ...], data: Mapping[str, Any], where: str) -> None:
        for name in data:
            if name not in fields:
                known = ", ".join(fields)
                raise self._error(f"{where}{name}", f"there is no such field; there are: {known}")

    def _value(self, name: str, default: Any, kind: type, expected: str) -> Any:
        value = self.data.get(name, default)
        if not isinstance(value, kind):
            raise self._error(name, f"{expected} is expected, not {value!r}")
        return value

    def _number(self, name: str, default: int, most: int) -> int:
        value = self._value(name, default, int, "a number")
        if isinstance(value, bool) or not 0 < value <= most:
            raise self._error(name, f"a number from 1 to {most} is expected, not {value!r}")
        return int(value)

    def _texts(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self.data.get(name, default)
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) and v for v in value):
            raise self._error(name, f'a list of texts is expected, as in {name} = ["…"]')
        return tuple(value)

    def _error(self, name: str, expected: str) -> UsageError:
        return UsageError(f"{self.source}: ledger: field {name}: {expected}")


_FIELDS = (
    "title",
    "unit",
    "states",
    "closed",
    "dropped",
    "initial",
    "due_soon",
    "merge_categories",
    "category_depth",
    "column",
)


def _with_hidden(columns: tuple[LedgerColumn, ...]) -> tuple[LedgerColumn, ...]:
    """The original wording and the last day stand behind, folded away, where not asked for."""
    named = {column.field for column in columns}
    more = (known_columns()[name] for name in ("text", "latest") if name not in named)
    return (*columns, *more)
