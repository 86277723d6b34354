"""What comes, goes, rises and falls."""

from __future__ import annotations

import pytest

from speechmine.errors import UsageError
from speechmine.themes import (
    default_vocabulary,
    disappeared_terms,
    new_terms,
    term_lifecycle,
    term_trends,
)
from speechmine.themes.statistics.trend import theil_sen

TEXTS = {
    2018: "抓营改增。稳就业。",
    2019: "抓营改增。稳就业。",
    2021: "稳就业。",
    2022: "稳就业。抓碳达峰。",
    2023: "稳就业。抓碳达峰。发展低空经济。",
}


@pytest.mark.parametrize(
    ("term", "status", "first", "last", "before", "after"),
    [
        ("稳就业", "current", 2018, 2023, None, None),
        ("营改增", "disappeared", 2018, 2019, None, 2021),
        ("碳达峰", "current", 2022, 2023, 2021, None),
        ("低空经济", "new", 2023, 2023, 2022, None),
        ("双循环", "absent", None, None, None, None),
    ],
)
def test_the_life_of_a_term(term, status, first, last, before, after) -> None:
    row = term_lifecycle(TEXTS, [term]).astype(object).iloc[0]
    row = row.where(row.notna(), None)
    assert row["status"] == status
    names = ["first_year", "last_year", "absent_before", "absent_after"]
    assert row[names].tolist() == [first, last, before, after]


def test_what_the_corpus_cannot_tell_is_marked() -> None:
    row = term_lifecycle(TEXTS, ["稳就业"]).iloc[0]
    assert (row["left_censored"], row["right_censored"]) == (True, True)


def test_one_report_without_it_is_a_pause() -> None:
    texts = {2021: "稳就业", 2022: "抓改革"}
    assert term_lifecycle(texts, ["稳就业"])["status"].tolist() == ["pausing"]


def test_an_added_year_changes_only_the_end() -> None:
    before = term_lifecycle(TEXTS, ["碳达峰"]).iloc[0]
    after = term_lifecycle({**TEXTS, 2024: "稳就业。"}, ["碳达峰"]).iloc[0]
    changed = [name for name in before.index if str(before[name]) != str(after[name])]
    assert changed == ["status", "absent_after", "right_censored"]


def test_new_means_never_before() -> None:
    table = new_terms(TEXTS, 2022)
    assert table[["term", "absent_before"]].to_numpy().tolist() == [["碳达峰", 2021]]
    with pytest.raises(UsageError, match="earlier"):
        new_terms(TEXTS, 2018)


def test_a_new_word_that_nobody_listed_is_found() -> None:
    texts = {2022: "抓改革。", 2023: "推广随手拍。用好随手拍。管好随手拍。"}
    found = new_terms(texts, 2023)["term"].tolist()
    assert any("随手" in term for term in found)


def test_gone_means_two_reports_without_it() -> None:
    assert "营改增" in disappeared_terms(TEXTS, 2021, min_count=2, min_years=2)["term"].tolist()
    with pytest.raises(UsageError, match="two later"):
        disappeared_terms(TEXTS, 2023)


def test_a_slope_is_measured_in_true_years() -> None:
    assert theil_sen([2000, 2010], [[0.0], [5.0]]).tolist() == [0.5]


def test_a_term_of_the_middle_years_is_a_peak() -> None:
    texts = {
        y: "抓生产。" + "抗疫情。" * (5 if 2015 <= y <= 2018 else 0) for y in range(2011, 2023)
    }
    assert term_trends(texts, ["疫情"])["shape"].tolist() == ["peak"]


def test_a_fragment_of_longer_new_terms_is_left_out() -> None:
    """算力 stands in two longer ones here, and in neither as often as it stands at all."""
    texts = {2022: "稳就业。", 2023: "建设算力网，完善算力网。发展算力业，壮大算力业。"}
    own = default_vocabulary().with_terms(["算力", "算力网", "算力业"])
    assert "算力" not in set(new_terms(texts, 2023, vocabulary=own)["term"])
    texts[2023] += "提升算力，用好算力。"
    assert {"算力", "算力网"} <= set(new_terms(texts, 2023, vocabulary=own)["term"])
