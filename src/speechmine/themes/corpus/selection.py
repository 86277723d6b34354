"""What a part of a corpus is asked for by: years, names, and the labels that there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, get_args

from speechmine.errors import UsageError
from speechmine.model import AdministrativeLevel, Discourse, Zone

__all__ = ["Names", "Years", "check_choices", "fits", "names_of", "year_fits"]

#: A year, first and last as a tuple, or several.
Years = int | tuple[int, int] | Collection[int]


Names = str | Collection[str]


_CHOICES = {
    "level": get_args(AdministrativeLevel),
    "section": get_args(Zone),
    "discourse": get_args(Discourse),
}


def check_choices(wanted: Mapping[str, Any]) -> None:
    """Levels, section roles and discourse labels are known ones.

    Raises:
        UsageError: one is none of them.

    Example:
        >>> check_choices({"level": "county", "section": ["review", "plan"], "discourse": None})
    """
    for name, choices in _CHOICES.items():
        if unknown := (names_of(wanted[name]) or frozenset()) - set(choices):
            raise UsageError(f"{name}={min(unknown)!r}: one of {', '.join(choices)} is expected")


def names_of(wanted: Names | None) -> frozenset[str] | None:
    """A name or several as a set; None for all.

    Example:
        >>> names_of("plan")
        frozenset({'plan'})
    """
    if wanted is None:
        return None
    return frozenset([wanted] if isinstance(wanted, str) else wanted)


def fits(value: str | None, wanted: Names | None) -> bool:
    """Whether a value is among the wanted ones.

    Example:
        >>> fits("county", ["county", "township"]), fits(None, "county")
        (True, False)
    """
    names = names_of(wanted)
    return names is None or value in names


def year_fits(year: int | None, wanted: Years | None) -> bool:
    """Whether a year is the wanted one, in a span, or among several.

    Example:
        >>> year_fits(2020, (2018, 2022)), year_fits(2020, [2018, 2022])
        (True, False)
    """
    if wanted is None:
        return True
    if isinstance(wanted, int):
        return year == wanted
    if isinstance(wanted, tuple):
        return year is not None and wanted[0] <= year <= wanted[1]
    return year in wanted
