"""Growth targets of whole reports: the year's own, the plan's average, or none, as each says."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from speechmine.model import Document, Metric
from speechmine.pipeline import extract

from shared import SHARED

NATIONAL = SHARED / "corpus" / "national"
PROVINCES = sorted((SHARED / "corpus" / "local").glob("province-*-202[56].txt"))
FACTS = SHARED / "facts" / "national_targets_dev.csv"
GROWTH = frozenset(["gnp_growth", "growth_rate", "gdp_growth"])
#: Read in the reports: years between those of the table, and years that state no number.
READ_BY_HAND = {
    1990: {("=", 5.0, 5.0)},
    1992: {("=", 6.0, 6.0)},
    1994: {("=", 9.0, 9.0)},
    1996: {("=", 8.0, 8.0)},
    1998: {("=", 8.0, 8.0)},
    2000: set(),
    2001: set(),
    2002: set(),
    2004: {("~", 7.0, 7.0)},
    2006: {("~", 8.0, 8.0)},
    2008: {("~", 8.0, 8.0)},
    2010: {("~", 8.0, 8.0)},
    2012: {("=", 7.5, 7.5)},
    2014: {("~", 7.5, 7.5)},
    2016: {("range", 6.5, 7.0)},
    2018: {("~", 6.5, 6.5)},
    2020: {("none", None, None)},
    2022: {("~", 5.5, 5.5)},
    2024: {("~", 5.0, 5.0)},
    2026: {("range", 4.5, 5.0)},
}

needs_reports = pytest.mark.skipif(not NATIONAL.is_dir(), reason=f"no reports at {NATIONAL}")


def growth(path: Path, change: str) -> list[Metric]:
    """The report's own goals for the growth of the whole economy."""
    year = path.stem[-4:]
    found = extract(Document(path.read_text(encoding="utf-8-sig")), date=f"{year}-03-05").metrics
    return [
        metric
        for metric in found
        if metric.indicator_id in ("gnp_growth", "gdp_growth")
        and metric.kind in ("target", "plan")
        and metric.change == change
        and metric.unit in ("%", None)  # 翻一番 is a goal for decades
        and metric.scope in (None, "全国", "全省", "全市", "全区", "我国")
    ]


def values(metrics: list[Metric]) -> set[tuple[str, float | None, float | None]]:
    """Comparator, low and high; a report may state its goal more than once."""
    return {(m.comparator, m.low, m.high) for m in metrics}


def facts() -> dict[int, set[tuple[str, float | None, float | None]]]:
    """Year to the target that the table gives it."""
    found: dict[int, set[tuple[str, float | None, float | None]]] = defaultdict(set)
    if not FACTS.is_file():
        return found
    with FACTS.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["indicator"] in GROWTH and row["scope"] == "year":
                low, high = (float(row[k]) if row[k] else None for k in ("value_low", "value_high"))
                found[int(row["year"])].add((row["comparator"], low, high))
    return found


@needs_reports
@pytest.mark.parametrize("year", sorted(facts()))
def test_the_target_of_the_year_equals_the_table(year: int) -> None:
    assert values(growth(NATIONAL / f"national-中国-{year}.txt", "yoy")) == facts()[year]


@needs_reports
@pytest.mark.parametrize("year", sorted(READ_BY_HAND))
def test_the_target_of_the_year_as_read(year: int) -> None:
    assert values(growth(NATIONAL / f"national-中国-{year}.txt", "yoy")) == READ_BY_HAND[year]


@needs_reports
def test_an_average_over_a_plan_is_no_target_of_the_year() -> None:
    (found,) = growth(NATIONAL / "national-中国-2001.txt", "average")
    assert (found.low, found.comparator, found.period) == (7.0, "~", "2001/2005")


@needs_reports
@pytest.mark.parametrize("path", PROVINCES, ids=lambda path: path.stem)
def test_every_province_states_one_target(path: Path) -> None:
    found = [m for m in growth(path, "yoy") if m.comparator != "none"]
    firm = [m for m in found if "力争" not in m.text]  # a second goal, to be striven for
    assert len(values(firm)) == 1
    assert {m.unit for m in found} == {"%"}
