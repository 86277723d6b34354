"""Dictionaries in the forms of other programs: quanteda's YAML, LIWC's .dic and CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from speechmine.errors import RuleError, UsageError

__all__ = ["ForeignRows", "is_liwc_csv", "parse_dic", "parse_liwc_csv", "parse_yaml"]

ForeignRows = list[dict[str, Any]]


_GLOB = re.compile(r"[*?]")


# A category mark in LIWC's tables.
_TERM_COLUMNS = ("dicterm", "term", "word")


def parse_yaml(name: str, content: str) -> ForeignRows:
    r"""Words by topic out of quanteda's YAML; topics inside topics become ``outer.inner``.

    Args:
        name: of the file, for messages.
        content: of it.

    Raises:
        RuleError: it is no such file; the message names topic and word.
        UsageError: PyYAML is not installed.

    Example:
        >>> rows = parse_yaml("my.yml", "民生:\n  就业: [就业, 创业*]\n  住房: [住房]\n")
        >>> [(row["value"], row["terms"]) for row in rows]
        [('民生.就业', ['就业', '创业']), ('民生.住房', ['住房'])]
    """
    try:
        import yaml
    except ModuleNotFoundError as error:
        raise UsageError("YAML needs PyYAML: pip install 'speechmine[research]'") from error
    try:
        found = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise RuleError(f"{name}: not valid YAML: {' '.join(str(error).split())}") from error
    if not isinstance(found, dict):
        raise RuleError(f"{name}: topics with lists of words are expected, as quanteda writes them")
    return [_entry_row(name, topic, words) for topic, words in _topics(name, found, ())]


def _topics(
    name: str, found: Mapping[Any, Any], above: tuple[str, ...]
) -> Iterator[tuple[str, Sequence[Any]]]:
    for key, value in found.items():
        path = (*above, str(key))
        if isinstance(value, dict):
            yield from _topics(name, value, path)
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            yield from _mixed_rows(name, value, path)
        elif isinstance(value, (list, str)):
            yield ".".join(path), [value] if isinstance(value, str) else value
        else:
            raise RuleError(f"{name}: topic {'.'.join(path)!r}: a list of words is expected")


def _mixed_rows(
    name: str, values: Sequence[Any], path: tuple[str, ...]
) -> Iterator[tuple[str, Sequence[Any]]]:
    """A list that holds words and further topics."""
    words = [one for one in values if not isinstance(one, dict)]
    if words:
        yield ".".join(path), words
    for one in values:
        if isinstance(one, dict):
            yield from _topics(name, one, path)


def parse_dic(name: str, content: str) -> ForeignRows:
    r"""Words by category out of LIWC's .dic: ``%``, numbered categories, ``%``, words.

    Args:
        name: of the file, for messages.
        content: of it.

    Raises:
        RuleError: it is no such file; the message names the line.

    Example:
        >>> rows = parse_dic("my.dic", "%\n1\t正面\n2\t负面\n%\n成功*\t1\n困难\t2\n")
        >>> [(row["value"], row["terms"]) for row in rows]
        [('正面', ['成功']), ('负面', ['困难'])]
    """
    lines = content.splitlines()
    marks = [i for i, line in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2:
        raise RuleError(f"{name}: categories between two lines of % are expected, as LIWC has them")
    names: dict[str, str] = {}
    for number, line in enumerate(lines[marks[0] + 1 : marks[1]], marks[0] + 2):
        parts = line.split(None, 1)
        if len(parts) == 2:
            names[parts[0]] = parts[1].strip()
        elif parts:
            raise RuleError(f"{name}: line {number}: a number and a category are expected")
    return _grouped(name, names, _dic_words(name, names, lines, marks[1] + 1))


def _dic_words(
    name: str, names: Mapping[str, str], lines: Sequence[str], first: int
) -> Iterator[tuple[str, str, int]]:
    for number, line in enumerate(lines[first:], first + 1):
        word, *codes = line.split("\t") if "\t" in line else line.split() or [""]
        for code in filter(None, (code.strip() for cell in codes for code in cell.split())):
            if code not in names:
                raise RuleError(f"{name}: line {number}: no category has the number {code!r}")
            yield names[code], word.strip(), number


def is_liwc_csv(content: str) -> bool:
    r"""Whether a CSV file is a table of words by categories, as LIWC-22 writes them.

    Example:
        >>> is_liwc_csv("DicTerm,正面,负面\\n成功,X,\\n"), is_liwc_csv("value,terms\\n")
        (True, False)
    """
    header = next(csv.reader(io.StringIO(content)), [])
    return bool(header) and header[0].strip().lower() in _TERM_COLUMNS and "value" not in header


def parse_liwc_csv(name: str, content: str) -> ForeignRows:
    r"""Words by category out of LIWC-22's CSV: a word a row, a mark under each of its categories.

    Args:
        name: of the file, for messages.
        content: of it.

    Raises:
        RuleError: it has no category.

    Example:
        >>> rows = parse_liwc_csv("my.csv", "DicTerm,正面,负面\n成功*,X,\n困难,,X\n")
        >>> [(row["value"], row["terms"]) for row in rows]
        [('正面', ['成功']), ('负面', ['困难'])]
    """
    header, *rows = csv.reader(io.StringIO(content))
    topics = [title.strip() for title in header[1:]]
    if not any(topics):
        raise RuleError(f"{name}: line 1: a column for each category is expected after {header[0]}")
    marked = (
        (topic, row[0].strip(), number)
        for number, row in enumerate(rows, 2)
        for topic, cell in zip(topics, row[1:], strict=False)
        if cell.strip() not in ("", "0")
    )
    return _grouped(name, dict.fromkeys(topics), marked)


def _grouped(
    name: str, topics: Mapping[str, str | None], found: Iterator[tuple[str, str, int]]
) -> ForeignRows:
    """Rows by category, in the order of the file."""
    words: dict[str, list[str]] = {topic or key: [] for key, topic in topics.items()}
    for topic, word, number in found:
        words[topic].append(_without_stars(f"{name}: line {number}", word))
    return [
        {"value": topic, "terms": list(dict.fromkeys(terms))}
        for topic, terms in words.items()
        if terms
    ]


def _entry_row(name: str, topic: str, words: Sequence[Any]) -> dict[str, Any]:
    where = f"{name}: topic {topic!r}"
    return {"value": topic, "terms": [_without_stars(where, str(word)) for word in words]}


def _without_stars(where: str, word: str) -> str:
    """A word without the stars at its ends: Chinese is searched inside of running text.

    Raises:
        RuleError: a wildcard stands inside, or nothing else does.
    """
    found = word.strip().removeprefix("*").removesuffix("*").replace(" ", "")
    if not found or _GLOB.search(found):
        raise RuleError(f"{where}: {word!r}: only a * at an end is understood; write the words out")
    return found
