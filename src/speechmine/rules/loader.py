"""Rule files to a :class:`RuleSet`: TOML for rules and small lexicons, CSV for long lists.

TOML: ``[fragments]`` (named pieces of patterns) and ``[[rule]]`` entries.
CSV: a header with at least ``id``, ``value`` and ``terms`` (spellings parted by ``;``).
Files are read once, on first use, never at import.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import hashlib
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from speechmine.errors import RuleError
from speechmine.patterns import compiled
from speechmine.prepared import prepared
from speechmine.rules.context import FURTHER
from speechmine.rules.schema import Rule, RuleSet
from speechmine.rules.tables import checked, extended

if TYPE_CHECKING:
    import re

__all__ = [
    "RulesLike",
    "chosen_rules",
    "default_rules",
    "load_rules",
    "shipped_files",
    "stored_tables",
]

_KNOWN = frozenset(
    ["id", "value", "terms", "pattern", "since", "until", "source", "examples", "counterexamples"]
)
_LISTS = ("terms", "examples", "counterexamples")
_FRAGMENT = compiled(r"\{([a-z_]+)\}")


class _Shipped(RuleSet):
    """The shipped rules: another process has its own, and what it compiled from them."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, ...]:
        return default_rules, ()


@functools.cache
def default_rules() -> RuleSet:
    """The rules that ship with speechmine; loaded once."""
    shipped = load_rules()
    return _Shipped(shipped.version, shipped.tables)


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
    shipped = shipped_files()
    digest = _digest([*shipped, *own])
    known = prepared()
    stored = known.tables if known.rules == (_digest(shipped) if own else digest) else {}
    tables = _Tables({name.rsplit(".", 1)[0]: (name, said) for name, said in shipped}, stored)
    laid_over: dict[str, dict[str, Rule]] = {}
    for name, content in own:
        # The tests check the shipped entries; here that would be most of a start's time.
        _lay_over(laid_over, tables, name, _parse(name, content))
    return RuleSet(digest[:8], tables.changed(laid_over))


def _digest(sources: Iterable[tuple[str, str]]) -> str:
    told = "\x1e".join(f"{name}\x1f{content}" for name, content in sources)
    return hashlib.sha256(told.encode()).hexdigest()


class _Tables(Mapping[str, tuple[Rule, ...]]):
    """Tables of rules by name, each read when it is first asked for.

    Args:
        sources: file and content of each.
        stored: the same as :func:`stored_tables` keeps them, where that is at hand.
    """

    def __init__(self, sources: Mapping[str, tuple[str, str]], stored: Mapping[str, bytes]) -> None:
        self._sources = sources
        self._stored = stored
        self._read: dict[str, tuple[Rule, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Rule, ...]:
        found = self._read.get(name)
        # Of two threads that read a table at once both take what the first one read.
        return self._read.setdefault(name, self._rules(name)) if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def _rules(self, name: str) -> tuple[Rule, ...]:
        file, content = self._sources[name]
        if name in self._stored:
            return tuple(map(_of_row, json.loads(self._stored[name])))
        return tuple(_parse(file, content).values())

    def changed(self, laid_over: Mapping[str, Mapping[str, Rule]]) -> _Tables:
        """The same, with some tables as they are given."""
        self._read.update({name: tuple(table.values()) for name, table in laid_over.items()})
        return self


def stored_tables() -> tuple[str, dict[str, bytes]]:
    """The shipped tables as they are read soonest, and the digest of their files."""
    files = shipped_files()
    tables = {name.rsplit(".", 1)[0]: _parse(name, content) for name, content in files}
    return _digest(files), {
        name: json.dumps([_row(rule) for rule in table.values()], ensure_ascii=False).encode()
        for name, table in tables.items()
    }


def _row(rule: Rule) -> list[Any]:
    fields = [getattr(rule, field.name) for field in dataclasses.fields(rule)]
    return [*fields[:-1], dict(rule.attributes)]


def _of_row(row: list[Any]) -> Rule:
    id_, value, terms, pattern, since, until, source, examples, counterexamples, further = row
    attributes = {k: tuple(v) if isinstance(v, list) else v for k, v in further.items()}
    return Rule(
        id_,
        value,
        tuple(terms),
        pattern,
        since,
        until,
        source,
        tuple(examples),
        tuple(counterexamples),
        MappingProxyType(attributes),
    )


def _lay_over(
    laid_over: dict[str, dict[str, Rule]],
    tables: Mapping[str, tuple[Rule, ...]],
    file: str,
    own: Mapping[str, Rule],
) -> None:
    """Put entries of the user's own in place of the shipped ones, beside them or into them."""
    name = file.rsplit(".", 1)[0]
    if name not in tables:
        known = ", ".join(sorted(tables))
        raise RuleError(f"{file}: no table is called so; name the file as one of: {known}")
    table = laid_over.setdefault(name, {rule.id: rule for rule in tables[name]})
    known_rules = tuple(table.values())
    for rule in own.values():
        base = checked(file, rule, known_rules).attribute("extends")
        table[base or rule.id] = extended(table[base], rule) if base else rule


def shipped_files() -> list[tuple[str, str]]:
    """Names and contents of the rule files of the package, in order."""
    folder = Path(__file__).parent / "data"
    names = sorted(name for name in os.listdir(folder) if name.endswith((".toml", ".csv")))  # noqa: PTH208
    return [(name, (folder / name).read_text(encoding="utf-8")) for name in names]


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
    import tomllib  # the shipped tables are read without it where they are prepared

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
    import tomllib
    from importlib.resources import files

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
    for key in FURTHER & attributes.keys():
        said = attributes[key]
        if isinstance(said, str):
            attributes[key] = _expand(name, label, said, fragments)
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


#: A rule set, or a folder of rule files that are laid over the shipped ones.
RulesLike = RuleSet | str | os.PathLike[str]


def chosen_rules(given: RulesLike | None = None) -> RuleSet:
    """The rules that are meant; the public functions ask here, and nothing below them.

    Args:
        given: a rule set, the folder of an overlay, or None for the shipped rules.

    Raises:
        RuleError: the folder is not there, or a file in it breaks the schema.

    Example:
        >>> chosen_rules() is default_rules()
        True
    """
    if given is None:
        return default_rules()
    return given if isinstance(given, RuleSet) else load_rules(given)
