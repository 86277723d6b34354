"""Which place a report is of: what its metadata or head say, by the code list's names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from speechmine.characters import plain
from speechmine.divisions import NATION, Division, division_named
from speechmine.model import Document

__all__ = ["ReportPlace", "place_of_report", "same_place"]

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """The place of a report.

    Attributes:
        name: as the code list has it in the report's year; as stated where the list has no
            such place or several of it.
        code: of GB/T 2260, where the list has exactly one.
        level: as stated, else of the code.
    """

    name: str | None
    code: str | None = None
    level: str | None = None


def place_of_report(document: Document, year: int | None) -> ReportPlace:
    """The place of a report.

    Args:
        document: with what its head or a manifest states.
        year: of the report; names change with the years.

    Example:
        >>> place_of_report(Document("", id="贵州-2025", level="province"), 2025)
        ReportPlace(name='贵州省', code='520000', level='province')
        >>> place_of_report(Document("", place="东河县"), 2025)
        ReportPlace(name='东河县', code=None, level=None)
    """
    if document.level == "national":
        return ReportPlace(NATION.name, NATION.code, "national")
    found = _division_of(document, year)
    if found is None:
        return ReportPlace(document.place, None, document.level)
    said = plain(document.place or "")
    name = said if said.endswith(found.name) else found.name
    return ReportPlace(name, found.code, document.level or found.level)


def _division_of(document: Document, year: int | None) -> Division | None:
    """By the place that is stated, else by the only name of a place in the file's name."""
    if document.place is not None:
        return _division_named(document.place, document, year)
    words = _HAN_RUN.findall(document.id)
    named = {
        d.code: d for word in words if (d := _division_named(word, document, year)) is not None
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _division_named(name: str, document: Document, year: int | None) -> Division | None:
    return division_named(name, year=year, level=document.level) or division_named(
        name, level=document.level
    )


def same_place(one: ReportPlace, other: ReportPlace) -> bool:
    """Whether two reports may be of one place: nothing that is known of them says otherwise.

    A place may have gone by another name or code: 襄樊市 and 襄阳市, 海拉尔市 and 海拉尔区.
    """
    if one.name is None or other.name is None or one.name == other.name:
        return True
    if one.code is not None and one.code == other.code:
        return True
    shorts = [_short_name(place) for place in (one, other)]
    return shorts[0].endswith(shorts[1]) or shorts[1].endswith(shorts[0])


def _short_name(place: ReportPlace) -> str:
    found = division_named(place.name or "", level=place.level)
    return found.short if found is not None else (place.name or "")[:-1]
