"""An office profile: who usually does what, and by when the house wants it. It only suggests."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from speechmine.errors import UsageError
from speechmine.model import DeadlineKind, Role
from speechmine.rules.loader import chosen_rules
from speechmine.rules.schema import RuleSet

__all__ = ["DaysAllowed", "PartyHabit", "Profile", "load_profile", "parse_profile"]

_ROLES: tuple[Role, ...] = get_args(Role)
_KINDS: tuple[DeadlineKind, ...] = get_args(DeadlineKind)
_MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class PartyHabit:
    """Who usually does work of some kind.

    Attributes:
        id: names the entry; suggestions carry it.
        words: the work is of this kind where the task says one of them, or
        themes: where it has one of these theme tags.
        parties: who, in which role.
    """

    id: str
    words: tuple[str, ...]
    themes: tuple[str, ...]
    parties: tuple[tuple[Role, str], ...]


@dataclass(frozen=True, slots=True)
class DaysAllowed:
    """Days that the house allows for deadlines of some kinds that give no date of their own.

    ``words`` narrows it to tasks that say one of them; without any it holds for all.
    """

    id: str
    kinds: tuple[DeadlineKind, ...]
    words: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The habits of an office; what it gives is marked as a suggestion and kept apart from facts.

    Attributes:
        name: of the office. first_is_lead: of several responsible bodies the first one leads.
        max_days: the longest time that the house gives, counted from the document's date.
        habits: who usually does what. limits: by when; the first that fits counts.
    """

    name: str = ""
    first_is_lead: bool = False
    max_days: int | None = None
    habits: tuple[PartyHabit, ...] = ()
    limits: tuple[DaysAllowed, ...] = ()


def load_profile(path: str | os.PathLike[str], *, rules: RuleSet | None = None) -> Profile:
    """Read an office profile from a TOML file.

    Args:
        path: the file.
        rules: whose theme tags the profile may name; the shipped ones by default.

    Raises:
        UsageError: it cannot be read or breaks the schema; the message names entry and field,
            what was expected, and what to write.
    """
    source = os.fspath(path)
    try:
        content = Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise UsageError(f"{source}: the profile cannot be read ({reason})") from error
    return parse_profile(content, source=source, rules=rules)


def parse_profile(
    content: str, *, source: str = "profile", rules: RuleSet | None = None
) -> Profile:
    r"""An office profile of its TOML text; errors as in :func:`load_profile`.

    Example:
        >>> profile = parse_profile('[[limit]]\nid = "urgent"\nkinds = ["immediate"]\ndays = 3')
        >>> [(limit.id, limit.days) for limit in profile.limits]
        [('urgent', 3)]
    """
    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{source}: not valid TOML: {error}") from error
    themes = {rule.value for rule in chosen_rules(rules).table("themes")}
    top = _Entry(source, "", data)
    # [ledger] and [tracker] are for speechmine.ledger and speechmine.trackers to read.
    top.only("name", "first_is_lead", "max_days", "party", "limit", "ledger", "tracker")
    habits = tuple(_habit(entry, themes) for entry in top.entries("party"))
    limits = tuple(_limit(entry) for entry in top.entries("limit"))
    return Profile(
        name=top.text("name"),
        first_is_lead=top.flag("first_is_lead"),
        max_days=top.days("max_days") if "max_days" in data else None,
        habits=habits,
        limits=limits,
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A table of the file, with words for what is wrong in it."""

    source: str
    label: str
    data: Mapping[str, Any]

    def error(self, field: str, expected: str) -> UsageError:
        place = f"{self.source}: {self.label}: " if self.label else f"{self.source}: "
        return UsageError(f"{place}field {field}: {expected}")

    def only(self, *fields: str) -> None:
        for name in self.data:
            if name not in fields:
                raise self.error(name, f"there is no such field; there are: {', '.join(fields)}")

    def entries(self, name: str) -> list[_Entry]:
        """The ``[[name]]`` entries, each named by its id or number; ids are unique."""
        listed = self.data.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
            raise self.error(name, f"entries are expected, each under a line [[{name}]]")
        found = [
            _Entry(self.source, f"{name} {item.get('id', number)!r}", item)
            for number, item in enumerate(listed, start=1)
        ]
        seen = set()
        for entry in found:
            if entry.id() in seen:
                raise entry.error("id", "used twice; give each entry an id of its own")
            seen.add(entry.id())
        return found

    def id(self) -> str:
        if not self.text("id"):
            raise self.error("id", 'a name for the entry is expected, as in id = "roads"')
        return self.text("id")

    def text(self, field: str) -> str:
        value = self.data.get(field, "")
        if not isinstance(value, str):
            raise self.error(field, f"text in quotation marks is expected, not {value!r}")
        return value

    def flag(self, field: str) -> bool:
        value = self.data.get(field, False)
        if not isinstance(value, bool):
            raise self.error(field, f"true or false is expected, not {value!r}")
        return value

    def days(self, field: str) -> int:
        value = self.data.get(field)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MOST_DAYS:
            expected = f"a number of days from 1 to {_MOST_DAYS} is expected"
            raise self.error(field, expected if value is None else f"{expected}, not {value!r}")
        return value

    def texts(self, field: str, known: Sequence[str] = ()) -> tuple[str, ...]:
        value = self.data.get(field, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise self.error(field, f'a list of texts is expected, as in {field} = ["…"]')
        for item in value:
            if known and item not in known:
                raise self.error(field, f"{item!r} is unknown; there are: {', '.join(known)}")
        return tuple(value)


def _habit(entry: _Entry, themes: set[str]) -> PartyHabit:
    entry.only("id", "words", "themes", *_ROLES)
    habit = PartyHabit(
        id=entry.id(),
        words=entry.texts("words"),
        themes=entry.texts("themes", known=sorted(themes)),
        parties=tuple((role, name) for role in _ROLES for name in entry.texts(role)),
    )
    if not habit.words and not habit.themes:
        raise entry.error("words", 'words or themes are expected, as in words = ["农村公路"]')
    if not habit.parties:
        raise entry.error("lead", f"a party is expected in one of {', '.join(_ROLES)}")
    return habit


def _limit(entry: _Entry) -> DaysAllowed:
    entry.only("id", "kinds", "words", "days")
    kinds = cast("tuple[DeadlineKind, ...]", entry.texts("kinds", known=_KINDS))
    if not kinds:
        raise entry.error("kinds", 'kinds of deadlines are expected, as in kinds = ["immediate"]')
    return DaysAllowed(entry.id(), kinds, entry.texts("words"), entry.days("days"))
