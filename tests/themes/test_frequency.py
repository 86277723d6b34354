"""Counts of words by group."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from speechmine.errors import UsageError
from speechmine.themes import load_corpus, rank_table, term_frequency

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"


@pytest.fixture(scope="module")
def reports():
    return load_corpus(CORPUS).select(place="云岭省清溪市望江区")


def test_a_theme_fades_and_another_appears(reports) -> None:
    table = term_frequency(reports, ["旧城", "新质生产力"]).set_index(["term", "year"])["n"]
    assert table["旧城"].loc[2022] > table["旧城"].loc[2024]
    assert table["新质生产力"].tolist() == [0, 0, table["新质生产力"].loc[2024]]


def test_literal_and_word_counts_stand_side_by_side() -> None:
    table = term_frequency({2024: "深化改革创新，抓改革。"}, ["改革"])
    assert table[["n", "n_token"]].to_numpy().tolist() == [[2, 1]]


def test_a_missing_year_has_no_number_and_a_reason() -> None:
    row = term_frequency({2021: "抓改革", 2023: "抓就业"}, ["改革"]).set_index("year").loc[2022]
    assert row[["n", "rate", "n_chars"]].isna().all()
    assert row["reason"] == "not in this corpus"


def test_a_present_year_without_the_term_has_zero() -> None:
    table = term_frequency({2023: "抓就业"}, ["改革"])
    assert table[["n", "rate"]].to_numpy().tolist() == [[0, 0.0]]


def test_an_added_year_leaves_the_others_alone() -> None:
    texts = {2021: "深化改革，稳定就业。", 2022: "扩大就业。"}
    before = term_frequency(texts)
    after = term_frequency({**texts, 2023: "发展数字经济。"})
    assert after[after["year"] < 2023].reset_index(drop=True).equals(before)


def test_groups_can_be_parts_of_a_report(reports) -> None:
    table = term_frequency(reports, ["完成"], by=["year", "section"])
    assert set(table["section"]) >= {"review", "plan"}
    whole = term_frequency(reports, ["完成"]).set_index("year")["n"]
    assert table.groupby("year")["n"].sum().equals(whole)


@pytest.mark.parametrize("base", ["chars", "tokens", "sentences"])
def test_the_base_is_stated(base) -> None:
    table = term_frequency({2024: "抓改革。稳就业。"}, ["改革"], base=base)
    assert table["base"].tolist() == [base]
    assert table.attrs["params"]["base"] == base


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(UsageError, match="base"):
        term_frequency({2024: "抓改革"}, base="pages")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="by"):
        term_frequency({2024: "抓改革"}, by="month")


def test_ranks_are_compared_with_the_last_year_that_has_one() -> None:
    table = pd.DataFrame(
        {"year": [2020, 2020, 2022, 2022], "term": ["稳", "进", "稳", "进"], "rate": [2, 1, 1, 3]}
    )
    ranks = rank_table(table).set_index(["year", "term"])
    assert ranks.loc[(2022, "进"), ["previous_year", "delta", "status"]].tolist() == [2020, 1, "up"]
    assert ranks.loc[(2022, "稳"), "status"] == "down"


def test_a_missing_year_has_a_row_among_the_ranks() -> None:
    ranks = rank_table(term_frequency({2021: "抓改革。", 2023: "抓改革。"}, ["改革"]))
    assert ranks["year"].tolist() == [2021, 2022, 2023]
    gap = ranks[ranks["year"] == 2022].iloc[0]
    assert gap["reason"] == "not in this corpus"
    assert gap.drop(["year", "reason"]).isna().all()
    assert ranks.loc[2, ["previous_year", "status"]].tolist() == [2021, "same"]
