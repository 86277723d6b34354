"""Targets of reports: values, wording, time, absence; nothing lost, nothing joined unasked."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pandas as pd
import pytest

import speechmine
from speechmine.errors import UsageError
from speechmine.model import Document
from speechmine.pledges import targets
from speechmine.pledges.families import series_of
from speechmine.tables import columns_of
from speechmine.themes import load_corpus

from shared import SHARED, needs_shared

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"
GROWTH = ("gdp_growth", "gnp_growth", "growth_rate")
GOALS = "今年的主要预期目标是：{}。"


def panel_of(*said: str, year: int = 2024, **options: bool) -> pd.DataFrame:
    return targets({year: GOALS.format("；".join(said))}, **options)


def given(cell: object) -> object:
    return None if pd.isna(cell) else cell


@pytest.mark.parametrize(
    ("said", "comparator", "low", "high", "unit", "hardness"),
    [
        ("地区生产总值增长6.5%左右", "~", 6.5, 6.5, "%", "soft"),
        ("固定资产投资增长8%以上", ">=", 8, None, "%", "hard"),
        ("一般公共预算收入增长5%", "=", 5, 5, "%", "neutral"),
        ("社会消费品零售总额力争增长8%以上", ">=", 8, None, "%", "soft"),
        ("城镇调查失业率控制在5.5%以内", "<=", None, 5.5, "%", "hard"),
        ("地区生产总值增长6%—6.5%", "range", 6, 6.5, "%", None),
        ("城镇新增就业5200人以上", ">=", 5200, None, "人", "hard"),
        ("新增托育床位不少于350张", ">=", 350, None, "张", "hard"),
        ("进出口总额增长X%", "=", None, None, "%", None),
    ],
)
def test_a_target_keeps_number_and_firmness(
    said: str, comparator: str, low: float, high: float, unit: str, hardness: str | None
) -> None:
    row = panel_of(said).iloc[0]
    assert row["comparator"] == comparator
    assert (given(row["low"]), given(row["high"]), row["unit"]) == (low, high, unit)
    if hardness is not None:
        assert row["hardness"] == hardness
    assert (row["year"], row["period"], row["horizon"]) == (2024, "2024", "annual")


def test_values_that_share_a_sentence() -> None:
    table = panel_of("粮食产量、油料产量分别达到21万吨和3万吨")
    assert table[["indicator", "low"]].to_numpy().tolist() == [["粮食产量", 21], ["油料产量", 3]]


@pytest.mark.parametrize(
    ("said", "indicator_id", "absent"),
    [
        ("居民人均可支配收入增长与经济增长同步", "resident_income_growth", False),
        ("没有提出地区生产总值的具体目标", "gdp", True),
    ],
)
def test_a_goal_without_a_number_is_a_row(said: str, indicator_id: str, absent: bool) -> None:
    row = panel_of("固定资产投资增长6%左右", said).iloc[-1]
    assert (row["comparator"], row["explicitly_absent"]) == ("none", absent)
    assert str(row["indicator_id"]).startswith(indicator_id.removesuffix("_growth"))
    assert said in row["sentence"]


@pytest.mark.parametrize(
    ("text", "period", "horizon", "year"),
    [
        ("今年，全区计划新建学校5所。", "2024", "annual", 2024),
        ("到2027年，全区规模以上工业企业达到180家。", "2027", "plan", 2027),
        ("“十五五”时期的主要目标是：粮食产量达到30万吨以上。", "2026/2030", "plan", 2030),
        ("今后五年，全区地区生产总值年均增长6%左右。", "2024/2028", "average", 2028),
        ("今后三年，我们要办好这些事。计划新建学校9所。", "2024/2026", "plan", 2026),
        ("二、今后五年的目标任务\n（一）办好教育\n各镇要新建学校50所。", "2024/2028", "plan", 2028),
        (
            "二、今后五年的目标\n努力奋斗。\n三、2024年工作\n今年新建学校5所。",
            "2024",
            "annual",
            2024,
        ),
        ("在2023年快速增长的基础上，今年力争固定资产投资增长6%。", "2024", "annual", 2024),
    ],
)
def test_when_a_target_is_due(text: str, period: str, horizon: str, year: int) -> None:
    head = "" if text.startswith("二、") else "二、下一步工作安排\n"
    row = targets({2024: f"一、工作回顾\n去年全区平稳发展。\n{head}{text}"}).iloc[-1]
    assert (row["period"], row["horizon"], row["year"]) == (period, horizon, year)


def test_a_report_without_a_year_gives_targets_without_one() -> None:
    table = targets([Document("今年财政收入要增长5%左右。", id="undated")])
    assert len(table) == 1
    assert table[["report_year", "year", "period"]].isna().all(axis=None)


def test_wordings_are_the_text_itself() -> None:
    table = targets(REPORTS)
    for row in table.to_dict("records"):
        text = (REPORTS / f"{row['doc_id']}.txt").read_text(encoding="utf-8")
        assert text[row["start"] : row["end"]] == row["wording"]
        assert row["sentence"] in text
        assert text.find(row["sentence"]) <= row["start"]


def test_no_target_is_lost() -> None:
    """Every metric that is owed has its row, once."""
    documents = [speechmine.read(path) for path in sorted(REPORTS.glob("*.txt"))]
    found = [speechmine.extract(document) for document in documents]
    owed = [m.id for e in found for m in e.metrics if m.kind in ("target", "plan")]
    assert len(owed) > 80
    assert sorted(targets(found)["metric"]) == sorted(owed)


def test_the_order_of_the_documents_does_not_matter() -> None:
    paths = sorted(REPORTS.glob("*.txt"))
    table = targets(paths)
    random.Random(5).shuffle(paths)  # noqa: S311  # no secret
    pd.testing.assert_frame_equal(targets(paths), table)
    assert table["place"].tolist() == sorted(table["place"])
    years = table.groupby("place")["report_year"].apply(list)
    assert all(values == sorted(values) for values in years)


def test_every_way_to_name_reports_gives_the_same_rows() -> None:
    paths = sorted(REPORTS.glob("meixi*.txt"))
    documents = [speechmine.read(path) for path in paths]
    frame = pd.DataFrame(
        {
            "text": [d.text for d in documents],
            "date": [d.date for d in documents],
            "place": [d.place for d in documents],
            "level": [d.level for d in documents],
        }
    )
    table = targets(paths)
    for same in (
        documents,
        iter(documents),
        [speechmine.extract(d) for d in documents],
        load_corpus(documents),
    ):
        pd.testing.assert_frame_equal(targets(same), table)
    other = targets(frame)
    assert other["doc_id"].unique().tolist() == [f"row-{n}" for n in range(len(paths))]
    pd.testing.assert_frame_equal(other.drop(columns="doc_id"), table.drop(columns="doc_id"))


def test_no_rows_have_all_columns_and_types() -> None:
    empty, table = targets([]), targets(REPORTS)
    assert empty.columns.tolist() == [c.name for c in columns_of("targets")]
    assert empty.dtypes.to_dict() == table.dtypes.to_dict()
    assert empty.attrs["n_reports"] == 0


def test_attrs_say_how_it_was_made(tmp_path) -> None:
    (tmp_path / "a.txt").write_text(GOALS.format("财政收入增长5%"), encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    attrs = targets(tmp_path, families=True).attrs
    assert attrs["params"] == {"families": True}
    assert attrs["n_reports"] == 1
    assert [Path(source).name for source, _ in attrs["errors"]] == ["b.txt"]
    assert attrs["method"]
    assert attrs["rules"]


def test_families_join_only_when_asked() -> None:
    texts = {
        1992: GOALS.format("国民生产总值增长6%"),
        1994: GOALS.format("国内生产总值增长9%"),
    }
    plain, joined = targets(texts), targets(texts, families=True)
    assert plain["family"].isna().all()
    assert plain["indicator_id"].tolist() == ["gnp_growth", "gdp_growth"]
    assert joined["indicator_id"].tolist() == ["gnp_growth", "gdp_growth"]
    assert joined["indicator"].tolist() == ["国民生产总值", "国内生产总值"]
    assert joined["family"].tolist() == ["gdp_growth", "gdp_growth"]


def test_two_documents_of_one_name_are_refused() -> None:
    twice = [Document("今年要增收5%。", id="a"), Document("今年要增收6%。", id="a")]
    with pytest.raises(UsageError, match="'a'"):
        targets(twice)
    with pytest.raises(UsageError, match="'a'"):
        targets([speechmine.extract(document) for document in twice])
    with pytest.raises(UsageError, match="'text'"):
        targets(pd.DataFrame({"doc_id": ["a"]}))


def test_every_family_is_a_series_of_the_table() -> None:
    rules = speechmine.load_rules()
    table = rules.table("indicators")
    ids = [rule.id for rule in table] + [r.attribute("growth") for r in table]
    for name in filter(None, ids):
        series = series_of(name, rules)
        assert series is not None
        head = series_of(series.family, rules)
        assert head is not None
        assert head.family == head.id, f"{series.id}: the family {head.id} has one itself"
        assert series.better in ("more", "less", "neither")


@needs_shared
@pytest.mark.filterwarnings("ignore")
def test_the_national_growth_target_of_each_year(national) -> None:
    """The table's value where it gives one; none where the report states none."""
    facts = SHARED / "facts" / "national_targets_dev.csv"
    with facts.open(encoding="utf-8-sig") as file:
        rows = [r for r in csv.DictReader(file) if r["indicator"] in GROWTH]
    years = [2000, 2002, 2020, *(int(r["year"]) for r in rows)]
    table = targets([national(year) for year in years])
    growth = table[table["indicator_id"].isin(["gdp_growth", "gnp_growth"])]
    yearly = growth[(growth["horizon"] == "annual") & (growth["year"] == growth["report_year"])]
    for row in rows:
        found = yearly[yearly["year"] == int(row["year"])]
        if row["scope"] != "year":
            assert found.empty, row["year"]
            continue
        low, high = (float(row[k]) if row[k] else None for k in ("value_low", "value_high"))
        listed = found[["low", "high", "comparator"]].to_numpy().tolist()
        values = {(given(f[0]), given(f[1]), f[2]) for f in listed}
        assert values == {(low, high, row["comparator"])}, row["year"]
    stated = yearly[yearly["comparator"] != "none"]
    assert not set(stated["year"]) & {2000, 2001, 2002, 2020}
    absent = growth[growth["explicitly_absent"]]
    assert absent["year"].tolist() == [2020]
