"""Differences of targets: against the level above, the year before, and what was done."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest

from speechmine.errors import UsageError
from speechmine.model import Document
from speechmine.pledges import promises, ratchet, targets
from speechmine.tables import columns_of

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"
DISTRICT, CITY = "澜江市梅溪区", "澜江市"
PARENT = {DISTRICT: CITY}
YEARS = (2022, 2023, 2024)


def report(place: str, year: int, *said: str) -> Document:
    text = "今年的主要预期目标是：" + "；".join(said) + "。"
    return Document(text, id=f"{place}{year}", date=f"{year}-01-10", place=place)


def cells(table: pd.DataFrame, place: str, indicator: str, year: int) -> dict[str, object]:
    row = table[
        (table["place"] == place) & (table["indicator_id"] == indicator) & (table["year"] == year)
    ]
    assert len(row) == 1
    return {k: None if pd.isna(v) else v for k, v in row.to_dict("records")[0].items()}


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    pairs = ((n, y) for n in ("meixi", "lanjiang") for y in YEARS)
    return pd.concat(
        promises(REPORTS / f"{n}-{y}.txt", REPORTS / f"{n}-{y + 1}.txt") for n, y in pairs
    )


@pytest.fixture(scope="module")
def table(answers: pd.DataFrame) -> pd.DataFrame:
    return ratchet(targets(REPORTS), PARENT, achieved=answers)


@pytest.mark.parametrize(
    ("year", "target", "amplification", "step", "lift", "deviation"),
    [
        (2022, 6.5, 0.5, None, None, -1.3),
        (2023, 6.0, 0.5, -0.5, 0.8, 0.3),
        (2024, 6.0, 0.5, 0.0, -0.3, -0.1),
        (2025, 5.5, 0.5, -0.5, -0.4, None),
    ],
)
def test_growth_targets_of_a_district(  # noqa: PLR0913, PLR0917  # one argument a column
    table: pd.DataFrame,
    year: int,
    target: float,
    amplification: float,
    step: float | None,
    lift: float | None,
    deviation: float | None,
) -> None:
    row = cells(table, DISTRICT, "gdp_growth", year)
    assert row["target"] == target
    assert row["amplification"] == amplification
    assert (row["step"], row["lift"], row["deviation"]) == (step, lift, deviation)
    for name in ("amplification", "step", "lift", "deviation"):
        assert (row[name] is None) == (row[f"{name}_reason"] is not None)


@pytest.mark.parametrize(
    ("place", "indicator", "year", "column", "reason"),
    [
        (CITY, "gdp_growth", 2023, "amplification", "no parent in the hierarchy"),
        (DISTRICT, "gdp_growth", 2022, "step", "the year before: no report of that year"),
        (DISTRICT, "gdp_growth", 2025, "deviation", "no achieved number given"),
        (DISTRICT, "trade_growth", 2023, "target", "the report says that none is set"),
        (DISTRICT, "trade_growth", 2024, "target", "a goal in words, no number"),
        (DISTRICT, "resident_income_growth", 2023, "target", "no target for it found"),
        (DISTRICT, "trade_growth", 2025, "step", "the year before: a goal in words"),
        (DISTRICT, "fixed_investment_growth", 2024, "amplification", "the parent: the report says"),
        (DISTRICT, "trade_growth", 2025, "amplification", "the parent: no target for it found"),
        (DISTRICT, "old_communities", 2023, "amplification", "an amount of a part"),
    ],
)
def test_a_missing_difference_says_why(
    table: pd.DataFrame, place: str, indicator: str, year: int, column: str, reason: str
) -> None:
    row = cells(table, place, indicator, year)
    assert row[column] is None
    assert reason in str(row[f"{column}_reason"])


def test_falls_are_negative_growth(table: pd.DataFrame) -> None:
    assert cells(table, DISTRICT, "trade_growth", 2024)["previous_achieved"] == -4.5
    row = cells(table, DISTRICT, "energy_intensity", 2024)
    assert (row["target"], row["achieved"], row["deviation"]) == (2.0, 2.3, 0.3)


def test_amounts_are_compared_after_conversion() -> None:
    papers = [report("甲县", 2023, "粮食产量20亿斤"), report("甲县", 2024, "粮食产量105万吨")]
    row = cells(ratchet(targets(papers), {}), "甲县", "grain_output", 2024)
    assert (row["target"], row["previous_target"], row["step"]) == (105, 100, 5)
    assert row["unit"] == "万吨"


@pytest.mark.parametrize(("value", "target"), [("low", 6.0), ("high", 6.5), ("mid", 6.25)])
def test_which_end_of_a_range_counts(value: str, target: float) -> None:
    papers = [report("甲县", 2024, "地区生产总值增长6%—6.5%")]
    assert ratchet(targets(papers), {}, value=value)["target"].tolist() == [target]


def test_the_first_wording_counts_and_others_are_told() -> None:
    papers = [
        Document(f"今年的主要预期目标是：地区生产总值增长{said}。", id=name, date=day, place=place)
        for name, place, day, said in (
            ("甲1", "甲县", "2024-01-08", "6%左右"),
            ("甲2", "甲县", "2024-01-09", "6%左右"),
            ("乙1", "乙县", "2024-01-08", "6%左右"),
            ("乙2", "乙县", "2024-01-09", "7%左右"),
        )
    ]
    table = ratchet(targets(papers), {})
    rows = [cells(table, place, "gdp_growth", 2024) for place in ("甲县", "乙县")]
    assert [(r["target"], r["n_wordings"], r["conflict"]) for r in rows] == [
        (6.0, 2, False),
        (6.0, 2, True),
    ]


def test_plans_are_no_yearly_targets() -> None:
    papers = [report("甲县", 2024, "今后五年地区生产总值年均增长6%")]
    assert ratchet(targets(papers), {}).empty


def test_years_between_are_rows_without_a_number() -> None:
    papers = [report("甲县", year, "地区生产总值增长6%") for year in (2021, 2024)]
    table = ratchet(targets(papers), {})
    assert table["year"].tolist() == [2021, 2022, 2023, 2024]
    assert table["target"].isna().tolist() == [False, True, True, False]
    assert table["target_reason"].tolist()[1] == "no report of that year"


def test_families_make_one_series_when_joined_before() -> None:
    papers = [
        report("甲县", 1993, "国民生产总值增长8%"),
        report("甲县", 1994, "国内生产总值增长9%"),
    ]
    apart, joined = (ratchet(targets(papers, families=f), {}) for f in (False, True))
    assert apart["step"].notna().sum() == 0
    assert joined["step"].tolist()[1] == 1.0
    assert joined["indicator"].tolist() == ["国民生产总值", "国内生产总值"]


def test_the_order_of_rows_does_not_matter(answers: pd.DataFrame, table: pd.DataFrame) -> None:
    panel = targets(REPORTS)
    order = list(range(len(panel)))
    random.Random(3).shuffle(order)  # noqa: S311  # no secret
    again = ratchet(panel.iloc[order], PARENT, achieved=answers)
    pd.testing.assert_frame_equal(again, table)


def test_the_formulas_hold_in_every_row(table: pd.DataFrame) -> None:
    parts = {
        "amplification": ("target", "parent_target"),
        "step": ("target", "previous_target"),
        "lift": ("target", "previous_achieved"),
        "deviation": ("achieved", "target"),
    }
    for name, (first, second) in parts.items():
        known = table[table[name].notna()]
        assert len(known) > 5
        gaps = (known[first] - known[second] - known[name]).abs()
        assert gaps.max() < 1e-9
        assert table[table[name].isna()][f"{name}_reason"].notna().all()


def test_wrong_frames_and_trees_are_refused() -> None:
    panel = targets([report("甲县", 2024, "地区生产总值增长6%")])
    with pytest.raises(UsageError, match="circle"):
        ratchet(panel, {"甲县": "乙市", "乙市": "甲县"})
    with pytest.raises(UsageError, match="'low'"):
        ratchet(panel.drop(columns="low"), {})
    with pytest.raises(UsageError, match="achieved_low"):
        ratchet(panel, {}, achieved=panel)


def test_no_rows_have_all_columns_and_types(table: pd.DataFrame) -> None:
    empty = ratchet(targets([]), {})
    assert empty.columns.tolist() == [c.name for c in columns_of("ratchet")]
    assert empty.dtypes.to_dict() == table.dtypes.to_dict()
    assert empty.attrs["params"]["value"] == "low"
