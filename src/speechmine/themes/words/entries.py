"""Word lists as data: TOML or CSV files, shipped or the user's own, with their schema checked."""

from __future__ import annotations

import csv
import functools
import io
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from speechmine.errors import RuleError
from speechmine.themes.words.foreign import is_liwc_csv, parse_dic, parse_liwc_csv, parse_yaml

__all__ = ["Entry", "form", "parse_entries", "shipped", "user_file"]

#: One entry of a file; ``id`` and ``value`` are always there, ``terms`` is a tuple.
Entry = Mapping[str, Any]


_LISTS = ("terms", "exclude", "examples", "counterexamples")


@functools.cache
def shipped(name: str) -> tuple[Entry, ...]:
    """The entries of a file in ``themes/data``; read once.

    Example:
        >>> [entry["id"] for entry in shipped("gaps.toml")][0]
        'gap.1961'
    """
    return parse_entries(name, _shipped_text(name))[1]


@functools.cache
def form(value: str) -> re.Pattern[str]:
    """The pattern of a form in ``forms.toml``.

    Example:
        >>> bool(form("numeral").match("三十"))
        True
    """
    return re.compile(next(e["pattern"] for e in shipped("forms.toml") if e["value"] == value))


def _shipped_text(name: str) -> str:
    return files("speechmine.themes").joinpath("data", *name.split("/")).read_text(encoding="utf-8")


def user_file(path: str | os.PathLike[str]) -> tuple[Entry, tuple[Entry, ...]]:
    """What a user's file says about itself, and its entries.

    Args:
        path: a ``.toml`` file with ``[[rule]]`` entries, a ``.csv`` file with the columns
            ``value`` and ``terms`` (spellings parted by ``;``), or a dictionary of quanteda
            (``.yml``) or LIWC (``.dic``, ``.csv`` with ``DicTerm``).

    Raises:
        RuleError: the file breaks the schema; the message names file, entry and field.
    """
    file = Path(path)
    try:
        content = _decoded(file.read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{file}: cannot be read: {error}") from error
    return parse_entries(file.name, content)


def _decoded(data: bytes) -> str:
    """Spreadsheets save Chinese CSV files in the national encoding."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def parse_entries(name: str, content: str) -> tuple[Entry, tuple[Entry, ...]]:
    r"""Parse a file by its suffix.

    Example:
        >>> head, entries = parse_entries("my.csv", "value,terms\n绿化,植树;造林\n")
        >>> entries[0]["terms"]
        ('植树', '造林')
    """
    head, rows = _parsed_file(name, content)
    return MappingProxyType(head), tuple(
        _checked_entry(name, i, row) for i, row in enumerate(rows, 1)
    )


def _parsed_file(name: str, content: str) -> tuple[dict[str, Any], Sequence[dict[str, Any]]]:
    """Own files, and those of quanteda and LIWC."""
    if name.endswith((".yml", ".yaml")):
        return {}, parse_yaml(name, content)
    if name.endswith(".dic"):
        return {}, parse_dic(name, content)
    if name.endswith(".csv"):
        return (
            ({}, parse_liwc_csv(name, content))
            if is_liwc_csv(content)
            else _csv_rows(name, content)
        )
    return _toml_rows(name, content)


def _toml_rows(name: str, content: str) -> tuple[dict[str, Any], Sequence[dict[str, Any]]]:
    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name}: not valid TOML: {error}") from error
    rows = data.pop("rule", [])
    return data, rows


def _csv_rows(name: str, content: str) -> tuple[dict[str, Any], Sequence[dict[str, Any]]]:
    rows = []
    reader = csv.DictReader(io.StringIO(content))
    if "value" not in (reader.fieldnames or ()):
        found = ", ".join(reader.fieldnames or ()) or "nothing"
        raise RuleError(f"{name}: line 1: a column 'value' is expected, found: {found}")
    for row in reader:
        where = f"{name}: line {reader.line_num}"
        if None in row:
            raise RuleError(f"{where}: more cells than columns; part spellings by ';'")
        entry: dict[str, Any] = {key: value for key, value in row.items() if value}
        if "value" not in entry:
            raise RuleError(f"{where}: column 'value' is empty")
        entry.setdefault("line", reader.line_num)
        for key in _LISTS:
            if key in entry:
                entry[key] = entry[key].split(";")
        rows.append(entry)
    return {}, rows


def _checked_entry(name: str, number: int, row: dict[str, Any]) -> Entry:
    label = row.get("id", f"number {number}")
    if not isinstance(row.get("value"), str):
        raise RuleError(f"{name}: entry {label!r}: field value: a string is expected")
    for key in _LISTS:
        found = row.get(key, ())
        if not isinstance(found, (list, tuple)) or not all(isinstance(t, str) for t in found):
            raise RuleError(f"{name}: entry {label!r}: field {key}: a list of strings is expected")
        row[key] = tuple(found)
    return MappingProxyType({"id": str(label), **row})
