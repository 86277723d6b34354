"""What each table of rules may hold, and the check of a user's own entries against it.

The shipped entries say most of it: which values and fields there are, and of what type; whether
entries are patterns or terms. What they cannot say is declared here.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from speechmine.errors import RuleError
from speechmine.rules.schema import Rule

__all__ = ["TABLE_READINGS", "TableReading", "checked", "extended"]


@dataclass(frozen=True, slots=True)
class TableReading:
    """How the entries of a table are read.

    Attributes:
        by_id: the program asks for entries by their ids, so a new one is read only where it
            ``extends`` a known one, or where its id begins with one of ``families``.
        families: beginnings of ids that are read as one.
        free: a value of an entry is no word of the program's (a theme's name, a body's).
        choices: fields whose values are words of the program's, as the values of entries are.
        needs: fields without which an entry cannot be read.
        either: terms and patterns are both read, whatever the shipped entries have.
    """

    by_id: bool = False
    families: tuple[str, ...] = ()
    free: bool = False
    choices: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    either: bool = False


_PLAIN = TableReading()
#: Tables that are not read in the plain way: any id, known values, any words in other fields.
TABLE_READINGS: Mapping[str, TableReading] = {
    "announcements": TableReading(either=True),
    "bodies": TableReading(free=True, choices=("branch", "kind"), needs=("branch", "kind")),
    "body_aliases": TableReading(free=True, choices=("use", "scope"), needs=("use", "scope")),
    "body_guards": TableReading(choices=("side",), needs=("side",), either=True),
    "certain": TableReading(by_id=True),
    "comparators": TableReading(choices=("position", "hardness"), needs=("position",)),
    "deadline_cues": TableReading(either=True),
    "generic_parties": TableReading(choices=("specificity",), either=True),
    "head": TableReading(by_id=True),
    "headings": TableReading(by_id=True, families=("not_heading.",)),
    "indicators": TableReading(free=True, choices=("better",), needs=("better",)),
    "matters": TableReading(choices=("side",), needs=("side",)),
    "item_notes": TableReading(by_id=True),
    "metric_cues": TableReading(by_id=True),
    "metric_phrases": TableReading(choices=("position",), needs=("position",)),
    "metric_shapes": TableReading(by_id=True),
    "number_shapes": TableReading(by_id=True, families=("fact.",)),
    "number_traps": TableReading(choices=("side", "within"), needs=("side",), either=True),
    "page_lines": TableReading(free=True),
    "party_shapes": TableReading(by_id=True),
    "periods": TableReading(by_id=True, families=("period.",)),
    "predicates": TableReading(by_id=True),
    "roles": TableReading(choices=("side",), needs=("side",)),
    "rows": TableReading(by_id=True),
    "table_columns": TableReading(choices=("side",), needs=("side",)),
    "table_words": TableReading(by_id=True),
    "themes": TableReading(free=True, either=True),
    "time_hints": TableReading(either=True, choices=("kind", "before")),
    "time_parts": TableReading(by_id=True),
    "time_words": TableReading(free=True),
    "times": TableReading(either=True, choices=("kind", "before")),
    "times_plain": TableReading(either=True, choices=("kind", "before")),
    "verdicts": TableReading(choices=("reach",)),
    "zones": TableReading(by_id=True, choices=("where",)),
}


def checked(file: str, rule: Rule, known: Sequence[Rule]) -> Rule:
    """An entry of the user's own that its table can read.

    Args:
        file: the name of its file, which is that of its table (``verbs.toml``).
        rule: the entry.
        known: the shipped entries of the table.

    Raises:
        RuleError: it cannot; the message names file, entry, field and remedy.
    """
    table = TABLE_READINGS.get(file.rsplit(".", 1)[0], _PLAIN)
    for field, trouble in _troubles(rule, known, table):
        raise RuleError(f"{file}: entry {rule.id!r}: field {field}: {trouble}")
    return rule


def extended(rule: Rule, more: Rule) -> Rule:
    """An entry that holds wherever it did, and where another one of the user's own does.

    Example:
        >>> one, two = Rule("a", "A", pattern="年底", terms=("甲",)), Rule("b", "A", pattern="岁末")
        >>> both = extended(one, two)
        >>> both.id, both.pattern, both.terms
        ('a', '(?:年底)|(?:岁末)', ('甲',))
    """
    patterns = [part.pattern for part in (rule, more) if part.pattern]
    joined = "|".join(f"(?:{pattern})" for pattern in patterns) if len(patterns) > 1 else None
    return dataclasses.replace(
        rule,
        pattern=joined or (patterns[0] if patterns else None),
        terms=tuple(dict.fromkeys((*rule.terms, *more.terms))),
        examples=(*rule.examples, *more.examples),
        counterexamples=(*rule.counterexamples, *more.counterexamples),
    )


_Trouble = tuple[str, str]


def _troubles(rule: Rule, known: Sequence[Rule], table: TableReading) -> Iterator[_Trouble]:
    yield from _of_pattern(rule)
    yield from _of_id(rule, known, table)
    yield from _of_value(rule, known, table)
    yield from _of_wording(rule, known, table)
    yield from _of_fields(rule, known, table)
    yield from _of_examples(rule)


def _of_pattern(rule: Rule) -> Iterator[_Trouble]:
    try:
        re.compile(rule.pattern or "")
    except re.error as error:
        yield "pattern", str(error)


def _of_id(rule: Rule, known: Sequence[Rule], table: TableReading) -> Iterator[_Trouble]:
    ids = [entry.id for entry in known]
    wanted = rule.attribute("extends")
    if wanted and wanted not in ids:
        yield "extends", f"no entry {wanted!r}; there are: {_shown_words(ids)}"
    if table.by_id and not wanted and rule.id not in ids and not rule.id.startswith(table.families):
        yield (
            "id",
            f"nothing reads it; say which entry it extends: extends = one of {_shown_words(ids)}",
        )


def _of_value(rule: Rule, known: Sequence[Rule], table: TableReading) -> Iterator[_Trouble]:
    values = {entry.value for entry in known}
    if not table.free and not rule.attribute("extends") and rule.value not in values:
        yield "value", f"{rule.value!r} is none; there are: {_shown_words(values)}"


def _of_wording(rule: Rule, known: Sequence[Rule], table: TableReading) -> Iterator[_Trouble]:
    """A table of patterns reads no terms, and one of terms no patterns."""
    if rule.terms and not table.either and not any(entry.terms for entry in known):
        words = "|".join(map(re.escape, rule.terms))
        yield "terms", f"this table is read as patterns; write pattern = '{words}'"
    if rule.pattern is not None and not table.either and not any(entry.pattern for entry in known):
        yield "pattern", 'this table is read as terms; write terms = ["…", "…"]'
    needs = all(entry.terms or entry.pattern for entry in known)
    if needs and not rule.terms and rule.pattern is None:
        yield "pattern", "it holds nowhere: give a pattern or terms"


def _of_fields(rule: Rule, known: Sequence[Rule], table: TableReading) -> Iterator[_Trouble]:
    fields = [name for name in rule.attributes if name != "extends"]
    shipped = {name for entry in known for name in entry.attributes}
    for name in fields:
        if name not in shipped:
            yield name, f"no field of this table; there are: {_shown_words(shipped) or 'none'}"
        else:
            yield from _of_field(name, rule, known, table)
    if rule.attribute("extends"):
        return
    for name in table.needs:
        if name not in fields:
            used = {str(entry.attributes[name]) for entry in known if name in entry.attributes}
            yield name, f"it is missing; entries have one, such as {_shown_words(used, most=6)}"


def _of_field(
    name: str, rule: Rule, known: Sequence[Rule], table: TableReading
) -> Iterator[_Trouble]:
    used = [entry.attributes[name] for entry in known if name in entry.attributes]
    value, kinds = rule.attributes[name], {type(each) for each in used}
    numbers = isinstance(value, int) and float in kinds
    if type(value) not in kinds and not numbers:
        expected = " or ".join(sorted(kind.__name__ for kind in kinds))
        yield name, f"{value!r} is no {expected.replace('tuple', 'list')}"
    elif name in table.choices and value not in used:
        yield name, f"{value!r} is none; there are: {_shown_words({str(each) for each in used})}"


def _of_examples(rule: Rule) -> Iterator[_Trouble]:
    for text in rule.examples:
        if not _holds(rule, text):
            yield "examples", f"it does not hold in {text!r}"
    for text in rule.counterexamples:
        if _holds(rule, text):
            yield "counterexamples", f"it holds in {text!r}"


def _holds(rule: Rule, text: str) -> bool:
    said = any(term in text for term in rule.terms)
    return said or (rule.pattern is not None and re.search(rule.pattern, text) is not None)


def _shown_words(words: Sequence[str] | set[str], most: int = 40) -> str:
    ordered = sorted(words) if isinstance(words, set) else list(words)
    return ", ".join(ordered[:most]) + (", …" if len(ordered) > most else "")
