"""Rule files to a :class:`RuleSet`: TOML for rules and small lexicons, CSV for long lists.

TOML: ``[fragments]`` (named pieces of patterns) and ``[[rule]]`` entries.
CSV: a header with at least ``id``, ``value`` and ``terms`` (spellings parted by ``;``).
Files are read once, on first use, never at import.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from speechmine.errors import RuleError
from speechmine.rules.schema import Rule, RuleSet
from speechmine.rules.tables import checked, extended

__all__ = ["default_rules", "load_rules"]

_KNOWN = frozenset(
    ["id", "value", "terms", "pattern", "since", "until", "source", "examples", "counterexamples"]
)
_LISTS = ("terms", "examples", "counterexamples")
_FRAGMENT = re.compile(r"\{([a-z_]+)\}")


@functools.cache
def default_rules() -> RuleSet:
    """The rules that ship with speechmine; loaded once."""
    return load_rules()


def load_rules(overlay: str | os.PathLike[str] | None = None) -> RuleSet:
    """Read the shipped rule files and, over them, a folder of the user's own.

    Args:
        overlay: a folder of ``.toml`` or ``.csv`` files named as the shipped ones. An entry
            with a known id takes that entry's place, one with ``extends = "ID"`` holds
            wherever that entry does and where its own words do, any other is added.

    Returns:
        The rules, with a version made of their content.

    Raises:
        RuleError: the folder is not there, or a file breaks the schema; the message names file,
            entry and field.
    """
    own = _of_folder(Path(overlay)) if overlay else []
    shipped = _shipped()
    tables = {_table(name): _parse(name, content) for name, content in shipped}
    for name, content in own:
        # The tests check the shipped entries; here that would be most of a start's time.
        _lay_over(tables, name, _parse(name, content))
    sources = [*shipped, *own]
    digest = hashlib.sha256("\x1e".join(f"{n}\x1f{c}" for n, c in sources).encode()).hexdigest()
    return RuleSet(digest[:8], MappingProxyType({k: tuple(v.values()) for k, v in tables.items()}))


def _table(name: str) -> str:
    return name.rsplit(".", 1)[0]


def _lay_over(tables: Mapping[str, dict[str, Rule]], name: str, own: Mapping[str, Rule]) -> None:
    """Put entries of the user's own in place of the shipped ones, beside them or into them."""
    table = tables.get(_table(name))
    if table is None:
        known = ", ".join(sorted(tables))
        raise RuleError(f"{name}: no table is called so; name the file as one of: {known}")
    known_rules = tuple(table.values())
    for rule in own.values():
        base = checked(name, rule, known_rules).attribute("extends")
        table[base or rule.id] = extended(table[base], rule) if base else rule


def _shipped() -> list[tuple[str, str]]:
    folder = files("speechmine.rules") / "data"
    found = [f for f in folder.iterdir() if f.name.endswith((".toml", ".csv"))]
    return [(f.name, f.read_text(encoding="utf-8")) for f in sorted(found, key=lambda f: f.name)]


def _of_folder(folder: Path) -> list[tuple[str, str]]:
    if not folder.is_dir():
        raise RuleError(f"{folder}: no such folder; name a folder with .toml or .csv rule files")
    paths = (path for path in sorted(folder.iterdir()) if path.suffix in (".toml", ".csv"))
    return [(path.name, path.read_text(encoding="utf-8")) for path in paths]


def _parse(name: str, content: str) -> dict[str, Rule]:
    """The entries of a file by id."""
    parse = _parse_toml if name.endswith(".toml") else _parse_csv
    found: dict[str, Rule] = {}
    for rule in parse(name, content):
        if rule.id in found:
            raise RuleError(f"{name}: entry {rule.id!r}: field id: used twice")
        found[rule.id] = rule
    return found


def _parse_toml(name: str, content: str) -> Iterable[Rule]:
    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name}: not valid TOML: {error}") from error
    fragments = {**_shared_fragments(), **data.get("fragments", {})}
    for entry in data.get("rule", []):
        yield _rule(name, entry, fragments)


@functools.cache
def _shared_fragments() -> Mapping[str, str]:
    """Pieces of patterns that every table may take in."""
    shared = files("speechmine.rules") / "data" / "fragments.toml"
    found: Mapping[str, str] = tomllib.loads(shared.read_text(encoding="utf-8"))["fragments"]
    return found


def _parse_csv(name: str, content: str) -> Iterable[Rule]:
    for row in csv.DictReader(io.StringIO(content)):
        entry: dict[str, Any] = {k: v for k, v in row.items() if v}
        for key in _LISTS:
            if key in entry:
                entry[key] = entry[key].split(";")
        yield _rule(name, entry, {})


def _rule(name: str, entry: Mapping[str, Any], fragments: Mapping[str, str]) -> Rule:
    label = entry.get("id", "(no id)")
    entry = {"value": "", **entry} if "extends" in entry else entry  # it has that of the other
    for key in ("id", "value"):
        if not isinstance(entry.get(key), str):
            raise RuleError(f"{name}: entry {label!r}: field {key}: a string is expected")
    lists = {key: tuple(entry.get(key, ())) for key in _LISTS}
    pattern = entry.get("pattern")
    if pattern is not None:
        pattern = _expand(name, label, pattern, fragments)
    attributes = {
        k: tuple(v) if isinstance(v, list) else v for k, v in entry.items() if k not in _KNOWN
    }
    return Rule(
        id=entry["id"],
        value=entry["value"],
        pattern=pattern,
        since=entry.get("since"),
        until=entry.get("until"),
        source=entry.get("source"),
        attributes=MappingProxyType(attributes),
        **lists,
    )


def _expand(name: str, label: str, pattern: str, fragments: Mapping[str, str]) -> str:
    """Take fragments in until none is left; ``{2}`` and ``{1,3}`` are left alone."""

    def piece(match: re.Match[str]) -> str:
        try:
            return f"(?:{fragments[match[1]]})"
        except KeyError:
            raise RuleError(
                f"{name}: entry {label!r}: field pattern: no fragment {match[1]!r}"
            ) from None

    for _ in range(8):
        expanded = _FRAGMENT.sub(piece, pattern)
        if expanded == pattern:
            return pattern
        pattern = expanded
    raise RuleError(f"{name}: entry {label!r}: field pattern: fragments refer to each other")
