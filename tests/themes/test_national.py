"""What the national reports show, where they are at hand."""

from __future__ import annotations

import pytest

from speechmine.themes import load_corpus, new_terms, term_lifecycle

from shared import SHARED

FOLDER = SHARED / "corpus" / "national"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no texts at {FOLDER}")


@pytest.fixture(scope="module")
def reports():
    return load_corpus(FOLDER).select(year=(1978, 2026))


def test_every_year_has_its_report(reports) -> None:
    assert reports.years == tuple(range(1978, 2027))


def test_the_formulation_of_2024_is_new_in_2024(reports) -> None:
    assert "新质生产力" in set(new_terms(reports, 2024)["term"])


@pytest.mark.parametrize(
    ("term", "first", "last"),
    [
        ("新质生产力", 2024, 2026),
        ("放管服", 2017, 2022),
        ("供给侧结构性改革", 2016, 2025),
        ("精准扶贫", 2014, 2023),
        ("疫情", 2004, 2026),
        ("新冠", 2020, 2024),
    ],
)
def test_first_and_last_years(reports, term, first, last) -> None:
    row = term_lifecycle(reports, [term]).iloc[0]
    assert (row["first_year"], row["last_year"]) == (first, last)


def test_the_virus_is_never_called_by_its_full_name(reports) -> None:
    """The reports speak of 新冠肺炎疫情 and 新冠疫情."""
    assert term_lifecycle(reports, ["新型冠状病毒"])["status"].tolist() == ["absent"]
