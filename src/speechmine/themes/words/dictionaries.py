"""Dictionaries of themes: words by topic, with source and warning; shipped or the user's own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from speechmine.errors import RuleError, UsageError
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import Rule
from speechmine.themes.words.entries import Entry, parse_entries, user_file

__all__ = ["Dictionary", "DictionaryLike", "dictionary_names", "load_dictionary"]


@dataclass(frozen=True, eq=False)
class Dictionary:
    """Words by topic; in a text each span counts once, for the longest word.

    Attributes:
        name: of the file. title, source, warning: what the file says about itself.
        topics: in file order.
        terms: by topic.
        exclude: words in which a term's characters do not count.

    Example:
        >>> Dictionary("my", ("水",), {"水": ("防汛", "堤防")}).terms["水"]
        ('防汛', '堤防')
    """

    name: str
    topics: tuple[str, ...]
    terms: Mapping[str, tuple[str, ...]]
    exclude: tuple[str, ...] = ()
    title: str = ""
    source: str = ""
    warning: str = ""

    def matcher(self) -> Matcher:
        """Finds the terms, earliest and longest first, with the topic as value."""
        rules = [Rule(id=t, value=t, terms=self.terms[t]) for t in self.topics]
        return Matcher([*rules, Rule(id="", value="", terms=self.exclude)])

    def hits(self, text: str, matcher: Matcher | None = None) -> Iterator[tuple[str, str, int]]:
        """Topic, term and place of each occurrence.

        Example:
            >>> words = Dictionary("my", ("水",), {"水": ("防汛", "防汛备汛")})
            >>> list(words.hits("抓好防汛备汛"))
            [('水', '防汛备汛', 2)]
        """
        for match in (matcher or self.matcher()).find(text):
            if match.rule.value:
                yield match.rule.value, match.text, match.start


DictionaryLike = Dictionary | str | os.PathLike[str] | Mapping[str, Sequence[str]]


_SUFFIXES = (".toml", ".csv", ".yml", ".yaml", ".dic")


def dictionary_names() -> tuple[str, ...]:
    """Names of the shipped dictionaries.

    Example:
        >>> "environment" in dictionary_names()
        True
    """
    folder = files("speechmine.themes") / "data" / "dictionaries"
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir()))


def load_dictionary(given: DictionaryLike) -> Dictionary:
    """A dictionary by name, from a file, or from words by topic.

    Args:
        given: a shipped name; the path of a TOML (``[[rule]]`` with ``value``, ``terms``,
            ``exclude``) or CSV file (columns ``value`` and ``terms``, parted by ``;``), or of a
            dictionary of quanteda (``.yml``) or LIWC (``.dic``, or CSV with ``DicTerm``); or a
            mapping from topic to words.

    Returns:
        The dictionary, with its source and warning where the file states them.

    Raises:
        UsageError: there is no such dictionary.
        RuleError: the file breaks the schema; the message names file and line or entry.

    Example:
        >>> load_dictionary({"防汛": ["防汛", "堤防"]}).topics
        ('防汛',)
        >>> load_dictionary("environment").warning[:13]
        'the word list'
    """
    if isinstance(given, Dictionary):
        return given
    if isinstance(given, Mapping):
        return Dictionary("own", tuple(given), {t: tuple(words) for t, words in given.items()})
    if Path(given).suffix in _SUFFIXES:
        return _built(Path(given).stem, *user_file(given))
    if str(given) not in dictionary_names():
        known = ", ".join(dictionary_names())
        raise UsageError(
            f"no dictionary {str(given)!r}; there are: {known}, or a file: .toml, .csv, .yml, .dic"
        )
    name = f"{given}.toml"
    content = (files("speechmine.themes") / "data" / "dictionaries" / name).read_text("utf-8")
    return _built(str(given), *parse_entries(name, content))


def _built(name: str, head: Entry, entries: Sequence[Entry]) -> Dictionary:
    if not entries:
        raise RuleError(f"dictionary {name!r}: there is no entry")
    terms: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if not any(entry["terms"]) and not any(entry["exclude"]):
            where = f"line {entry['line']}" if "line" in entry else f"entry {entry['id']!r}"
            raise RuleError(f"dictionary {name!r}: {where}: field terms: words are expected")
        terms[entry["value"]] = (*terms.get(entry["value"], ()), *entry["terms"])
    exclude = tuple(word for entry in entries for word in entry["exclude"])
    about = {key: str(head.get(key, "")) for key in ("title", "source", "warning")}
    return Dictionary(name, tuple(terms), terms, exclude, **about)
